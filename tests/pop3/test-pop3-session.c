/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Conversations: greeting, encryption, and each way into a mailbox, with servers that say no and servers that lie. */
#include "base-error.h"
#include "pop3-login.h"
#include "pop3-retrieve.h"
#include "test-server.h"

#include <string.h>

typedef struct
{
  TestServer *server;
  MailLogin *login;
  BaseTrace *trace;
  Pop3Session *session;
  GError *error;
} Talk;

static void
talk_clear (Talk *self)
{
  if (self->session != NULL)
    pop3_session_close (self->session);
  g_clear_object (&self->session);
  g_clear_pointer (&self->server, test_server_free);
  g_clear_pointer (&self->login, mail_login_unref);
  g_clear_object (&self->trace);
  g_clear_error (&self->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Talk, talk_clear)

/* Connects and logs in, with the script on the other side; byte by byte with @split 1. */
static void
begin (Talk *self, const char *script, MailSecurity security, MailSecretKind kind, const char *secret, gsize split)
{
  self->server = test_server_new ();
  test_server_set_split (self->server, split);
  test_server_add_script (self->server, script);
  self->login = test_server_login (self->server, security, "ana", kind, secret);
  self->trace = base_trace_new (NULL, NULL);
  self->session = pop3_session_open (self->login, self->trace, "POP3", NULL, &self->error);
  if (self->session != NULL && !pop3_login (self->session, self->login, NULL, &self->error))
    g_clear_object (&self->session);
}

static void
assert_login (const char *script, MailSecurity security, MailSecretKind kind)
{
  for (gsize split = 0; split < 2; split++)
    {
      g_auto (Talk) talk = { 0 };
      g_autofree char *log = NULL;

      begin (&talk, script, security, kind, "s3cret", split);
      g_assert_no_error (talk.error);
      g_assert_nonnull (talk.session);
      log = base_trace_dup_text (talk.trace);
      g_assert_null (strstr (log, "s3cret"));
      g_assert_null (strstr (log, "AGFuYQBzM2NyZXQ="));
    }
}

static void
assert_failure (const char *script, MailSecurity security, MailSecretKind kind, BaseErrorCode code)
{
  g_auto (Talk) talk = { 0 };

  begin (&talk, script, security, kind, "s3cret", 0);
  g_assert_null (talk.session);
  g_assert_error (talk.error, BASE_ERROR, (int) code);
  g_assert_cmpstr (base_error_get_host (talk.error), ==, "localhost");
  g_assert_cmpuint (base_error_get_port (talk.error), ==, test_server_get_port (talk.server));
}

#define CAPA_FULL "S: +OK\nS: TOP\nS: UIDL\nS: PIPELINING\nS: USER\n"

static void
test_user_pass (void)
{
  assert_login ("TLS\nS: +OK hi\nC: CAPA\n" CAPA_FULL "S: .\nC: USER ana\nS: +OK\nC: PASS s3cret\nS: +OK\n", MAIL_SECURITY_TLS, MAIL_SECRET_PASSWORD);
}

static void
test_no_capa (void)
{
  assert_login ("TLS\nS: +OK hi\nC: CAPA\nS: -ERR what?\nC: USER ana\nS: +OK\nC: PASS s3cret\nS: +OK\nC: CAPA\nS: -ERR what?\n",
                MAIL_SECURITY_TLS, MAIL_SECRET_PASSWORD);
}

static void
test_plain_with_initial_response (void)
{
  assert_login ("TLS\nS: +OK hi\nC: CAPA\n" CAPA_FULL "S: SASL PLAIN\nS: .\nC: AUTH PLAIN AGFuYQBzM2NyZXQ=\nS: +OK\n",
                MAIL_SECURITY_TLS, MAIL_SECRET_PASSWORD);
}

static void
test_asks_again_after_login (void)
{
  assert_login ("TLS\nS: +OK hi\nC: CAPA\nS: +OK\nS: SASL PLAIN\nS: .\nC: AUTH PLAIN AGFuYQBzM2NyZXQ=\nS: +OK\nC: CAPA\n" CAPA_FULL "S: .\n",
                MAIL_SECURITY_TLS, MAIL_SECRET_PASSWORD);
}

static void
test_stls (void)
{
  assert_login ("S: +OK hi <1@b>\nC: STLS\nS: +OK\nTLS\nC: CAPA\n" CAPA_FULL "S: .\nC: USER ana\nS: +OK\nC: PASS s3cret\nS: +OK\n",
                MAIL_SECURITY_STARTTLS, MAIL_SECRET_PASSWORD);
}

static void
test_stls_refused (void)
{
  assert_failure ("S: +OK hi\nC: STLS\nS: -ERR no\nEOF\n", MAIL_SECURITY_STARTTLS, MAIL_SECRET_PASSWORD, BASE_ERROR_NO_TLS);
}

static void
test_stls_injection (void)
{
  assert_failure ("S: +OK hi\nC: STLS\nRAW +OK\\r\\n+OK injected\\r\\n\nEOF\n", MAIL_SECURITY_STARTTLS, MAIL_SECRET_PASSWORD, BASE_ERROR_ATTACK);
}

static void
test_apop (void)
{
  /* MD5 of "<1896.697170952@dbc.mtview.ca.us>s3cret" */
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_MD5, "<1896.697170952@dbc.mtview.ca.us>s3cret", -1);
  g_autofree char *script = g_strdup_printf ("S: +OK hi <1896.697170952@dbc.mtview.ca.us>\nC: CAPA\n" CAPA_FULL "S: SASL PLAIN\nS: .\nC: APOP ana %s\nS: +OK\n",
                                             digest);

  assert_login (script, MAIL_SECURITY_PLAINTEXT, MAIL_SECRET_PASSWORD);
}

