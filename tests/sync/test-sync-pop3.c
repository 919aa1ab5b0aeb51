/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whole POP3 passes against servers with good and bad habits: nothing lost, nothing twice, nothing deleted too early. */
#include "base-error.h"
#include "mime-summary.h"
#include "pop3-fixture.h"

static void
test_receives_all (Pop3Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) texts = NULL;

  pop3_mailbox_fill (self->mailbox, 250);
  texts = pop3_fixture_copy_texts (self);
  pop3_fixture_run_well (self);
  g_assert_cmpuint (self->report.n_new, ==, 250);
  g_assert_cmpint (self->report.bytes_in, >, 250 * 100);
  pop3_fixture_assert_all_kept_once (self, texts);
  g_assert_cmpint (pop3_fixture_count (self, "SELECT count(*) FROM message WHERE flags <> 0"), ==, 0);
}

static void
test_nothing_new (Pop3Fixture *self, gconstpointer data)
{
  pop3_mailbox_fill (self->mailbox, 20);
  pop3_fixture_run_well (self);
  pop3_fixture_run_well (self);
  g_assert_cmpuint (self->report.n_new, ==, 0);
  g_assert_cmpuint (self->mailbox->n_retr + self->mailbox->n_top + self->mailbox->n_dele, ==, 0);
  g_assert_cmpuint (self->report.round_trips, <=, 6);
}

static void
test_no_pipelining (Pop3Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) texts = NULL;

  self->mailbox->pipelines = FALSE;
  self->mailbox->has_capa = FALSE;
  pop3_mailbox_fill (self->mailbox, 5);
  texts = pop3_fixture_copy_texts (self);
  pop3_fixture_run_well (self);
  pop3_fixture_assert_all_kept_once (self, texts);
}

static void
test_never_leaves (Pop3Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) texts = NULL;

  self->settings.leave = ACCOUNT_LEAVE_NEVER;
  pop3_mailbox_fill (self->mailbox, 150);
  texts = pop3_fixture_copy_texts (self);
  pop3_fixture_run_well (self);
  g_assert_cmpuint (self->report.n_deleted, ==, 150);
  g_assert_cmpuint (self->mailbox->messages->len, ==, 0);
  pop3_fixture_assert_all_kept_once (self, texts);
  g_assert_cmpint (pop3_fixture_count (self, "SELECT count(*) FROM pop3_uidl"), ==, 0);
}

static void
test_always_leaves (Pop3Fixture *self, gconstpointer data)
{
  pop3_mailbox_fill (self->mailbox, 3);
  pop3_fixture_run_well (self);
  pop3_fixture_delete_here (self, "m2");
  pop3_fixture_run_well (self);
  g_assert_cmpuint (self->mailbox->n_dele, ==, 0);
  g_assert_cmpint (pop3_fixture_count_messages (self), ==, 2);
}

static void
test_until_deleted (Pop3Fixture *self, gconstpointer data)
{
  self->settings.leave = ACCOUNT_LEAVE_UNTIL_DELETED;
  pop3_mailbox_fill (self->mailbox, 3);
  pop3_fixture_run_well (self);
  g_assert_cmpuint (self->mailbox->n_dele, ==, 0);
  pop3_fixture_delete_here (self, "m2");
  g_clear_pointer (&self->mailbox->database, g_free);
  pop3_fixture_run_well (self);
  g_assert_cmpuint (self->report.n_deleted, ==, 1);
  g_assert_cmpuint (self->mailbox->messages->len, ==, 2);
  pop3_fixture_run_well (self);
  g_assert_cmpint (pop3_fixture_count_messages (self), ==, 2);
}

static void
test_some_days (Pop3Fixture *self, gconstpointer data)
{
  self->settings.leave = ACCOUNT_LEAVE_DAYS;
  self->settings.leave_days = 14;
  pop3_mailbox_fill (self->mailbox, 2);
  pop3_fixture_run_well (self);
  self->now += 14 * POP3_FIXTURE_DAY - 1;
  pop3_mailbox_add (self->mailbox, "late", "late", "x");
  pop3_fixture_run_well (self);
  g_assert_cmpuint (self->mailbox->n_dele, ==, 0);
  self->now += 1;
  pop3_fixture_run_well (self);
  g_assert_cmpuint (self->mailbox->n_deleted, ==, 2);
  g_assert_cmpint (pop3_fixture_count_messages (self), ==, 3);
}

