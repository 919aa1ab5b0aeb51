/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The Outbox: what waits to be sent, what became of it, and how it leaves. */
#include "store-outbox.h"

#include "base-error.h"
#include "store-folders.h"
#include "store-messages.h"
#include "store-pending.h"
#include "store-private.h"

#define COLUMNS "message, account, state, sender, not_before, attempts, error_word, error_message, error_reply, answers, answer_flag"

static void
recipient_free (StoreOutboxRecipient *self)
{
  g_free (self->address);
  g_free (self->reply);
  g_free (self);
}

void
store_outbox_item_free (StoreOutboxItem *self)
{
  if (!self)
    return;
  g_free (self->sender);
  g_clear_pointer (&self->recipients, g_ptr_array_unref);
  g_free (self->error_word);
  g_free (self->error_message);
  g_free (self->error_reply);
  g_free (self);
}

static char *
get_text (sqlite3_stmt *statement, int column)
{
  return g_strdup ((const char *) sqlite3_column_text (statement, column));
}

static StoreOutboxItem *
read_row (sqlite3_stmt *statement)
{
  StoreOutboxItem *self = g_new0 (StoreOutboxItem, 1);

  self->message = sqlite3_column_int64 (statement, 0);
  self->account = sqlite3_column_int64 (statement, 1);
  self->state = sqlite3_column_int (statement, 2);
  self->sender = get_text (statement, 3);
  self->not_before = sqlite3_column_int64 (statement, 4);
  self->attempts = sqlite3_column_int (statement, 5);
  self->error_word = get_text (statement, 6);
  self->error_message = get_text (statement, 7);
  self->error_reply = get_text (statement, 8);
  self->answers = sqlite3_column_int64 (statement, 9);
  self->answer_flag = sqlite3_column_int (statement, 10);
  self->recipients = g_ptr_array_new_with_free_func ((GDestroyNotify) recipient_free);
  return self;
}

static gboolean
read_recipients (StoreDatabase *database, StoreOutboxItem *item, GError **error)
{
  g_autoptr (StoreStatement) statement = store_database_prepare (database,
    "SELECT address, state, reply FROM outbox_recipient WHERE message = ?1 ORDER BY position", error);
  gboolean has_row;

  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, item->message);
  while (store_database_step (database, statement, &has_row, error))
    {
      StoreOutboxRecipient *recipient;

      if (!has_row)
        return TRUE;
      recipient = g_new0 (StoreOutboxRecipient, 1);
      recipient->address = get_text (statement, 0);
      recipient->state = sqlite3_column_int (statement, 1);
      recipient->reply = get_text (statement, 2);
      g_ptr_array_add (item->recipients, recipient);
    }
  return FALSE;
}

static GPtrArray *
read_items (StoreDatabase *database, sqlite3_stmt *statement, GError **error)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func ((GDestroyNotify) store_outbox_item_free);
  gboolean has_row;

  while (store_database_step (database, statement, &has_row, error))
    {
      if (!has_row)
        return g_steal_pointer (&items);
      g_ptr_array_add (items, read_row (statement));
      if (!read_recipients (database, g_ptr_array_index (items, items->len - 1), error))
        return NULL;
    }
  return NULL;
}

static GPtrArray *
list (StoreDatabase *database, const char *sql, gint64 value, GError **error)
{
  g_autoptr (StoreStatement) statement = NULL;
  GPtrArray *items = NULL;

  if (!store_database_begin_read (database, error))
    return NULL;
  statement = store_database_prepare (database, sql, error);
  if (statement)
    {
      sqlite3_bind_int64 (statement, 1, value);
      items = read_items (database, statement, error);
      sqlite3_reset (statement);
    }
  store_database_end_read (database);
  return items;
}

GPtrArray *
store_outbox_list (StoreDatabase *database, gint64 account, GError **error)
{
  return list (database, "SELECT " COLUMNS " FROM outbox WHERE ?1 < 0 OR account = ?1 ORDER BY message", account, error);
}

StoreOutboxItem *
store_outbox_get (StoreDatabase *database, gint64 message, GError **error)
{
  g_autoptr (GPtrArray) items = list (database, "SELECT " COLUMNS " FROM outbox WHERE message = ?1", message, error);

  if (!items)
    return NULL;
  if (items->len > 0)
    return g_ptr_array_steal_index (items, 0);
  g_set_error (error, BASE_ERROR, BASE_ERROR_NOT_FOUND, "There is no message %" G_GINT64_FORMAT " in the Outbox.", message);
  return NULL;
}