static void
test_apop_not_with_bad_timestamp (void)
{
  assert_login ("RAW +OK <\\x81\\x82@b>\\r\\n\nC: CAPA\n" CAPA_FULL "S: .\nC: USER ana\nS: +OK\nC: PASS s3cret\nS: +OK\n",
                MAIL_SECURITY_PLAINTEXT, MAIL_SECRET_PASSWORD);
}

static void
test_hiding_before_apop (void)
{
  assert_login ("S: +OK hi <1@b>\nC: CAPA\n" CAPA_FULL "S: SASL PLAIN CRAM-MD5\nS: .\nC: AUTH CRAM-MD5\nS: + PDFAYj4=\nC: *\nS: +OK\n",
                MAIL_SECURITY_PLAINTEXT, MAIL_SECRET_PASSWORD);
}

static void
test_no_second_try (void)
{
  assert_failure ("TLS\nS: +OK hi\nC: CAPA\n" CAPA_FULL "S: SASL PLAIN LOGIN\nS: .\nC: AUTH PLAIN *\nS: -ERR [AUTH] no\nEOF\n",
                  MAIL_SECURITY_TLS, MAIL_SECRET_PASSWORD, BASE_ERROR_WRONG_PASSWORD);
}

static void
test_apop_refused (void)
{
  assert_failure ("S: +OK hi <1@b>\nC: CAPA\n" CAPA_FULL "S: .\nC: APOP ana *\nS: -ERR no\nEOF\n",
                  MAIL_SECURITY_PLAINTEXT, MAIL_SECRET_PASSWORD, BASE_ERROR_WRONG_PASSWORD);
}

static void
test_token_without_sasl (void)
{
  assert_failure ("TLS\nS: +OK hi\nC: CAPA\n" CAPA_FULL "S: .\nEOF\n", MAIL_SECURITY_TLS, MAIL_SECRET_OAUTH_TOKEN, BASE_ERROR_LOGIN_REFUSED);
}

static void
test_long_token_without_initial_response (void)
{
  g_autofree char *token = g_strnfill (400, 't');
  g_auto (Talk) talk = { 0 };

  begin (&talk, "TLS\nS: +OK hi\nC: CAPA\n" CAPA_FULL "S: SASL XOAUTH2\nS: .\nC: AUTH XOAUTH2\nS: + \nC: *\nS: +OK\n",
         MAIL_SECURITY_TLS, MAIL_SECRET_OAUTH_TOKEN, token, 0);
  g_assert_no_error (talk.error);
}

