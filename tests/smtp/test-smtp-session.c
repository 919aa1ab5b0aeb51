/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Greeting, EHLO, STARTTLS and AUTH with servers that follow a script, one quirk a test. */
#include "smtp-login.h"
#include "smtp-session.h"

#include "test-server.h"

#include <string.h>

#define EHLO "C: EHLO [127.0.0.1]\n"

static MailLogin *
no_login (TestServer *server, MailSecurity security)
{
  return test_server_login (server, security, NULL, MAIL_SECRET_NONE, NULL);
}

static SmtpSession *
open_well (MailLogin *login)
{
  g_autoptr (GError) error = NULL;
  SmtpSession *session = smtp_session_open (login, NULL, "test", NULL, &error);

  g_assert_no_error (error);
  return session;
}

/* Opens with @script, which must go wrong with @code. */
static GError *
open_badly (const char *script, MailSecurity security, BaseErrorCode code)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (MailLogin) login = no_login (server, security);
  g_autoptr (GError) error = NULL;

  test_server_add_script (server, script);
  g_assert_null (smtp_session_open (login, NULL, "test", NULL, &error));
  g_assert_error (error, BASE_ERROR, (int) code);
  g_assert_cmpstr (base_error_get_host (error), ==, "localhost");
  g_assert_cmpuint (base_error_get_port (error), ==, test_server_get_port (server));
  return g_steal_pointer (&error);
}

static void
test_tls (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (MailLogin) login = no_login (server, MAIL_SECURITY_TLS);
  g_autoptr (SmtpSession) session = NULL;

  test_server_add_script (server, "TLS\nS: 220 hi\n" EHLO "S: 250-localhost\nS: 250 SIZE 1000\nC: QUIT\nS: 221 bye\n");
  session = open_well (login);
  g_assert_cmpuint (smtp_session_get_extensions (session)->max_size, ==, 1000);
  smtp_session_quit (session);
  g_assert_false (smtp_session_is_open (session));
  g_assert_cmpuint (smtp_session_get_round_trips (session), ==, 2);
}

static void
test_every_split (void)
{
  for (gsize split = 1; split < 12; split++)
    {
      g_autoptr (TestServer) server = test_server_new ();
      g_autoptr (MailLogin) login = no_login (server, MAIL_SECURITY_PLAINTEXT);
      g_autoptr (SmtpSession) session = NULL;

      test_server_set_split (server, split);
      test_server_add_script (server, "S: 220-hi\nS: 220 there\n" EHLO "S: 250-localhost\nS: 250-PIPELINING\nS: 250 DSN\nC: QUIT\nS: 221 bye\n");
      session = open_well (login);
      g_assert_true (smtp_session_get_extensions (session)->has_pipelining);
      g_assert_true (smtp_session_get_extensions (session)->has_dsn);
      smtp_session_quit (session);
    }
}

static void
test_starttls_forgets (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (MailLogin) login = no_login (server, MAIL_SECURITY_STARTTLS);
  g_autoptr (SmtpSession) session = NULL;

  test_server_add_script (server,
                          "S: 220 hi\n" EHLO "S: 250-localhost\nS: 250-PIPELINING\nS: 250-AUTH PLAIN\nS: 250 STARTTLS\n"
                          "C: STARTTLS\nS: 220 go\nTLS\n" EHLO "S: 250-localhost\nS: 250 SIZE 5\nC: QUIT\nS: 221 bye\n");
  session = open_well (login);
  g_assert_false (smtp_session_get_extensions (session)->has_pipelining);
  g_assert_null (smtp_extensions_get_mechanisms (smtp_session_get_extensions (session))[0]);
  g_assert_cmpuint (smtp_session_get_extensions (session)->max_size, ==, 5);
  smtp_session_quit (session);
}

static void
test_starttls_not_offered (void)
{
  g_autoptr (GError) error = open_badly ("S: 220 hi\n" EHLO "S: 250-localhost\nS: 250 AUTH PLAIN\nMAYBE\nEOF\n",
                                         MAIL_SECURITY_STARTTLS, BASE_ERROR_NO_TLS);
}

static void
test_starttls_refused (void)
{
  g_autoptr (GError) error = open_badly ("S: 220 hi\n" EHLO "S: 250-localhost\nS: 250 STARTTLS\nC: STARTTLS\n"
                                         "S: 454 4.7.0 TLS not available\nMAYBE\nEOF\n", MAIL_SECURITY_STARTTLS, BASE_ERROR_NO_TLS);

  g_assert_cmpstr (base_error_get_reply (error), ==, "454 4.7.0 TLS not available");
}

