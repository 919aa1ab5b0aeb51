/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One account's passes, run here and now. */
#include "pop3-fixture.h"

void
pop3_fixture_set_up (Pop3Fixture *self, gconstpointer data)
{
  store_fixture_set_up (&self->store, NULL);
  self->mailbox = pop3_mailbox_new ();
  self->mailbox->database = g_strdup (self->store.path);
  self->server = test_server_new ();
  test_server_add_func (self->server, pop3_mailbox_serve, self->mailbox);
  test_server_set_repeat (self->server, TRUE);
  self->login = test_server_login (self->server, MAIL_SECURITY_PLAINTEXT, "ana", MAIL_SECRET_PASSWORD, "secret");
  self->settings.leave = ACCOUNT_LEAVE_ALWAYS;
  self->now = POP3_FIXTURE_NOW;
}

void
pop3_fixture_tear_down (Pop3Fixture *self, gconstpointer data)
{
  store_fixture_assert_sound (&self->store);
  test_server_free (self->server);
  g_clear_pointer (&self->report.errors, g_ptr_array_unref);
  g_clear_error (&self->error);
  mail_login_unref (self->login);
  pop3_mailbox_free (self->mailbox);
  store_fixture_tear_down (&self->store, NULL);
}

SyncPass
pop3_fixture_make_pass (Pop3Fixture *self)
{
  g_clear_pointer (&self->report.errors, g_ptr_array_unref);
  g_clear_error (&self->error);
  self->report = (SyncReport) { .errors = g_ptr_array_new_with_free_func ((GDestroyNotify) g_error_free) };
  pop3_mailbox_reset_counts (self->mailbox);
  return (SyncPass) {
    .database = self->store.database, .account = 1, .login = self->login, .trace_tag = "POP3", .options = self->options, .now = self->now,
    .report = &self->report,
  };
}

gboolean
pop3_fixture_run (Pop3Fixture *self)
{
  SyncPass pass = pop3_fixture_make_pass (self);

  return sync_pop3_run (&pass, &self->settings, NULL, &self->error);
}

void
pop3_fixture_run_well (Pop3Fixture *self)
{
  gboolean is_done = pop3_fixture_run (self);

  g_assert_no_error (self->error);
  g_assert_true (is_done);
}

gint64
pop3_fixture_count (Pop3Fixture *self, const char *sql)
{
  return store_fixture_count (&self->store, sql);
}

gint64
pop3_fixture_count_messages (Pop3Fixture *self)
{
  return pop3_fixture_count (self, "SELECT count(*) FROM message");
}

void
pop3_fixture_assert_kept_once (Pop3Fixture *self, const char *text)
{
  g_autofree char *quoted = g_strescape (text, NULL);
  sqlite3_stmt *statement = store_database_prepare (self->store.database,
    "SELECT count(*) FROM message m JOIN source_data d ON d.id = m.source WHERE d.data = CAST(?1 AS BLOB) AND m.is_whole", NULL);
  gboolean has_row;

  sqlite3_bind_text (statement, 1, text, -1, SQLITE_STATIC);
  g_assert_true (store_database_step (self->store.database, statement, &has_row, NULL));
  if (sqlite3_column_int (statement, 0) != 1)
    g_error ("kept %d times: %s", sqlite3_column_int (statement, 0), quoted);
  sqlite3_reset (statement);
}

GPtrArray *
pop3_fixture_copy_texts (Pop3Fixture *self)
{
  GPtrArray *texts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < self->mailbox->messages->len; i++)
    g_ptr_array_add (texts, g_strdup (pop3_mailbox_get (self->mailbox, i)->text));
  return texts;
}

void
pop3_fixture_assert_all_kept_once (Pop3Fixture *self, GPtrArray *texts)
{
  for (guint i = 0; i < texts->len; i++)
    pop3_fixture_assert_kept_once (self, g_ptr_array_index (texts, i));
  g_assert_cmpint (pop3_fixture_count_messages (self), ==, texts->len);
}

gint64
pop3_fixture_find_message (Pop3Fixture *self, const char *id)
{
  g_autofree char *sql = g_strdup_printf ("SELECT coalesce (max (id), 0) FROM message WHERE message_id = '%s@example.org'", id);

  return pop3_fixture_count (self, sql);
}

void
pop3_fixture_delete_here (Pop3Fixture *self, const char *id)
{
  gint64 message = pop3_fixture_find_message (self, id);

  g_assert_cmpint (message, >, 0);
  g_assert_true (store_messages_delete (self->store.database, &message, 1, NULL));
}
