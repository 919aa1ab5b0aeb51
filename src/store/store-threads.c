/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Conversations, found message by message as they come. */
#include "store-threads.h"

#include "store-folders.h"
#include "store-private.h"

#include <string.h>

#define MAX_REFERENCES 20     /* the nearest ones are looked up */
#define MAX_SENT "5000"       /* the newest ones are looked through for an answer */
#define MAX_NAME 1000         /* bytes; a longer one joins nothing */

/* Two threads are made one by giving the smaller's messages the other's number. When both are as big as this, they stay apart: so mail
 * that was made to cost time costs this much a message at most. */
#define MAX_JOINED 1000

static gboolean
find_account (StoreDatabase *database, gint64 folder, gint64 *account, GError **error)
{
  sqlite3_stmt *statement = store_database_prepare (database, "SELECT account FROM folder WHERE id = ?1", error);

  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, folder);
  return store_database_query_int (database, statement, 0, account, error);
}

/* Of messages that are here. Looks at a few only, however many bear the same name. */
static gboolean
find_bearer (StoreDatabase *database, gint64 account, const char *name, gint64 *thread, GError **error)
{
  sqlite3_stmt *statement = store_database_prepare (database,
    "SELECT thread, (SELECT account FROM folder WHERE id = message.folder) FROM message WHERE message_id = ?1 LIMIT 20", error);
  gboolean has_row = FALSE;

  *thread = 0;
  if (!statement)
    return FALSE;
  sqlite3_bind_text (statement, 1, name, -1, SQLITE_STATIC);
  do
    {
      if (!store_database_step (database, statement, &has_row, error))
        return FALSE;
      if (has_row && sqlite3_column_int64 (statement, 1) == account)
        *thread = sqlite3_column_int64 (statement, 0);
    }
  while (has_row && *thread == 0);
  sqlite3_reset (statement);
  return TRUE;
}

static gboolean
find_waiting (StoreDatabase *database, gint64 account, const char *name, gint64 *thread, GError **error)
{
  sqlite3_stmt *statement = store_database_prepare (database, "SELECT thread FROM thread_name WHERE account = ?1 AND name = ?2", error);

  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, account);
  sqlite3_bind_text (statement, 2, name, -1, SQLITE_STATIC);
  return store_database_query_int (database, statement, 0, thread, error);
}

static gboolean
put_down (StoreDatabase *database, gint64 account, const char *name, gint64 thread, GError **error)
{
  sqlite3_stmt *statement = store_database_prepare (database, "INSERT OR IGNORE INTO thread_name (account, name, thread) VALUES (?1, ?2, ?3)", error);

  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, account);
  sqlite3_bind_text (statement, 2, name, -1, SQLITE_STATIC);
  sqlite3_bind_int64 (statement, 3, thread);
  return store_database_run (database, statement, error);
}

static gboolean
strike_out (StoreDatabase *database, gint64 account, const char *name, GError **error)
{
  sqlite3_stmt *statement = store_database_prepare (database, "DELETE FROM thread_name WHERE account = ?1 AND name = ?2", error);

  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, account);
  sqlite3_bind_text (statement, 2, name, -1, SQLITE_STATIC);
  return store_database_run (database, statement, error);
}

/* Up to MAX_JOINED */
static gboolean
measure (StoreDatabase *database, gint64 account, gint64 thread, gint64 *n, GError **error)
{
  sqlite3_stmt *statement = store_database_prepare (database,
    "SELECT count (*) FROM (SELECT 1 FROM message INDEXED BY message_thread WHERE folder IN (SELECT f.id FROM folder f WHERE f.account = ?1)"
    " AND thread = ?2 LIMIT ?3)", error);

  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, account);
  sqlite3_bind_int64 (statement, 2, thread);
  sqlite3_bind_int (statement, 3, MAX_JOINED);
  return store_database_query_int (database, statement, 0, n, error);
}

static gboolean
renumber (StoreDatabase *database, const char *sql, gint64 account, gint64 from, gint64 to, GError **error)
{
  sqlite3_stmt *statement = store_database_prepare (database, sql, error);

  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, account);
  sqlite3_bind_int64 (statement, 2, from);
  sqlite3_bind_int64 (statement, 3, to);
  return store_database_run (database, statement, error);
}

/* @thread: (inout): 0: whatever @other is */
static gboolean
join (StoreDatabase *database, gint64 account, gint64 *thread, gint64 other, GError **error)
{
  gint64 n, n_other, lesser = other;

  if (*thread == 0)
    *thread = other;
  if (other == 0 || other == *thread || (other < 0 && *thread < 0)) /* two that a server tells apart stay apart */
    return TRUE;
  if (!measure (database, account, *thread, &n, error) || !measure (database, account, other, &n_other, error))
    return FALSE;
  if (n >= MAX_JOINED && n_other >= MAX_JOINED)
    return TRUE;
  if (other < 0 || (n < n_other && *thread > 0)) /* a server's word stands */
    {
      lesser = *thread;
      *thread = other;
    }
  return renumber (database, "UPDATE message INDEXED BY message_thread SET thread = ?3 WHERE folder IN (SELECT f.id FROM folder f WHERE f.account = ?1)"
                             " AND thread = ?2", account, lesser, *thread, error)
         && renumber (database, "UPDATE thread_name INDEXED BY thread_name_thread SET thread = ?3 WHERE thread = ?2 AND account = ?1", account, lesser,
                      *thread, error);
}