static void
test_starttls_injection (void)
{
  g_autoptr (GError) error = open_badly ("S: 220 hi\n" EHLO "S: 250-localhost\nS: 250 STARTTLS\nC: STARTTLS\n"
                                         "RAW 220 go\\r\\n250 evil\\r\\n\nMAYBE\nEOF\n", MAIL_SECURITY_STARTTLS, BASE_ERROR_ATTACK);
}

static void
test_early_reply_before_starttls (void)
{
  g_autoptr (GError) error = open_badly ("S: 220 hi\n" EHLO "RAW 250-localhost\\r\\n250 STARTTLS\\r\\n220 go\\r\\n\nMAYBE\nEOF\n",
                                         MAIL_SECURITY_STARTTLS, BASE_ERROR_PROTOCOL);
}

static void
test_greeting_refuses (void)
{
  g_autoptr (GError) error = open_badly ("S: 554-5.7.1 your address\nS: 554 5.7.1 is on a list\nMAYBE\nEOF\n",
                                         MAIL_SECURITY_PLAINTEXT, BASE_ERROR_REFUSED);

  g_assert_cmpstr (base_error_get_reply (error), ==, "554 5.7.1 your address is on a list");
}

static void
test_greeting_later (void)
{
  g_autoptr (GError) error = open_badly ("S: 421 4.3.2 too busy\nMAYBE\nEOF\n", MAIL_SECURITY_PLAINTEXT, BASE_ERROR_TRY_LATER);
}

static void
test_no_smtp (void)
{
  g_autoptr (GError) error = open_badly ("S: * OK IMAP4rev1 ready\nMAYBE\nEOF\n", MAIL_SECURITY_PLAINTEXT, BASE_ERROR_PROTOCOL);

  g_assert_nonnull (strstr (error->message, "IMAP4rev1"));
}

static void
test_gone_at_once (void)
{
  g_autoptr (GError) error = open_badly ("CUT\n", MAIL_SECURITY_PLAINTEXT, BASE_ERROR_NETWORK);
}

static void
test_endless_greeting (void)
{
  g_autoptr (GString) script = g_string_new ("MAYBE\n");
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 400; i++)
    g_string_append (script, "S: 220-more and more\n");
  error = open_badly (script->str, MAIL_SECURITY_PLAINTEXT, BASE_ERROR_PROTOCOL);
}

static void
test_changed_code (void)
{
  g_autoptr (GError) error = open_badly ("S: 220 hi\n" EHLO "S: 250-localhost\nS: 550 no\nMAYBE\nEOF\n",
                                         MAIL_SECURITY_PLAINTEXT, BASE_ERROR_PROTOCOL);
}

static void
test_helo (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (MailLogin) login = no_login (server, MAIL_SECURITY_PLAINTEXT);
  g_autoptr (SmtpSession) session = NULL;

  test_server_add_script (server, "S: 220 hi\n" EHLO "S: 502 what?\nC: HELO [127.0.0.1]\nS: 250 PIPELINING\nC: QUIT\nS: 221 bye\n");
  session = open_well (login);
  g_assert_false (smtp_session_get_extensions (session)->has_pipelining);
  smtp_session_quit (session);
}

static void
test_no_helo_with_login (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (MailLogin) login = test_server_login (server, MAIL_SECURITY_PLAINTEXT, "ann", MAIL_SECRET_PASSWORD, "pw");
  g_autoptr (GError) error = NULL;

  test_server_add_script (server, "S: 220 hi\n" EHLO "S: 502 what?\nMAYBE\nEOF\n");
  g_assert_null (smtp_session_open (login, NULL, "test", NULL, &error));
  g_assert_error (error, BASE_ERROR, BASE_ERROR_REFUSED);
}

static void
test_no_helo_over_tls (void)
{
  g_autoptr (GError) error = open_badly ("TLS\nS: 220 hi\n" EHLO "S: 502 what?\nMAYBE\nEOF\n", MAIL_SECURITY_TLS, BASE_ERROR_REFUSED);
}

static void
test_421_any_time (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (MailLogin) login = no_login (server, MAIL_SECURITY_PLAINTEXT);
  g_autoptr (SmtpSession) session = NULL;
  g_autoptr (SmtpReply) reply = NULL;

  test_server_add_script (server, "S: 220 hi\n" EHLO "S: 250 localhost\nC: NOOP\nS: 421 4.4.2 timeout\nMAYBE\nEOF\n");
  session = open_well (login);
  reply = smtp_session_command (session, "NOOP", 10, NULL, NULL);
  g_assert_cmpint (reply->code, ==, 421);
  g_assert_false (smtp_session_is_open (session));
}