static void
test_cut_in_retr (Pop3Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) texts = NULL;

  self->settings.leave = ACCOUNT_LEAVE_NEVER;
  pop3_mailbox_fill (self->mailbox, 12);
  texts = pop3_fixture_copy_texts (self);
  self->mailbox->cut_in_retr = 7;
  g_assert_false (pop3_fixture_run (self));
  g_assert_error (self->error, BASE_ERROR, BASE_ERROR_NETWORK);
  g_assert_cmpuint (self->report.n_new, ==, 6);
  g_assert_cmpint (pop3_fixture_count_messages (self), ==, 6);
  g_assert_cmpuint (self->mailbox->n_dele, ==, 0);
  self->mailbox->cut_in_retr = 0;
  pop3_fixture_run_well (self);
  g_assert_cmpuint (self->report.n_new, ==, 6);
  g_assert_cmpuint (self->report.n_deleted, ==, 12);
  pop3_fixture_assert_all_kept_once (self, texts);
}

static void
test_no_final_dot (Pop3Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) texts = NULL;

  self->settings.leave = ACCOUNT_LEAVE_NEVER;
  pop3_mailbox_fill (self->mailbox, 3);
  texts = pop3_fixture_copy_texts (self);
  self->mailbox->no_dot_after = 3;
  g_assert_false (pop3_fixture_run (self));
  g_assert_cmpint (pop3_fixture_count_messages (self), ==, 2);
  g_assert_cmpuint (self->mailbox->n_dele, ==, 0);
  self->mailbox->no_dot_after = 0;
  pop3_fixture_run_well (self);
  pop3_fixture_assert_all_kept_once (self, texts);
}

static void
test_quit_refused (Pop3Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) texts = NULL;

  self->settings.leave = ACCOUNT_LEAVE_NEVER;
  pop3_mailbox_fill (self->mailbox, 3);
  texts = pop3_fixture_copy_texts (self);
  self->mailbox->quit = POP3_QUIT_REFUSED;
  g_assert_false (pop3_fixture_run (self));
  g_assert_error (self->error, BASE_ERROR, BASE_ERROR_REFUSED);
  g_assert_cmpuint (self->report.n_deleted, ==, 0);
  g_assert_cmpint (pop3_fixture_count (self, "SELECT count(*) FROM pop3_uidl"), ==, 3);
  self->mailbox->quit = POP3_QUIT_WELL;
  pop3_fixture_run_well (self);
  g_assert_cmpuint (self->report.n_new, ==, 0);
  g_assert_cmpuint (self->report.n_deleted, ==, 3);
  pop3_fixture_assert_all_kept_once (self, texts);
}

static void
test_quit_lost (Pop3Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) texts = NULL;
  gboolean was_applied = GPOINTER_TO_INT (data);

  self->settings.leave = ACCOUNT_LEAVE_NEVER;
  pop3_mailbox_fill (self->mailbox, 3);
  texts = pop3_fixture_copy_texts (self);
  self->mailbox->quit = was_applied ? POP3_QUIT_CUT_AFTER : POP3_QUIT_CUT_BEFORE;
  g_assert_false (pop3_fixture_run (self));
  g_assert_error (self->error, BASE_ERROR, BASE_ERROR_NETWORK);
  g_assert_cmpuint (self->report.n_deleted, ==, 0);
  self->mailbox->quit = POP3_QUIT_WELL;
  pop3_fixture_run_well (self);
  g_assert_cmpuint (self->report.n_new, ==, 0);
  g_assert_cmpuint (self->report.n_deleted, ==, was_applied ? 0 : 3);
  g_assert_cmpuint (self->mailbox->messages->len, ==, 0);
  pop3_fixture_assert_all_kept_once (self, texts);
}

