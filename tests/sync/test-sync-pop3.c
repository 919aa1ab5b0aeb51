/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whole POP3 passes against servers with good and bad habits: nothing lost, nothing twice, nothing deleted too early. */
#include "base-error.h"
#include "mime-summary.h"
#include "pop3-mailbox.h"
#include "store-fixture.h"
#include "store-pop3.h"
#include "sync-pop3.h"

#include <string.h>

#define NOW 1700000000
#define DAY (24 * 60 * 60)

typedef struct
{
  StoreFixture store;
  Pop3Mailbox *mailbox;
  TestServer *server;
  MailLogin *login;
  SyncPop3Settings settings;
  SyncOptions options;
  gint64 now;
  SyncReport report;
  GError *error;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  store_fixture_set_up (&self->store, NULL);
  self->mailbox = pop3_mailbox_new ();
  self->mailbox->database = g_strdup (self->store.path);
  self->server = test_server_new ();
  test_server_add_func (self->server, pop3_mailbox_serve, self->mailbox);
  test_server_set_repeat (self->server, TRUE);
  self->login = test_server_login (self->server, MAIL_SECURITY_PLAINTEXT, "ana", MAIL_SECRET_PASSWORD, "secret");
  self->settings.leave = ACCOUNT_LEAVE_ALWAYS;
  self->now = NOW;
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  store_fixture_assert_sound (&self->store);
  test_server_free (self->server);
  g_clear_pointer (&self->report.errors, g_ptr_array_unref);
  g_clear_error (&self->error);
  mail_login_unref (self->login);
  pop3_mailbox_free (self->mailbox);
  store_fixture_tear_down (&self->store, NULL);
}

static SyncPass
make_pass (Fixture *self)
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

static gboolean
run (Fixture *self)
{
  SyncPass pass = make_pass (self);

  return sync_pop3_run (&pass, &self->settings, NULL, &self->error);
}

static void
run_well (Fixture *self)
{
  gboolean is_done = run (self);

  g_assert_no_error (self->error);
  g_assert_true (is_done);
}

static gint64
count (Fixture *self, const char *sql)
{
  return store_fixture_count (&self->store, sql);
}

static gint64
count_messages (Fixture *self)
{
  return count (self, "SELECT count(*) FROM message");
}

/* The store has these bytes in one message, and in one only. */
static void
assert_kept_once (Fixture *self, const char *text)
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

static GPtrArray *
copy_texts (Fixture *self)
{
  GPtrArray *texts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < self->mailbox->messages->len; i++)
    g_ptr_array_add (texts, g_strdup (pop3_mailbox_get (self->mailbox, i)->text));
  return texts;
}

static void
assert_all_kept_once (Fixture *self, GPtrArray *texts)
{
  for (guint i = 0; i < texts->len; i++)
    assert_kept_once (self, g_ptr_array_index (texts, i));
  g_assert_cmpint (count_messages (self), ==, texts->len);
}

static gint64
find_message (Fixture *self, const char *id)
{
  g_autofree char *sql = g_strdup_printf ("SELECT coalesce (max (id), 0) FROM message WHERE message_id = '%s@example.org'", id);

  return count (self, sql);
}

static void
delete_here (Fixture *self, const char *id)
{
  gint64 message = find_message (self, id);

  g_assert_cmpint (message, >, 0);
  g_assert_true (store_messages_delete (self->store.database, &message, 1, NULL));
}

static void
test_receives_all (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) texts = NULL;

  pop3_mailbox_fill (self->mailbox, 250);
  texts = copy_texts (self);
  run_well (self);
  g_assert_cmpuint (self->report.n_new, ==, 250);
  g_assert_cmpint (self->report.bytes_in, >, 250 * 100);
  assert_all_kept_once (self, texts);
  g_assert_cmpint (count (self, "SELECT count(*) FROM message WHERE flags <> 0"), ==, 0);
}

static void
test_nothing_new (Fixture *self, gconstpointer data)
{
  pop3_mailbox_fill (self->mailbox, 20);
  run_well (self);
  run_well (self);
  g_assert_cmpuint (self->report.n_new, ==, 0);
  g_assert_cmpuint (self->mailbox->n_retr + self->mailbox->n_top + self->mailbox->n_dele, ==, 0);
  g_assert_cmpuint (self->report.round_trips, <=, 6);
}

