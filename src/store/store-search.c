/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finding messages. */
#include "store-search.h"

#include "base-error.h"
#include "store-index-file.h"
#include "store-private.h"
#include "store-search-sql.h"

#define STEPS_BETWEEN_LOOKS 2000
#define MANY_WAITING 50 /* fewer are new mail that is indexed in a moment */

StoreDatabase *
store_search_open (Store *store, GError **error)
{
  return store_open_finder (store, error);
}

static GArray *
read_ids (StoreDatabase *database, sqlite3_stmt *statement, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  gboolean has_row;

  while (store_database_step (database, statement, &has_row, error))
    {
      gint64 id;

      if (!has_row)
        return g_steal_pointer (&ids);
      id = sqlite3_column_int64 (statement, 0);
      g_array_append_val (ids, id);
    }
  return NULL;
}

/* Statements are as many as queries, so they are not kept. */
static GArray *
run (StoreDatabase *database, const StoreSearchSql *sql, GError **error)
{
  sqlite3_stmt *statement = NULL;
  GArray *ids;

  if (sqlite3_prepare_v2 (store_database_get_handle (database), sql->sql->str, -1, &statement, NULL) != SQLITE_OK)
    {
      store_database_set_error (database, error);
      return NULL;
    }
  for (guint i = 0; i < sql->texts->len; i++)
    sqlite3_bind_text (statement, (int) i + 1, g_ptr_array_index (sql->texts, i), -1, SQLITE_STATIC);
  ids = read_ids (database, statement, error);
  sqlite3_finalize (statement);
  return ids;
}

static int
on_steps (void *data)
{
  return g_cancellable_is_cancelled (data);
}

static GArray *
find (StoreDatabase *database, const StoreSearch *search, const GPtrArray *folders, GError **error)
{
  g_auto (StoreSearchSql) sql = { NULL };

  store_search_sql_init (&sql, search, folders);
  return sql.is_void ? g_array_new (FALSE, FALSE, sizeof (gint64)) : run (database, &sql, error);
}

/* Behind those that were weighed the others, as many as are wanted */
static gboolean
append_others (StoreDatabase *database, const StoreSearch *search, const GPtrArray *folders, GArray *ids, GError **error)
{
  StoreSearch newest = *search;
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (GArray) all = NULL;

  newest.best_first = FALSE;
  newest.narrow.sort = STORE_SORT_RECEIVED;
  newest.narrow.is_ascending = FALSE;
  all = find (database, &newest, folders, error);
  if (!all)
    return FALSE;
  for (guint i = 0; i < ids->len; i++)
    g_hash_table_add (seen, g_memdup2 (&g_array_index (ids, gint64, i), sizeof (gint64)));
  for (guint i = 0; i < all->len && (!search->limit || ids->len < search->limit); i++)
    if (!g_hash_table_contains (seen, &g_array_index (all, gint64, i)))
      g_array_append_val (ids, g_array_index (all, gint64, i));
  return TRUE;
}

GArray *
store_search_ids (StoreDatabase *database, const StoreSearch *search, GCancellable *cancellable, GError **error)
{
  const char *complaint = mail_query_get_complaint (search->query);
  g_autoptr (GPtrArray) folders = NULL;
  g_autoptr (GArray) ids = NULL;
  gboolean is_whole = TRUE;

  if (complaint)
    {
      g_set_error (error, BASE_ERROR, BASE_ERROR_INVALID, "%s", complaint);
      return NULL;
    }
  folders = store_folders_list (database, STORE_ALL_ACCOUNTS, error);
  if (!folders)
    return NULL;
  if (cancellable)
    sqlite3_progress_handler (store_database_get_handle (database), STEPS_BETWEEN_LOOKS, on_steps, cancellable);
  ids = find (database, search, folders, error);
  if (ids && search->best_first && ids->len == STORE_SEARCH_MAX_WEIGHED && search->limit != STORE_SEARCH_MAX_WEIGHED)
    is_whole = append_others (database, search, folders, ids, error);
  sqlite3_progress_handler (store_database_get_handle (database), 0, NULL, NULL);
  return is_whole ? g_steal_pointer (&ids) : NULL;
}

gboolean
store_search_is_behind (StoreDatabase *database, gboolean *is_behind, GError **error)
{
  gint64 n;

  if (!store_database_query_int (database, store_database_prepare (database,
        "SELECT count (*) FROM (SELECT 1 FROM main.message WHERE id > (SELECT message FROM search.state) LIMIT " G_STRINGIFY (MANY_WAITING) ")", error),
        0, &n, error))
    return FALSE;
  *is_behind = n == MANY_WAITING;
  return TRUE;
}