static void
test_lying_sizes (Pop3Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) texts = NULL;

  self->settings.headers_above = 1000000;
  pop3_mailbox_fill (self->mailbox, 5);
  texts = pop3_fixture_copy_texts (self);
  pop3_mailbox_get (self->mailbox, 0)->list_size = 0;
  pop3_mailbox_get (self->mailbox, 1)->list_size = 1;
  pop3_mailbox_get (self->mailbox, 2)->list_size = 999999;
  pop3_fixture_run_well (self);
  pop3_fixture_run_well (self);
  g_assert_cmpuint (self->mailbox->n_top, ==, 0);
  pop3_fixture_assert_all_kept_once (self, texts);
}

static void
test_backwards_and_nonsense (Pop3Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) texts = NULL;

  self->mailbox->lists_backwards = self->mailbox->lists_nonsense = TRUE;
  pop3_mailbox_fill (self->mailbox, 5);
  texts = pop3_fixture_copy_texts (self);
  pop3_fixture_run_well (self);
  pop3_fixture_assert_all_kept_once (self, texts);
}

static void
test_counts_disagree (Pop3Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) texts = NULL;

  self->mailbox->forgets_uidl_of_last = TRUE;
  pop3_mailbox_fill (self->mailbox, 5);
  texts = pop3_fixture_copy_texts (self);
  pop3_fixture_run_well (self);
  pop3_fixture_run_well (self);
  g_assert_cmpuint (self->report.n_new, ==, 0);
  pop3_fixture_assert_all_kept_once (self, texts);
}

static void
test_status_headers (Pop3Fixture *self, gconstpointer data)
{
  self->mailbox->writes_status = TRUE;
  self->mailbox->has_uidl = FALSE;
  g_clear_pointer (&self->mailbox->database, g_free);
  pop3_mailbox_fill (self->mailbox, 5);
  pop3_fixture_run_well (self);
  self->settings.leave = ACCOUNT_LEAVE_NEVER;
  pop3_fixture_run_well (self);
  g_assert_cmpuint (self->report.n_new, ==, 0);
  g_assert_cmpuint (self->report.n_deleted, ==, 5);
  g_assert_cmpint (pop3_fixture_count_messages (self), ==, 5);
}

static void
test_one_refused (Pop3Fixture *self, gconstpointer data)
{
  self->settings.leave = ACCOUNT_LEAVE_NEVER;
  pop3_mailbox_fill (self->mailbox, 3);
  pop3_mailbox_get (self->mailbox, 1)->is_refused = TRUE;
  pop3_fixture_run_well (self);
  g_assert_cmpuint (self->report.n_new, ==, 2);
  g_assert_cmpuint (self->report.errors->len, ==, 1);
  g_assert_error ((GError *) g_ptr_array_index (self->report.errors, 0), BASE_ERROR, BASE_ERROR_TRY_LATER);
  g_assert_cmpuint (self->mailbox->messages->len, ==, 1);
}

static void
test_mailbox_in_use (Pop3Fixture *self, gconstpointer data)
{
  self->mailbox->pass_refusal = "-ERR [IN-USE] another session";
  g_assert_false (pop3_fixture_run (self));
  g_assert_error (self->error, BASE_ERROR, BASE_ERROR_TRY_LATER);
  g_assert_cmpstr (base_error_get_reply (self->error), ==, "[IN-USE] another session");
  g_assert_cmpstr (base_error_get_host (self->error), ==, "localhost");
}

static void
test_wrong_password (Pop3Fixture *self, gconstpointer data)
{
  self->mailbox->pass_refusal = "-ERR go away";
  g_assert_false (pop3_fixture_run (self));
  g_assert_error (self->error, BASE_ERROR, BASE_ERROR_WRONG_PASSWORD);
}

