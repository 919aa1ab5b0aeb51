/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which messages a folder shows, and in what order: from one covering index each, so that no row and no source is touched. */
#include "mail-flags.h"
#include "mail-role.h"
#include "store-messages.h"
#include "store-private.h"
#include "store-threads.h"

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

G_STATIC_ASSERT (MAIL_FLAG_SEEN == 1 && MAIL_FLAG_FLAGGED == 4);
G_STATIC_ASSERT (MAIL_ROLE_INBOX == 1 && MAIL_ROLE_DRAFTS == 2 && MAIL_ROLE_JUNK == 4 && MAIL_ROLE_TRASH == 5 && MAIL_ROLE_OUTBOX == 7
                 && MAIL_ROLE_ALL == 8);

/* ?1 is the folder, where one is meant */
static const char *const views[] = {
  [STORE_VIEW_FOLDER] = "folder = ?1",
  [STORE_VIEW_INBOXES] = "folder IN (SELECT f.id FROM folder f WHERE f.role = 1)",
  [STORE_VIEW_ALL] = "folder IN (SELECT f.id FROM folder f WHERE f.role NOT IN (" STORE_QUERY_UNSEEN_ROLES "))",
};

gboolean
store_view_has_role (StoreView view, MailRole role)
{
  switch (view)
    {
    case STORE_VIEW_INBOXES:
      return role == MAIL_ROLE_INBOX;
    case STORE_VIEW_ALL:
      return role != MAIL_ROLE_DRAFTS && role != MAIL_ROLE_JUNK && role != MAIL_ROLE_TRASH && role != MAIL_ROLE_OUTBOX && role != MAIL_ROLE_ALL;
    case STORE_VIEW_FOLDER:
    default:
      return FALSE;
    }
}

static gboolean
has_filter (const StoreQuery *query)
{
  return query->only_unread || query->only_flagged || query->only_attachments;
}

/* (transfer full): FROM and WHERE of those that the filters let pass */
static char *
make_filter (const StoreQuery *query)
{
  return g_strdup_printf ("FROM message INDEXED BY %s WHERE %s%s%s%s", query->only_flagged ? "message_flagged" : "message_state",
                          views[query->view], query->only_unread ? " AND flags & 1 = 0" : "",
                          query->only_flagged ? " AND flags & 4 <> 0" : "", query->only_attachments ? " AND has_attachments <> 0" : "");
}

static sqlite3_stmt *
prepare (StoreDatabase *database, const char *sql, const StoreQuery *query, GError **error)
{
  sqlite3_stmt *statement = store_database_prepare (database, sql, error);

  if (statement && query->view == STORE_VIEW_FOLDER)
    sqlite3_bind_int64 (statement, 1, query->folder);
  return statement;
}

/* (transfer full): which rows, and in what order */
static char *
make_list (const StoreQuery *query)
{
  g_autofree char *filter = has_filter (query) ? make_filter (query) : NULL;

  return g_strdup_printf ("SELECT id%s FROM message INDEXED BY %s WHERE %s%s%s%s ORDER BY %s",
                          query->sort == STORE_SORT_RECEIVED ? ", received" : "", orders[query->sort].index, views[query->view],
                          filter ? " AND id IN (SELECT id " : "", filter ? filter : "", filter ? ")" : "",
                          query->is_ascending ? orders[query->sort].ascending : orders[query->sort].descending);
}

GArray *
store_messages_list_times (StoreDatabase *database, const StoreQuery *query, GArray **received, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) times = NULL;
  g_autoptr (StoreStatement) statement = NULL;
  g_autofree char *sql = NULL;
  gboolean has_row;

  g_return_val_if_fail (query->sort < G_N_ELEMENTS (orders) && query->view < G_N_ELEMENTS (views), NULL);
  if (received && query->sort == STORE_SORT_RECEIVED)
    times = g_array_new (FALSE, FALSE, sizeof (gint64));
  sql = make_list (query);
  statement = prepare (database, sql, query, error);
  if (!statement)
    return NULL;
  while (store_database_step (database, statement, &has_row, error))
    {
      gint64 id, time;

      if (!has_row)
        {
          if (received)
            *received = g_steal_pointer (&times);
          return g_steal_pointer (&ids);
        }
      id = sqlite3_column_int64 (statement, 0);
      g_array_append_val (ids, id);
      if (times)
        {
          time = sqlite3_column_int64 (statement, 1);
          g_array_append_val (times, time);
        }
    }
  return NULL;
}

