/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The messages of one folder, as a window over however many there are: all ids, and the rows that are in view. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _Store Store;

typedef enum
{
  MODEL_SORT_RECEIVED,
  MODEL_SORT_DATE,
  MODEL_SORT_FROM,
  MODEL_SORT_TO,
  MODEL_SORT_SUBJECT,
  MODEL_SORT_SIZE,
} ModelSort;

#define MODEL_TYPE_MESSAGE_LIST (model_message_list_get_type ())
G_DECLARE_FINAL_TYPE (ModelMessageList, model_message_list, MODEL, MESSAGE_LIST, GObject) /* a GListModel of ModelMessage; main thread */

/* Properties (read-only, notify): folder (gint64), is-loading (ids are being read and none are shown yet), n-items (guint) */

ModelMessageList *model_message_list_new (Store *store);

/**
 * model_message_list_show:
 * @folder: 0 empties the list
 *
 * The ids are read in the store's worker; what an earlier call asked for and that comes late is dropped. Another order of
 * the same folder replaces the rows in one go when it has come.
 */
void model_message_list_show (ModelMessageList *self, gint64 folder, ModelSort sort, gboolean is_ascending);

gint64 model_message_list_get_folder (ModelMessageList *self);
gboolean model_message_list_is_loading (ModelMessageList *self);

/* model_message_list_get_id: the id at @position without loading a row; 0 beyond the end */
gint64 model_message_list_get_id (ModelMessageList *self, guint position);

/* model_message_list_find: where a message stands; %FALSE when it is not in the list. Looks at up to all ids. */
gboolean model_message_list_find (ModelMessageList *self, gint64 id, guint *position);

/* model_message_list_get_n_loaded: how many rows are in memory; for tests and figures */
guint model_message_list_get_n_loaded (ModelMessageList *self);

/* Signal "loaded": the first ids of what was asked for by model_message_list_show () are there (there may be none) */
/* Signal "failed" (GError): they could not be read */

G_END_DECLS