static void
test_cancelled (Pop3Fixture *self, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  SyncPass pass = pop3_fixture_make_pass (self);

  test_server_set_repeat (self->server, TRUE);
  g_cancellable_cancel (cancellable);
  g_assert_false (sync_pop3_run (&pass, &self->settings, cancellable, &self->error));
  g_assert_error (self->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* What posthorn-cli does beside a pass that runs. */
static void
remove_account_when_listing (SyncPhase phase, guint done, guint total, gint64 bytes, gpointer data)
{
  Pop3Fixture *self = data;
  g_autoptr (StoreDatabase) database = NULL;

  if (phase != SYNC_LISTING)
    return;
  database = store_open (self->store.store, NULL);
  g_assert_true (store_folders_remove_account (database, 1, "Work", TRUE, NULL));
}

static void
test_account_removed (Pop3Fixture *self, gconstpointer data)
{
  SyncPass pass;

  store_fixture_add (&self->store, store_fixture_inbox (&self->store), "kept"); /* so that the folder stays, under another account */
  pop3_mailbox_fill (self->mailbox, 3);
  pass = pop3_fixture_make_pass (self);
  pass.progress = remove_account_when_listing;
  pass.progress_data = self;
  g_assert_false (sync_pop3_run (&pass, &self->settings, NULL, &self->error));
  g_assert_error (self->error, BASE_ERROR, BASE_ERROR_NOT_FOUND);
  g_assert_cmpint (pop3_fixture_count_messages (self), ==, 1);
  g_assert_cmpint (pop3_fixture_count (self, "SELECT count (*) FROM pop3_uidl"), ==, 0);
  g_assert_cmpint (pop3_fixture_count (self, "SELECT count (*) FROM folder WHERE account = 1"), ==, 0);
}

static void
test_check (Pop3Fixture *self, gconstpointer data)
{
  SyncPass pass = pop3_fixture_make_pass (self);

  pass.database = NULL;
  pass.report = NULL;
  pop3_mailbox_fill (self->mailbox, 2);
  g_assert_true (sync_pop3_check (&pass, NULL, &self->error));
  g_assert_cmpuint (self->mailbox->n_retr + self->mailbox->n_dele, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mime_init ();
  POP3_FIXTURE_ADD ("new-mail/is-kept-byte-for-byte", NULL, test_receives_all);
  POP3_FIXTURE_ADD ("nothing-new/costs-six-round-trips", NULL, test_nothing_new);
  POP3_FIXTURE_ADD ("server-without-capa/one-command-at-a-time", NULL, test_no_pipelining);
  POP3_FIXTURE_ADD ("leave-never/deletes-what-is-kept", NULL, test_never_leaves);
  POP3_FIXTURE_ADD ("leave-always/deletes-nothing", NULL, test_always_leaves);
  POP3_FIXTURE_ADD ("leave-until-deleted/deletes-that-one", NULL, test_until_deleted);
  POP3_FIXTURE_ADD ("leave-days/deletes-to-the-second", NULL, test_some_days);
  POP3_FIXTURE_ADD ("connection-lost-in-retr/deletes-nothing", NULL, test_cut_in_retr);
  POP3_FIXTURE_ADD ("no-final-dot/is-not-kept", NULL, test_no_final_dot);
  POP3_FIXTURE_ADD ("quit-refused/forgets-nothing", NULL, test_quit_refused);
  POP3_FIXTURE_ADD ("quit-lost-before/deletes-again", GINT_TO_POINTER (FALSE), test_quit_lost);
  POP3_FIXTURE_ADD ("quit-lost-after/doubles-nothing", GINT_TO_POINTER (TRUE), test_quit_lost);
  POP3_FIXTURE_ADD ("wrong-list-sizes/change-nothing", NULL, test_lying_sizes);
  POP3_FIXTURE_ADD ("list-backwards-with-nonsense/changes-nothing", NULL, test_backwards_and_nonsense);
  POP3_FIXTURE_ADD ("counts-that-disagree/keep-every-message", NULL, test_counts_disagree);
  POP3_FIXTURE_ADD ("status-written-into-headers/is-the-same-message", NULL, test_status_headers);
  POP3_FIXTURE_ADD ("one-refused/others-come", NULL, test_one_refused);
  POP3_FIXTURE_ADD ("mailbox-in-use/is-tried-later", NULL, test_mailbox_in_use);
  POP3_FIXTURE_ADD ("password-refused/says-so", NULL, test_wrong_password);
  POP3_FIXTURE_ADD ("cancelled/leaves-at-once", NULL, test_cancelled);
  POP3_FIXTURE_ADD ("account-removed-meanwhile/nothing-comes-after-it", NULL, test_account_removed);
  POP3_FIXTURE_ADD ("check/touches-nothing", NULL, test_check);
  return g_test_run ();
}
