/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Conversations with a server that follows a script. */
#include "imap-session.h"

#include "base-error.h"
#include "imap-idle.h"
#include "imap-login.h"
#include "imap-mailbox.h"
#include "test-server.h"

#define GREETING "S: * OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN IDLE] ready\n"
#define LOGIN "C: a1 AUTHENTICATE PLAIN AGFuYQBzZWNyZXQ=\nS: a1 OK [CAPABILITY IMAP4rev1 IDLE LITERAL+ UIDPLUS] in\n"

static ImapSession *
open_session (TestServer *server, MailSecurity security, GError **error)
{
  g_autoptr (MailLogin) login = test_server_login (server, security, "ana", MAIL_SECRET_PASSWORD, "secret");

  g_autoptr (ImapSession) session = imap_session_open (login, NULL, "test", NULL, error);

  return session && imap_login (session, login, NULL, error) ? g_steal_pointer (&session) : NULL;
}

static void
assert_opens (MailSecurity security, const char *script)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (ImapSession) session = NULL;
  g_autoptr (GError) error = NULL;

  test_server_add_script (server, script);
  session = open_session (server, security, &error);
  g_assert_no_error (error);
  imap_session_close (session);
}

static void
assert_refused (MailSecurity security, const char *script, BaseErrorCode code)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (ImapSession) session = NULL;
  g_autoptr (GError) error = NULL;

  test_server_add_script (server, script);
  session = open_session (server, security, &error);
  g_assert_error (error, BASE_ERROR, (int) code);
  g_assert_null (session);
  g_assert_cmpstr (base_error_get_host (error), ==, "localhost");
}

static void
test_opens_by_tls (void)
{
  assert_opens (MAIL_SECURITY_TLS, "TLS\n" GREETING LOGIN "EOF\n");
}

static void
test_opens_by_starttls (void)
{
  assert_opens (MAIL_SECURITY_STARTTLS, "S: * OK [CAPABILITY IMAP4rev1 AUTH=LOGIN] plain\nC: a1 STARTTLS\nS: a1 OK go\nTLS\n"
                                        "C: a2 CAPABILITY\nS: * CAPABILITY IMAP4rev1 AUTH=PLAIN\nS: a2 OK done\n"
                                        "C: a3 AUTHENTICATE PLAIN\nS: + \nC: AGFuYQBzZWNyZXQ=\nS: a3 OK in\nC: a4 CAPABILITY\nS: * CAPABILITY IMAP4rev1\nS: a4 OK done\nEOF\n");
}

static void
test_login_command_where_no_mechanism_is_named (void)
{
  assert_opens (MAIL_SECURITY_TLS, "TLS\nS: * OK old UW\nC: a1 CAPABILITY\nS: * CAPABILITY IMAP4REV1\nS: a1 OK done\nC: a2 LOGIN \"ana\" \"secret\"\n"
                                   "S: a2 OK in\nC: a3 CAPABILITY\nS: * CAPABILITY IMAP4REV1\nS: a3 OK done\nEOF\n");
}

static void
test_injected_text (void)
{
  assert_refused (MAIL_SECURITY_STARTTLS, "S: * OK hello\nC: a1 STARTTLS\nRAW a1 OK go\\r\\n* OK injected\\r\\n\nMAYBE\nEOF\n", BASE_ERROR_ATTACK);
}

static void
test_preauth_before_tls (void)
{
  assert_refused (MAIL_SECURITY_STARTTLS, "S: * PREAUTH welcome\nMAYBE\nEOF\n", BASE_ERROR_ATTACK);
}

static void
test_starttls_refused (void)
{
  assert_refused (MAIL_SECURITY_STARTTLS, "S: * OK hello\nC: a1 STARTTLS\nS: a1 BAD what?\nEOF\n", BASE_ERROR_NO_TLS);
}

static void
test_wrong_password (void)
{
  assert_refused (MAIL_SECURITY_TLS, "TLS\n" GREETING "C: a1 AUTHENTICATE *\nS: a1 NO [AUTHENTICATIONFAILED] no\nEOF\n", BASE_ERROR_WRONG_PASSWORD);
}

static void
test_server_out_of_order (void)
{
  assert_refused (MAIL_SECURITY_TLS, "TLS\n" GREETING "C: a1 AUTHENTICATE *\nS: a1 NO [UNAVAILABLE] later\nEOF\n", BASE_ERROR_TRY_LATER);
}