/* RFC 7628 §3.2.3: the client says farewell, and only then the server says no; "*" is an answer that some of them wait behind. */
static void
test_refused_tokens (void)
{
  assert_failure ("TLS\nS: +OK hi\nC: CAPA\n" CAPA_FULL "S: SASL OAUTHBEARER\nS: .\nC: AUTH OAUTHBEARER *\nS: + eyJzdGF0dXMiOiJpbnZhbGlkX3Rva2VuIn0=\n"
                  "C: AQ==\nS: -ERR [AUTH] no\n", MAIL_SECURITY_TLS, MAIL_SECRET_OAUTH_TOKEN, BASE_ERROR_WRONG_PASSWORD);
  assert_failure ("TLS\nS: +OK hi\nC: CAPA\n" CAPA_FULL "S: SASL XOAUTH2\nS: .\nC: AUTH XOAUTH2 *\nS: + eyJzdGF0dXMiOiI0MDEifQ==\n"
                  "C:\nS: -ERR [AUTH] no\n", MAIL_SECURITY_TLS, MAIL_SECRET_OAUTH_TOKEN, BASE_ERROR_WRONG_PASSWORD);
}

static void
test_utf8_before_login (void)
{
  assert_login ("TLS\nS: +OK hi\nC: CAPA\n" CAPA_FULL "S: UTF8 USER\nS: .\nC: UTF8\nS: +OK\nC: USER ana\nS: +OK\nC: PASS s3cret\nS: +OK\n",
                MAIL_SECURITY_TLS, MAIL_SECRET_PASSWORD);
}

static void
test_plaintext_refused_at_user (void)
{
  assert_failure ("S: +OK hi\nC: CAPA\n" CAPA_FULL "S: .\nC: USER ana\nS: -ERR [AUTH] use TLS\nEOF\n",
                  MAIL_SECURITY_PLAINTEXT, MAIL_SECRET_PASSWORD, BASE_ERROR_LOGIN_REFUSED);
}

static void
test_login_delay_announced (void)
{
  g_auto (Talk) talk = { 0 };

  begin (&talk, "TLS\nS: +OK hi\nC: CAPA\n" CAPA_FULL "S: LOGIN-DELAY 900\nS: .\nC: USER ana\nS: +OK\nC: PASS s3cret\nS: -ERR [LOGIN-DELAY] wait\nEOF\n",
         MAIL_SECURITY_TLS, MAIL_SECRET_PASSWORD, "s3cret", 0);
  g_assert_error (talk.error, BASE_ERROR, BASE_ERROR_TRY_LATER);
  g_assert_nonnull (strstr (talk.error->message, "15 minutes"));
  g_assert_cmpstr (base_error_get_reply (talk.error), ==, "[LOGIN-DELAY] wait");
}

static void
test_login_delay (void)
{
  assert_failure ("TLS\nS: +OK hi\nC: CAPA\n" CAPA_FULL "S: .\nC: USER ana\nS: +OK\nC: PASS s3cret\nS: -ERR [LOGIN-DELAY] wait\nEOF\n",
                  MAIL_SECURITY_TLS, MAIL_SECRET_PASSWORD, BASE_ERROR_TRY_LATER);
}

static void
test_greeting_says_no (void)
{
  assert_failure ("TLS\nS: -ERR [SYS/TEMP] come back\nEOF\n", MAIL_SECURITY_TLS, MAIL_SECRET_PASSWORD, BASE_ERROR_TRY_LATER);
}

static void
test_other_protocol (void)
{
  assert_failure ("TLS\nS: * OK IMAP4rev1\nEOF\n", MAIL_SECURITY_TLS, MAIL_SECRET_PASSWORD, BASE_ERROR_PROTOCOL);
}

static void
test_cut_in_login (void)
{
  assert_failure ("TLS\nS: +OK hi\nC: CAPA\nRAW +OK\\r\\nTOP\\r\\n\nCUT\n", MAIL_SECURITY_TLS, MAIL_SECRET_PASSWORD, BASE_ERROR_NETWORK);
}