static void
test_no_pipelining (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) texts = NULL;

  self->mailbox->pipelines = FALSE;
  self->mailbox->has_capa = FALSE;
  pop3_mailbox_fill (self->mailbox, 5);
  texts = copy_texts (self);
  run_well (self);
  assert_all_kept_once (self, texts);
}

static void
test_never_leaves (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) texts = NULL;

  self->settings.leave = ACCOUNT_LEAVE_NEVER;
  pop3_mailbox_fill (self->mailbox, 150);
  texts = copy_texts (self);
  run_well (self);
  g_assert_cmpuint (self->report.n_deleted, ==, 150);
  g_assert_cmpuint (self->mailbox->messages->len, ==, 0);
  assert_all_kept_once (self, texts);
  g_assert_cmpint (count (self, "SELECT count(*) FROM pop3_uidl"), ==, 0);
}

static void
test_always_leaves (Fixture *self, gconstpointer data)
{
  pop3_mailbox_fill (self->mailbox, 3);
  run_well (self);
  delete_here (self, "m2");
  run_well (self);
  g_assert_cmpuint (self->mailbox->n_dele, ==, 0);
  g_assert_cmpint (count_messages (self), ==, 2);
}

static void
test_until_deleted (Fixture *self, gconstpointer data)
{
  self->settings.leave = ACCOUNT_LEAVE_UNTIL_DELETED;
  pop3_mailbox_fill (self->mailbox, 3);
  run_well (self);
  g_assert_cmpuint (self->mailbox->n_dele, ==, 0);
  delete_here (self, "m2");
  g_clear_pointer (&self->mailbox->database, g_free);
  run_well (self);
  g_assert_cmpuint (self->report.n_deleted, ==, 1);
  g_assert_cmpuint (self->mailbox->messages->len, ==, 2);
  run_well (self);
  g_assert_cmpint (count_messages (self), ==, 2);
}

static void
test_some_days (Fixture *self, gconstpointer data)
{
  self->settings.leave = ACCOUNT_LEAVE_DAYS;
  self->settings.leave_days = 14;
  pop3_mailbox_fill (self->mailbox, 2);
  run_well (self);
  self->now += 14 * DAY - 1;
  pop3_mailbox_add (self->mailbox, "late", "late", "x");
  run_well (self);
  g_assert_cmpuint (self->mailbox->n_dele, ==, 0);
  self->now += 1;
  run_well (self);
  g_assert_cmpuint (self->mailbox->n_deleted, ==, 2);
  g_assert_cmpint (count_messages (self), ==, 3);
}

static void
test_cut_in_retr (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) texts = NULL;

  self->settings.leave = ACCOUNT_LEAVE_NEVER;
  pop3_mailbox_fill (self->mailbox, 12);
  texts = copy_texts (self);
  self->mailbox->cut_in_retr = 7;
  g_assert_false (run (self));
  g_assert_error (self->error, BASE_ERROR, BASE_ERROR_NETWORK);
  g_assert_cmpuint (self->report.n_new, ==, 6);
  g_assert_cmpint (count_messages (self), ==, 6);
  g_assert_cmpuint (self->mailbox->n_dele, ==, 0);
  self->mailbox->cut_in_retr = 0;
  run_well (self);
  g_assert_cmpuint (self->report.n_new, ==, 6);
  g_assert_cmpuint (self->report.n_deleted, ==, 12);
  assert_all_kept_once (self, texts);
}

static void
test_no_final_dot (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) texts = NULL;

  self->settings.leave = ACCOUNT_LEAVE_NEVER;
  pop3_mailbox_fill (self->mailbox, 3);
  texts = copy_texts (self);
  self->mailbox->no_dot_after = 3;
  g_assert_false (run (self));
  g_assert_cmpint (count_messages (self), ==, 2);
  g_assert_cmpuint (self->mailbox->n_dele, ==, 0);
  self->mailbox->no_dot_after = 0;
  run_well (self);
  assert_all_kept_once (self, texts);
}

static void
test_quit_refused (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) texts = NULL;

  self->settings.leave = ACCOUNT_LEAVE_NEVER;
  pop3_mailbox_fill (self->mailbox, 3);
  texts = copy_texts (self);
  self->mailbox->quit = POP3_QUIT_REFUSED;
  g_assert_false (run (self));
  g_assert_error (self->error, BASE_ERROR, BASE_ERROR_REFUSED);
  g_assert_cmpuint (self->report.n_deleted, ==, 0);
  g_assert_cmpint (count (self, "SELECT count(*) FROM pop3_uidl"), ==, 3);
  self->mailbox->quit = POP3_QUIT_WELL;
  run_well (self);
  g_assert_cmpuint (self->report.n_new, ==, 0);
  g_assert_cmpuint (self->report.n_deleted, ==, 3);
  assert_all_kept_once (self, texts);
}

