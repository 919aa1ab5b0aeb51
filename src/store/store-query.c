/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which messages a folder shows, and in what order: from one covering index each, so that no row and no source is touched. */
#include "mail-flags.h"
#include "store-messages.h"
#include "store-private.h"

/* ascending and descending; the planner is told which index, as it has no statistics to find out */
static const struct
{
  const char *index;
  const char *ascending;
  const char *descending;
} orders[] = {
  [STORE_SORT_RECEIVED] = { "message_received", "received, id", "received DESC, id DESC" },
  [STORE_SORT_DATE] = { "message_date", "date, id", "date DESC, id DESC" },
  [STORE_SORT_FROM] = { "message_from", "sort_from, date, id", "sort_from DESC, date DESC, id DESC" },
  [STORE_SORT_TO] = { "message_to", "sort_to, date, id", "sort_to DESC, date DESC, id DESC" },
  [STORE_SORT_SUBJECT] = { "message_subject", "sort_subject, date, id", "sort_subject DESC, date DESC, id DESC" },
  [STORE_SORT_SIZE] = { "message_size", "size, id", "size DESC, id DESC" },
};

#define STATE_FILTER "FROM message INDEXED BY message_state WHERE folder = ?1 AND (NOT ?2 OR flags & 1 = 0)" \
                     " AND (NOT ?3 OR flags & 4 <> 0) AND (NOT ?4 OR has_attachments <> 0)"
G_STATIC_ASSERT (MAIL_FLAG_SEEN == 1 && MAIL_FLAG_FLAGGED == 4);

static gboolean
has_filter (const StoreQuery *query)
{
  return query->only_unread || query->only_flagged || query->only_attachments;
}

static sqlite3_stmt *
prepare (StoreDatabase *database, const char *sql, const StoreQuery *query, GError **error)
{
  sqlite3_stmt *statement = store_database_prepare (database, sql, error);

  if (!statement)
    return NULL;
  sqlite3_bind_int64 (statement, 1, query->folder);
  if (has_filter (query))
    {
      sqlite3_bind_int (statement, 2, query->only_unread);
      sqlite3_bind_int (statement, 3, query->only_flagged);
      sqlite3_bind_int (statement, 4, query->only_attachments);
    }
  return statement;
}

GArray *
store_messages_list_ids (StoreDatabase *database, const StoreQuery *query, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (StoreStatement) statement = NULL;
  g_autofree char *sql = NULL;
  gboolean has_row;

  g_return_val_if_fail (query->sort < G_N_ELEMENTS (orders), NULL);
  sql = g_strdup_printf ("SELECT id FROM message INDEXED BY %s WHERE folder = ?1%s ORDER BY %s", orders[query->sort].index,
                         has_filter (query) ? " AND id IN (SELECT id " STATE_FILTER ")" : "",
                         query->is_ascending ? orders[query->sort].ascending : orders[query->sort].descending);
  statement = prepare (database, sql, query, error);
  if (!statement)
    return NULL;
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

gint64
store_messages_count (StoreDatabase *database, const StoreQuery *query, GError **error)
{
  g_autoptr (StoreStatement) statement = NULL;
  gint64 count;

  statement = prepare (database, has_filter (query) ? "SELECT count (*) " STATE_FILTER : "SELECT total FROM folder WHERE id = ?1",
                       query, error);
  return store_database_query_int (database, statement, 0, &count, error) ? count : -1;
}

gint64
store_messages_sum_sizes (StoreDatabase *database, gint64 folder, GError **error)
{
  StoreStatement *statement = store_database_prepare (database, "SELECT ifnull (sum (size), 0) FROM message WHERE folder = ?1", error);
  gint64 sum;

  if (!statement)
    return -1;
  sqlite3_bind_int64 (statement, 1, folder);
  return store_database_query_int (database, statement, 0, &sum, error) ? sum : -1;
}
