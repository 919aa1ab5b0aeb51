/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands in the store for a window of its own (contacts, rules): read and changed by the store's workers, with a signal when it is another than
 * before. The base of those models; main thread. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _Store Store;
typedef struct _StoreDatabase StoreDatabase;

#define MODEL_TYPE_RECORDS (model_records_get_type ())
G_DECLARE_DERIVABLE_TYPE (ModelRecords, model_records, MODEL, RECORDS, GObject)

struct _ModelRecordsClass
{
  GObjectClass parent_class;

  /*< private >*/
  guint kinds;  /* of StoreChangeKind: what changes the records; set by class_init */
};

/* Property: "store" (Store, construct-only). Signal "changed": records are others than before. */

/* The same as a StoreFunc: in a worker of the store's; returns the result, or %NULL with @error */
typedef gpointer (*ModelRecordsFunc) (StoreDatabase *database, gpointer data, GCancellable *cancellable, GError **error);

/**
 * model_records_run_async:
 * @data: (transfer full), freed by @data_free
 * @result_free: (nullable): for a result that nobody asks for
 * @is_search: it only reads, and must not wait for who writes
 */
void model_records_run_async (ModelRecords *self, ModelRecordsFunc func, gpointer data, GDestroyNotify data_free, GDestroyNotify result_free,
                              gboolean is_search, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);

/* model_records_run_finish: (transfer full): what @func returned */
gpointer model_records_run_finish (ModelRecords *self, GAsyncResult *result, GError **error);

/* model_records_give_number: (transfer full): a number as such a result, %NULL for -1; its free function is g_free ()
 * model_records_take_number: what that gave, -1 with @error */
gpointer model_records_give_number (gint64 number);
gint64 model_records_take_number (ModelRecords *self, GAsyncResult *result, GError **error);

G_END_DECLS
