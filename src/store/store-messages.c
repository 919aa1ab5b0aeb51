/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows of messages: made, replaced, read. */
#include "store-messages.h"

#include "base-error.h"
#include "mail-address.h"
#include "mail-role.h"
#include "store-private.h"

#include <string.h>

#define MAX_LISTED_PEOPLE 100     /* of a row; the source has them all */
#define SECONDS_NOW() (g_get_real_time () / G_USEC_PER_SEC)

#define COLUMNS "id, folder, thread, flags, is_whole, has_attachments, date, date_offset, received, size," \
                " message_id, in_reply_to, subject, from_list, to_list, ref_ids"

/* An address of broken mail may look like several; in angle brackets it comes back as it was. */
static void
append_person (GString *text, const MailAddress *person)
{
  g_autofree char *one = mail_address_to_string (person);

  if (text->len > 0)
    g_string_append (text, ", ");
  if (!*person->name && strpbrk (person->address, "\",; "))
    g_string_append_printf (text, "<%s>", person->address);
  else
    g_string_append (text, one);
}

static char *
join_people (const GPtrArray *people)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < people->len && i < MAX_LISTED_PEOPLE; i++)
    append_person (text, g_ptr_array_index (people, i));
  return g_string_free (text, FALSE);
}

static char *
get_text (sqlite3_stmt *statement, int column)
{
  return g_strdup ((const char *) sqlite3_column_text (statement, column));
}

static MailSummary *
read_row (sqlite3_stmt *statement)
{
  MailSummary *self = mail_summary_new ();
  const char *references = (const char *) sqlite3_column_text (statement, 15);

  self->id = sqlite3_column_int64 (statement, 0);
  self->folder = sqlite3_column_int64 (statement, 1);
  self->thread = sqlite3_column_int64 (statement, 2);
  self->flags = sqlite3_column_int (statement, 3);
  self->is_whole = sqlite3_column_int (statement, 4) != 0;
  self->has_attachments = sqlite3_column_int (statement, 5) != 0;
  self->date = sqlite3_column_int64 (statement, 6);
  self->date_offset = sqlite3_column_int (statement, 7);
  self->received = sqlite3_column_int64 (statement, 8);
  self->size = sqlite3_column_int64 (statement, 9);
  self->message_id = get_text (statement, 10);
  self->in_reply_to = get_text (statement, 11);
  g_free (self->subject);
  self->subject = get_text (statement, 12);
  if (!self->subject) /* only where the file is damaged */
    self->subject = g_strdup ("");
  g_ptr_array_unref (self->from);
  self->from = mail_address_list_parse ((const char *) sqlite3_column_text (statement, 13));
  g_ptr_array_unref (self->to);
  self->to = mail_address_list_parse ((const char *) sqlite3_column_text (statement, 14));
  if (references && *references)
    {
      g_strfreev (self->references_ids);
      self->references_ids = g_strsplit (references, "\n", -1);
    }
  return self;
}

gint64
store_messages_find_message_id (StoreDatabase *database, gint64 account, const char *message_id, GError **error)
{
  /* The rows of an index entry come in order of id; of very many under one name, as an attack would have it, the last few are looked at. */
  sqlite3_stmt *statement = store_database_prepare (database,
    "SELECT m.id FROM (SELECT id, folder FROM message WHERE message_id = ?1 ORDER BY id DESC LIMIT 100) m JOIN folder f ON f.id = m.folder"
    " WHERE f.role NOT IN (?3, ?4) ORDER BY f.account = ?2 DESC, f.role = ?5, m.id DESC LIMIT 1", error);
  gint64 id;

  if (!statement)
    return -1;
  sqlite3_bind_text (statement, 1, message_id, -1, SQLITE_STATIC);
  sqlite3_bind_int64 (statement, 2, account);
  sqlite3_bind_int (statement, 3, MAIL_ROLE_DRAFTS);
  sqlite3_bind_int (statement, 4, MAIL_ROLE_OUTBOX);
  sqlite3_bind_int (statement, 5, MAIL_ROLE_TRASH);
  return store_database_query_int (database, statement, 0, &id, error) ? id : -1;
}

/* Parameters 1 to 16, what replacing and adding have in common */
static void
bind_summary (sqlite3_stmt *statement, const MailSummary *summary, gint64 source, gsize source_size)
{
  gint64 received = summary->received != 0 ? summary->received : SECONDS_NOW ();

  sqlite3_bind_int64 (statement, 1, source);
  sqlite3_bind_int (statement, 2, summary->is_whole != 0);
  sqlite3_bind_int (statement, 3, summary->has_attachments != 0);
  sqlite3_bind_int64 (statement, 4, summary->date);
  sqlite3_bind_int (statement, 5, summary->date_offset);
  sqlite3_bind_int64 (statement, 6, received);
  sqlite3_bind_int64 (statement, 7, summary->is_whole ? (gint64) source_size : summary->size);
  sqlite3_bind_text (statement, 8, summary->message_id, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, 9, summary->in_reply_to, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, 10, summary->subject, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, 11, join_people (summary->from), -1, g_free);
  sqlite3_bind_text (statement, 12, join_people (summary->to), -1, g_free);
  sqlite3_bind_text (statement, 13, g_strjoinv ("\n", summary->references_ids), -1, g_free);
  sqlite3_bind_text (statement, 14, store_sort_key_subject (summary->subject), -1, g_free);
  sqlite3_bind_text (statement, 15, store_sort_key_people (summary->from), -1, g_free);
  sqlite3_bind_text (statement, 16, store_sort_key_people (summary->to), -1, g_free);
}

