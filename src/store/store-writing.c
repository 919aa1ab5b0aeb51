/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Marks of drafts that are being written, set in the transaction that saves them. */
#include "store-writing.h"

#include "store-private.h"

gboolean
store_writing_set (StoreDatabase *database, gint64 message, gboolean is_being_written, GError **error)
{
  sqlite3_stmt *statement = store_database_prepare (database,
    is_being_written ? "INSERT OR IGNORE INTO writing SELECT id FROM message WHERE id = ?1" : "DELETE FROM writing WHERE message = ?1", error);

  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, message);
  return store_database_run (database, statement, error);
}

GArray *
store_writing_list (StoreDatabase *database, GError **error)
{
  g_autoptr (StoreStatement) statement = store_database_prepare (database, "SELECT message FROM writing ORDER BY message", error);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  gboolean has_row;

  while (statement && store_database_step (database, statement, &has_row, error))
    {
      gint64 id;

      if (!has_row)
        return g_steal_pointer (&ids);
      id = sqlite3_column_int64 (statement, 0);
      g_array_append_val (ids, id);
    }
  return NULL;
}
