/* SPDX-License-Identifier: GPL-3.0-or-later */
/* APPEND: limits known before, literals as the server takes them, headers in UTF-8. */
#include "imap-append.h"

#include "base-error.h"
#include "imap-talk.h"

#include <string.h>

#define SENT "Subject: x\r\n\r\nbody\r\n" /* 20 bytes */
#define UTF8 "Subject: \u00e4\r\n\r\nbody\r\n" /* 21 bytes */

static gboolean
append (ImapSession *session, const char *text, MailFlags flags, gint64 received, ImapAppended *appended, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  return imap_append (session, "Sent", bytes, flags, received, appended, NULL, error);
}

static void
assert_appended (ImapSession *session, const char *text, ImapAppended *appended)
{
  g_autoptr (GError) error = NULL;

  append (session, text, 0, 0, appended, &error);
  g_assert_no_error (error);
  imap_session_close (session);
}

static void
test_plain (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (ImapSession) session = imap_talk_open (server, "UIDPLUS", "C: a2 APPEND \"Sent\" (\\Seen) \"17-Jul-1996 09:44:25 +0000\" {20}\nS: + go\nREAD 20\nC: \n"
                                                                       "S: a2 OK [APPENDUID 38505 3955] done\nEOF\n");
  g_autofree char *received = NULL;
  g_autoptr (GError) error = NULL;
  ImapAppended appended;

  append (session, "Subject: x\n\nbody\n", MAIL_FLAG_SEEN, 837596665, &appended, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (appended.uidvalidity, ==, 38505);
  g_assert_cmpuint (appended.uid, ==, 3955);
  imap_session_close (session);
  g_assert_true (test_server_finish (server));
  received = test_server_dup_received (server, 0, NULL);
  g_assert_nonnull (strstr (received, "{20}\r\n" SENT "\r\n"));
}

static void
test_literal_plus (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (ImapSession) session = imap_talk_open (server, "LITERAL+", "C: a2 APPEND \"Sent\" {20+}\nREAD 20\nC: \nS: a2 OK\nEOF\n");
  ImapAppended appended;

  assert_appended (session, SENT, &appended);
  g_assert_cmpuint (appended.uid, ==, 0);
}

/* RFC 7888 §5 */
static void
test_literal_minus (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (ImapSession) session = imap_talk_open (server, "LITERAL-", "C: a2 APPEND \"Sent\" {4096+}\nREAD 4096\nC: \nS: a2 OK\n"
                                                                        "C: a3 APPEND \"Sent\" {4097}\nS: + ok\nREAD 4097\nC: \nS: a3 OK\nEOF\n");
  g_autofree char *text = g_strnfill (4097, 'x');
  g_autoptr (GError) error = NULL;
  ImapAppended appended;

  append (session, text + 1, 0, 0, &appended, &error);
  g_assert_no_error (error);
  assert_appended (session, text, &appended);
}

static void
assert_too_large (const char *capabilities, const char *script)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (ImapSession) session = imap_talk_open (server, capabilities, script);
  g_autoptr (GError) error = NULL;
  ImapAppended appended;

  g_assert_false (append (session, SENT, 0, 0, &appended, &error));
  g_assert_error (error, BASE_ERROR, BASE_ERROR_TOO_LARGE);
  g_assert_cmpstr (base_error_get_host (error), ==, "localhost");
  g_assert_true (imap_session_is_open (session));
  imap_session_close (session);
}

static void
test_limit_of_all (void)
{
  assert_too_large ("APPENDLIMIT=19", "EOF\n");
}

static void
test_limit_of_one (void)
{
  assert_too_large ("APPENDLIMIT", "C: a2 STATUS \"Sent\" (UIDVALIDITY UIDNEXT MESSAGES APPENDLIMIT)\nS: * STATUS Sent (MESSAGES 3 APPENDLIMIT 19)\nS: a2 OK\nEOF\n");
}

static void
test_server_finds_it_too_large (void)
{
  assert_too_large ("", "C: a2 APPEND \"Sent\" {20}\nS: a2 NO [TOOBIG] no\nEOF\n");
}