static void
test_quit_lost (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) texts = NULL;
  gboolean was_applied = GPOINTER_TO_INT (data);

  self->settings.leave = ACCOUNT_LEAVE_NEVER;
  pop3_mailbox_fill (self->mailbox, 3);
  texts = copy_texts (self);
  self->mailbox->quit = was_applied ? POP3_QUIT_CUT_AFTER : POP3_QUIT_CUT_BEFORE;
  g_assert_false (run (self));
  g_assert_error (self->error, BASE_ERROR, BASE_ERROR_NETWORK);
  g_assert_cmpuint (self->report.n_deleted, ==, 0);
  self->mailbox->quit = POP3_QUIT_WELL;
  run_well (self);
  g_assert_cmpuint (self->report.n_new, ==, 0);
  g_assert_cmpuint (self->report.n_deleted, ==, was_applied ? 0 : 3);
  g_assert_cmpuint (self->mailbox->messages->len, ==, 0);
  assert_all_kept_once (self, texts);
}

static void
test_no_uidl (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) texts = NULL;

  self->mailbox->has_uidl = FALSE;
  pop3_mailbox_fill (self->mailbox, 12);
  texts = copy_texts (self);
  run_well (self);
  run_well (self);
  g_assert_cmpuint (self->report.n_new, ==, 0);
  g_assert_cmpuint (self->mailbox->n_retr, ==, 0);
  pop3_mailbox_remove (self->mailbox, 0);
  run_well (self);
  g_assert_cmpuint (self->report.n_new, ==, 0);
  assert_all_kept_once (self, texts);
}

static void
test_no_uidl_no_top (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) texts = NULL;

  self->mailbox->has_uidl = self->mailbox->has_top = FALSE;
  pop3_mailbox_fill (self->mailbox, 5);
  texts = copy_texts (self);
  run_well (self);
  run_well (self);
  g_assert_cmpuint (self->report.n_new, ==, 0);
  assert_all_kept_once (self, texts);
  self->settings.leave = ACCOUNT_LEAVE_NEVER;
  run_well (self);
  g_assert_cmpuint (self->report.n_deleted, ==, 5);
  assert_all_kept_once (self, texts);
}

static void
test_no_uidl_deletes (Fixture *self, gconstpointer data)
{
  self->mailbox->has_uidl = FALSE;
  self->settings.leave = ACCOUNT_LEAVE_UNTIL_DELETED;
  pop3_mailbox_fill (self->mailbox, 5);
  run_well (self);
  delete_here (self, "m2");
  g_clear_pointer (&self->mailbox->database, g_free);
  run_well (self);
  g_assert_cmpuint (self->report.n_deleted, ==, 1);
  g_assert_cmpstr (pop3_mailbox_get (self->mailbox, 1)->uidl, ==, "u3");
}

/* Nothing tells these two apart but their bodies. */
static void
test_twins (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) texts = NULL;

  self->mailbox->has_uidl = !GPOINTER_TO_INT (data);
  pop3_mailbox_add (self->mailbox, "a", NULL, "body 1");
  run_well (self);
  pop3_mailbox_add (self->mailbox, "b", NULL, "body 2");
  texts = copy_texts (self);
  pop3_mailbox_remove (self->mailbox, 0);
  run_well (self);
  g_assert_cmpuint (self->report.n_new, ==, 1);
  run_well (self);
  g_assert_cmpuint (self->report.n_new, ==, 0);
  assert_all_kept_once (self, texts);
}

static void
test_repeated_uidls (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) texts = NULL;

  pop3_mailbox_add (self->mailbox, "same", "m1", "one");
  run_well (self);
  pop3_mailbox_add (self->mailbox, "same", "m2", "two");
  pop3_mailbox_add (self->mailbox, "same", "m3", "three");
  texts = copy_texts (self);
  run_well (self);
  g_assert_cmpuint (self->report.n_new, ==, 2);
  run_well (self);
  g_assert_cmpuint (self->report.n_new, ==, 0);
  pop3_mailbox_remove (self->mailbox, 0);
  pop3_mailbox_remove (self->mailbox, 0);
  run_well (self);
  g_assert_cmpuint (self->report.n_new, ==, 0);
  assert_all_kept_once (self, texts);
}

