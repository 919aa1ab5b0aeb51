/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What came into an Inbox and nobody has looked at. */
#include "store-news.h"

#include "store-messages.h"
#include "store-private.h"

#define UNWANTED (MAIL_FLAG_SEEN | MAIL_FLAG_DELETED | MAIL_FLAG_DRAFT | MAIL_FLAG_JUNK)

gint64
store_news_get_mark (StoreDatabase *database, GError **error)
{
  gint64 mark;

  return store_database_query_int (database, store_database_prepare (database, "SELECT seq FROM sqlite_sequence WHERE name = 'message'", error), 0,
                                   &mark, error) ? mark : -1;
}

GPtrArray *
store_news_list (StoreDatabase *database, gint64 *mark, guint limit, guint *n_more, GError **error)
{
  g_autoptr (StoreStatement) statement = store_database_prepare (database,
    "SELECT m.id FROM message m JOIN folder f ON f.id = m.folder WHERE m.id > ?1 AND f.role = 1 AND m.flags & ?2 = 0 ORDER BY m.id", error);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 newest = store_news_get_mark (database, error);
  gboolean has_row = TRUE;

  *n_more = 0;
  if (!statement || newest < 0)
    return NULL;
  sqlite3_bind_int64 (statement, 1, *mark);
  sqlite3_bind_int (statement, 2, UNWANTED);
  while (has_row)
    {
      gint64 id;

      if (!store_database_step (database, statement, &has_row, error))
        return NULL;
      id = has_row ? sqlite3_column_int64 (statement, 0) : 0;
      if (has_row && ids->len < limit)
        g_array_append_val (ids, id);
      else
        *n_more += has_row;
    }
  *mark = newest;
  return store_messages_get_rows (database, (const gint64 *) ids->data, ids->len, error);
}