static gboolean
set_thread (StoreDatabase *database, gint64 id, gint64 thread, GError **error)
{
  sqlite3_stmt *statement = store_database_prepare (database, "UPDATE message SET thread = ?2 WHERE id = ?1", error);

  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, id);
  sqlite3_bind_int64 (statement, 2, thread);
  return store_database_run (database, statement, error);
}

/* @thread: (inout): found already; a message that belongs to nobody begins a thread of its own number */
static gint64
insert_row (StoreDatabase *database, gint64 folder, GBytes *source, const MailSummary *summary, gint64 uid, gint64 modseq, StoreThread *thread,
            GError **error)
{
  gint64 source_id = store_source_add (database, source, error);
  sqlite3_stmt *statement;
  gint64 id;

  if (source_id < 0)
    return -1;
  statement = store_database_prepare (database,
    "INSERT INTO message (source, is_whole, has_attachments, date, date_offset, received, size, message_id, in_reply_to, subject,"
    " from_list, to_list, ref_ids, sort_subject, sort_from, sort_to, folder, flags, thread, uid, modseq)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, nullif (?20, 0), nullif (?21, 0))", error);
  if (!statement)
    return -1;
  bind_summary (statement, summary, source_id, g_bytes_get_size (source));
  sqlite3_bind_int64 (statement, 17, folder);
  sqlite3_bind_int (statement, 18, summary->flags);
  sqlite3_bind_int64 (statement, 19, thread->id);
  sqlite3_bind_int64 (statement, 20, uid);
  sqlite3_bind_int64 (statement, 21, modseq);
  if (!store_database_run (database, statement, error))
    return -1;
  id = sqlite3_last_insert_rowid (store_database_get_handle (database));
  if (thread->id != 0)
    return id;
  thread->id = id;
  return set_thread (database, id, id, error) ? id : -1;
}

/* Inside the transaction; returns the id or -1 */
static gint64
insert (StoreDatabase *database, gint64 folder, GBytes *source, const MailSummary *summary, gint64 uid, gint64 modseq, GError **error)
{
  g_autoptr (GPtrArray) unknown = g_ptr_array_new ();
  StoreThread thread = { .unknown = unknown };
  gint64 id = -1;

  if (store_threads_find (database, folder, summary, &thread, error))
    id = insert_row (database, folder, source, summary, uid, modseq, &thread, error);
  return id > 0 && store_threads_await (database, &thread, error) ? id : -1;
}

gint64
store_messages_insert (StoreDatabase *database, gint64 folder, GBytes *source, MailSummary *summary, gint64 uid, gint64 modseq, GError **error)
{
  gint64 id;

  if (!store_database_begin (database, error))
    return -1;
  id = insert (database, folder, source, summary, uid, modseq, error);
  if (id < 0)
    {
      store_database_rollback (database);
      return -1;
    }
  store_database_note (database, STORE_CHANGED_ADDED, folder, id);
  store_database_note (database, STORE_CHANGED_FOLDERS, 0, 0);
  return store_database_commit (database, error) ? id : -1;
}

gint64
store_messages_add (StoreDatabase *database, gint64 folder, GBytes *source, MailSummary *summary, GError **error)
{
  return store_messages_insert (database, folder, source, summary, 0, 0, error);
}

/* A copy that was made while only the headers were here gets the body too: no server will be asked for it. */
static gboolean
list_replaced (StoreDatabase *database, gint64 id, GArray *ids, GArray *folders, GError **error)
{
  g_autoptr (StoreStatement) statement = store_database_prepare (database,
    "SELECT m.id, m.folder FROM message o JOIN message m ON m.source = o.source WHERE o.id = ?1 AND (m.id = o.id OR (o.is_whole = 0"
    " AND m.is_whole = 0 AND m.uid IS NULL AND NOT EXISTS (SELECT 1 FROM pop3_uidl WHERE message = m.id)))", error);
  gboolean has_row;

  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, id);
  while (store_database_step (database, statement, &has_row, error))
    {
      gint64 found, folder;

      if (!has_row)
        {
          if (ids->len == 0)
            g_set_error (error, BASE_ERROR, BASE_ERROR_NOT_FOUND, "There is no message %" G_GINT64_FORMAT ".", id);
          return ids->len > 0;
        }
      found = sqlite3_column_int64 (statement, 0);
      folder = sqlite3_column_int64 (statement, 1);
      g_array_append_val (ids, found);
      g_array_append_val (folders, folder);
    }
  return FALSE;
}

