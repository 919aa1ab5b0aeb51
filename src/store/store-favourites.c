/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The folders that a person wants at hand. */
#include "store-favourites.h"

#include "store-folders.h"
#include "store-private.h"

GArray *
store_favourites_list (StoreDatabase *database, GError **error)
{
  sqlite3_stmt *statement = store_database_prepare (database, "SELECT folder FROM favourite ORDER BY position, folder", error);

  return statement ? store_database_query_ids (database, statement, error) : NULL;
}

static gboolean
set (StoreDatabase *database, gint64 folder, gboolean is_favourite, GError **error)
{
  const char *sql = is_favourite ? "INSERT OR IGNORE INTO favourite (folder, position) VALUES (?1, (SELECT ifnull (max (position), 0) + 1 FROM favourite))"
                                 : "DELETE FROM favourite WHERE folder = ?1";
  g_autoptr (StoreFolder) known = store_folders_get (database, folder, error);
  sqlite3_stmt *statement = known ? store_database_prepare (database, sql, error) : NULL;

  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, folder);
  store_database_note (database, STORE_CHANGED_FOLDERS, 0, 0);
  return store_database_run (database, statement, error);
}

static gboolean
number (StoreDatabase *database, gint64 folder, guint position, GError **error)
{
  sqlite3_stmt *statement = store_database_prepare (database, "UPDATE favourite SET position = ?2 WHERE folder = ?1", error);

  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, folder);
  sqlite3_bind_int64 (statement, 2, position);
  return store_database_run (database, statement, error);
}

/* All are numbered anew: there are few, and numbers that were taken out leave no holes. */
static gboolean
place (StoreDatabase *database, gint64 folder, guint position, GError **error)
{
  g_autoptr (GArray) ids = set (database, folder, TRUE, error) ? store_favourites_list (database, error) : NULL;

  if (!ids)
    return FALSE;
  for (guint i = 0; i < ids->len; i++)
    if (g_array_index (ids, gint64, i) == folder)
      g_array_remove_index (ids, i--);
  g_array_insert_val (ids, MIN (position, ids->len), folder);
  for (guint i = 0; i < ids->len; i++)
    if (!number (database, g_array_index (ids, gint64, i), i + 1, error))
      return FALSE;
  return TRUE;
}

static gboolean
end (StoreDatabase *database, gboolean is_done, GError **error)
{
  if (is_done)
    return store_database_commit (database, error);
  store_database_rollback (database);
  return FALSE;
}

gboolean
store_favourites_place (StoreDatabase *database, gint64 folder, guint position, GError **error)
{
  return store_database_begin (database, error) && end (database, place (database, folder, position, error), error);
}

gboolean
store_favourites_set (StoreDatabase *database, gint64 folder, gboolean is_favourite, GError **error)
{
  return store_database_begin (database, error) && end (database, set (database, folder, is_favourite, error), error);
}
