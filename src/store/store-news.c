/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What came into an Inbox and nobody has looked at. */
#include "store-news.h"

#include "store-private.h"

#define UNWANTED (MAIL_FLAG_SEEN | MAIL_FLAG_DELETED | MAIL_FLAG_DRAFT | MAIL_FLAG_JUNK)
/* CROSS: by the messages' ids, however large the Inboxes are */
#define IS_NEWS " FROM message m CROSS JOIN folder f WHERE f.id = m.folder AND f.role = 1 AND f.account > 0 AND m.flags & ?1 = 0 AND "

gint64
store_news_get_mark (StoreDatabase *database, GError **error)
{
  gint64 mark;

  return store_database_query_int (database, store_database_prepare (database, "SELECT seq FROM sqlite_sequence WHERE name = 'message'", error), 0,
                                   &mark, error) ? mark : -1;
}

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  gint64 first = *(const gint64 *) a, second = *(const gint64 *) b;

  return first < second ? -1 : first > second;
}

GArray *
store_news_list (StoreDatabase *database, gint64 *mark, gint64 since, guint limit, GError **error)
{
  g_autoptr (StoreStatement) statement = store_database_prepare (database,
    "SELECT m.id" IS_NEWS "m.id > ?2 AND m.received >= ?3 ORDER BY m.id DESC LIMIT ?4", error);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 newest = store_news_get_mark (database, error);
  gboolean has_row = TRUE;

  if (!statement || newest < 0)
    return NULL;
  sqlite3_bind_int (statement, 1, UNWANTED);
  sqlite3_bind_int64 (statement, 2, *mark);
  sqlite3_bind_int64 (statement, 3, since);
  sqlite3_bind_int64 (statement, 4, limit);
  while (has_row)
    {
      gint64 id;

      if (!store_database_step (database, statement, &has_row, error))
        return NULL;
      id = has_row ? sqlite3_column_int64 (statement, 0) : 0;
      if (has_row)
        g_array_append_val (ids, id);
    }
  g_array_sort (ids, compare_ids);
  *mark = MAX (*mark, newest);
  return g_steal_pointer (&ids);
}

gint64
store_news_find_account (StoreDatabase *database, gint64 message, GError **error)
{
  sqlite3_stmt *statement = store_database_prepare (database, "SELECT f.account" IS_NEWS "m.id = ?2", error);
  gint64 account;

  if (!statement)
    return -1;
  sqlite3_bind_int (statement, 1, UNWANTED);
  sqlite3_bind_int64 (statement, 2, message);
  return store_database_query_int (database, statement, 0, &account, error) ? account : -1;
}