static void
test_unasked_reply (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (MailLogin) login = no_login (server, MAIL_SECURITY_PLAINTEXT);
  g_autoptr (SmtpSession) session = NULL;
  g_autoptr (SmtpReply) reply = NULL;
  g_autoptr (GError) error = NULL;

  test_server_add_script (server, "S: 220 hi\n" EHLO "S: 250 localhost\nC: NOOP\nRAW 250 ok\\r\\n250 ok\\r\\n\nMAYBE\nEOF\n");
  session = open_well (login);
  reply = smtp_session_command (session, "NOOP", 10, NULL, &error);
  g_assert_no_error (error);
  g_assert_null (smtp_session_command (session, "NOOP", 10, NULL, &error));
  g_assert_error (error, BASE_ERROR, BASE_ERROR_PROTOCOL);
  g_assert_false (smtp_session_is_open (session));
}

static void
test_unasked_421 (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (MailLogin) login = no_login (server, MAIL_SECURITY_PLAINTEXT);
  g_autoptr (SmtpSession) session = NULL;
  g_autoptr (GError) error = NULL;

  test_server_add_script (server, "S: 220 hi\n" EHLO "RAW 250 localhost\\r\\n421 4.4.2 idle\\r\\n\nMAYBE\nEOF\n");
  session = open_well (login);
  g_assert_null (smtp_session_command (session, "NOOP", 10, NULL, &error));
  g_assert_error (error, BASE_ERROR, BASE_ERROR_TRY_LATER);
}

static void
test_silence (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (MailLogin) login = no_login (server, MAIL_SECURITY_PLAINTEXT);
  g_autoptr (SmtpSession) session = NULL;
  g_autoptr (GError) error = NULL;

  test_server_add_script (server, "S: 220 hi\n" EHLO "S: 250 localhost\nC: NOOP\nMAYBE\nWAIT 8000\n");
  session = open_well (login);
  g_assert_null (smtp_session_command (session, "NOOP", 1, NULL, &error));
  g_assert_error (error, BASE_ERROR, BASE_ERROR_TIMED_OUT);
  g_assert_false (smtp_session_is_open (session));
}

/* A byte now and then keeps a socket alive, but not a reply's deadline. */
static void
test_drip (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (MailLogin) login = no_login (server, MAIL_SECURITY_PLAINTEXT);
  g_autoptr (SmtpSession) session = NULL;
  g_autoptr (GString) script = g_string_new ("S: 220 hi\n" EHLO "S: 250 localhost\nC: NOOP\nMAYBE\n");
  g_autoptr (GError) error = NULL;
  gint64 begun;

  for (guint i = 0; i < 20; i++)
    g_string_append (script, "RAW 250-x\\r\\n\nWAIT 300\n");
  test_server_add_script (server, script->str);
  session = open_well (login);
  begun = g_get_monotonic_time ();
  g_assert_null (smtp_session_command (session, "NOOP", 1, NULL, &error));
  g_assert_error (error, BASE_ERROR, BASE_ERROR_TIMED_OUT);
  g_assert_cmpint (g_get_monotonic_time () - begun, <, 4 * G_USEC_PER_SEC);
}

static gpointer
cancel_soon (gpointer data)
{
  g_usleep (100000);
  g_cancellable_cancel (data);
  return NULL;
}