static void
rename_all (Fixture *self, const char *prefix)
{
  for (guint i = 0; i < self->mailbox->messages->len; i++)
    {
      Pop3MailboxMessage *message = pop3_mailbox_get (self->mailbox, i);

      g_free (message->uidl);
      message->uidl = g_strdup_printf ("%s%u", prefix, i + 1);
    }
}

static void
test_renumbered (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) texts = NULL;

  pop3_mailbox_fill (self->mailbox, GPOINTER_TO_UINT (data));
  texts = copy_texts (self);
  run_well (self);
  rename_all (self, "other");
  run_well (self);
  g_assert_cmpuint (self->report.n_new, ==, 0);
  run_well (self);
  g_assert_cmpuint (self->mailbox->n_retr + self->mailbox->n_top, ==, 0);
  assert_all_kept_once (self, texts);
}

/* The names move down by one when the first message is deleted, and a new message gets the last name. */
static void
test_shifted (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) texts = NULL;

  self->settings.leave = ACCOUNT_LEAVE_DAYS;
  self->settings.leave_days = 1;
  pop3_mailbox_fill (self->mailbox, 6);
  rename_all (self, data);
  run_well (self);
  pop3_mailbox_add (self->mailbox, "x", "m7", "the seventh");
  texts = copy_texts (self);
  pop3_mailbox_remove (self->mailbox, 0);
  rename_all (self, data);
  self->now += 2 * DAY;
  run_well (self);
  run_well (self);
  assert_all_kept_once (self, texts);
  g_assert_cmpuint (self->mailbox->messages->len, ==, 1);
}

static void
test_reused_name (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) texts = NULL;

  pop3_mailbox_add (self->mailbox, "a", "m1", "first");
  pop3_mailbox_add (self->mailbox, "b", "m2", "second");
  run_well (self);
  pop3_mailbox_add (self->mailbox, "c", "m3", "another one, of another size");
  texts = copy_texts (self);
  pop3_mailbox_remove (self->mailbox, 0);
  g_free (pop3_mailbox_get (self->mailbox, 1)->uidl);
  pop3_mailbox_get (self->mailbox, 1)->uidl = g_strdup ("a");
  run_well (self);
  g_assert_cmpuint (self->report.n_new, ==, 1);
  assert_all_kept_once (self, texts);
}

static void
test_emptied_and_back (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) texts = NULL;
  g_autoptr (GPtrArray) away = NULL;

  pop3_mailbox_fill (self->mailbox, 10);
  texts = copy_texts (self);
  run_well (self);
  away = self->mailbox->messages;
  self->mailbox->messages = g_ptr_array_new ();
  run_well (self);
  g_assert_cmpint (count_messages (self), ==, 10);
  g_ptr_array_unref (self->mailbox->messages);
  self->mailbox->messages = g_steal_pointer (&away);
  run_well (self);
  g_assert_cmpuint (self->report.n_new, ==, 0);
  assert_all_kept_once (self, texts);
}

static void
test_gone_for_a_month (Fixture *self, gconstpointer data)
{
  pop3_mailbox_fill (self->mailbox, 3);
  run_well (self);
  pop3_mailbox_remove (self->mailbox, 0);
  run_well (self);
  g_assert_cmpint (count (self, "SELECT count(*) FROM pop3_uidl"), ==, 3);
  self->now += 31 * DAY;
  run_well (self);
  g_assert_cmpint (count (self, "SELECT count(*) FROM pop3_uidl"), ==, 2);
  g_assert_cmpint (count_messages (self), ==, 3);
}

static void
test_lying_sizes (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) texts = NULL;

  self->settings.headers_above = 1000000;
  pop3_mailbox_fill (self->mailbox, 5);
  texts = copy_texts (self);
  pop3_mailbox_get (self->mailbox, 0)->list_size = 0;
  pop3_mailbox_get (self->mailbox, 1)->list_size = 1;
  pop3_mailbox_get (self->mailbox, 2)->list_size = 999999;
  run_well (self);
  run_well (self);
  g_assert_cmpuint (self->mailbox->n_top, ==, 0);
  assert_all_kept_once (self, texts);
}

