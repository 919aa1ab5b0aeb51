/* SPDX-License-Identifier: GPL-3.0-or-later */
/* IMAP passes against a server that can do nothing but IMAP4rev1, and worse. */
#include "base-error.h"
#include "imap-server.h"
#include "imap-session.h"
#include "mime-summary.h"
#include "store-fixture.h"
#include "store-imap.h"
#include "store-room.h"
#include "sync-imap.h"

#include <string.h>

typedef struct
{
  StoreFixture store;
  TestServer *server;
  ImapServer *mailbox;
  ImapSession *session;
  GPtrArray *errors;
  SyncReport report;
  gint64 now;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  store_fixture_set_up (&self->store, NULL);
  self->mailbox = imap_server_new ();
  self->server = test_server_new ();
  test_server_add_func (self->server, imap_server_play, self->mailbox);
  test_server_set_repeat (self->server, TRUE);
  self->errors = g_ptr_array_new_with_free_func ((GDestroyNotify) g_error_free);
  self->now = 1700000000;
}

static void
hang_up (Fixture *self)
{
  if (self->session)
    imap_session_close (self->session);
  g_clear_object (&self->session);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  hang_up (self);
  test_server_free (self->server);
  store_fixture_assert_sound (&self->store);
  imap_server_free (self->mailbox);
  g_ptr_array_unref (self->errors);
  store_fixture_tear_down (&self->store, NULL);
}

static gboolean
try_pass_with (Fixture *self, const SyncImapSettings *settings, GError **error)
{
  g_autoptr (MailLogin) login = test_server_login (self->server, MAIL_SECURITY_TLS, "ann", MAIL_SECRET_PASSWORD, "secret");
  SyncPass pass = { .database = self->store.database, .account = 1, .login = login, .trace_tag = "IMAP", .now = self->now, .report = &self->report };

  g_ptr_array_set_size (self->errors, 0);
  self->report = (SyncReport) { .errors = self->errors };
  return sync_imap_run (&pass, settings, &self->session, NULL, NULL, NULL, error);
}

static gboolean
try_pass (Fixture *self, int keep_days, GError **error)
{
  return try_pass_with (self, &(SyncImapSettings) { .keep_days = keep_days }, error);
}

