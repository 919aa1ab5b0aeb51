/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person did without a connection, told to a real Dovecot: with everything on, or cut down to IMAP4rev1. Starts it by itself:
 *
 *   test-sync-imap-replay-servers full|rev1 */
#include "base-error.h"
#include "imap-entry.h"
#include "imap-mailbox.h"
#include "imap-session.h"
#include "mime-summary.h"
#include "store-fixture.h"
#include "store-imap.h"
#include "store-pending.h"
#include "store-replay.h"
#include "sync-imap.h"
#include "test-servers.h"

#include <json-glib/json-glib.h>
#include <string.h>

#define N_MESSAGES 6

static JsonNode *facts;

typedef struct
{
  StoreFixture store;
  ImapSession *other;    /* looks at what has come there; the other client */
  ImapSession *session;
  SyncReport report;
  gint64 work, aside;
} Fixture;

static MailLogin *
make_login (void)
{
  JsonObject *object = json_node_get_object (facts);
  JsonObject *ports = json_object_get_object_member (object, "ports");
  MailLogin *login = mail_login_new ("localhost", (guint) json_object_get_int_member (ports, "imaps"), MAIL_SECURITY_TLS, "ana@posthorn.test",
                                     MAIL_SECRET_PASSWORD, "ana-pw");
  g_autofree char *ca = NULL;

  g_assert_true (g_file_get_contents (json_object_get_string_member (object, "ca"), &ca, NULL, NULL));
  mail_login_set_trust (login, ca, NULL);
  return login;
}

static gboolean
tell (Fixture *self, const char *words)
{
  g_autoptr (ImapCommand) command = imap_command_new (words);
  g_autoptr (GError) error = NULL;
  gboolean is_done = imap_session_run (self->other, command, "a test's command", NULL, NULL, NULL, &error);

  if (!is_done)
    g_test_message ("%s: %s", words, base_error_get_reply (error) ? base_error_get_reply (error) : error->message);
  return is_done;
}

static void
on_search (ImapSession *session, const ImapResponse *response, gpointer data)
{
  if (response->kind != IMAP_RESPONSE_DATA || !g_str_equal (response->name, "SEARCH"))
    return;
  for (const ImapNode *node = response->arguments; node; node = node->next)
    ++*(guint *) data;
}