static void
test_cancel (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (MailLogin) login = no_login (server, MAIL_SECURITY_PLAINTEXT);
  g_autoptr (SmtpSession) session = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  GThread *thread;

  test_server_add_script (server, "S: 220 hi\n" EHLO "S: 250 localhost\nC: NOOP\nMAYBE\nWAIT 8000\n");
  session = open_well (login);
  thread = g_thread_new ("cancel", cancel_soon, cancellable);
  g_assert_null (smtp_session_command (session, "NOOP", 60, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (smtp_session_is_open (session));
  g_thread_join (thread);
}

static void
test_group (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (MailLogin) login = no_login (server, MAIL_SECURITY_PLAINTEXT);
  g_autoptr (SmtpSession) session = NULL;
  g_autoptr (SmtpReply) first = NULL;
  g_autoptr (SmtpReply) second = NULL;

  test_server_add_script (server, "S: 220 hi\n" EHLO "S: 250-localhost\nS: 250 PIPELINING\nC: NOOP\nC: RSET\nS: 250 one\nS: 250 two\nEOF\n");
  session = open_well (login);
  smtp_session_write_command (session, "NOOP", NULL);
  smtp_session_write_command (session, "RSET", NULL);
  first = smtp_session_read_reply (session, 10, NULL, NULL);
  second = smtp_session_read_reply (session, 10, NULL, NULL);
  g_assert_cmpstr (g_ptr_array_index (second->lines, 0), ==, "two");
  g_assert_cmpuint (smtp_session_get_round_trips (session), ==, 2);
}

/* What a server could learn: the very first line is all we say of ourselves. */
static void
test_gives_nothing_away (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (MailLogin) login = no_login (server, MAIL_SECURITY_PLAINTEXT);
  g_autoptr (SmtpSession) session = NULL;
  g_autofree char *said = NULL;

  test_server_add_script (server, "S: 220 hi\nC~\nS: 250 localhost\nC~\nS: 221 bye\n");
  session = open_well (login);
  smtp_session_quit (session);
  test_server_finish (server);
  said = test_server_dup_received (server, 0, NULL);
  g_assert_cmpstr (said, ==, "EHLO [127.0.0.1]\r\nQUIT\r\n");
}

/* Logging in */

typedef struct
{
  const char *mechanisms;
  const char *talk;          /* from AUTH on */
  MailSecretKind kind;
  const char *secret;
  int code;                  /* -1: must succeed */
  const char *reply;         /* (nullable) */
} LoginCase;

static void
test_login (gconstpointer data)
{
  const LoginCase *one = data;
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (MailLogin) login = test_server_login (server, MAIL_SECURITY_TLS, "ann", one->kind, one->secret);
  g_autoptr (BaseTrace) trace = base_trace_new (NULL, NULL);
  g_autofree char *script = g_strdup_printf ("TLS\nS: 220 hi\n" EHLO "S: 250-localhost\nS: 250 AUTH %s\n%s", one->mechanisms, one->talk);
  g_autoptr (SmtpSession) session = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *log = NULL;
  g_autofree char *base64 = g_base64_encode ((const guchar *) one->secret, strlen (one->secret));
  gboolean is_in;

  test_server_add_script (server, script);
  session = smtp_session_open (login, trace, "test", NULL, &error);
  g_assert_no_error (error);
  is_in = smtp_login_run (session, login, NULL, &error);
  log = base_trace_dup_text (trace);
  g_assert_null (strstr (log, one->secret));
  g_assert_null (strstr (log, base64));
  g_assert_null (strstr (log, "AGFubg")); /* \0ann: PLAIN's beginning */
  if (one->code < 0)
    {
      g_assert_no_error (error);
      g_assert_true (is_in);
      smtp_session_quit (session);
      return;
    }
  g_assert_error (error, BASE_ERROR, one->code);
  g_assert_cmpuint (base_error_get_port (error), ==, test_server_get_port (server));
  if (one->reply)
    g_assert_cmpstr (base_error_get_reply (error), ==, one->reply);
}

#define PLAIN "C: AUTH PLAIN AGFubgBnZWhlaW0=\n"
#define BYE "C: QUIT\nS: 221 bye\n"
#define LEAVES "MAYBE\nEOF\n"

static const struct
{
  const char *name;
  LoginCase login;
} logins[] = {
  { "plain-goes-with-the-command", { "PLAIN LOGIN", PLAIN "S: 235 2.7.0 in\n" BYE, MAIL_SECRET_PASSWORD, "geheim", -1 } },
  { "login-asks-twice", { "LOGIN", "C: AUTH LOGIN\nS: 334 VXNlcm5hbWU6\nC: YW5u\nS: 334 UGFzc3dvcmQ6\nC: Z2VoZWlt\nS: 235 in\n" BYE,
    MAIL_SECRET_PASSWORD, "geheim", -1 } },
  { "cram-md5-answers-the-challenge", { "CRAM-MD5 PLAIN", "C: AUTH CRAM-MD5\nS: 334 PDEuMkBsb2NhbGhvc3Q+\nC: YW5u*\nS: 235 in\n" BYE,
    MAIL_SECRET_PASSWORD, "geheim", -1 } },
  { "535-is-a-wrong-password", { "PLAIN", PLAIN "S: 535 5.7.8 bad credentials\n" LEAVES,
    MAIL_SECRET_PASSWORD, "geheim", BASE_ERROR_WRONG_PASSWORD, "535 5.7.8 bad credentials" } },
  { "no-weaker-one-after-a-refusal", { "CRAM-MD5 PLAIN LOGIN", "C: AUTH CRAM-MD5\nS: 334 PDEuMkBsb2NhbGhvc3Q+\nC~\nS: 535 5.7.8 no\n" LEAVES,
    MAIL_SECRET_PASSWORD, "geheim", BASE_ERROR_WRONG_PASSWORD, NULL } },
  { "534-is-login-refused", { "PLAIN", PLAIN "S: 534-5.7.9 Application-specific password\nS: 534 5.7.9 required\n" LEAVES,
    MAIL_SECRET_PASSWORD, "geheim", BASE_ERROR_LOGIN_REFUSED, "534 5.7.9 Application-specific password required" } },
  { "454-is-for-the-moment", { "PLAIN", PLAIN "S: 454 4.7.0 later\n" LEAVES,
    MAIL_SECRET_PASSWORD, "geheim", BASE_ERROR_TRY_LATER, NULL } },
  { "421-is-for-the-moment", { "PLAIN", PLAIN "S: 421 4.7.0 bye\n" LEAVES,
    MAIL_SECRET_PASSWORD, "geheim", BASE_ERROR_TRY_LATER, NULL } },
  { "nothing-in-common-is-login-refused", { "GSSAPI NTLM", LEAVES, MAIL_SECRET_PASSWORD, "geheim", BASE_ERROR_LOGIN_REFUSED, NULL } },
  { "endless-challenges-are-stopped", { "LOGIN", "MAYBE\nC: AUTH LOGIN\nS: 334 VXNlcm5hbWU6\nC~\nS: 334 UGFzc3dvcmQ6\nC~\nS: 334 eHh4\nC~\nS: 334 eHh4\nC~\n"
    "S: 334 eHh4\nC~\nS: 334 eHh4\nC~\nS: 334 eHh4\nC~\nS: 334 eHh4\nC~\nS: 334 eHh4\nEOF\n", MAIL_SECRET_PASSWORD, "geheim", BASE_ERROR_PROTOCOL, NULL } },
  { "nonsense-challenge-is-cancelled-with-a-star", { "CRAM-MD5", "C: AUTH CRAM-MD5\nS: 334 not*base64!\nC: ?\nS: 501 5.7.0 cancelled\n" LEAVES,
    MAIL_SECRET_PASSWORD, "geheim", BASE_ERROR_PROTOCOL, NULL } },
  { "xoauth2-answers-an-error-document-with-nothing", { "XOAUTH2", "C: AUTH XOAUTH2 *\nS: 334 eyJzdGF0dXMiOiI0MDEifQ==\nC:\nS: 535 5.7.8 expired\n" LEAVES,
    MAIL_SECRET_OAUTH_TOKEN, "token", BASE_ERROR_WRONG_PASSWORD, "535 5.7.8 expired" } },
  { "scram-without-a-signature-is-an-attack", { "SCRAM-SHA-256", "C: AUTH SCRAM-SHA-256 *\nS: 235 2.7.0 in\n" LEAVES,
    MAIL_SECRET_PASSWORD, "geheim", BASE_ERROR_ATTACK, NULL } },
};

static void
test_no_auth_offered (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (MailLogin) login = test_server_login (server, MAIL_SECURITY_TLS, "ann", MAIL_SECRET_PASSWORD, "geheim");
  g_autoptr (SmtpSession) session = NULL;
  g_autoptr (GError) error = NULL;

  test_server_add_script (server, "TLS\nS: 220 hi\n" EHLO "S: 250 localhost\nMAYBE\nEOF\n");
  session = open_well (login);
  g_assert_false (smtp_login_run (session, login, NULL, &error));
  g_assert_error (error, BASE_ERROR, BASE_ERROR_LOGIN_REFUSED);
}

static void
test_no_login_wanted (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (MailLogin) login = no_login (server, MAIL_SECURITY_TLS);
  g_autoptr (SmtpSession) session = NULL;

  test_server_add_script (server, "TLS\nS: 220 hi\n" EHLO "S: 250-localhost\nS: 250 AUTH PLAIN\nC: QUIT\nS: 221 bye\n");
  session = open_well (login);
  g_assert_true (smtp_login_run (session, login, NULL, NULL));
  smtp_session_quit (session);
}

/* RFC 4954 §4: an initial response that would make the line longer than 512 bytes waits for the 334. */
static void
test_long_initial_response (void)
{
  for (gsize secret_length = 345; secret_length < 395; secret_length++)
    {
      g_autoptr (TestServer) server = test_server_new ();
      g_autofree char *secret = g_strnfill (secret_length, 'x');
      g_autofree char *plain = g_strdup_printf ("%cann%c%s", 1, 1, secret);
      g_autofree char *response = NULL;
      g_autofree char *script = NULL;
      g_autoptr (MailLogin) login = test_server_login (server, MAIL_SECURITY_TLS, "ann", MAIL_SECRET_PASSWORD, secret);
      g_autoptr (SmtpSession) session = NULL;
      g_autoptr (GError) error = NULL;

      plain[0] = plain[4] = '\0';
      response = g_base64_encode ((guchar *) plain, 5 + secret_length);
      if (strlen ("AUTH PLAIN ") + strlen (response) + 2 <= 512)
        script = g_strdup_printf ("TLS\nS: 220 hi\n" EHLO "S: 250-localhost\nS: 250 AUTH PLAIN\nC: AUTH PLAIN %s\nS: 235 in\nC: QUIT\nS: 221 bye\n", response);
      else
        script = g_strdup_printf ("TLS\nS: 220 hi\n" EHLO "S: 250-localhost\nS: 250 AUTH PLAIN\nC: AUTH PLAIN\nS: 334 \nC: %s\nS: 235 in\nC: QUIT\nS: 221 bye\n", response);
      test_server_add_script (server, script);
      session = open_well (login);
      g_assert_true (smtp_login_run (session, login, NULL, &error));
      g_assert_no_error (error);
      smtp_session_quit (session);
      secret_length += secret_length == 345 ? 20 : 2;
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/smtp/session/tls", test_tls);
  g_test_add_func ("/smtp/session/replies-at-every-split", test_every_split);
  g_test_add_func ("/smtp/session/starttls-forgets-what-was-offered-before", test_starttls_forgets);
  g_test_add_func ("/smtp/session/starttls-not-offered-is-no-tls", test_starttls_not_offered);
  g_test_add_func ("/smtp/session/starttls-refused-is-no-tls", test_starttls_refused);
  g_test_add_func ("/smtp/session/bytes-before-the-handshake-are-an-attack", test_starttls_injection);
  g_test_add_func ("/smtp/session/answer-before-the-question-is-not-believed", test_early_reply_before_starttls);
  g_test_add_func ("/smtp/session/greeting-554-is-refused", test_greeting_refuses);
  g_test_add_func ("/smtp/session/greeting-421-is-for-the-moment", test_greeting_later);
  g_test_add_func ("/smtp/session/another-protocol-is-named", test_no_smtp);
  g_test_add_func ("/smtp/session/cut-at-once-is-network", test_gone_at_once);
  g_test_add_func ("/smtp/session/endless-greeting-is-bounded", test_endless_greeting);
  g_test_add_func ("/smtp/session/changed-code-in-continuation-is-broken", test_changed_code);
  g_test_add_func ("/smtp/session/helo-where-nothing-is-to-lose", test_helo);
  g_test_add_func ("/smtp/session/no-helo-with-a-password", test_no_helo_with_login);
  g_test_add_func ("/smtp/session/no-helo-over-tls", test_no_helo_over_tls);
  g_test_add_func ("/smtp/session/421-at-any-time-closes", test_421_any_time);
  g_test_add_func ("/smtp/session/reply-out-of-order-closes", test_unasked_reply);
  g_test_add_func ("/smtp/session/421-out-of-order-is-for-the-moment", test_unasked_421);
  g_test_add_func ("/smtp/session/silence-has-a-deadline", test_silence);
  g_test_add_func ("/smtp/session/dripping-has-a-deadline", test_drip);
  g_test_add_func ("/smtp/session/cancel-closes", test_cancel);
  g_test_add_func ("/smtp/session/group-is-one-round-trip", test_group);
  g_test_add_func ("/smtp/session/hello-gives-nothing-away", test_gives_nothing_away);
  for (guint i = 0; i < G_N_ELEMENTS (logins); i++)
    {
      g_autofree char *name = g_strconcat ("/smtp/login/", logins[i].name, NULL);

      g_test_add_data_func (name, &logins[i].login, test_login);
    }
  g_test_add_func ("/smtp/login/no-auth-offered-is-login-refused", test_no_auth_offered);
  g_test_add_func ("/smtp/login/none-wanted-says-nothing", test_no_login_wanted);
  g_test_add_func ("/smtp/login/long-initial-response-waits", test_long_initial_response);
  return g_test_run ();
}