/* Between two passes nobody talks, so that the test may change the mailbox. */
static void
run_pass (Fixture *self)
{
  g_autoptr (GError) error = NULL;

  try_pass (self, -1, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (self->errors->len, ==, 0);
}

static void
fill (Fixture *self, guint n)
{
  for (guint i = 1; i <= n; i++)
    {
      g_autofree char *id = g_strdup_printf ("m%u", i);

      imap_server_add (self->mailbox, id, id);
    }
}

static gint64
count (Fixture *self, const char *sql)
{
  return store_fixture_count (&self->store, sql);
}

#define MESSAGES "SELECT count (*) FROM message"
#define WHOLE "SELECT count (*) FROM message WHERE is_whole = 1"

/* Every message is here once, whole, with the bytes that the server has. */
static void
assert_mirrored (Fixture *self)
{
  g_assert_cmpint (count (self, MESSAGES), ==, self->mailbox->messages->len);
  g_assert_cmpint (count (self, WHOLE), ==, self->mailbox->messages->len);
  for (guint i = 0; i < self->mailbox->messages->len; i++)
    {
      const ImapServerMessage *message = g_ptr_array_index (self->mailbox->messages, i);
      g_autofree char *sql = g_strdup_printf ("SELECT id FROM message WHERE uid = %u", message->uid);
      g_autoptr (GBytes) source = store_messages_load_source (self->store.database, count (self, sql), NULL);

      g_assert_nonnull (source);
      g_assert_cmpmem (g_bytes_get_data (source, NULL), g_bytes_get_size (source), message->text, strlen (message->text));
    }
}

static void
test_mirror (Fixture *self, gconstpointer data)
{
  fill (self, 7);
  run_pass (self);
  assert_mirrored (self);
  g_assert_cmpuint (self->report.n_new, ==, 7);
}

static void
test_many (Fixture *self, gconstpointer data)
{
  fill (self, 1234);
  run_pass (self);
  assert_mirrored (self);
  g_assert_cmpuint (self->mailbox->n_bodies, ==, 1234);
}

static void
test_unchanged (Fixture *self, gconstpointer data)
{
  fill (self, 7);
  run_pass (self);
  run_pass (self);
  g_assert_cmpuint (self->mailbox->n_bodies + self->mailbox->n_headers, ==, 14);
  g_assert_cmpuint (self->report.n_new + self->report.n_deleted + self->report.n_flags_changed, ==, 0);
  g_assert_cmpuint (self->report.round_trips, <=, 5);
}

static void
test_new_and_gone (Fixture *self, gconstpointer data)
{
  fill (self, 30);
  run_pass (self);
  for (guint i = 0; i < 10; i++)
    g_ptr_array_remove_index (self->mailbox->messages, i);
  imap_server_add (self->mailbox, "new", "new");
  run_pass (self);
  assert_mirrored (self);
  g_assert_cmpuint (self->report.n_new, ==, 1);
  g_assert_cmpuint (self->report.n_deleted, ==, 10);
  g_assert_cmpuint (self->mailbox->n_bodies, ==, 31);
}

static void
set_flags (Fixture *self, guint position, const char *flags)
{
  ImapServerMessage *message = g_ptr_array_index (self->mailbox->messages, position);

  g_free (message->flags);
  message->flags = g_strdup (flags);
}

static void
test_flags (Fixture *self, gconstpointer data)
{
  fill (self, 3);
  set_flags (self, 0, "\\Seen");
  run_pass (self);
  set_flags (self, 0, "");
  set_flags (self, 1, "\\Flagged \\Answered");
  run_pass (self);
  g_assert_cmpuint (self->report.n_flags_changed, ==, 2);
  g_assert_cmpint (count (self, "SELECT sum (flags) FROM message"), ==, MAIL_FLAG_FLAGGED | MAIL_FLAG_ANSWERED);
}

/* Its mailbox cannot keep $Forwarded, so the server's silence about it says nothing. */
static void
test_flag_not_kept (Fixture *self, gconstpointer data)
{
  gint64 id;

  fill (self, 1);
  run_pass (self);
  id = count (self, "SELECT id FROM message");
  g_assert_true (store_messages_set_flags (self->store.database, &id, 1, MAIL_FLAG_FORWARDED, 0, NULL));
  set_flags (self, 0, "\\Seen");
  run_pass (self);
  g_assert_cmpint (count (self, "SELECT flags FROM message"), ==, MAIL_FLAG_SEEN | MAIL_FLAG_FORWARDED);
}

static void
test_others (Fixture *self, gconstpointer data)
{
  fill (self, 3);
  self->mailbox->sends_others = TRUE;
  run_pass (self);
  assert_mirrored (self);
}

static void
test_renumbered (Fixture *self, gconstpointer data)
{
  gint64 first;

  fill (self, 40);
  run_pass (self);
  first = count (self, "SELECT sum (id) FROM message");
  imap_server_renumber (self->mailbox, 500);
  imap_server_add (self->mailbox, "new", "new");
  run_pass (self);
  assert_mirrored (self);
  g_assert_cmpuint (self->mailbox->n_bodies, ==, 41);
  g_assert_cmpuint (self->report.n_new, ==, 1);
  g_assert_cmpint (count (self, "SELECT sum (id) FROM message WHERE uid < 540"), ==, first);
}

/* The same UIDs name other messages now. */
static void
test_renumbered_shuffled (Fixture *self, gconstpointer data)
{
  fill (self, 40);
  run_pass (self);
  g_ptr_array_remove_range (self->mailbox->messages, 0, 5);
  imap_server_renumber (self->mailbox, 1);
  run_pass (self);
  assert_mirrored (self);
  g_assert_cmpuint (self->mailbox->n_bodies, ==, 40);
  g_assert_cmpuint (self->report.n_deleted, ==, 5);
}

static void
test_few_emptied (Fixture *self, gconstpointer data)
{
  fill (self, 3);
  run_pass (self);
  g_ptr_array_set_size (self->mailbox->messages, 0);
  run_pass (self);
  g_assert_cmpint (count (self, MESSAGES), ==, 0);
}

static void
test_many_emptied (Fixture *self, gconstpointer data)
{
  fill (self, 30);
  run_pass (self);
  g_ptr_array_set_size (self->mailbox->messages, 0);
  run_pass (self);
  g_assert_cmpint (count (self, WHOLE), ==, 30);
  run_pass (self);
  g_assert_cmpint (count (self, MESSAGES), ==, 0);
}

static void
test_empty_for_a_moment (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) kept = NULL;

  fill (self, 30);
  run_pass (self);
  kept = g_steal_pointer (&self->mailbox->messages);
  self->mailbox->messages = g_ptr_array_new ();
  run_pass (self);
  g_ptr_array_unref (self->mailbox->messages);
  self->mailbox->messages = g_steal_pointer (&kept);
  run_pass (self);
  run_pass (self);
  assert_mirrored (self);
  g_assert_cmpuint (self->mailbox->n_bodies, ==, 30);
}

