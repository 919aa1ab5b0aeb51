/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ENABLE and ID: offered or not, granted or not, and what names look like afterwards. */
#include "imap-enable.h"

#include "imap-talk.h"

static ImapSession *
enable (TestServer *server, const char *capabilities, const char *script)
{
  ImapSession *session = imap_talk_open (server, capabilities, script);
  g_autoptr (GError) error = NULL;

  imap_enable (session, NULL, &error);
  g_assert_no_error (error);
  imap_session_settle (session, NULL, &error);
  g_assert_no_error (error);
  return session;
}

static void
select_name (ImapSession *session, const char *name)
{
  g_autoptr (ImapCommand) command = imap_command_new ("SELECT");
  g_autoptr (GError) error = NULL;

  imap_command_add_mailbox (command, name);
  imap_session_run (session, command, "the folder", NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  imap_session_close (session);
}

static void
test_nothing_offered (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (ImapSession) session = enable (server, "", "C: a2 SELECT \"Entw&APw-rfe\"\nS: a2 OK\nEOF\n");

  g_assert_false (imap_session_has_enabled (session, IMAP_CAN_CONDSTORE));
  select_name (session, "Entw\u00fcrfe");
}

static void
test_utf8_names (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (ImapSession) session = enable (server, "ENABLE UTF8=ACCEPT QRESYNC CONDSTORE",
                                            "C: a2 ENABLE QRESYNC UTF8=ACCEPT\nS: * ENABLED QRESYNC UTF8=ACCEPT\nS: a2 OK\n"
                                            "C: a3 SELECT \"Entw\u00fcrfe & mehr\"\nS: a3 OK\nEOF\n");

  g_assert_true (imap_session_has_enabled (session, IMAP_CAN_QRESYNC | IMAP_CAN_CONDSTORE | IMAP_CAN_UTF8_ACCEPT));
  select_name (session, "Entw\u00fcrfe & mehr");
}

static void
test_rev2_names (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (ImapSession) session = enable (server, "IMAP4rev2", "C: a2 ENABLE IMAP4rev2\nS: * ENABLED IMAP4rev2\nS: a2 OK\n"
                                                                "C: a3 SELECT \"Entw\u00fcrfe\"\nS: a3 OK\nEOF\n");

  g_assert_true (imap_session_can (session, IMAP_CAN_ESEARCH | IMAP_CAN_MOVE | IMAP_CAN_UIDPLUS | IMAP_CAN_LIST_STATUS));
  select_name (session, "Entw\u00fcrfe");
}

static void
test_not_granted (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (ImapSession) session = enable (server, "ENABLE UTF8=ACCEPT CONDSTORE", "C: a2 ENABLE CONDSTORE UTF8=ACCEPT\nS: * ENABLED CONDSTORE\nS: a2 OK\n"
                                                                                   "C: a3 SELECT \"Entw&APw-rfe\"\nS: a3 OK\nEOF\n");

  g_assert_true (imap_session_has_enabled (session, IMAP_CAN_CONDSTORE));
  g_assert_false (imap_session_has_enabled (session, IMAP_CAN_UTF8_ACCEPT));
  select_name (session, "Entw\u00fcrfe");
}

static void
test_refused (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (ImapSession) session = enable (server, "ENABLE QRESYNC ID", "C: a2 ENABLE QRESYNC\nC: a3 ID NIL\nS: a2 BAD what?\nS: a3 NO\n"
                                                                        "C: a4 SELECT \"x\"\nS: a4 OK\nEOF\n");

  g_assert_false (imap_session_has_enabled (session, IMAP_CAN_QRESYNC));
  select_name (session, "x");
}

/* RFC 2971: "the server MUST NOT make operational changes" by it; some serve nobody who has not said it (NetEase) */
static void
test_id_says_nothing (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (ImapSession) session = enable (server, "ID", "C: a2 ID NIL\nS: * ID (\"name\" \"Cyrus\" \"version\" NIL)\nS: a2 OK\nEOF\n");

  imap_session_close (session);
}

static void
test_half_an_answer (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (ImapSession) session = imap_talk_open (server, "ENABLE QRESYNC", "C: a2 ENABLE QRESYNC\nS: * ENABLED QRESYNC\nCUT\n");
  g_autoptr (GError) error = NULL;

  g_assert_true (imap_enable (session, NULL, &error));
  g_assert_no_error (error);
  g_assert_false (imap_session_settle (session, NULL, &error));
  g_assert_nonnull (error);
  g_assert_false (imap_session_is_open (session));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/imap/enable/nothing-offered-costs-no-command", test_nothing_offered);
  g_test_add_func ("/imap/enable/utf8-accept-makes-names-utf8", test_utf8_names);
  g_test_add_func ("/imap/enable/imap4rev2-makes-names-utf8", test_rev2_names);
  g_test_add_func ("/imap/enable/what-was-not-granted-is-done-without", test_not_granted);
  g_test_add_func ("/imap/enable/refusal-is-no-failure", test_refused);
  g_test_add_func ("/imap/enable/id-says-nothing-of-anybody", test_id_says_nothing);
  g_test_add_func ("/imap/enable/cut-in-the-middle-is-a-failure", test_half_an_answer);
  return g_test_run ();
}
