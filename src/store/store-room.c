/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Quotas of accounts, sizes of folders. */
#include "store-room.h"

#include "store-private.h"

gboolean
store_room_get_quota (StoreDatabase *database, gint64 account, StoreQuota *quota, GError **error)
{
  g_autoptr (StoreStatement) statement = store_database_prepare (database, "SELECT used, size FROM quota WHERE account = ?1", error);
  gboolean has_row;

  *quota = (StoreQuota) { 0 };
  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, account);
  if (!store_database_step (database, statement, &has_row, error))
    return FALSE;
  if (has_row)
    *quota = (StoreQuota) { sqlite3_column_int64 (statement, 0), sqlite3_column_int64 (statement, 1) };
  return TRUE;
}

gboolean
store_room_set_quota (StoreDatabase *database, gint64 account, const StoreQuota *quota, GError **error)
{
  sqlite3_stmt *statement = store_database_prepare (database, quota->limit > 0 ? "INSERT OR REPLACE INTO quota VALUES (?1, ?2, ?3)"
                                                                              : "DELETE FROM quota WHERE account = ?1", error);

  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, account);
  if (quota->limit > 0)
    {
      sqlite3_bind_int64 (statement, 2, quota->used);
      sqlite3_bind_int64 (statement, 3, quota->limit);
    }
  return store_database_run (database, statement, error);
}

gboolean
store_room_get_size (StoreDatabase *database, gint64 folder, gint64 *size, GError **error)
{
  sqlite3_stmt *statement = store_database_prepare (database, "SELECT ifnull (server_size, -1) FROM folder WHERE id = ?1", error);

  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, folder);
  return store_database_query_int (database, statement, -1, size, error);
}

gboolean
store_room_set_size (StoreDatabase *database, gint64 folder, gint64 size, GError **error)
{
  sqlite3_stmt *statement = store_database_prepare (database, "UPDATE folder SET server_size = ?2 WHERE id = ?1", error);

  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, folder);
  sqlite3_bind_int64 (statement, 2, size);
  return store_database_run (database, statement, error);
}

gboolean
store_room_get_limit (StoreDatabase *database, gint64 account, gint64 *limit, GError **error)
{
  sqlite3_stmt *statement = store_database_prepare (database, "SELECT size FROM submission_limit WHERE account = ?1", error);

  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, account);
  return store_database_query_int (database, statement, 0, limit, error);
}

gboolean
store_room_note_limit (StoreDatabase *database, gint64 account, gint64 limit, GError **error)
{
  sqlite3_stmt *statement;
  gint64 known;

  if (!store_room_get_limit (database, account, &known, error))
    return FALSE;
  if (known == limit)
    return TRUE;
  statement = store_database_prepare (database, "INSERT OR REPLACE INTO submission_limit VALUES (?1, ?2)", error);
  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, account);
  sqlite3_bind_int64 (statement, 2, limit);
  return store_database_run (database, statement, error);
}
