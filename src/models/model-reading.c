/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ids that a message list asks the store for. */
#include "model-reading.h"

static StoreSearch *
wish_copy (const StoreSearch *wish)
{
  StoreSearch *copy = g_memdup2 (wish, sizeof *wish);

  if (copy->query)
    mail_query_ref (copy->query);
  return copy;
}

static void
wish_free (gpointer data)
{
  StoreSearch *wish = data;

  g_clear_pointer (&wish->query, mail_query_unref);
  g_free (wish);
}

static gpointer
read_folder (StoreDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  return store_messages_list_ids (database, &((const StoreSearch *) data)->narrow, error);
}

static gpointer
search (StoreDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  return store_search_ids (database, data, cancellable, error);
}

void
model_reading_begin (Store *store, const StoreSearch *wish, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  const GDestroyNotify unref = (GDestroyNotify) g_array_unref;

  if (wish->query)
    store_search_async (store, search, wish_copy (wish), wish_free, unref, cancellable, callback, user_data);
  else
    store_run_async (store, read_folder, wish_copy (wish), wish_free, unref, cancellable, callback, user_data);
}

GArray *
model_reading_finish (Store *store, GAsyncResult *result, GError **error)
{
  return store_run_finish (store, result, error);
}