/* How many messages of @mailbox the server finds */
static guint
count_there (Fixture *self, const char *mailbox, const char *query)
{
  g_autofree char *words = g_strconcat ("UID SEARCH ", query, NULL);
  g_autoptr (ImapCommand) command = imap_command_new (words);
  g_auto (ImapSelected) selected = { 0 };
  g_autoptr (GError) error = NULL;
  guint n = 0;

  imap_mailbox_select (self->other, mailbox, TRUE, 0, 0, &selected, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  imap_session_run (self->other, command, "a search", on_search, &n, NULL, &error);
  g_assert_no_error (error);
  return n;
}

static gboolean
is_there (Fixture *self, const char *mailbox)
{
  g_auto (ImapSelected) selected = { 0 };

  return imap_mailbox_select (self->other, mailbox, TRUE, 0, 0, &selected, NULL, NULL, NULL, NULL);
}

static GBytes *
make_source (const char *subject, guint n)
{
  g_autofree char *id = n % 2 ? g_strdup_printf ("Message-ID: <%s.%u@posthorn.test>\r\n", subject, n) : g_strdup ("");
  char *text = g_strdup_printf ("From: Tom <tom@posthorn.test>\r\nSubject: %s %u\r\nDate: Sun, 22 Nov 2026 10:42:0%u +0100\r\n%s\r\nbody %u\r\n", subject, n, n % 10,
                                id, n);

  return g_bytes_new_take (text, strlen (text));
}

static void
append (Fixture *self, const char *mailbox, guint n)
{
  g_autoptr (GBytes) bytes = make_source ("number", n);
  g_autoptr (ImapCommand) command = imap_command_new ("APPEND");
  g_autoptr (GError) error = NULL;

  imap_command_add_mailbox (command, mailbox);
  imap_command_add_literal (command, bytes);
  imap_session_run (self->other, command, "a message", NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

/* Whether all went well, without refusals */
static void
run_pass (Fixture *self)
{
  g_autoptr (MailLogin) login = make_login ();
  g_autoptr (GPtrArray) errors = g_ptr_array_new_with_free_func ((GDestroyNotify) g_error_free);
  const SyncImapSettings settings = { .keep_days = -1 };
  SyncPass pass = { .database = self->store.database, .account = 1, .login = login, .trace_tag = "IMAP", .now = 1700000000, .report = &self->report };
  g_autoptr (GError) error = NULL;

  self->report = (SyncReport) { .errors = errors };
  sync_imap_run (&pass, &settings, &self->session, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < errors->len; i++)
    g_assert_no_error ((GError *) g_ptr_array_index (errors, i));
  self->report.errors = NULL;
}

static gint64
find_folder (Fixture *self, const char *path)
{
  g_autofree char *sql = g_strdup_printf ("SELECT ifnull (max (id), 0) FROM folder WHERE account = 1 AND path = '%s'", path);

  return store_fixture_count (&self->store, sql);
}

static gint64
count_here (Fixture *self, gint64 folder)
{
  g_autofree char *sql = g_strdup_printf ("SELECT count (*) FROM message WHERE folder = %" G_GINT64_FORMAT " AND uid > 0 AND is_whole = 1", folder);

  return store_fixture_count (&self->store, sql);
}

/* The person's changes have arrived: nothing waits, and another pass finds both sides the same. */
static void
assert_arrives (Fixture *self)
{
  run_pass (self);
  g_assert_cmpint (store_fixture_count (&self->store, "SELECT count (*) FROM pending"), ==, 0);
  g_assert_cmpint (store_fixture_count (&self->store, "SELECT count (*) FROM pending_log"), ==, 0);
  run_pass (self);
  g_assert_cmpuint (self->report.n_new + self->report.n_deleted + self->report.n_flags_changed, ==, 0);
}

static void
empty (Fixture *self, const char *mailbox)
{
  g_autofree char *select = g_strconcat ("SELECT ", mailbox, NULL);

  g_assert_true (tell (self, select));
  /* Dovecot sends away who says too much that it cannot do */
  if (count_there (self, mailbox, "ALL") == 0)
    return;
  g_assert_true (tell (self, select) && tell (self, "STORE 1:* +FLAGS (\\Deleted)") && tell (self, "EXPUNGE"));
}

static void
set_up (Fixture *self, gconstpointer data)
{
  static const char *const own[] = { "Years/Work/Lisbon", "Years/Work", "Years", "Work/Lisbon", "Work", "Aside", "New", "Renamed" };
  static const char *const kept[] = { "INBOX", "Trash", "Drafts", "Sent" };
  g_autoptr (MailLogin) login = make_login ();
  g_autoptr (GError) error = NULL;

  store_fixture_set_up (&self->store, NULL);
  self->other = imap_entry_open (login, NULL, "other", NULL, &error);
  g_assert_no_error (error);
  for (gsize i = 0; i < G_N_ELEMENTS (kept); i++)
    empty (self, kept[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (own); i++)
    {
      g_autofree char *words = g_strconcat ("DELETE ", own[i], NULL);

      tell (self, words);
    }
  g_assert_true (tell (self, "CREATE Work"));
  g_assert_true (tell (self, "CREATE Aside"));
  for (guint i = 1; i <= N_MESSAGES; i++)
    append (self, "Work", i);
  run_pass (self);
  self->work = find_folder (self, "Work");
  self->aside = find_folder (self, "Aside");
  g_assert_cmpint (count_here (self, self->work), ==, N_MESSAGES);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  imap_session_log_out (self->session);
  imap_session_log_out (self->other);
  g_clear_object (&self->session);
  g_clear_object (&self->other);
  store_fixture_assert_sound (&self->store);
  store_fixture_tear_down (&self->store, NULL);
}

/* The first @n of a folder, the oldest first */
static void
pick (Fixture *self, gint64 folder, guint n, gint64 *ids)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT id FROM message WHERE folder = %" G_GINT64_FORMAT " ORDER BY date LIMIT 1 OFFSET %u", folder, i);

      ids[i] = store_fixture_count (&self->store, sql);
      g_assert_cmpint (ids[i], >, 0);
    }
}

static void
test_mark (Fixture *self, gconstpointer data)
{
  gint64 ids[3];

  pick (self, self->work, 3, ids);
  g_assert_true (store_pending_mark (self->store.database, ids, 3, MAIL_FLAG_SEEN | MAIL_FLAG_FLAGGED, 0, NULL));
  assert_arrives (self);
  g_assert_cmpuint (count_there (self, "Work", "SEEN FLAGGED"), ==, 3);
  g_assert_true (store_pending_mark (self->store.database, ids, 2, MAIL_FLAG_ANSWERED, MAIL_FLAG_FLAGGED, NULL));
  assert_arrives (self);
  g_assert_cmpuint (count_there (self, "Work", "FLAGGED"), ==, 1);
  g_assert_cmpuint (count_there (self, "Work", "ANSWERED"), ==, 2);
}

static void
test_move (Fixture *self, gconstpointer data)
{
  gint64 ids[4];

  pick (self, self->work, 4, ids);
  g_assert_true (store_pending_move (self->store.database, ids, 4, self->aside, NULL));
  assert_arrives (self);
  g_assert_cmpuint (count_there (self, "Work", "ALL"), ==, N_MESSAGES - 4);
  g_assert_cmpuint (count_there (self, "Aside", "UNDELETED"), ==, 4);
  g_assert_cmpint (count_here (self, self->aside), ==, 4);
}

static void
test_copy (Fixture *self, gconstpointer data)
{
  gint64 ids[4];

  pick (self, self->work, 4, ids);
  g_assert_true (store_pending_copy (self->store.database, ids, 4, self->aside, NULL));
  assert_arrives (self);
  g_assert_cmpuint (count_there (self, "Work", "ALL"), ==, N_MESSAGES);
  g_assert_cmpuint (count_there (self, "Aside", "ALL"), ==, 4);
}

static void
test_delete (Fixture *self, gconstpointer data)
{
  gint64 ids[3];

  pick (self, self->work, 3, ids);
  g_assert_true (store_pending_delete (self->store.database, ids, 2, FALSE, NULL));
  g_assert_true (store_pending_delete (self->store.database, ids + 2, 1, TRUE, NULL));
  assert_arrives (self);
  g_assert_cmpuint (count_there (self, "Work", "ALL"), ==, N_MESSAGES - 3);
  g_assert_cmpuint (count_there (self, "Trash", "ALL"), ==, 2);
}

static void
test_empty (Fixture *self, gconstpointer data)
{
  g_assert_true (store_pending_empty_folder (self->store.database, self->work, FALSE, NULL));
  assert_arrives (self);
  g_assert_cmpuint (count_there (self, "Work", "ALL"), ==, 0);
  g_assert_cmpuint (count_there (self, "Trash", "ALL"), ==, N_MESSAGES);
  g_assert_true (store_pending_empty_folder (self->store.database, find_folder (self, "Trash"), TRUE, NULL));
  assert_arrives (self);
  g_assert_cmpuint (count_there (self, "Trash", "ALL"), ==, 0);
}

static void
test_folders (Fixture *self, gconstpointer data)
{
  gint64 ids[2];
  gint64 made = store_folders_create (self->store.database, 1, "New", MAIL_ROLE_NONE, NULL);

  pick (self, self->work, 2, ids);
  g_assert_true (store_pending_move (self->store.database, ids, 2, made, NULL));
  g_assert_true (store_folders_rename (self->store.database, self->work, "Renamed", NULL));
  g_assert_true (store_folders_delete (self->store.database, self->aside, TRUE, NULL));
  assert_arrives (self);
  g_assert_cmpuint (count_there (self, "New", "ALL"), ==, 2);
  g_assert_cmpuint (count_there (self, "Renamed", "ALL"), ==, N_MESSAGES - 2);
  g_assert_false (is_there (self, "Work"));
  g_assert_false (is_there (self, "Aside"));
  g_assert_cmpint (count_here (self, self->work), ==, N_MESSAGES - 2); /* nothing was received again */
}

static void
test_folders_moved (Fixture *self, gconstpointer data)
{
  gint64 made = store_folders_create (self->store.database, 1, "Years", MAIL_ROLE_NONE, NULL);
  gint64 child = store_folders_create (self->store.database, 1, "Work/Lisbon", MAIL_ROLE_NONE, NULL);
  gint64 ids[2];

  pick (self, self->work, 2, ids);
  g_assert_true (store_pending_move (self->store.database, ids, 2, child, NULL));
  g_assert_true (store_folders_move (self->store.database, self->work, made, NULL));
  assert_arrives (self);
  g_assert_cmpuint (count_there (self, "Years/Work", "ALL"), ==, N_MESSAGES - 2);
  g_assert_cmpuint (count_there (self, "Years/Work/Lisbon", "ALL"), ==, 2);
  g_assert_false (is_there (self, "Work"));
  g_assert_cmpint (count_here (self, self->work), ==, N_MESSAGES - 2); /* nothing was received again */
  g_assert_true (store_folders_move (self->store.database, self->work, 0, NULL));
  assert_arrives (self);
  g_assert_cmpuint (count_there (self, "Work/Lisbon", "ALL"), ==, 2);
  g_assert_false (is_there (self, "Years/Work"));
  g_assert_cmpint (find_folder (self, "Work/Lisbon"), ==, child);
}

static gint64
save_draft (Fixture *self, gint64 id, guint n)
{
  g_autoptr (GBytes) source = make_source ("draft", n);
  g_autoptr (MailSummary) summary = mime_summary_new (source, TRUE, 1700000000);

  summary->flags = MAIL_FLAG_DRAFT | MAIL_FLAG_SEEN;
  return store_pending_save_draft (self->store.database, find_folder (self, "Drafts"), id, source, summary, NULL);
}

static void
test_draft (Fixture *self, gconstpointer data)
{
  gint64 id = save_draft (self, save_draft (self, 0, 1), 3);

  assert_arrives (self);
  g_assert_cmpuint (count_there (self, "Drafts", "DRAFT SUBJECT \"draft 3\""), ==, 1);
  g_assert_cmpint (save_draft (self, id, 5), ==, id);
  g_assert_cmpint (save_draft (self, id, 7), ==, id);
  assert_arrives (self);
  g_assert_cmpuint (count_there (self, "Drafts", "ALL"), ==, 1);
  g_assert_cmpuint (count_there (self, "Drafts", "SUBJECT \"draft 7\""), ==, 1);
  g_assert_true (store_pending_delete (self->store.database, &id, 1, TRUE, NULL));
  assert_arrives (self);
  g_assert_cmpuint (count_there (self, "Drafts", "ALL"), ==, 0);
}

static void
test_append (Fixture *self, gconstpointer data)
{
  gint64 shelf = store_folders_create (self->store.database, STORE_LOCAL_ACCOUNT, "Shelf", MAIL_ROLE_NONE, NULL);
  gint64 ids[2];

  pick (self, self->work, 2, ids);
  g_assert_true (store_pending_move (self->store.database, ids, 2, shelf, NULL));
  assert_arrives (self);
  g_assert_cmpuint (count_there (self, "Work", "ALL"), ==, N_MESSAGES - 2);
  g_assert_true (store_pending_mark (self->store.database, ids, 2, MAIL_FLAG_FLAGGED, 0, NULL));
  g_assert_true (store_pending_move (self->store.database, ids, 2, self->aside, NULL));
  assert_arrives (self);
  g_assert_cmpuint (count_there (self, "Aside", "FLAGGED"), ==, 2);
  g_assert_cmpint (count_here (self, self->aside), ==, 2);
}

static void
test_sent_copy (Fixture *self, gconstpointer data)
{
  gint64 shelf = store_folders_create (self->store.database, STORE_LOCAL_ACCOUNT, "Sent off", MAIL_ROLE_NONE, NULL);
  gint64 sent = find_folder (self, "Sent");
  gint64 ids[2] = { store_fixture_add (&self->store, shelf, "one"), store_fixture_add (&self->store, shelf, "two") };
  g_autoptr (GBytes) source = store_messages_load_source (self->store.database, ids[1], NULL);
  g_autoptr (ImapCommand) command = imap_command_new ("APPEND Sent");

  /* the provider has filed the second one by itself */
  imap_command_add_literal (command, source);
  g_assert_true (imap_session_run (self->other, command, "a copy", NULL, NULL, NULL, NULL));
  for (guint i = 0; i < 2; i++)
    g_assert_true (store_pending_file_sent (self->store.database, ids[i], sent, FALSE, NULL));
  assert_arrives (self);
  g_assert_cmpuint (count_there (self, "Sent", "ALL"), ==, 2);
  g_assert_cmpint (count_here (self, sent), ==, 2);
}

static void
test_both_sides (Fixture *self, gconstpointer data)
{
  gint64 ids[4];

  pick (self, self->work, 4, ids);
  g_assert_true (store_pending_mark (self->store.database, ids, 2, MAIL_FLAG_FLAGGED, 0, NULL));
  g_assert_true (store_pending_move (self->store.database, ids + 2, 2, self->aside, NULL));
  g_assert_true (tell (self, "SELECT Work"));
  g_assert_true (tell (self, "STORE 1 +FLAGS (\\Seen)"));       /* stays beside ours */
  g_assert_true (tell (self, "STORE 2:3 +FLAGS (\\Deleted)"));  /* stays gone, whatever was done to it here */
  g_assert_true (tell (self, "EXPUNGE"));
  g_assert_true (tell (self, "CLOSE"));
  assert_arrives (self);
  g_assert_cmpuint (count_there (self, "Work", "SEEN FLAGGED"), ==, 1);
  g_assert_cmpuint (count_there (self, "Work", "ALL"), ==, N_MESSAGES - 3);
  g_assert_cmpuint (count_there (self, "Aside", "ALL"), ==, 1);
  g_assert_cmpint (count_here (self, self->aside), ==, 1);
}

/* A mailbox that another client deleted while it made one below it: what was in it, and what waits for it, goes; the name stays. */
static void
test_hollow (Fixture *self, gconstpointer data)
{
  gint64 ids[2];

  pick (self, self->work, 2, ids);
  g_assert_true (tell (self, "CREATE Aside/Below"));
  g_assert_true (tell (self, "DELETE Aside"));
  append (self, "Work", 9);
  run_pass (self);
  g_assert_true (store_pending_move (self->store.database, ids, 1, find_folder (self, "Aside"), NULL));
  g_assert_true (tell (self, "CREATE Work/Below"));
  g_assert_true (tell (self, "DELETE Work"));
  g_assert_true (store_pending_move (self->store.database, ids + 1, 1, find_folder (self, "INBOX"), NULL));
  for (guint i = 0; i < 4; i++)
    {
      g_autoptr (MailLogin) login = make_login ();
      const SyncImapSettings settings = { .keep_days = -1 };
      SyncPass pass = { .database = self->store.database, .account = 1, .login = login, .trace_tag = "IMAP", .now = 1700000000 + i };

      g_autoptr (GError) error = NULL;

      sync_imap_run (&pass, &settings, &self->session, NULL, NULL, NULL, &error);
      g_assert_no_error (error);
    }
  g_assert_cmpint (store_fixture_count (&self->store, "SELECT count (*) FROM pending"), ==, 0);
  g_assert_cmpint (find_folder (self, "Work"), >, 0);
  g_assert_cmpint (count_here (self, find_folder (self, "Work")), ==, 0);
  g_assert_cmpuint (count_there (self, "INBOX", "ALL"), ==, 1); /* what was moved out of it is not lost */
  g_assert_cmpint (count_here (self, find_folder (self, "INBOX")), ==, 1);
  run_pass (self);
  g_assert_true (tell (self, "DELETE Aside/Below"));
  g_assert_true (tell (self, "DELETE Work/Below"));
}

/* A folder that no pass has opened yet, where the server may not have said what came there: somebody took it all away in the meantime. */
static void
test_emptied_unseen (Fixture *self, gconstpointer data)
{
  g_autoptr (MailLogin) login = make_login ();
  SyncPass pass = { .database = self->store.database, .account = 1, .login = login, .trace_tag = "IMAP", .now = 1700000000 };
  gint64 made = store_folders_create (self->store.database, 1, "New", MAIL_ROLE_NONE, NULL);
  g_autoptr (GError) error = NULL;
  gint64 ids[2];

  pick (self, self->work, 2, ids);
  g_assert_true (store_pending_move (self->store.database, ids, 2, made, NULL));
  sync_imap_replay (&pass, &self->session, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_there (self, "New", "ALL"), ==, 2);
  empty (self, "New");
  assert_arrives (self);
  g_assert_cmpint (find_folder (self, "New"), ==, made);
  g_assert_cmpint (store_fixture_count (&self->store, "SELECT count (*) FROM message WHERE folder = (SELECT id FROM folder WHERE path = 'New')"), ==, 0);
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

#define ADD(path, func) g_test_add ("/sync/imap/replay/dovecot/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("mark/arrives", test_mark);
  ADD ("move/arrives", test_move);
  ADD ("copy/arrives", test_copy);
  ADD ("delete/arrives", test_delete);
  ADD ("empty/arrives", test_empty);
  ADD ("folders/made-renamed-deleted-arrive", test_folders);
  ADD ("folders/moved-and-moved-back-arrive", test_folders_moved);
  ADD ("draft/is-there-once-however-often-saved", test_draft);
  ADD ("append/arrives-with-its-flags", test_append);
  ADD ("sent-copy/is-there-once", test_sent_copy);
  ADD ("both-sides/emptied-before-it-was-opened", test_emptied_unseen);
  ADD ("both-sides/neither-undoes-the-other", test_both_sides);
  ADD ("mailbox-only-a-name-any-more/ends-what-waits-and-loses-nothing", test_hollow);
  status = g_test_run ();
  json_node_unref (facts);
  return status;
}
