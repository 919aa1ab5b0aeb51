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

gboolean
store_favourites_set (StoreDatabase *database, gint64 folder, gboolean is_favourite, GError **error)
{
  if (!store_database_begin (database, error))
    return FALSE;
  if (set (database, folder, is_favourite, error))
    return store_database_commit (database, error);
  store_database_rollback (database);
  return FALSE;
}
