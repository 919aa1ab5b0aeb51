/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Saved searches kept, deleted and brought back, in the store's worker. */
#include "model-saved.h"

#include "model-folder.h"
#include "store-saved.h"

static gpointer
keep (StoreDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  gint64 id = store_saved_put (database, data, error);

  return id < 0 ? NULL : g_memdup2 (&id, sizeof id);
}

static void
put_async (Store *store, const StoreSaved *saved, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  StoreSaved *copy = g_new (StoreSaved, 1);

  *copy = (StoreSaved) { saved->id, g_strdup (saved->name), g_strdup (saved->query), saved->folder };
  store_run_async (store, keep, copy, (GDestroyNotify) store_saved_free, g_free, cancellable, callback, user_data);
}

void
model_saved_keep_async (Store *store, const char *name, const char *query, gint64 folder, GCancellable *cancellable,
                        GAsyncReadyCallback callback, gpointer user_data)
{
  put_async (store, &(StoreSaved) { 0, (char *) name, (char *) query, MAX (folder, 0) }, cancellable, callback, user_data);
}

gint64
model_saved_keep_finish (Store *store, GAsyncResult *result, GError **error)
{
  g_autofree gint64 *id = store_run_finish (store, result, error);

  return id ? model_folder_id_from_saved (*id) : 0;
}

static gpointer
delete (StoreDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (StoreSaved) saved = store_saved_get (database, *(gint64 *) data, error);

  return saved && store_saved_delete (database, saved->id, error) ? g_steal_pointer (&saved) : NULL;
}

void
model_saved_delete_async (Store *store, gint64 folder, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  gint64 saved = model_folder_id_to_saved (folder);

  store_run_async (store, delete, g_memdup2 (&saved, sizeof saved), g_free, (GDestroyNotify) store_saved_free, cancellable, callback, user_data);
}

StoreSaved *
model_saved_delete_finish (Store *store, GAsyncResult *result, GError **error)
{
  return store_run_finish (store, result, error);
}

void
model_saved_restore_async (Store *store, const StoreSaved *saved, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  put_async (store, saved, cancellable, callback, user_data);
}

void
model_saved_free (StoreSaved *saved)
{
  store_saved_free (saved);
}