static void
test_bye_as_greeting (void)
{
  assert_refused (MAIL_SECURITY_TLS, "TLS\nS: * BYE too many of you\nEOF\n", BASE_ERROR_TRY_LATER);
}

static void
test_not_imap (void)
{
  assert_refused (MAIL_SECURITY_TLS, "TLS\nS: +OK POP3 here\nEOF\n", BASE_ERROR_PROTOCOL);
}

static void
count_exists (ImapSession *session, const ImapResponse *response, gpointer data)
{
  if (response->kind == IMAP_RESPONSE_DATA && g_str_equal (response->name, "EXISTS"))
    *(guint *) data = response->number;
}

static void
test_unsolicited_data (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (ImapSession) session = NULL;
  g_autoptr (ImapCommand) command = imap_command_new ("NOOP");
  g_autoptr (GError) error = NULL;
  guint exists = 0;

  test_server_add_script (server, "TLS\n" GREETING LOGIN "C: a2 NOOP\nS: * 23 EXISTS\nS: * FLAGS ()\nS: a2 OK done\nEOF\n");
  session = open_session (server, MAIL_SECURITY_TLS, &error);
  g_assert_no_error (error);
  g_assert_true (imap_session_run (session, command, "nothing", count_exists, &exists, NULL, &error));
  g_assert_cmpuint (exists, ==, 23);
  imap_session_close (session);
}

static void
test_refusal_keeps_the_connection (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (ImapSession) session = NULL;
  g_autoptr (ImapCommand) command = imap_command_new ("SELECT");
  g_autoptr (GError) error = NULL;

  test_server_add_script (server, "TLS\n" GREETING LOGIN "C: a2 SELECT \"x\"\nS: a2 NO [NONEXISTENT] no\nC: a3 LOGOUT\nS: * BYE\nS: a3 OK\nEOF\n");
  session = open_session (server, MAIL_SECURITY_TLS, &error);
  g_assert_no_error (error);
  imap_command_add_mailbox (command, "x");
  g_assert_false (imap_session_run (session, command, "the folder", NULL, NULL, NULL, &error));
  g_assert_error (error, BASE_ERROR, BASE_ERROR_NOT_FOUND);
  g_assert_cmpstr (base_error_get_reply (error), ==, "no");
  g_assert_true (imap_session_is_open (session));
  imap_session_log_out (session);
}

static char *
take_alert (MailSecurity security, const char *script)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (ImapSession) session = NULL;
  g_autoptr (ImapCommand) command = imap_command_new ("NOOP");
  g_autoptr (GError) error = NULL;
  char *alert;

  test_server_add_script (server, script);
  session = open_session (server, security, &error);
  g_assert_no_error (error);
  g_assert_true (imap_session_run (session, command, "nothing", NULL, NULL, NULL, &error));
  alert = imap_session_take_alert (session);
  imap_session_close (session);
  return alert;
}

static void
test_alert (void)
{
  g_autofree char *alert = take_alert (MAIL_SECURITY_TLS, "TLS\n" GREETING LOGIN "C: a2 NOOP\nS: * OK [ALERT] Down at noon\nS: a2 OK done\nEOF\n");

  g_assert_cmpstr (alert, ==, "Down at noon");
}

/* RFC 9051 §11.3 */
static void
test_alert_too_early (void)
{
  g_autofree char *alert = take_alert (MAIL_SECURITY_TLS, "TLS\nS: * OK [ALERT] Call this number\nC: a1 CAPABILITY\nS: * OK [ALERT] Call it now\n"
    "S: * CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR\nS: a1 OK\nC: a2 AUTHENTICATE *\nS: * NO [ALERT] Or else\nS: a2 OK [CAPABILITY IMAP4rev1] in\nC: a3 NOOP\nS: a3 OK\nEOF\n");

  g_assert_null (alert);
}

static void
test_alert_without_tls (void)
{
  g_autofree char *alert = take_alert (MAIL_SECURITY_PLAINTEXT, GREETING LOGIN "C: a2 NOOP\nS: * OK [ALERT] Click here\nS: a2 OK done\nEOF\n");

  g_assert_null (alert);
}