static void
test_backwards_and_nonsense (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) texts = NULL;

  self->mailbox->lists_backwards = self->mailbox->lists_nonsense = TRUE;
  pop3_mailbox_fill (self->mailbox, 5);
  texts = copy_texts (self);
  run_well (self);
  assert_all_kept_once (self, texts);
}

static void
test_counts_disagree (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) texts = NULL;

  self->mailbox->forgets_uidl_of_last = TRUE;
  pop3_mailbox_fill (self->mailbox, 5);
  texts = copy_texts (self);
  run_well (self);
  run_well (self);
  g_assert_cmpuint (self->report.n_new, ==, 0);
  assert_all_kept_once (self, texts);
}

static void
test_status_headers (Fixture *self, gconstpointer data)
{
  self->mailbox->writes_status = TRUE;
  self->mailbox->has_uidl = FALSE;
  g_clear_pointer (&self->mailbox->database, g_free);
  pop3_mailbox_fill (self->mailbox, 5);
  run_well (self);
  self->settings.leave = ACCOUNT_LEAVE_NEVER;
  run_well (self);
  g_assert_cmpuint (self->report.n_new, ==, 0);
  g_assert_cmpuint (self->report.n_deleted, ==, 5);
  g_assert_cmpint (count_messages (self), ==, 5);
}

static void
test_one_refused (Fixture *self, gconstpointer data)
{
  self->settings.leave = ACCOUNT_LEAVE_NEVER;
  pop3_mailbox_fill (self->mailbox, 3);
  pop3_mailbox_get (self->mailbox, 1)->is_refused = TRUE;
  run_well (self);
  g_assert_cmpuint (self->report.n_new, ==, 2);
  g_assert_cmpuint (self->report.errors->len, ==, 1);
  g_assert_error ((GError *) g_ptr_array_index (self->report.errors, 0), BASE_ERROR, BASE_ERROR_TRY_LATER);
  g_assert_cmpuint (self->mailbox->messages->len, ==, 1);
}

static void
test_mailbox_in_use (Fixture *self, gconstpointer data)
{
  self->mailbox->pass_refusal = "-ERR [IN-USE] another session";
  g_assert_false (run (self));
  g_assert_error (self->error, BASE_ERROR, BASE_ERROR_TRY_LATER);
  g_assert_cmpstr (base_error_get_reply (self->error), ==, "[IN-USE] another session");
  g_assert_cmpstr (base_error_get_host (self->error), ==, "localhost");
}

static void
test_wrong_password (Fixture *self, gconstpointer data)
{
  self->mailbox->pass_refusal = "-ERR go away";
  g_assert_false (run (self));
  g_assert_error (self->error, BASE_ERROR, BASE_ERROR_WRONG_PASSWORD);
}

static void
make_large (Fixture *self)
{
  g_autofree char *body = g_strnfill (5000, 'L');

  pop3_mailbox_add (self->mailbox, "small", "small", "x");
  pop3_mailbox_add (self->mailbox, "large", "large", body);
  self->settings.headers_above = 2000;
}

static void
test_headers_first (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) texts = NULL;
  gint64 large;

  self->settings.leave = ACCOUNT_LEAVE_NEVER;
  make_large (self);
  texts = copy_texts (self);
  run_well (self);
  g_assert_cmpint (count (self, "SELECT count(*) FROM message WHERE NOT is_whole"), ==, 1);
  g_assert_cmpuint (self->mailbox->messages->len, ==, 1);
  large = find_message (self, "large");
  g_assert_true (store_pop3_want_body (self->store.database, large, NULL));
  run_well (self);
  g_assert_cmpint (find_message (self, "large"), ==, large);
  g_assert_cmpuint (self->mailbox->messages->len, ==, 0);
  assert_all_kept_once (self, texts);
}

static void
test_headers_only (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) texts = NULL;

  pop3_mailbox_fill (self->mailbox, 4);
  texts = copy_texts (self);
  self->options = SYNC_HEADERS_ONLY;
  run_well (self);
  g_assert_cmpuint (self->mailbox->n_retr, ==, 0);
  g_assert_cmpint (count (self, "SELECT count(*) FROM message WHERE NOT is_whole"), ==, 4);
  self->options = SYNC_DEFAULT;
  run_well (self);
  g_assert_cmpuint (self->report.n_new, ==, 0);
  assert_all_kept_once (self, texts);
}