static void
test_within_limits (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (ImapSession) session = imap_talk_open (server, "LITERAL+ APPENDLIMIT=20 APPENDLIMIT", "C: a2 STATUS \"Sent\" *\nS: * STATUS Sent (APPENDLIMIT NIL)\nS: a2 OK\n"
                                                                                                   "C: a3 APPEND \"Sent\" {20+}\nREAD 20\nC: \nS: a3 OK\nEOF\n");
  ImapAppended appended;

  assert_appended (session, SENT, &appended);
}

static void
test_full (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (ImapSession) session = imap_talk_open (server, "LITERAL+", "C: a2 APPEND \"Sent\" {20+}\nREAD 20\nC: \nS: a2 NO [OVERQUOTA] full\nEOF\n");
  g_autoptr (GError) error = NULL;
  ImapAppended appended;

  g_assert_false (append (session, SENT, 0, 0, &appended, &error));
  g_assert_error (error, BASE_ERROR, BASE_ERROR_MAILBOX_FULL);
  imap_session_close (session);
}

static void
test_try_create (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (ImapSession) session = imap_talk_open (server, "LITERAL+", "C: a2 APPEND \"Sent\" {20+}\nREAD 20\nC: \nS: a2 NO [TRYCREATE] not yet\nC: a3 CREATE \"Sent\"\nS: a3 OK\n"
                                                                        "C: a4 SUBSCRIBE \"Sent\"\nS: a4 OK\nC: a5 APPEND \"Sent\" {20+}\nREAD 20\nC: \nS: a5 OK [APPENDUID 1 2]\nEOF\n");
  ImapAppended appended;

  assert_appended (session, SENT, &appended);
  g_assert_cmpuint (appended.uid, ==, 2);
}

/* RFC 6855 §4 */
static void
test_utf8 (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (ImapSession) session = imap_talk_open_enabled (server, "ENABLE UTF8=ACCEPT LITERAL+", "UTF8=ACCEPT",
                                                            "C: a3 APPEND \"Sent\" UTF8 (~{21+}\nREAD 21\nC: )\nS: a3 OK [APPENDUID 1 7]\nEOF\n");
  ImapAppended appended;

  assert_appended (session, UTF8, &appended);
  g_assert_cmpuint (appended.uid, ==, 7);
}

/* RFC 9755 */
static void
test_utf8_without_the_word (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (ImapSession) session = imap_talk_open_enabled (server, "ENABLE UTF8=ACCEPT", "UTF8=ACCEPT", "C: a3 APPEND \"Sent\" UTF8 (~{21}\nS: a3 BAD what?\n"
                                                            "C: a4 APPEND \"Sent\" {21}\nS: + ok\nREAD 21\nC: \nS: a4 OK\nEOF\n");
  ImapAppended appended;

  assert_appended (session, UTF8, &appended);
}

static void
test_ascii_is_sent_as_ever (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (ImapSession) session = imap_talk_open_enabled (server, "ENABLE UTF8=ACCEPT LITERAL+", "UTF8=ACCEPT",
                                                            "C: a3 APPEND \"Sent\" {20+}\nREAD 20\nC: \nS: a3 OK\nEOF\n");
  ImapAppended appended;

  assert_appended (session, SENT, &appended);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/imap/append/flags-date-and-line-ends", test_plain);
  g_test_add_func ("/imap/append/literal-plus-waits-for-nothing", test_literal_plus);
  g_test_add_func ("/imap/append/literal-minus-waits-with-large-ones", test_literal_minus);
  g_test_add_func ("/imap/append/over-the-limit-of-all-sends-nothing", test_limit_of_all);
  g_test_add_func ("/imap/append/over-the-limit-of-one-mailbox-sends-nothing", test_limit_of_one);
  g_test_add_func ("/imap/append/refused-before-its-bytes", test_server_finds_it_too_large);
  g_test_add_func ("/imap/append/within-both-limits", test_within_limits);
  g_test_add_func ("/imap/append/over-quota-is-a-cause", test_full);
  g_test_add_func ("/imap/append/makes-the-mailbox-when-asked", test_try_create);
  g_test_add_func ("/imap/append/header-in-utf8", test_utf8);
  g_test_add_func ("/imap/append/header-in-utf8-where-the-word-is-gone", test_utf8_without_the_word);
  g_test_add_func ("/imap/append/plain-header-as-ever", test_ascii_is_sent_as_ever);
  return g_test_run ();
}