static void
test_lost_by_server (Fixture *self, gconstpointer data)
{
  fill (self, 3);
  run_pass (self);
  g_ptr_array_set_size (self->mailbox->messages, 0);
  self->mailbox->uidvalidity++;
  self->mailbox->uidnext = 1;
  run_pass (self);
  run_pass (self);
  g_assert_cmpint (count (self, WHOLE), ==, 3);
  self->now += 3601;
  run_pass (self);
  g_assert_cmpint (count (self, MESSAGES), ==, 0);
}

static void
test_refused_body (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fill (self, 5);
  self->mailbox->refuses_body_of = 3;
  g_assert_true (try_pass (self, -1, &error));
  g_assert_cmpuint (self->errors->len, ==, 1);
  g_assert_cmpint (count (self, WHOLE), ==, 4);
  self->mailbox->refuses_body_of = 0;
  run_pass (self);
  assert_mirrored (self);
}

static void
test_cut (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fill (self, 9);
  self->mailbox->cut_in_body = 5;
  g_assert_false (try_pass (self, -1, &error));
  g_assert_error (error, BASE_ERROR, BASE_ERROR_NETWORK);
  g_assert_null (self->session);
  g_assert_cmpint (count (self, WHOLE), <=, 4); /* how much of what was sent arrives before the cut, the kernels decide */
  self->mailbox->cut_in_body = 0;
  run_pass (self);
  assert_mirrored (self);
}

/* Rows and bodies of more than one batch are under way when the line breaks, and again at another place. How much of what was sent arrives, the
 * kernels decide. */
static void
test_cut_again (Fixture *self, gconstpointer data)
{
  static const guint cuts[] = { 1, 24, 26, 201, 333 };
  gint64 n_missing;

  fill (self, 700);
  for (gsize i = 0; i < G_N_ELEMENTS (cuts); i++)
    {
      g_autoptr (GError) error = NULL;
      gint64 before = count (self, WHOLE);

      self->mailbox->n_bodies = 0;
      self->mailbox->cut_in_body = cuts[i];
      g_assert_false (try_pass (self, -1, &error));
      g_assert_error (error, BASE_ERROR, BASE_ERROR_NETWORK);
      g_assert_cmpint (count (self, WHOLE), >=, before);
      g_assert_cmpint (count (self, WHOLE), <, before + cuts[i]);
      g_assert_cmpint (count (self, "SELECT count (*) - count (DISTINCT uid) FROM message"), ==, 0);
    }
  n_missing = 700 - count (self, WHOLE);
  self->mailbox->n_bodies = 0;
  self->mailbox->cut_in_body = 0;
  run_pass (self);
  assert_mirrored (self);
  g_assert_cmpint (self->mailbox->n_bodies, ==, n_missing);
}

/* As when another client expunges, and the server moves the numbers on where it must not. */
static void
test_left_out (Fixture *self, gconstpointer data)
{
  fill (self, 300);
  self->mailbox->leaves_out_third = TRUE;
  run_pass (self);
  assert_mirrored (self);
  g_assert_cmpuint (self->report.n_new, ==, 300);
  g_assert_cmpuint (self->mailbox->n_bodies, ==, 300);
}

static void
test_lying_length (Fixture *self, gconstpointer data)
{
  fill (self, 3);
  self->mailbox->lies_about_length = TRUE;
  try_pass (self, -1, NULL);
  g_assert_cmpint (count (self, "SELECT count (*) FROM source_data WHERE data LIKE '%forged%'"), ==, 0);
  self->mailbox->lies_about_length = FALSE;
  hang_up (self);
  run_pass (self);
  assert_mirrored (self);
}

static gboolean
has_errands (gpointer asked)
{
  return ++*(guint *) asked > 4;
}

static void
test_interrupted (Fixture *self, gconstpointer data)
{
  g_autoptr (MailLogin) login = test_server_login (self->server, MAIL_SECURITY_TLS, "ann", MAIL_SECRET_PASSWORD, "secret");
  const SyncImapSettings settings = { .keep_days = -1 };
  SyncPass pass = { .database = self->store.database, .account = 1, .login = login, .trace_tag = "IMAP", .now = self->now, .report = &self->report };
  g_autoptr (GError) error = NULL;
  guint asked = 0;

  fill (self, 3000);
  g_assert_true (sync_imap_run (&pass, &settings, &self->session, has_errands, &asked, NULL, &error));
  g_assert_no_error (error);
  g_assert_nonnull (self->session);
  g_assert_cmpint (count (self, "SELECT ifnull (uidnext, 0) FROM folder WHERE wire_name = 'INBOX'"), ==, 0);
  run_pass (self);
  assert_mirrored (self);
}