static void
test_top_refused (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) texts = NULL;

  self->mailbox->top_is_refused = TRUE;
  make_large (self);
  texts = copy_texts (self);
  run_well (self);
  assert_all_kept_once (self, texts);
  self->settings.leave = ACCOUNT_LEAVE_NEVER;
  run_well (self);
  g_assert_cmpuint (self->report.n_deleted, ==, 2);
}

static void
test_fetch_body (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) texts = NULL;
  gint64 large;
  SyncPass pass;

  make_large (self);
  self->mailbox->has_uidl = !GPOINTER_TO_INT (data);
  texts = copy_texts (self);
  run_well (self);
  large = find_message (self, "large");
  pass = make_pass (self);
  g_assert_true (sync_pop3_fetch_body (&pass, large, NULL, &self->error));
  g_assert_no_error (self->error);
  g_assert_cmpuint (self->mailbox->n_retr, ==, 1);
  assert_all_kept_once (self, texts);
  g_assert_true (sync_pop3_fetch_body (&pass, large, NULL, &self->error));
  g_assert_cmpuint (self->mailbox->n_retr, ==, 1);
}

static void
test_fetch_body_gone (Fixture *self, gconstpointer data)
{
  gint64 large;
  SyncPass pass;

  make_large (self);
  run_well (self);
  large = find_message (self, "large");
  pop3_mailbox_remove (self->mailbox, 1);
  pass = make_pass (self);
  g_assert_false (sync_pop3_fetch_body (&pass, large, NULL, &self->error));
  g_assert_error (self->error, BASE_ERROR, BASE_ERROR_NOT_FOUND);
  g_assert_cmpint (find_message (self, "large"), ==, large);
}

static void
test_deleted_headers (Fixture *self, gconstpointer data)
{
  self->settings.leave = ACCOUNT_LEAVE_UNTIL_DELETED;
  make_large (self);
  run_well (self);
  delete_here (self, "large");
  g_clear_pointer (&self->mailbox->database, g_free);
  run_well (self);
  g_assert_cmpuint (self->report.n_deleted, ==, 1);
  g_assert_cmpuint (self->report.n_new, ==, 0);
}

