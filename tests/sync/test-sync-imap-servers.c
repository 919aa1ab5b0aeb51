/* SPDX-License-Identifier: GPL-3.0-or-later */
/* IMAP passes against a real server, with another client beside us: test-sync-imap-servers full|rev1|cyrus|cyrus-alt, as servers.py names them.
 * Starts it by itself; is skipped where there is none. */
#include "base-error.h"
#include "imap-compress.h"
#include "imap-entry.h"
#include "imap-fetch.h"
#include "mime-summary.h"
#include "store-fixture.h"
#include "store-imap.h"
#include "store-pending.h"
#include "store-room.h"
#include "sync-imap.h"
#include "test-servers.h"

#include <json-glib/json-glib.h>
#include <string.h>

#define N_MESSAGES 60

static JsonNode *facts;
static const char *prefix = ""; /* of the personal namespace */

typedef struct
{
  StoreFixture store;
  ImapSession *other;    /* the other client */
  ImapSession *session;
  GPtrArray *errors;
  SyncReport report;
} Fixture;

static const char *
get_text (const char *member)
{
  return json_object_get_string_member (json_node_get_object (facts), member);
}

static MailLogin *
make_login (void)
{
  JsonObject *ports = json_object_get_object_member (json_node_get_object (facts), "ports");
  MailLogin *login = mail_login_new ("localhost", (guint) json_object_get_int_member (ports, "imaps"), MAIL_SECURITY_TLS, "ana@posthorn.test",
                                     MAIL_SECRET_PASSWORD, "ana-pw");
  g_autofree char *ca = NULL;

  g_assert_true (g_file_get_contents (get_text ("ca"), &ca, NULL, NULL));
  mail_login_set_trust (login, ca, NULL);
  return login;
}

/* The other client's command, "%" standing for the namespace's prefix; what it may refuse is no failure */
static gboolean
tell (Fixture *self, const char *words)
{
  g_auto (GStrv) parts = g_strsplit (words, "%", -1);
  g_autofree char *line = g_strjoinv (prefix, parts);
  g_autoptr (ImapCommand) command = imap_command_new (line);

  return imap_session_run (self->other, command, "a test's command", NULL, NULL, NULL, NULL);
}