static void
test_headers_only (Fixture *self, gconstpointer data)
{
  g_autoptr (MailLogin) login = test_server_login (self->server, MAIL_SECURITY_TLS, "ann", MAIL_SECRET_PASSWORD, "secret");
  SyncPass pass = { .database = self->store.database, .account = 1, .login = login, .trace_tag = "IMAP", .now = self->now, .report = &self->report };
  g_autoptr (GError) error = NULL;

  fill (self, 3);
  g_assert_true (try_pass (self, 0, &error));
  g_assert_cmpint (count (self, WHOLE), ==, 0);
  g_assert_true (sync_imap_fetch_body (&pass, &self->session, count (self, "SELECT id FROM message WHERE uid = 2"), NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (count (self, "SELECT uid FROM message WHERE is_whole = 1"), ==, 2);
  g_assert_cmpuint (self->mailbox->n_bodies, ==, 1);
}

/* By the time of arrival; more of them are wanted later. */
static void
test_last_days (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  self->now = 1721184265 + 86400; /* a day after 17 Jul 2024 */
  fill (self, 3);
  ((ImapServerMessage *) g_ptr_array_index (self->mailbox->messages, 0))->received = "16-Jun-2024 02:44:25 +0000";
  g_assert_true (try_pass (self, 30, &error));
  g_assert_cmpint (count (self, MESSAGES), ==, 3);
  g_assert_cmpint (count (self, WHOLE), ==, 2);
  g_assert_cmpint (count (self, "SELECT uid FROM message WHERE is_whole = 0"), ==, 1);
  g_assert_true (try_pass (self, 60, &error));
  assert_mirrored (self);
  g_assert_cmpuint (self->mailbox->n_bodies, ==, 3);
}

/* Its row is there with all the others, and the rest when a person opens it. */
static void
test_large_one (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *body = g_strnfill (5000, 'x');

  fill (self, 2);
  imap_server_add (self->mailbox, "large", body);
  g_assert_true (try_pass_with (self, &(SyncImapSettings) { .keep_days = -1, .headers_above = 4000 }, &error));
  g_assert_cmpint (count (self, MESSAGES), ==, 3);
  g_assert_cmpint (count (self, "SELECT uid FROM message WHERE is_whole = 0"), ==, 3);
  g_assert_cmpint (count (self, WHOLE), ==, 2);
}

static void
test_body_gone (Fixture *self, gconstpointer data)
{
  g_autoptr (MailLogin) login = test_server_login (self->server, MAIL_SECURITY_TLS, "ann", MAIL_SECRET_PASSWORD, "secret");
  SyncPass pass = { .database = self->store.database, .account = 1, .login = login, .trace_tag = "IMAP", .now = self->now, .report = &self->report };
  g_autoptr (GError) error = NULL;

  fill (self, 1);
  g_assert_true (try_pass (self, 0, &error));
  g_ptr_array_set_size (self->mailbox->messages, 0);
  g_assert_false (sync_imap_fetch_body (&pass, &self->session, count (self, "SELECT id FROM message"), NULL, &error));
  g_assert_error (error, BASE_ERROR, BASE_ERROR_NOT_FOUND);
  g_assert_nonnull (self->session);
}

static void
test_folder_vanished (Fixture *self, gconstpointer data)
{
  self->mailbox->has_other = TRUE;
  run_pass (self);
  g_assert_cmpint (count (self, "SELECT count (*) FROM folder WHERE wire_name = 'Work'"), ==, 1);
  self->mailbox->lists_nothing = TRUE;
  run_pass (self);
  g_assert_cmpint (count (self, "SELECT count (*) FROM folder WHERE wire_name = 'Work'"), ==, 0);
}

static void
test_full_folder_vanished (Fixture *self, gconstpointer data)
{
  self->mailbox->has_other = TRUE;
  run_pass (self);
  count (self, "UPDATE folder SET n_server = 5 WHERE wire_name = 'Work' RETURNING 1");
  self->mailbox->lists_nothing = TRUE;
  run_pass (self);
  g_assert_cmpint (count (self, "SELECT count (*) FROM folder WHERE wire_name = 'Work'"), ==, 1);
  run_pass (self);
  g_assert_cmpint (count (self, "SELECT count (*) FROM folder WHERE wire_name = 'Work'"), ==, 0);
}

static void
test_deleted_here (Fixture *self, gconstpointer data)
{
  fill (self, 3);
  run_pass (self);
  count (self, "INSERT INTO pending (account, kind, message, folder, uid, created) SELECT 1, 4, id, folder, uid, 0 FROM message WHERE uid = 2 RETURNING 1");
  count (self, "DELETE FROM message WHERE uid = 2 RETURNING 1");
  run_pass (self);
  g_assert_cmpint (count (self, MESSAGES), ==, 2);
  g_assert_cmpuint (self->report.n_new, ==, 0);
}

static void
test_room (Fixture *self, gconstpointer data)
{
  gint64 inbox;
  gint64 size = 0;
  StoreQuota quota;

  self->mailbox->abilities = "QUOTA STATUS=SIZE";
  fill (self, 3);
  run_pass (self);
  inbox = store_folders_find_role (self->store.database, 1, MAIL_ROLE_INBOX, NULL);
  g_assert_true (store_room_get_quota (self->store.database, 1, &quota, NULL));
  g_assert_true (store_room_get_size (self->store.database, inbox, &size, NULL));
  g_assert_cmpint (quota.used, ==, 512 * 1024);
  g_assert_cmpint (quota.limit, ==, 1024 * 1024);
  g_assert_cmpint (size, ==, 1000);
}

static void
test_room_costs_nothing_when_nothing_changed (Fixture *self, gconstpointer data)
{
  self->mailbox->abilities = "QUOTA STATUS=SIZE";
  fill (self, 3);
  run_pass (self);
  g_string_truncate (self->mailbox->log, 0);
  run_pass (self);
  g_assert_null (strstr (self->mailbox->log->str, "GETQUOTAROOT"));
  g_assert_null (strstr (self->mailbox->log->str, "SIZE)\n"));
}

static void
test_alert (Fixture *self, gconstpointer data)
{
  self->mailbox->alert = "Down at\tnoon";
  run_pass (self);
  g_assert_cmpstr (self->report.alert, ==, "Down at noon");
  g_free (self->report.alert);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mime_init ();

#define ADD(path, func) g_test_add ("/sync/imap/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("mailbox/comes-whole", test_mirror);
  ADD ("mailbox/large-one-comes-whole", test_many);
  ADD ("mailbox/unchanged-costs-few-round-trips", test_unchanged);
  ADD ("mailbox/takes-over-new-and-gone", test_new_and_gone);
  ADD ("flags/are-taken-over", test_flags);
  ADD ("flags/that-the-mailbox-cannot-keep-stay", test_flag_not_kept);
  ADD ("fetch/that-was-not-asked-for-changes-no-body", test_others);
  ADD ("uidvalidity/new-one-receives-nothing-again", test_renumbered);
  ADD ("uidvalidity/new-one-with-the-same-uids-mixes-nothing-up", test_renumbered_shuffled);
  ADD ("second-look/few-messages-go-at-once", test_few_emptied);
  ADD ("second-look/many-messages-go-with-the-second-pass", test_many_emptied);
  ADD ("second-look/empty-for-a-moment-loses-nothing", test_empty_for_a_moment);
  ADD ("second-look/new-mailbox-under-an-old-name-waits-an-hour", test_lost_by_server);
  ADD ("bodies/refused-one-is-told-and-tried-again", test_refused_body);
  ADD ("bodies/cut-keeps-what-came", test_cut);
  ADD ("bodies/cut-again-and-again-lose-and-double-nothing", test_cut_again);
  ADD ("bodies/longer-than-announced-spoil-no-other", test_lying_length);
  ADD ("bodies/interrupted-are-resumed", test_interrupted);
  ADD ("fetch/by-number-that-leaves-some-out-is-made-up-for", test_left_out);
  ADD ("bodies/come-when-opened", test_headers_only);
  ADD ("bodies/of-the-last-days", test_last_days);
  ADD ("bodies/large-one-is-headers-only", test_large_one);
  ADD ("bodies/gone-on-the-server-is-said", test_body_gone);
  ADD ("folders/empty-one-that-vanished-goes", test_folder_vanished);
  ADD ("folders/full-one-that-vanished-goes-with-the-second-pass", test_full_folder_vanished);
  ADD ("pending/deleted-here-does-not-come-back", test_deleted_here);
  ADD ("room/quota-and-sizes-are-kept", test_room);
  ADD ("room/nothing-is-asked-when-nothing-changed", test_room_costs_nothing_when_nothing_changed);
  ADD ("alert/is-in-the-report-fit-to-be-shown", test_alert);
  return g_test_run ();
}
