/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mailboxes made, renamed and deleted, with and without what a server may offer for it. */
#include "imap-folder-ops.h"

#include "base-error.h"
#include "imap-talk.h"

static void
assert_created (const char *capabilities, const char *script)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (ImapSession) session = imap_talk_open (server, capabilities, script);
  g_autoptr (GError) error = NULL;

  imap_folder_create (session, "Sent", MAIL_ROLE_SENT, NULL, &error);
  g_assert_no_error (error);
  imap_session_close (session);
}

static void
test_create (void)
{
  assert_created ("", "C: a2 CREATE \"Sent\"\nS: a2 OK\nC: a3 SUBSCRIBE \"Sent\"\nS: a3 OK\nEOF\n");
}

static void
test_create_for_a_use (void)
{
  assert_created ("CREATE-SPECIAL-USE", "C: a2 CREATE \"Sent\" (USE (\\Sent))\nS: a2 OK\nC: a3 SUBSCRIBE \"Sent\"\nS: a3 OK\nEOF\n");
}

static void
test_create_what_is_there (void)
{
  assert_created ("", "C: a2 CREATE \"Sent\"\nS: a2 NO [ALREADYEXISTS] is there\nC: a3 STATUS \"Sent\" *\nS: a3 OK\nC: a4 SUBSCRIBE \"Sent\"\nS: a4 NO no subscriptions here\nEOF\n");
}

static void
test_rename_and_delete (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (ImapSession) session = imap_talk_open (server, "", "C: a2 RENAME \"a\" \"b\"\nS: a2 OK\nC: a3 UNSUBSCRIBE \"a\"\nS: a3 OK\nC: a4 SUBSCRIBE \"b\"\nS: a4 OK\n"
    "C: a5 EXAMINE \"INBOX\"\nS: a5 OK\nC: a6 DELETE \"b\"\nS: a6 NO [NONEXISTENT] gone\nC: a7 UNSUBSCRIBE \"b\"\nS: a7 OK\nEOF\n");
  g_autoptr (GError) error = NULL;

  imap_folder_rename (session, "a", "b", NULL, &error);
  g_assert_no_error (error);
  imap_folder_delete (session, "b", NULL, &error);
  g_assert_no_error (error);
  imap_session_close (session);
}

static void
test_status (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (ImapSession) session = imap_talk_open (server, "", "C: a2 STATUS \"a\" (UIDVALIDITY UIDNEXT MESSAGES)\nS: * STATUS a (UIDNEXT 5 MESSAGES 2 UIDVALIDITY 9 FOO (1))\n"
                                                                "S: a2 OK\nC: a3 STATUS \"b\" *\nS: a3 NO [NONEXISTENT] no\nC: a4 STATUS \"c\" *\nS: a4 NO [UNAVAILABLE] no\nEOF\n");
  g_autoptr (GError) error = NULL;
  ImapFolderStatus status;

  g_assert_true (imap_folder_get_status (session, "a", &status, NULL, &error));
  g_assert_true (status.is_there);
  g_assert_cmpuint (status.uidvalidity, ==, 9);
  g_assert_cmpuint (status.uidnext, ==, 5);
  g_assert_cmpuint (status.n_messages, ==, 2);
  g_assert_true (imap_folder_get_status (session, "b", &status, NULL, &error));
  g_assert_false (status.is_there);
  g_assert_false (imap_folder_get_status (session, "c", &status, NULL, &error));
  g_assert_error (error, BASE_ERROR, BASE_ERROR_TRY_LATER);
  imap_session_close (session);
}

static void
assert_spelt (ImapSession *session, const ImapRoot *root, const char *parent, const char *name, const char *expected)
{
  g_autofree char *spelt = imap_folder_spell (session, root, parent, name);

  g_assert_cmpstr (spelt, ==, expected);
}

static void
test_root (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (ImapSession) session = imap_talk_open (server, "NAMESPACE", "C: a2 NAMESPACE\nS: * NAMESPACE ((\"INBOX.\" \".\")) NIL ((\"shared.\" \".\"))\nS: a2 OK\nEOF\n");
  g_autoptr (GError) error = NULL;
  ImapRoot root;

  imap_folder_get_root (session, &root, NULL, &error);
  g_assert_no_error (error);
  assert_spelt (session, &root, NULL, "Entw\u00fcrfe", "INBOX.Entw&APw-rfe");
  assert_spelt (session, &root, "INBOX.Work", "2024", "INBOX.Work.2024");
  assert_spelt (session, &root, NULL, "a.b", NULL);
  imap_root_clear (&root);
  imap_session_close (session);
}

static void
test_root_without_namespace (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (ImapSession) session = imap_talk_open (server, "", "C: a2 LIST \"\" \"\"\nS: * LIST (\\Noselect) NIL \"\"\nS: a2 OK\nEOF\n");
  g_autoptr (GError) error = NULL;
  ImapRoot root;

  imap_folder_get_root (session, &root, NULL, &error);
  g_assert_no_error (error);
  assert_spelt (session, &root, NULL, "a.b", "a.b");
  assert_spelt (session, &root, "a", "b", NULL); /* a server without levels */
  imap_root_clear (&root);
  imap_session_close (session);
}

static void
test_spelling_in_utf8 (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (ImapSession) session = imap_talk_open_enabled (server, "ENABLE UTF8=ACCEPT", "UTF8=ACCEPT", "C: a3 LIST \"\" \"\"\nS: * LIST (\\Noselect) \"/\" \"\"\nS: a3 OK\nEOF\n");
  g_autoptr (GError) error = NULL;
  ImapRoot root;

  imap_folder_get_root (session, &root, NULL, &error);
  g_assert_no_error (error);
  assert_spelt (session, &root, "Arbeit", "Entw\u00fcrfe & mehr", "Arbeit/Entw\u00fcrfe & mehr");
  imap_root_clear (&root);
  imap_session_close (session);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/imap/folder-ops/create", test_create);
  g_test_add_func ("/imap/folder-ops/create-for-a-use", test_create_for_a_use);
  g_test_add_func ("/imap/folder-ops/what-is-there-is-as-good-as-made", test_create_what_is_there);
  g_test_add_func ("/imap/folder-ops/renames-and-deletes-with-subscriptions", test_rename_and_delete);
  g_test_add_func ("/imap/folder-ops/status-tells-gone-from-out-of-order", test_status);
  g_test_add_func ("/imap/folder-ops/root-by-namespace", test_root);
  g_test_add_func ("/imap/folder-ops/root-without-namespace", test_root_without_namespace);
  g_test_add_func ("/imap/folder-ops/spelling-in-utf8", test_spelling_in_utf8);
  return g_test_run ();
}