static gboolean
insert_recipients (StoreDatabase *database, gint64 message, const GPtrArray *recipients, GError **error)
{
  for (guint i = 0; i < recipients->len; i++)
    {
      const StoreOutboxRecipient *recipient = g_ptr_array_index (recipients, i);
      sqlite3_stmt *statement = store_database_prepare (database,
        "INSERT INTO outbox_recipient (message, position, address, state, reply) VALUES (?1, ?2, ?3, ?4, ?5)", error);

      if (!statement)
        return FALSE;
      sqlite3_bind_int64 (statement, 1, message);
      sqlite3_bind_int64 (statement, 2, i);
      sqlite3_bind_text (statement, 3, recipient->address, -1, SQLITE_STATIC);
      sqlite3_bind_int (statement, 4, recipient->state);
      sqlite3_bind_text (statement, 5, recipient->reply, -1, SQLITE_STATIC);
      if (!store_database_run (database, statement, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
insert_item (StoreDatabase *database, gint64 message, const StoreOutboxItem *item, GError **error)
{
  sqlite3_stmt *statement = store_database_prepare (database,
    "INSERT INTO outbox (message, account, state, sender, not_before, answers, answer_flag) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)", error);

  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, message);
  sqlite3_bind_int64 (statement, 2, item->account);
  sqlite3_bind_int (statement, 3, item->state);
  sqlite3_bind_text (statement, 4, item->sender ? item->sender : "", -1, SQLITE_STATIC);
  sqlite3_bind_int64 (statement, 5, item->not_before);
  sqlite3_bind_int64 (statement, 6, item->answers);
  sqlite3_bind_int (statement, 7, item->answer_flag);
  return store_database_run (database, statement, error) && insert_recipients (database, message, item->recipients, error);
}

static gint64
add (StoreDatabase *database, GBytes *source, MailSummary *summary, const StoreOutboxItem *item, gint64 draft, GError **error)
{
  gint64 folder = store_folders_need_role (database, STORE_LOCAL_ACCOUNT, MAIL_ROLE_OUTBOX, error);
  gint64 id = folder > 0 ? store_messages_add (database, folder, source, summary, error) : -1;

  if (id < 0 || !insert_item (database, id, item, error)
      || !store_messages_set_flags (database, &id, 1, MAIL_FLAG_SEEN, MAIL_FLAG_DRAFT, error)
      || (draft != 0 && !store_pending_delete (database, &draft, 1, TRUE, error)))
    return -1;
  store_database_note (database, STORE_CHANGED_OUTBOX, 0, 0);
  return id;
}

gint64
store_outbox_add (StoreDatabase *database, GBytes *source, MailSummary *summary, const StoreOutboxItem *item, gint64 draft, GError **error)
{
  gint64 id;

  if (!store_database_begin (database, error))
    return -1;
  id = add (database, source, summary, item, draft, error);
  if (id < 0)
    {
      store_database_rollback (database);
      return -1;
    }
  return store_database_commit (database, error) ? id : -1;
}

/* Tells that the item changed, to the list of the Outbox and to those who look at its folder. */
static gboolean
note_item (StoreDatabase *database, gint64 message, GError **error)
{
  gint64 folder = store_filing_find_folder (database, message, error);

  if (folder < 0)
    return FALSE;
  store_database_note (database, STORE_CHANGED_MESSAGES, folder, message);
  store_database_note (database, STORE_CHANGED_OUTBOX, 0, 0);
  return TRUE;
}

/* @attempts: -1 leaves the count as it is */
static gboolean
update_state (StoreDatabase *database, gint64 message, StoreOutboxState state, gint64 not_before, gint64 attempts,
              const GError *reason, GError **error)
{
  sqlite3_stmt *statement = store_database_prepare (database,
    "UPDATE outbox SET attempts = CASE WHEN ?7 < 0 THEN attempts ELSE ?7 END, state = ?2, not_before = ?3, error_word = ?4,"
    " error_message = ?5, error_reply = ?6 WHERE message = ?1", error);

  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, message);
  sqlite3_bind_int (statement, 2, state);
  sqlite3_bind_int64 (statement, 3, not_before);
  sqlite3_bind_int64 (statement, 7, attempts);
  if (reason)
    {
      sqlite3_bind_text (statement, 4, base_error_get_word (reason), -1, SQLITE_STATIC);
      sqlite3_bind_text (statement, 5, reason->message, -1, SQLITE_STATIC);
      sqlite3_bind_text (statement, 6, base_error_get_reply (reason), -1, SQLITE_STATIC);
    }
  if (!store_database_run (database, statement, error))
    return FALSE;
  if (sqlite3_changes (store_database_get_handle (database)) > 0)
    return note_item (database, message, error);
  g_set_error (error, BASE_ERROR, BASE_ERROR_NOT_FOUND, "There is no message %" G_GINT64_FORMAT " in the Outbox.", message);
  return FALSE;
}

static gboolean
commit_state (StoreDatabase *database, gint64 message, StoreOutboxState state, gint64 not_before, gint64 attempts,
              const GError *reason, GError **error)
{
  if (!store_database_begin (database, error))
    return FALSE;
  if (update_state (database, message, state, not_before, attempts, reason, error))
    return store_database_commit (database, error);
  store_database_rollback (database);
  return FALSE;
}

gboolean
store_outbox_set_state (StoreDatabase *database, gint64 message, StoreOutboxState state, gint64 not_before, const GError *reason, GError **error)
{
  return commit_state (database, message, state, not_before, -1, reason, error);
}

gboolean
store_outbox_put_off (StoreDatabase *database, gint64 message, gint64 not_before, guint attempts, const GError *reason, GError **error)
{
  return commit_state (database, message, STORE_OUTBOX_QUEUED, not_before, attempts, reason, error);
}

static gboolean
replace_recipients (StoreDatabase *database, gint64 message, const GPtrArray *recipients, GError **error)
{
  sqlite3_stmt *statement = store_database_prepare (database, "DELETE FROM outbox_recipient WHERE message = ?1", error);

  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, message);
  return store_database_run (database, statement, error) && insert_recipients (database, message, recipients, error)
         && note_item (database, message, error);
}

gboolean
store_outbox_set_recipients (StoreDatabase *database, gint64 message, const GPtrArray *recipients, GError **error)
{
  if (!store_database_begin (database, error))
    return FALSE;
  if (replace_recipients (database, message, recipients, error))
    return store_database_commit (database, error);
  store_database_rollback (database);
  return FALSE;
}

/* Moving takes it out of the Outbox table too: a trigger. */
static gboolean
finish (StoreDatabase *database, gint64 message, gint64 sent_folder, GError **error)
{
  g_autoptr (StoreOutboxItem) item = store_outbox_get (database, message, error);

  if (!item)
    return FALSE;
  if (item->answers != 0 && item->answer_flag != 0
      && !store_pending_mark (database, &item->answers, 1, item->answer_flag, 0, error))
    return FALSE;
  store_database_note (database, STORE_CHANGED_OUTBOX, 0, 0);
  if (sent_folder == 0)
    return store_messages_delete (database, &message, 1, error);
  return store_messages_set_flags (database, &message, 1, MAIL_FLAG_SEEN, MAIL_FLAG_DRAFT, error)
         && store_pending_file_sent (database, message, sent_folder, FALSE, error);
}

gboolean
store_outbox_finish (StoreDatabase *database, gint64 message, gint64 sent_folder, GError **error)
{
  if (!store_database_begin (database, error))
    return FALSE;
  if (finish (database, message, sent_folder, error))
    return store_database_commit (database, error);
  store_database_rollback (database);
  return FALSE;
}

static gboolean
keep_copy (StoreDatabase *database, const StoreOutboxItem *item, gint64 sent_folder, GError **error)
{
  if (item->answers != 0 && item->answer_flag != 0
      && !store_pending_mark (database, &item->answers, 1, item->answer_flag, 0, error))
    return FALSE;
  return sent_folder == 0
         || (store_messages_set_flags (database, &item->message, 1, MAIL_FLAG_SEEN, MAIL_FLAG_DRAFT, error)
             && store_pending_file_sent (database, item->message, sent_folder, TRUE, error));
}

gboolean
store_outbox_keep_copy (StoreDatabase *database, gint64 message, gint64 sent_folder, GError **error)
{
  g_autoptr (StoreOutboxItem) item = NULL;

  if (!store_database_begin (database, error))
    return FALSE;
  item = store_outbox_get (database, message, error);
  if (item && keep_copy (database, item, sent_folder, error))
    return store_database_commit (database, error);
  store_database_rollback (database);
  return FALSE;
}

/* Returns: how many there were */
static guint
change_recipients (StoreOutboxItem *item, StoreRecipientState from, StoreRecipientState to)
{
  guint n = 0;

  for (guint i = 0; i < item->recipients->len; i++)
    {
      StoreOutboxRecipient *recipient = g_ptr_array_index (item->recipients, i);

      if (recipient->state != from)
        continue;
      recipient->state = to;
      n++;
    }
  return n;
}

static gboolean
send_again (StoreDatabase *database, StoreOutboxItem *item, GError **error)
{
  if (item->state == STORE_OUTBOX_SENDING)
    {
      g_set_error (error, BASE_ERROR, BASE_ERROR_INVALID, "The message is being sent right now.");
      return FALSE;
    }
  change_recipients (item, STORE_RECIPIENT_SENDING, STORE_RECIPIENT_WAITING);
  change_recipients (item, STORE_RECIPIENT_REFUSED, STORE_RECIPIENT_WAITING);
  return replace_recipients (database, item->message, item->recipients, error)
         && update_state (database, item->message, STORE_OUTBOX_QUEUED, 0, 0, NULL, error);
}

gboolean
store_outbox_send_again (StoreDatabase *database, gint64 message, GError **error)
{
  g_autoptr (StoreOutboxItem) item = NULL;

  if (!store_database_begin (database, error))
    return FALSE;
  item = store_outbox_get (database, message, error);
  if (item && send_again (database, item, error))
    return store_database_commit (database, error);
  store_database_rollback (database);
  return FALSE;
}

static gboolean
arrived (StoreDatabase *database, StoreOutboxItem *item, gint64 sent_folder, GError **error)
{
  gboolean had_copy = change_recipients (item, STORE_RECIPIENT_ACCEPTED, STORE_RECIPIENT_ACCEPTED) > 0;
  gboolean is_waiting, is_refused;

  if (item->state != STORE_OUTBOX_MAYBE_SENT)
    {
      g_set_error (error, BASE_ERROR, BASE_ERROR_INVALID, "What became of the message is known.");
      return FALSE;
    }
  change_recipients (item, STORE_RECIPIENT_SENDING, STORE_RECIPIENT_ACCEPTED);
  is_waiting = change_recipients (item, STORE_RECIPIENT_WAITING, STORE_RECIPIENT_WAITING) > 0;
  is_refused = change_recipients (item, STORE_RECIPIENT_REFUSED, STORE_RECIPIENT_REFUSED) > 0;
  if (!is_waiting && !is_refused)
    return store_outbox_finish (database, item->message, had_copy ? 0 : sent_folder, error);
  if (!replace_recipients (database, item->message, item->recipients, error)
      || (!had_copy && !keep_copy (database, item, sent_folder, error)))
    return FALSE;
  if (!is_waiting)
    {
      g_autoptr (GError) refused = g_error_new_literal (BASE_ERROR, BASE_ERROR_SOME_RECIPIENTS_REFUSED,
                                                        "Some recipients were refused; the others have the message.");

      return update_state (database, item->message, STORE_OUTBOX_FAILED, 0, -1, refused, error);
    }
  return update_state (database, item->message, STORE_OUTBOX_QUEUED, 0, 0, NULL, error);
}

gboolean
store_outbox_arrived (StoreDatabase *database, gint64 message, gint64 sent_folder, GError **error)
{
  g_autoptr (StoreOutboxItem) item = NULL;

  if (!store_database_begin (database, error))
    return FALSE;
  item = store_outbox_get (database, message, error);
  if (item && arrived (database, item, sent_folder, error))
    return store_database_commit (database, error);
  store_database_rollback (database);
  return FALSE;
}

/* @source: (nullable): what it is to be from now on */
static gboolean
take_back (StoreDatabase *database, gint64 message, gint64 drafts_folder, GBytes *source, MailSummary *summary, GError **error)
{
  g_autoptr (StoreOutboxItem) item = store_outbox_get (database, message, error);

  if (!item)
    return FALSE;
  if (item->state == STORE_OUTBOX_SENDING)
    {
      g_set_error (error, BASE_ERROR, BASE_ERROR_INVALID, "The message is being sent right now.");
      return FALSE;
    }
  if (!source && change_recipients (item, STORE_RECIPIENT_ACCEPTED, STORE_RECIPIENT_ACCEPTED) > 0)
    {
      g_set_error (error, BASE_ERROR, BASE_ERROR_INVALID, "Some recipients have the message already.");
      return FALSE;
    }
  store_database_note (database, STORE_CHANGED_OUTBOX, 0, 0);
  return (!source || store_messages_replace (database, message, source, summary, error))
         && store_messages_set_flags (database, &message, 1, MAIL_FLAG_DRAFT | MAIL_FLAG_SEEN, 0, error)
         && store_pending_move (database, &message, 1, drafts_folder, error);
}

static gboolean
run_take_back (StoreDatabase *database, gint64 message, gint64 drafts_folder, GBytes *source, MailSummary *summary, GError **error)
{
  if (!store_database_begin (database, error))
    return FALSE;
  if (take_back (database, message, drafts_folder, source, summary, error))
    return store_database_commit (database, error);
  store_database_rollback (database);
  return FALSE;
}

gboolean
store_outbox_take_back (StoreDatabase *database, gint64 message, gint64 drafts_folder, GError **error)
{
  return run_take_back (database, message, drafts_folder, NULL, NULL, error);
}

gboolean
store_outbox_take_back_rest (StoreDatabase *database, gint64 message, gint64 drafts_folder, GBytes *source, MailSummary *summary,
                             GError **error)
{
  return run_take_back (database, message, drafts_folder, source, summary, error);
}