static void
test_user_with_line_break (void)
{
  g_auto (Talk) talk = { 0 };

  talk.server = test_server_new ();
  test_server_add_script (talk.server, "S: +OK hi\nEOF\n");
  talk.login = mail_login_new ("127.0.0.1", test_server_get_port (talk.server), MAIL_SECURITY_PLAINTEXT, "ana\r\nDELE 1", MAIL_SECRET_PASSWORD, "x");
  talk.session = pop3_session_open (talk.login, NULL, "POP3", NULL, &talk.error);
  g_assert_no_error (talk.error);
  g_assert_false (pop3_login (talk.session, talk.login, NULL, &talk.error));
  g_assert_error (talk.error, BASE_ERROR, BASE_ERROR_INVALID);
}

static gboolean
append_source (gsize index, const Pop3Retrieved *answer, gpointer data, GError **error)
{
  gsize size = 0;
  const char *source = answer->source != NULL ? g_bytes_get_data (answer->source, &size) : "!";

  g_string_append_printf (data, "%zu:", index);
  g_string_append_len (data, source, answer->source != NULL ? (gssize) size : 1);
  g_string_append_c (data, '|');
  return TRUE;
}

static void
test_retrieves (void)
{
  const Pop3Request requests[] = { { 1, FALSE, -1 }, { 2, FALSE, 5 }, { 3, TRUE, -1 } };

  for (gsize split = 0; split < 2; split++)
    {
      g_auto (Talk) talk = { 0 };
      g_autoptr (GString) text = g_string_new (NULL);

      begin (&talk, "TLS\nS: +OK hi\nC: CAPA\n" CAPA_FULL "S: .\nC: USER ana\nS: +OK\nC: PASS s3cret\nS: +OK\nC: RETR 1\nC: RETR 2\nC: TOP 3 0\n"
                    "RAW +OK\\r\\nA: b\\r\\n\\r\\n..x\\r\\n.\\r\\n-ERR no\\r\\n+OK\\r\\nC: d\\r\\n\\r\\nbody\\r\\n.\\r\\n\n",
             MAIL_SECURITY_TLS, MAIL_SECRET_PASSWORD, "s3cret", split);
      g_assert_no_error (talk.error);
      g_assert_true (pop3_retrieve (talk.session, requests, G_N_ELEMENTS (requests), append_source, text, NULL, &talk.error));
      g_assert_cmpstr (text->str, ==, "0:A: b\r\n\r\n.x\r\n|1:!|2:C: d\r\n\r\n|");
    }
}

#define ADD(path, func) g_test_add_func ("/pop3/session/" path, func)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("user-and-pass", test_user_pass);
  ADD ("no-capa/user-and-pass", test_no_capa);
  ADD ("auth-plain/initial-response", test_plain_with_initial_response);
  ADD ("capabilities/asked-again-after-login-where-some-are-missing", test_asks_again_after_login);
  ADD ("stls/capabilities-are-asked-for-after-it", test_stls);
  ADD ("stls-refused/goes-no-further", test_stls_refused);
  ADD ("stls-with-bytes-behind-it/is-an-attack", test_stls_injection);
  ADD ("apop/in-chosen-plaintext-before-auth-plain", test_apop);
  ADD ("apop/not-with-a-timestamp-that-is-none", test_apop_not_with_bad_timestamp);
  ADD ("cram-md5/before-apop", test_hiding_before_apop);
  ADD ("auth-refused/nothing-weaker-is-tried", test_no_second_try);
  ADD ("apop-refused/nothing-weaker-is-tried", test_apop_refused);
  ADD ("token/never-as-a-password", test_token_without_sasl);
  ADD ("token/refused-is-answered-by-its-farewell", test_refused_tokens);
  ADD ("long-token/not-in-the-command", test_long_token_without_initial_response);
  ADD ("utf8/before-login", test_utf8_before_login);
  ADD ("plaintext-refused/is-no-wrong-password", test_plaintext_refused_at_user);
  ADD ("login-delay/is-tried-later", test_login_delay);
  ADD ("login-delay/announced-says-how-long", test_login_delay_announced);
  ADD ("greeting-says-no/is-tried-later", test_greeting_says_no);
  ADD ("other-protocol/is-said", test_other_protocol);
  ADD ("cut-in-login/is-network", test_cut_in_login);
  ADD ("user-with-line-break/is-not-sent", test_user_with_line_break);
  ADD ("retr-and-top/pipelined-at-any-split", test_retrieves);
  return g_test_run ();
}