GArray *
store_messages_list_ids (StoreDatabase *database, const StoreQuery *query, GError **error)
{
  return store_messages_list_times (database, query, NULL, error);
}

gint64
store_messages_count (StoreDatabase *database, const StoreQuery *query, GError **error)
{
  g_autofree char *filter = make_filter (query);
  g_autofree char *sql = g_strdup_printf ("SELECT count (*) %s", filter);
  gboolean is_kept = query->view == STORE_VIEW_FOLDER && !has_filter (query);
  gint64 count;

  return store_database_query_int (database, prepare (database, is_kept ? "SELECT total FROM folder WHERE id = ?1" : sql, query, error), 0,
                                   &count, error) ? count : -1;
}

gint64
store_messages_count_flagged (StoreDatabase *database, GError **error)
{
  return store_messages_count (database, &(StoreQuery) { .view = STORE_VIEW_ALL, .only_flagged = TRUE }, error);
}

GHashTable *
store_messages_list_beginning (StoreDatabase *database, const StoreQuery *query, const char *text, GError **error)
{
  const char *column = query->sort == STORE_SORT_FROM ? "from" : query->sort == STORE_SORT_TO ? "to" : "subject";
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autofree char *first = store_sort_key_text (text);
  g_autofree char *last = g_strconcat (first, "\xf4\x8f\xbf\xbf", NULL);
  g_autofree char *sql = g_strdup_printf ("SELECT id FROM message INDEXED BY message_%s WHERE %s AND sort_%s >= ?2 AND sort_%s < ?3 LIMIT %d",
                                          column, views[query->view], column, column, STORE_MESSAGES_MAX_BEGINNING);
  g_autoptr (StoreStatement) statement = prepare (database, sql, query, error);
  gboolean has_row;

  if (!statement)
    return NULL;
  sqlite3_bind_text (statement, 2, first, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, 3, last, -1, SQLITE_STATIC);
  while (store_database_step (database, statement, &has_row, error))
    {
      gint64 id = has_row ? sqlite3_column_int64 (statement, 0) : 0;

      if (!has_row)
        return g_steal_pointer (&ids);
      g_hash_table_add (ids, g_memdup2 (&id, sizeof id));
    }
  return NULL;
}

/* A thread's ids come one after the other; of each that has more than one, all are put down. */
static void
note_threads (GHashTable *threads, GArray *run, gint64 thread)
{
  for (guint i = 0; run->len > 1 && i < run->len; i++)
    g_hash_table_insert (threads, g_memdup2 (&g_array_index (run, gint64, i), sizeof (gint64)), g_memdup2 (&thread, sizeof thread));
  g_array_set_size (run, 0);
}

GHashTable *
store_threads_list (StoreDatabase *database, const StoreQuery *query, GError **error)
{
  g_autoptr (GHashTable) threads = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  g_autoptr (GArray) run = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autofree char *sql = g_strdup_printf ("SELECT thread, id FROM message INDEXED BY message_thread WHERE %s ORDER BY thread", views[query->view]);
  g_autoptr (StoreStatement) statement = prepare (database, sql, query, error);
  gint64 current = 0;
  gboolean has_row;

  if (!statement)
    return NULL;
  while (store_database_step (database, statement, &has_row, error))
    {
      gint64 thread = has_row ? sqlite3_column_int64 (statement, 0) : 0;
      gint64 id = has_row ? sqlite3_column_int64 (statement, 1) : 0;

      if (thread != current || !has_row)
        note_threads (threads, run, current);
      if (!has_row)
        return g_steal_pointer (&threads);
      current = thread;
      g_array_append_val (run, id);
    }
  return NULL;
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