static gboolean
find_thread_of (StoreDatabase *database, gint64 id, gint64 *thread, GError **error)
{
  sqlite3_stmt *statement = store_database_prepare (database, "SELECT thread FROM message WHERE id = ?1", error);

  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, id);
  return store_database_query_int (database, statement, 0, thread, error);
}

static gboolean
replace_one (StoreDatabase *database, gint64 id, gint64 folder, gint64 source, gsize size, const MailSummary *summary, GError **error)
{
  g_autoptr (GPtrArray) unknown = g_ptr_array_new ();
  StoreThread thread = { .unknown = unknown };
  sqlite3_stmt *statement;

  if (!find_thread_of (database, id, &thread.id, error) || !store_threads_find (database, folder, summary, &thread, error)
      || !store_threads_await (database, &thread, error))
    return FALSE;
  statement = store_database_prepare (database,
    "UPDATE message SET source = ?1, is_whole = ?2, has_attachments = ?3, date = ?4, date_offset = ?5,"
    " received = ifnull (?20, received), size = ?7, message_id = ?8, in_reply_to = ?9, subject = ?10, from_list = ?11, to_list = ?12,"
    " ref_ids = ?13, sort_subject = ?14, sort_from = ?15, sort_to = ?16, thread = ?18 WHERE id = ?17", error);
  if (!statement)
    return FALSE;
  bind_summary (statement, summary, source, size);
  sqlite3_bind_int64 (statement, 17, id);
  sqlite3_bind_int64 (statement, 18, thread.id);
  if (summary->received != 0)
    sqlite3_bind_int64 (statement, 20, summary->received);
  if (!store_database_run (database, statement, error))
    return FALSE;
  store_database_note (database, STORE_CHANGED_MESSAGES, folder, id);
  return TRUE;
}

static gboolean
replace (StoreDatabase *database, gint64 id, GBytes *source, const MailSummary *summary, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) folders = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 source_id;

  if (!list_replaced (database, id, ids, folders, error))
    return FALSE;
  source_id = store_source_add (database, source, error);
  if (source_id < 0)
    return FALSE;
  for (guint i = 0; i < ids->len; i++)
    if (!replace_one (database, g_array_index (ids, gint64, i), g_array_index (folders, gint64, i), source_id,
                      g_bytes_get_size (source), summary, error))
      return FALSE;
  return TRUE;
}

gboolean
store_messages_replace (StoreDatabase *database, gint64 id, GBytes *source, MailSummary *summary, GError **error)
{
  if (!store_database_begin (database, error))
    return FALSE;
  if (replace (database, id, source, summary, error))
    return store_database_commit (database, error);
  store_database_rollback (database);
  return FALSE;
}

/* @summary: (out) (nullable) (transfer full): %NULL when it is gone */
static gboolean
read_message (StoreDatabase *database, sqlite3_stmt *statement, gint64 id, MailSummary **summary, GError **error)
{
  gboolean has_row;

  sqlite3_bind_int64 (statement, 1, id);
  if (!store_database_step (database, statement, &has_row, error))
    return FALSE;
  *summary = has_row ? read_row (statement) : NULL;
  sqlite3_reset (statement);
  return TRUE;
}

static sqlite3_stmt *
prepare_get (StoreDatabase *database, GError **error)
{
  return store_database_prepare (database, "SELECT " COLUMNS " FROM message WHERE id = ?1", error);
}

MailSummary *
store_messages_get (StoreDatabase *database, gint64 id, GError **error)
{
  g_autoptr (StoreStatement) statement = prepare_get (database, error);
  MailSummary *summary = NULL;

  if (!statement || !read_message (database, statement, id, &summary, error))
    return NULL;
  if (!summary)
    g_set_error (error, BASE_ERROR, BASE_ERROR_NOT_FOUND, "There is no message %" G_GINT64_FORMAT ".", id);
  return summary;
}

static void
unref_row (gpointer summary)
{
  if (summary)
    mail_summary_unref (summary);
}

GPtrArray *
store_messages_get_rows (StoreDatabase *database, const gint64 *ids, gsize n_ids, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_full (n_ids, unref_row);
  g_autoptr (StoreStatement) statement = NULL;
  gboolean is_good;

  if (!store_database_begin_read (database, error))
    return NULL;
  statement = prepare_get (database, error);
  is_good = statement != NULL;
  for (gsize i = 0; is_good && i < n_ids; i++)
    {
      MailSummary *summary = NULL;

      is_good = read_message (database, statement, ids[i], &summary, error);
      if (is_good)
        g_ptr_array_add (rows, summary);
    }
  store_database_end_read (database);
  return is_good ? g_steal_pointer (&rows) : NULL;
}
