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

GArray *
store_search_ids (StoreDatabase *database, const StoreSearch *search, GCancellable *cancellable, GError **error)
{
  const char *complaint = mail_query_get_complaint (search->query);
  g_autoptr (GPtrArray) folders = NULL;
  g_auto (StoreSearchSql) sql = { NULL };
  GArray *ids;

  if (complaint)
    {
      g_set_error (error, BASE_ERROR, BASE_ERROR_INVALID, "%s", complaint);
      return NULL;
    }
  folders = store_folders_list (database, STORE_ALL_ACCOUNTS, error);
  if (!folders)
    return NULL;
  store_search_sql_init (&sql, search, folders);
  if (sql.is_void)
    return g_array_new (FALSE, FALSE, sizeof (gint64));
  if (cancellable)
    sqlite3_progress_handler (store_database_get_handle (database), STEPS_BETWEEN_LOOKS, on_steps, cancellable);
  ids = run (database, &sql, error);
  sqlite3_progress_handler (store_database_get_handle (database), 0, NULL, NULL);
  return ids;
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