static void
append (Fixture *self, const char *mailbox, guint n)
{
  g_autofree char *wire_name = g_strconcat (prefix, mailbox, NULL);
  g_autofree char *text = g_strdup_printf ("From: Tom <tom@posthorn.test>\r\nSubject: %u\r\nMessage-ID: <%u@posthorn.test>\r\n\r\nbody %u\r\n", n, n, n);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (ImapCommand) command = imap_command_new ("APPEND");
  g_autoptr (GError) error = NULL;

  imap_command_add_wire_mailbox (command, wire_name);
  imap_command_add_literal (command, bytes);
  imap_session_run (self->other, command, "a message", NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

/* Cyrus, told to keep deleted mailboxes for a while, cannot keep two of one name in the same second, and refuses: a CREATE as well as a DELETE. */
static void
delete_mailbox (Fixture *self, const char *words)
{
  for (guint i = 0; i < 3; i++)
    {
      if (tell (self, words))
        return;
      g_usleep (1100000);
    }
  g_assert_not_reached ();
}

static void
make_mailbox (Fixture *self)
{
  for (guint i = 0; i < 3; i++)
    {
      tell (self, "DELETE %Work");
      tell (self, "DELETE %Renamed");
      if (tell (self, "CREATE %Work"))
        return;
      g_usleep (1100000);
    }
  g_assert_not_reached ();
}

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (MailLogin) login = make_login ();
  g_autoptr (GError) error = NULL;

  store_fixture_set_up (&self->store, NULL);
  self->errors = g_ptr_array_new_with_free_func ((GDestroyNotify) g_error_free);
  self->other = imap_entry_open (login, NULL, "other", NULL, &error);
  g_assert_no_error (error);
  make_mailbox (self);
  for (guint i = 1; i <= N_MESSAGES; i++)
    append (self, "Work", i);
  g_assert_true (tell (self, "SELECT %Work"));
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  if (self->session)
    imap_session_log_out (self->session);
  imap_session_log_out (self->other);
  g_clear_object (&self->session);
  g_clear_object (&self->other);
  g_ptr_array_unref (self->errors);
  store_fixture_assert_sound (&self->store);
  store_fixture_tear_down (&self->store, NULL);
}

static void
run_pass (Fixture *self)
{
  g_autoptr (MailLogin) login = make_login ();
  const SyncImapSettings settings = { .keep_days = -1 };
  SyncPass pass = { .database = self->store.database, .account = 1, .login = login, .trace_tag = "IMAP", .now = 1700000000, .report = &self->report };
  g_autoptr (GError) error = NULL;

  g_ptr_array_set_size (self->errors, 0);
  self->report = (SyncReport) { .errors = self->errors };
  sync_imap_run (&pass, &settings, &self->session, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (self->errors->len, ==, 0);
}

static gint64
count (Fixture *self, const char *condition)
{
  g_autofree char *sql = g_strdup_printf ("SELECT count (*) FROM message m JOIN folder f ON f.id = m.folder WHERE %s", condition);

  return store_fixture_count (&self->store, sql);
}

static void
test_mirror (Fixture *self, gconstpointer data)
{
  run_pass (self);
  g_assert_cmpint (count (self, "f.path = 'Work' AND m.is_whole = 1"), ==, N_MESSAGES);
  g_assert_cmpuint (self->report.n_new, ==, N_MESSAGES);
}

static void
test_unchanged (Fixture *self, gconstpointer data)
{
  gint64 n_folders;

  run_pass (self);
  run_pass (self);
  /* at most three a folder; where the list itself tells that nothing has changed, at most three in all */
  n_folders = imap_session_can (self->other, IMAP_CAN_CONDSTORE | IMAP_CAN_LIST_STATUS)
                ? 1 : store_fixture_count (&self->store, "SELECT count (*) FROM folder WHERE wire_name IS NOT NULL");
  g_assert_cmpint (self->report.round_trips, <=, 3 * n_folders);
}

static void
test_changes (Fixture *self, gconstpointer data)
{
  run_pass (self);
  g_assert_true (tell (self, "STORE 1:20 +FLAGS (\\Flagged)"));
  g_assert_true (tell (self, "STORE 31:40 +FLAGS (\\Deleted)"));
  g_assert_true (tell (self, "EXPUNGE"));
  append (self, "Work", 1000);
  run_pass (self);
  g_assert_cmpuint (self->report.n_flags_changed, ==, 20);
  g_assert_cmpuint (self->report.n_deleted, ==, 10);
  g_assert_cmpuint (self->report.n_new, ==, 1);
  g_assert_cmpint (count (self, "f.path = 'Work' AND m.flags & 4"), ==, 20);
  g_assert_cmpint (count (self, "f.path = 'Work' AND m.is_whole = 1"), ==, N_MESSAGES - 10 + 1);
}

#define N_EMPTY 8

static void
tell_empty (Fixture *self, const char *verb)
{
  for (int i = 0; i < N_EMPTY; i++)
    {
      g_autofree char *words = g_strdup_printf ("%s %%Empty%d", verb, i);

      g_assert_true (tell (self, words));
    }
}

/* Mailboxes in which there never was anything are not opened where the list of folders says so; what comes into them later is found. */
static void
test_empty (Fixture *self, gconstpointer data)
{
  run_pass (self);
  tell_empty (self, "CREATE");
  run_pass (self);
  g_assert_cmpint (store_fixture_count (&self->store, "SELECT count (*) FROM folder WHERE path LIKE 'Empty_' AND uidvalidity > 0"), ==, N_EMPTY);
  if (imap_session_can (self->other, IMAP_CAN_CONDSTORE | IMAP_CAN_LIST_STATUS) && !imap_session_can (self->other, IMAP_CAN_OBJECTID))
    g_assert_cmpint (self->report.round_trips, <=, 3);
  append (self, "Empty3", 77);
  run_pass (self);
  g_assert_cmpint (count (self, "f.path = 'Empty3' AND m.is_whole = 1"), ==, 1);
  tell_empty (self, "DELETE");
}

static void
test_renamed (Fixture *self, gconstpointer data)
{
  gint64 sum;

  run_pass (self);
  sum = store_fixture_count (&self->store, "SELECT sum (id) FROM message");
  g_assert_true (tell (self, "CLOSE"));
  g_assert_true (tell (self, "RENAME %Work %Renamed"));
  run_pass (self);
  g_assert_cmpint (count (self, "f.path = 'Renamed' AND m.is_whole = 1"), ==, N_MESSAGES);
  g_assert_cmpint (store_fixture_count (&self->store, "SELECT sum (id) FROM message"), ==, sum);
}

static void
test_deleted (Fixture *self, gconstpointer data)
{
  run_pass (self);
  g_assert_true (tell (self, "CLOSE"));
  delete_mailbox (self, "DELETE %Work");
  run_pass (self);
  g_assert_cmpint (count (self, "f.path = 'Work'"), ==, N_MESSAGES);
  run_pass (self);
  g_assert_cmpint (store_fixture_count (&self->store, "SELECT count (*) FROM folder WHERE path = 'Work'"), ==, 0);
}

/* Deleted and made again with the same mail: UIDVALIDITY is another. */
static void
make_again (Fixture *self)
{
  g_assert_true (tell (self, "CREATE %Aside"));
  g_assert_true (tell (self, "COPY 1:* %Aside"));
  g_assert_true (tell (self, "CLOSE"));
  delete_mailbox (self, "DELETE %Work");
  g_assert_true (tell (self, "RENAME %Aside %Work"));
}

static void
test_made_again (Fixture *self, gconstpointer data)
{
  gint64 sum;

  run_pass (self);
  sum = store_fixture_count (&self->store, "SELECT sum (id) FROM message");
  make_again (self);
  run_pass (self);
  g_assert_cmpuint (self->report.n_new, ==, 0);
  g_assert_cmpint (count (self, "f.path = 'Work' AND m.is_whole = 1 AND m.uid > 0"), ==, N_MESSAGES);
  g_assert_cmpint (store_fixture_count (&self->store, "SELECT sum (id) FROM message"), ==, sum);
}

/* What a person did meanwhile without a connection follows the messages to their new names. */
static void
test_made_again_with_changes (Fixture *self, gconstpointer data)
{
  gint64 deleted, marked;

  run_pass (self);
  deleted = store_fixture_count (&self->store, "SELECT id FROM message WHERE subject = '7'");
  marked = store_fixture_count (&self->store, "SELECT id FROM message WHERE subject = '8'");
  g_assert_true (store_pending_delete (self->store.database, &deleted, 1, TRUE, NULL));
  g_assert_true (store_pending_mark (self->store.database, &marked, 1, MAIL_FLAG_FLAGGED, 0, NULL));
  make_again (self);
  for (guint i = 0; i < 3; i++)
    run_pass (self);
  g_assert_cmpint (store_pending_count (self->store.database, 1, NULL), ==, 0);
  g_assert_cmpint (count (self, "f.path = 'Work' AND m.uid > 0"), ==, N_MESSAGES - 1);
  g_assert_cmpint (count (self, "m.subject = '7'"), ==, 0);
  g_assert_cmpint (count (self, "m.flags & 4 AND m.subject = '8'"), ==, 1); /* it would have gone with the server's word */
}

static void
test_roles (Fixture *self, gconstpointer data)
{
  run_pass (self);
  for (MailRole role = MAIL_ROLE_INBOX; role <= MAIL_ROLE_ARCHIVE; role++)
    g_assert_cmpint (store_folders_find_role (self->store.database, 1, role, NULL), >, 0);
}

static void
test_room (Fixture *self, gconstpointer data)
{
  StoreQuota quota;
  gint64 size = 0;

  run_pass (self);
  g_assert_true (store_room_get_quota (self->store.database, 1, &quota, NULL));
  g_assert_cmpint (quota.limit, ==, (gint64) 4 * 1024 * 1024 * 1024);
  g_assert_cmpint (quota.used, >, 0);
  g_assert_true (store_room_get_size (self->store.database, store_fixture_count (&self->store, "SELECT id FROM folder WHERE path = 'Work'"), &size, NULL));
  g_assert_true (imap_session_can (self->session, IMAP_CAN_STATUS_SIZE));
  g_assert_cmpint (size, ==, store_fixture_count (&self->store, "SELECT sum (m.size) FROM message m JOIN folder f ON f.id = m.folder WHERE f.path = 'Work'"));
}

static void
take_body (ImapSession *session, const ImapResponse *response, gpointer data)
{
  ImapFetch fetch;

  if (!imap_fetch_read (response, &fetch))
    return;
  if (fetch.body && !*(GBytes **) data)
    *(GBytes **) data = g_bytes_ref (fetch.body);
  imap_fetch_clear (&fetch);
}

static void
test_packed (Fixture *self, gconstpointer data)
{
  g_autofree char *filler = g_strnfill (300000, 'x');
  g_autofree char *text = g_strdup_printf ("Subject: large\r\n\r\n%s\r\n", filler);
  g_autoptr (GBytes) sent = g_bytes_new (text, strlen (text));
  g_autoptr (GBytes) received = NULL;
  g_autoptr (ImapCommand) append = imap_command_new ("APPEND");
  g_autofree char *wire_name = g_strconcat (prefix, "Work", NULL);
  g_autoptr (ImapCommand) fetch = imap_command_new ("FETCH * (UID BODY.PEEK[])");
  g_autoptr (GError) error = NULL;

  if (!imap_session_can (self->other, IMAP_CAN_COMPRESS))
    {
      g_test_skip ("this server does not pack");
      return;
    }
  imap_compress (self->other, NULL, &error);
  g_assert_no_error (error);
  imap_command_add_wire_mailbox (append, wire_name);
  imap_command_add_literal (append, sent);
  imap_session_run (self->other, append, "the message", NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  imap_session_run (self->other, fetch, "the message", take_body, &received, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (sent, received));
}

static void
add (const char *kind, const char *sentence, void (*func) (Fixture *, gconstpointer))
{
  g_autofree char *path = g_strdup_printf ("/sync/imap/%s/%s", kind, sentence);

  g_test_add (path, Fixture, NULL, set_up, func, tear_down);
}

int
main (int argc, char **argv)
{
  const char *kind = argc > 1 && argv[1][0] != '-' ? argv[1] : "full";
  int status;

  if (!test_servers_are_here (argv, "dovecot", kind, &status))
    return status;
  g_test_init (&argc, &argv, NULL);
  mime_init ();
  facts = json_from_string (g_getenv ("POSTHORN_SERVERS"), NULL);
  if (g_str_equal (kind, "cyrus"))
    prefix = "INBOX.";

  add (kind, "mailbox/comes-whole", test_mirror);
  add (kind, "mailbox/unchanged-costs-few-round-trips", test_unchanged);
  add (kind, "mailbox/empty-from-the-start-is-not-opened", test_empty);
  add (kind, "mailbox/takes-over-what-another-client-did", test_changes);
  if (g_str_equal (kind, "full"))
    add (kind, "room/quota-and-size", test_room);
  add (kind, "connection/packed-both-ways", test_packed);
  add (kind, "folder/renamed-elsewhere-receives-nothing-again", test_renamed);
  add (kind, "folder/deleted-elsewhere-goes-with-the-second-pass", test_deleted);
  add (kind, "folder/made-again-receives-nothing-again", test_made_again);
  add (kind, "folder/made-again-keeps-to-what-a-person-did", test_made_again_with_changes);
  add (kind, "folder/roles-are-made-once", test_roles);
  status = g_test_run ();
  json_node_unref (facts);
  return status;
}
