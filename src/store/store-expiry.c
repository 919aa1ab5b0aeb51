/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Since when messages are in Deleted and Junk. The trigger on moves is in store-schema.c. */
#include "store-expiry.h"

#include "store-private.h"

/* 2023: before this was written. A computer that starts with the clock of its factory moved mail no earlier than this. */
#define EARLIEST G_GINT64_CONSTANT (1700000000)

static gboolean
run (StoreDatabase *database, const char *sql, gint64 folder, gint64 now, GError **error)
{
  sqlite3_stmt *statement = store_database_prepare (database, sql, error);

  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, folder);
  sqlite3_bind_int64 (statement, 2, now);
  sqlite3_bind_int64 (statement, 3, EARLIEST);
  return store_database_run (database, statement, error);
}

gboolean
store_expiry_notice (StoreDatabase *database, gint64 folder, gint64 now, GError **error)
{
  return run (database, "UPDATE filed SET since = ?2 WHERE folder = ?1 AND (since < ?3 OR since > ?2)", folder, now, error)
         && run (database, "INSERT INTO filed (message, folder, since) SELECT m.id, ?1, ?2 FROM message m WHERE m.folder = ?1"
                 " AND ?3 AND NOT EXISTS (SELECT 1 FROM filed WHERE message = m.id)", folder, now, error);
}

GArray *
store_expiry_list (StoreDatabase *database, gint64 folder, gint64 before, guint limit, GError **error)
{
  sqlite3_stmt *statement = store_database_prepare (database,
    "SELECT f.message FROM filed f JOIN message m ON m.id = f.message AND m.folder = f.folder"
    " WHERE f.folder = ?1 AND f.since < ?2 ORDER BY f.since LIMIT ?3", error);

  if (!statement)
    return NULL;
  sqlite3_bind_int64 (statement, 1, folder);
  sqlite3_bind_int64 (statement, 2, before);
  sqlite3_bind_int (statement, 3, (int) limit);
  return store_database_query_ids (database, statement, error);
}