/* What was said before the handshake is as if it had not been: abilities, words, news. */
static void
test_nothing_before_tls_counts (void)
{
  g_autofree char *alert = take_alert (MAIL_SECURITY_STARTTLS,
    "S: * OK [CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR LITERAL+ LOGINDISABLED] hi\nS: * OK [ALERT] Send your password to\nS: * BYE not yet\nS: * 7 EXISTS\n"
    "C: a1 STARTTLS\nS: * CAPABILITY IMAP4rev1 AUTH=LOGIN\nS: a1 OK [CAPABILITY IMAP4rev1 AUTH=LOGIN] go\nTLS\n"
    "C: a2 CAPABILITY\nS: * CAPABILITY IMAP4rev1 AUTH=PLAIN\nS: a2 OK\nC: a3 AUTHENTICATE PLAIN\nS: + \nC~\nS: a3 OK [CAPABILITY IMAP4rev1] in\nC: a4 NOOP\nS: a4 OK\nEOF\n");

  g_assert_null (alert);
}

static void
test_preauth_under_tls (void)
{
  assert_opens (MAIL_SECURITY_TLS, "TLS\nS: * PREAUTH [CAPABILITY IMAP4rev1] you again\nEOF\n");
}

/* RFC 2221: neither before nor after the login, neither instead of it */
static void
test_login_referral (void)
{
  assert_refused (MAIL_SECURITY_TLS, "TLS\n" GREETING "C: a1 AUTHENTICATE *\nS: a1 NO [REFERRAL IMAP://ana;AUTH=*@elsewhere.example/] over there\nEOF\n", BASE_ERROR_REFUSED);
  assert_refused (MAIL_SECURITY_TLS, "TLS\nS: * BYE [REFERRAL IMAP://elsewhere.example/] over there\nEOF\n", BASE_ERROR_REFUSED);
  assert_opens (MAIL_SECURITY_TLS, "TLS\n" GREETING "C: a1 AUTHENTICATE *\nS: a1 OK [REFERRAL IMAP://elsewhere.example/] in, but better there\n"
                                   "C: a2 CAPABILITY\nS: * CAPABILITY IMAP4rev1 LOGIN-REFERRALS\nS: a2 OK\nEOF\n");
}

static void
test_login_command_refused (void)
{
  const char *head = "TLS\nS: * OK [CAPABILITY IMAP4rev1] hi\nC: a1 LOGIN *\n";
  g_autofree char *untold = g_strconcat (head, "S: a1 NO go away\nEOF\n", NULL);
  g_autofree char *alert = g_strconcat (head, "S: a1 NO [ALERT] Invalid credentials\nEOF\n", NULL);
  g_autofree char *told = g_strconcat (head, "S: a1 NO [CONTACTADMIN] locked\nEOF\n", NULL);

  assert_refused (MAIL_SECURITY_TLS, untold, BASE_ERROR_WRONG_PASSWORD);
  assert_refused (MAIL_SECURITY_TLS, alert, BASE_ERROR_WRONG_PASSWORD);
  assert_refused (MAIL_SECURITY_TLS, told, BASE_ERROR_REFUSED);
}

static void
test_farewell (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (ImapSession) session = NULL;
  g_autoptr (ImapCommand) command = imap_command_new ("NOOP");
  g_autoptr (GError) error = NULL;

  test_server_add_script (server, "TLS\n" GREETING LOGIN "C: a2 NOOP\nS: * BYE Autologout; idle for too long\n");
  session = open_session (server, MAIL_SECURITY_TLS, &error);
  g_assert_no_error (error);
  g_assert_false (imap_session_run (session, command, "nothing", NULL, NULL, NULL, &error));
  g_assert_error (error, BASE_ERROR, BASE_ERROR_NETWORK);
  g_assert_cmpstr (base_error_get_reply (error), ==, "Autologout; idle for too long");
  g_assert_false (imap_session_is_open (session));
}