static gboolean
is_usable (const char *name)
{
  return name && *name && strnlen (name, MAX_NAME + 1) <= MAX_NAME;
}

/* What the message calls its parent and ancestors. @unknown: gets those that are not here, borrowed */
static gboolean
look_up (StoreDatabase *database, gint64 account, const char *name, gint64 *thread, GPtrArray *unknown, GError **error)
{
  gint64 found;

  if (!is_usable (name))
    return TRUE;
  if (!find_bearer (database, account, name, &found, error))
    return FALSE;
  if (found == 0)
    {
      g_ptr_array_add (unknown, (gpointer) name);
      if (!find_waiting (database, account, name, &found, error))
        return FALSE;
    }
  return join (database, account, thread, found, error);
}

static gboolean
look_up_all (StoreDatabase *database, gint64 account, const MailSummary *summary, gint64 *thread, GPtrArray *unknown, GError **error)
{
  guint n = g_strv_length (summary->references_ids);

  if (!look_up (database, account, summary->in_reply_to, thread, unknown, error))
    return FALSE;
  for (guint i = 0; i < MIN (n, MAX_REFERENCES); i++)
    if (g_strcmp0 (summary->references_ids[n - 1 - i], summary->in_reply_to) != 0
        && !look_up (database, account, summary->references_ids[n - 1 - i], thread, unknown, error))
      return FALSE;
  return TRUE;
}

/* Others may have named this one before it came, and it may be here already in another folder. */
static gboolean
look_up_self (StoreDatabase *database, gint64 account, const char *name, gint64 *thread, GError **error)
{
  gint64 found;

  if (!is_usable (name))
    return TRUE;
  if (!find_waiting (database, account, name, &found, error))
    return FALSE;
  if (found != 0 && (!join (database, account, thread, found, error) || !strike_out (database, account, name, error)))
    return FALSE;
  return find_bearer (database, account, name, &found, error) && join (database, account, thread, found, error);
}

gboolean
store_threads_find (StoreDatabase *database, gint64 folder, const MailSummary *summary, StoreThread *thread, GError **error)
{
  if (summary->thread < 0)
    {
      thread->id = summary->thread;
      return TRUE;
    }
  return find_account (database, folder, &thread->account, error)
         && look_up_all (database, thread->account, summary, &thread->id, thread->unknown, error)
         && look_up_self (database, thread->account, summary->message_id, &thread->id, error);
}

gboolean
store_threads_await (StoreDatabase *database, const StoreThread *thread, GError **error)
{
  for (guint i = 0; i < thread->unknown->len; i++)
    if (!put_down (database, thread->account, thread->unknown->pdata[i], thread->id, error))
      return FALSE;
  return TRUE;
}

static gboolean
add_answers (StoreDatabase *database, GArray *ids, sqlite3_stmt *statement, const MailSummary *message, GError **error)
{
  g_autoptr (StoreStatement) owned = statement;
  gboolean has_row;

  if (!statement)
    return FALSE;
  sqlite3_bind_text (statement, 1, message->message_id, -1, SQLITE_STATIC);
  while (store_database_step (database, statement, &has_row, error))
    {
      gint64 id = has_row ? sqlite3_column_int64 (statement, 0) : 0;

      if (!has_row)
        return TRUE;
      g_array_append_val (ids, id);
    }
  return FALSE;
}

/* In a folder, since the message came (clocks differ by a day at most). What went out keeps the thread of the Outbox, so that is no help. */
static gboolean
add_sent_since (StoreDatabase *database, GArray *ids, gint64 account, MailRole role, const MailSummary *message, GError **error)
{
  sqlite3_stmt *statement = store_database_prepare (database,
    "SELECT id FROM (SELECT id, in_reply_to FROM message WHERE folder = (SELECT id FROM folder WHERE account = ?2 AND role = ?3) AND received >= ?4"
    " ORDER BY received DESC LIMIT " MAX_SENT ") WHERE in_reply_to = ?1 ORDER BY id DESC LIMIT 10", error);

  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 2, account);
  sqlite3_bind_int (statement, 3, role);
  sqlite3_bind_int64 (statement, 4, message->received - 86400);
  return add_answers (database, ids, statement, message, error);
}

GArray *
store_threads_list_answers (StoreDatabase *database, gint64 account, const MailSummary *message, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  if (!message->message_id)
    return g_steal_pointer (&ids);
  return add_sent_since (database, ids, STORE_LOCAL_ACCOUNT, MAIL_ROLE_OUTBOX, message, error)
                 && add_sent_since (database, ids, account, MAIL_ROLE_SENT, message, error)
           ? g_steal_pointer (&ids)
           : NULL;
}