static void
test_cancelled (Fixture *self, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  SyncPass pass = make_pass (self);

  test_server_set_repeat (self->server, TRUE);
  g_cancellable_cancel (cancellable);
  g_assert_false (sync_pop3_run (&pass, &self->settings, cancellable, &self->error));
  g_assert_error (self->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* What posthorn-cli does beside a pass that runs. */
static void
remove_account_when_listing (SyncPhase phase, guint done, guint total, gint64 bytes, gpointer data)
{
  Fixture *self = data;
  g_autoptr (StoreDatabase) database = NULL;

  if (phase != SYNC_LISTING)
    return;
  database = store_open (self->store.store, NULL);
  g_assert_true (store_folders_remove_account (database, 1, "Work", TRUE, NULL));
}

static void
test_account_removed (Fixture *self, gconstpointer data)
{
  SyncPass pass;

  store_fixture_add (&self->store, store_fixture_inbox (&self->store), "kept"); /* so that the folder stays, under another account */
  pop3_mailbox_fill (self->mailbox, 3);
  pass = make_pass (self);
  pass.progress = remove_account_when_listing;
  pass.progress_data = self;
  g_assert_false (sync_pop3_run (&pass, &self->settings, NULL, &self->error));
  g_assert_error (self->error, BASE_ERROR, BASE_ERROR_NOT_FOUND);
  g_assert_cmpint (count_messages (self), ==, 1);
  g_assert_cmpint (count (self, "SELECT count (*) FROM pop3_uidl"), ==, 0);
  g_assert_cmpint (count (self, "SELECT count (*) FROM folder WHERE account = 1"), ==, 0);
}

static void
test_check (Fixture *self, gconstpointer data)
{
  SyncPass pass = make_pass (self);

  pass.database = NULL;
  pass.report = NULL;
  pop3_mailbox_fill (self->mailbox, 2);
  g_assert_true (sync_pop3_check (&pass, NULL, &self->error));
  g_assert_cmpuint (self->mailbox->n_retr + self->mailbox->n_dele, ==, 0);
}

static void
test_long_uidl (Fixture *self, gconstpointer data)
{
  g_autofree char *uidl = g_strnfill (300, 'u');
  g_autoptr (GPtrArray) texts = NULL;

  pop3_mailbox_add (self->mailbox, uidl, "m1", "x");
  pop3_mailbox_add (self->mailbox, "two words", "m2", "x");
  texts = copy_texts (self);
  run_well (self);
  run_well (self);
  g_assert_cmpuint (self->report.n_new, ==, 0);
  assert_all_kept_once (self, texts);
}

#define ADD(path, data, func) g_test_add ("/sync/pop3/" path, Fixture, data, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mime_init ();
  ADD ("new-mail/is-kept-byte-for-byte", NULL, test_receives_all);
  ADD ("nothing-new/costs-six-round-trips", NULL, test_nothing_new);
  ADD ("server-without-capa/one-command-at-a-time", NULL, test_no_pipelining);
  ADD ("leave-never/deletes-what-is-kept", NULL, test_never_leaves);
  ADD ("leave-always/deletes-nothing", NULL, test_always_leaves);
  ADD ("leave-until-deleted/deletes-that-one", NULL, test_until_deleted);
  ADD ("leave-days/deletes-to-the-second", NULL, test_some_days);
  ADD ("connection-lost-in-retr/deletes-nothing", NULL, test_cut_in_retr);
  ADD ("no-final-dot/is-not-kept", NULL, test_no_final_dot);
  ADD ("quit-refused/forgets-nothing", NULL, test_quit_refused);
  ADD ("quit-lost-before/deletes-again", GINT_TO_POINTER (FALSE), test_quit_lost);
  ADD ("quit-lost-after/doubles-nothing", GINT_TO_POINTER (TRUE), test_quit_lost);
  ADD ("no-uidl/knows-messages-by-headers", NULL, test_no_uidl);
  ADD ("no-uidl-no-top/knows-messages-by-bytes", NULL, test_no_uidl_no_top);
  ADD ("no-uidl/deletes-the-right-one", NULL, test_no_uidl_deletes);
  ADD ("equal-headers/are-two-messages", GINT_TO_POINTER (FALSE), test_twins);
  ADD ("equal-headers-no-uidl/are-two-messages", GINT_TO_POINTER (TRUE), test_twins);
  ADD ("repeated-uidls/keep-each-message-once", NULL, test_repeated_uidls);
  ADD ("renumbered/few-doubles-nothing", GUINT_TO_POINTER (5), test_renumbered);
  ADD ("renumbered/many-doubles-nothing", GUINT_TO_POINTER (40), test_renumbered);
  ADD ("uidls-that-are-numbers/lose-nothing", "", test_shifted);
  ADD ("uidls-that-move-on/lose-nothing", "n", test_shifted);
  ADD ("uidl-used-again/receives-the-new-one", NULL, test_reused_name);
  ADD ("mailbox-empty-for-once/doubles-nothing", NULL, test_emptied_and_back);
  ADD ("gone-for-a-month/is-forgotten", NULL, test_gone_for_a_month);
  ADD ("wrong-list-sizes/change-nothing", NULL, test_lying_sizes);
  ADD ("list-backwards-with-nonsense/changes-nothing", NULL, test_backwards_and_nonsense);
  ADD ("counts-that-disagree/keep-every-message", NULL, test_counts_disagree);
  ADD ("status-written-into-headers/is-the-same-message", NULL, test_status_headers);
  ADD ("one-refused/others-come", NULL, test_one_refused);
  ADD ("mailbox-in-use/is-tried-later", NULL, test_mailbox_in_use);
  ADD ("password-refused/says-so", NULL, test_wrong_password);
  ADD ("large-message/headers-first-then-body", NULL, test_headers_first);
  ADD ("headers-only/bodies-later", NULL, test_headers_only);
  ADD ("top-refused/gets-the-whole", NULL, test_top_refused);
  ADD ("fetch-body/gets-that-one", GINT_TO_POINTER (FALSE), test_fetch_body);
  ADD ("fetch-body-no-uidl/gets-that-one", GINT_TO_POINTER (TRUE), test_fetch_body);
  ADD ("fetch-body/gone-from-server", NULL, test_fetch_body_gone);
  ADD ("headers-deleted-here/go-from-server", NULL, test_deleted_headers);
  ADD ("cancelled/leaves-at-once", NULL, test_cancelled);
  ADD ("account-removed-meanwhile/nothing-comes-after-it", NULL, test_account_removed);
  ADD ("check/touches-nothing", NULL, test_check);
  ADD ("uidl-too-long-or-odd/keeps-each-message-once", NULL, test_long_uidl);
  return g_test_run ();
}