static void
test_idle_is_left_by_waking (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (ImapSession) session = NULL;
  g_autoptr (GCancellable) wake = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  guint exists = 0;

  test_server_add_script (server, "TLS\n" GREETING LOGIN "C: a2 IDLE\nS: + idling\nC: DONE\nS: * 4 EXISTS\nS: a2 OK done\nC: a3 IDLE\nS: + idling\nS: * 5 EXISTS\nC: DONE\nS: a3 OK\nEOF\n");
  session = open_session (server, MAIL_SECURITY_TLS, &error);
  g_assert_no_error (error);
  g_cancellable_cancel (wake);
  g_assert_true (imap_idle (session, 60, count_exists, &exists, wake, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (exists, ==, 4);
  g_assert_true (imap_idle (session, 60, count_exists, &exists, NULL, NULL, &error));
  g_assert_cmpuint (exists, ==, 5);
  imap_session_close (session);
}

static void
test_literal_refused_in_the_middle (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (ImapSession) session = NULL;
  g_autoptr (ImapCommand) command = imap_command_new ("APPEND");
  g_autoptr (GBytes) bytes = g_bytes_new_static ("abc", 3);
  g_autoptr (GError) error = NULL;

  test_server_add_script (server, "TLS\nS: * OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] hi\nC: a1 AUTHENTICATE *\nS: a1 OK [CAPABILITY IMAP4rev1] in\n"
                                  "C: a2 APPEND \"Sent\" {3}\nS: a2 NO [OVERQUOTA] full\nEOF\n");
  session = open_session (server, MAIL_SECURITY_TLS, &error);
  g_assert_no_error (error);
  imap_command_add_mailbox (command, "Sent");
  imap_command_add_literal (command, bytes);
  g_assert_false (imap_session_run (session, command, "the message", NULL, NULL, NULL, &error));
  g_assert_error (error, BASE_ERROR, BASE_ERROR_MAILBOX_FULL);
  g_assert_true (imap_session_is_open (session));
  imap_session_close (session);
}

static void
count_data (ImapSession *session, const ImapResponse *response, gpointer n)
{
  (*(guint *) n)++;
}

/* Answers to what was left come before, and one of them is a NO; nothing of it is a fault. */
static void
test_left_answers (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (ImapCommand) noop = imap_command_new ("NOOP");
  g_autoptr (ImapSession) session = NULL;
  g_autoptr (GError) error = NULL;
  guint n_left = 0, n_done = 0, n_after = 0;

  test_server_add_script (server, "TLS\n" GREETING LOGIN "C: a2 ENABLE X\nC: a3 ID NIL\nC: a4 NOOP\nS: * ENABLED X\nS: a2 OK yes\nS: a3 NO never\n"
                                  "S: * 3 EXISTS\nS: a4 OK done\nC: a5 ID NIL\nS: * ID NIL\nS: a5 OK done\nEOF\n");
  session = open_session (server, MAIL_SECURITY_TLS, &error);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (ImapCommand) command = imap_command_new (i == 0 ? "ENABLE" : "ID");

      imap_command_add (command, i == 0 ? "X" : "NIL");
      imap_session_leave (session, imap_session_send (session, command, NULL, &error), count_data, count_data, i == 0 ? &n_left : &n_done);
    }
  g_assert_true (imap_session_run (session, noop, "it", count_data, &n_after, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n_left, ==, 2);  /* the data and the answer */
  g_assert_cmpuint (n_done, ==, 2);  /* nothing says whose the data is */
  g_assert_cmpuint (n_after, ==, 2); /* all that was said meanwhile */
  {
    g_autoptr (ImapCommand) command = imap_command_new ("ID");

    imap_command_add (command, "NIL");
    imap_session_leave (session, imap_session_send (session, command, NULL, &error), NULL, NULL, NULL);
  }
  g_assert_true (imap_session_settle (session, NULL, &error));
  g_assert_true (imap_session_settle (session, NULL, &error));
  imap_session_close (session);
}

typedef struct
{
  char what[32];
} Order;

static void
on_left_done (ImapSession *session, const ImapResponse *response, gpointer data)
{
  g_strlcat (((Order *) data)->what, response->tag, sizeof ((Order *) data)->what);
}

/* RFC 9051 §5.5: a server need not answer in the order of asking, even after what was asked last. */
static void
test_left_answers_in_another_order (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (ImapSession) session = NULL;
  g_autoptr (GError) error = NULL;
  Order order = { "" };

  test_server_add_script (server, "TLS\n" GREETING LOGIN "C: a2 ID NIL\nC: a3 ID NIL\nC: a4 ID NIL\nC: a5 NOOP\nS: a3 OK\nS: a5 OK done\n"
                                  "S: a4 NO never\nS: a2 OK\nEOF\n");
  session = open_session (server, MAIL_SECURITY_TLS, &error);
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (ImapCommand) command = imap_command_new ("ID");

      imap_command_add (command, "NIL");
      imap_session_leave (session, imap_session_send (session, command, NULL, &error), NULL, on_left_done, &order);
    }
  {
    g_autoptr (ImapCommand) noop = imap_command_new ("NOOP");

    g_assert_true (imap_session_run (session, noop, "it", NULL, NULL, NULL, &error));
  }
  g_assert_true (imap_session_settle (session, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (order.what, ==, "a3a4a2");
  imap_session_close (session);
}

#define SELECTED(tag) "S: * 3 EXISTS\nS: * OK [UIDVALIDITY 7] ok\nS: * OK [UIDNEXT 9] ok\nS: " tag " OK [READ-ONLY] done\n"

static void
assert_selects (const char *script, const char *ahead, const char *name)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autofree char *all = g_strconcat ("TLS\n" GREETING LOGIN, script, "EOF\n", NULL);
  g_autoptr (ImapSession) session = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (ImapSelected) selected = { 0 };

  test_server_add_script (server, all);
  session = open_session (server, MAIL_SECURITY_TLS, &error);
  g_assert_true (imap_mailbox_select_ahead (session, ahead, NULL, &error));
  g_assert_true (imap_mailbox_select (session, name, FALSE, 0, 0, &selected, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (selected.n_messages, ==, 3);
  g_assert_cmpuint (selected.uidnext, ==, 9);
  g_assert_true (selected.is_read_only);
  g_assert_true (imap_session_is_selected (session, name, 7));
  imap_session_close (session);
}

static void
test_select_ahead (void)
{
  assert_selects ("C: a2 SELECT \"INBOX\"\n" SELECTED ("a2"), "INBOX", "INBOX");
  assert_selects ("C: a2 SELECT \"INBOX\"\nS: * 5 EXISTS\nS: a2 OK done\nC: a3 SELECT \"Work\"\n" SELECTED ("a3"), "INBOX", "Work");
  assert_selects ("C: a2 SELECT \"INBOX\"\nS: a2 NO later\nC: a3 SELECT \"INBOX\"\n" SELECTED ("a3"), "INBOX", "INBOX");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/imap/session/opens-by-tls", test_opens_by_tls);
  g_test_add_func ("/imap/session/opens-by-starttls-and-asks-again", test_opens_by_starttls);
  g_test_add_func ("/imap/session/login-command-where-no-mechanism-is-named", test_login_command_where_no_mechanism_is_named);
  g_test_add_func ("/imap/session/text-injected-before-tls-is-an-attack", test_injected_text);
  g_test_add_func ("/imap/session/preauth-before-tls-is-an-attack", test_preauth_before_tls);
  g_test_add_func ("/imap/session/no-encryption-no-login", test_starttls_refused);
  g_test_add_func ("/imap/session/wrong-password", test_wrong_password);
  g_test_add_func ("/imap/session/server-out-of-order-is-no-wrong-password", test_server_out_of_order);
  g_test_add_func ("/imap/session/bye-as-greeting", test_bye_as_greeting);
  g_test_add_func ("/imap/session/another-protocol", test_not_imap);
  g_test_add_func ("/imap/session/unsolicited-data-is-handed-out", test_unsolicited_data);
  g_test_add_func ("/imap/session/refusal-keeps-the-connection", test_refusal_keeps_the_connection);
  g_test_add_func ("/imap/session/alert-is-kept", test_alert);
  g_test_add_func ("/imap/session/alert-before-the-login-is-not", test_alert_too_early);
  g_test_add_func ("/imap/session/alert-without-tls-is-not", test_alert_without_tls);
  g_test_add_func ("/imap/session/nothing-before-tls-counts", test_nothing_before_tls_counts);
  g_test_add_func ("/imap/session/preauth-under-tls-is-a-login", test_preauth_under_tls);
  g_test_add_func ("/imap/session/login-referral-is-not-followed", test_login_referral);
  g_test_add_func ("/imap/session/login-command-refused-for-a-reason", test_login_command_refused);
  g_test_add_func ("/imap/session/farewell-explains-the-end", test_farewell);
  g_test_add_func ("/imap/session/idle-is-left-by-waking-and-by-news", test_idle_is_left_by_waking);
  g_test_add_func ("/imap/session/literal-refused-in-the-middle", test_literal_refused_in_the_middle);
  g_test_add_func ("/imap/session/answers-that-were-left-come-in-passing", test_left_answers);
  g_test_add_func ("/imap/session/answers-that-were-left-come-in-another-order", test_left_answers_in_another_order);
  g_test_add_func ("/imap/session/selected-ahead-is-selected-once", test_select_ahead);
  return g_test_run ();
}
