/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ids that a message list asks the store for. */
#include "model-reading.h"

#include "store-threads.h"

typedef struct
{
  StoreSearch search;
  gboolean is_threaded;
} Wish;

static Wish *
wish_new (const StoreSearch *search, gboolean is_threaded)
{
  Wish *wish = g_new (Wish, 1);

  *wish = (Wish) { *search, is_threaded };
  if (search->query)
    mail_query_ref (search->query);
  return wish;
}

static void
wish_free (gpointer data)
{
  Wish *wish = data;

  g_clear_pointer (&wish->search.query, mail_query_unref);
  g_free (wish);
}

static gpointer
read_folder (StoreDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  const Wish *wish = data;
  const StoreQuery *query = &wish->search.narrow;
  g_autoptr (GHashTable) threads = NULL;
  g_autoptr (GArray) received = NULL;
  GArray *ids;

  if (wish->is_threaded && !(threads = store_threads_list (database, query, error)))
    return NULL;
  ids = store_messages_list_times (database, query, &received, error);
  return ids ? model_listing_new (ids, g_steal_pointer (&received), threads) : NULL;
}

static gpointer
search (StoreDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  ModelListing *listing;
  gboolean is_behind;
  GArray *ids;

  /* before, so that what is indexed meanwhile is rather waited for in vain than missed */
  if (!store_search_is_behind (database, &is_behind, error))
    return NULL;
  ids = store_search_ids (database, &((const Wish *) data)->search, cancellable, error);
  if (!ids)
    return NULL;
  listing = model_listing_new (ids, NULL, NULL);
  model_listing_set_is_partial (listing, is_behind);
  return listing;
}

void
model_reading_begin (Store *store, const StoreSearch *wish, gboolean is_threaded, GCancellable *cancellable, GAsyncReadyCallback callback,
                     gpointer user_data)
{
  const GDestroyNotify free_listing = (GDestroyNotify) model_listing_free;

  if (wish->query)
    store_search_async (store, search, wish_new (wish, FALSE), wish_free, free_listing, cancellable, callback, user_data);
  else
    store_run_async (store, read_folder, wish_new (wish, is_threaded), wish_free, free_listing, cancellable, callback, user_data);
}

ModelListing *
model_reading_finish (Store *store, GAsyncResult *result, GError **error)
{
  return store_run_finish (store, result, error);
}
