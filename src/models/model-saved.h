/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Saved searches kept, deleted and brought back, in the store's worker; all functions are called in the main thread. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _Store Store;
typedef struct _StoreSaved StoreSaved;

/**
 * model_saved_keep_async:
 * @name: %BASE_ERROR_EXISTS when another one has it
 * @query: as it was typed (mail-query.h); %BASE_ERROR_INVALID when it looks for nothing
 * @folder: where alone is looked, 0: in all mail
 */
void model_saved_keep_async (Store *store, const char *name, const char *query, gint64 folder, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data);

/* model_saved_keep_finish: the id of its row in the folder tree; 0 with @error */
gint64 model_saved_keep_finish (Store *store, GAsyncResult *result, GError **error);

/* model_saved_delete_async: @folder: its row's id; finish: (transfer full): what "Undo" needs */
void model_saved_delete_async (Store *store, gint64 folder, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
StoreSaved *model_saved_delete_finish (Store *store, GAsyncResult *result, GError **error);

/* model_saved_restore_async: finished by model_saved_keep_finish () */
void model_saved_restore_async (Store *store, const StoreSaved *saved, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);

void model_saved_free (StoreSaved *saved);

G_END_DECLS
