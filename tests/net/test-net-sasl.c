/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which mechanism is chosen, what each says, and which servers are not believed. */
#include "net-sasl.h"

#include "base-error.h"

#include <gio/gio.h>
#include <string.h>

#define OFFER(...) ((const char *const[]) { __VA_ARGS__, NULL })

static MailLogin *
make_login (MailSecurity security, MailSecretKind kind)
{
  return mail_login_new ("mail.example.org", 143, security, "user", kind, kind == MAIL_SECRET_NONE ? NULL : "pencil");
}

static NetSasl *
make (MailSecretKind kind, const char *mechanism)
{
  g_autoptr (MailLogin) login = make_login (MAIL_SECURITY_TLS, kind);
  g_autoptr (GError) error = NULL;
  NetSasl *sasl = net_sasl_new (login, OFFER (mechanism), TRUE, NULL, NULL, kind == MAIL_SECRET_NONE, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (net_sasl_get_mechanism (sasl), ==, mechanism);
  return sasl;
}

static char *
encode (const char *text)
{
  return g_base64_encode ((const guint8 *) text, strlen (text));
}

static void
assert_says (char *answer, const char *bytes, gsize length)
{
  gsize size;
  g_autofree guint8 *plain = NULL;

  g_assert_nonnull (answer);
  plain = g_base64_decode (answer, &size);
  g_assert_cmpmem (plain, size, bytes, length);
  net_sasl_wipe (answer);
}

/* --- the choice --- */

typedef struct
{
  const char *offered; /* spaces between */
  MailSecretKind kind;
  MailSecurity security;
  gboolean is_encrypted, has_binding, external_works;
  const char *chosen;
} Choice;

static const Choice choices[] = {
  { "PLAIN LOGIN CRAM-MD5 SCRAM-SHA-1 SCRAM-SHA-1-PLUS SCRAM-SHA-256 SCRAM-SHA-256-PLUS", MAIL_SECRET_PASSWORD,
    MAIL_SECURITY_TLS, TRUE, TRUE, FALSE, "SCRAM-SHA-256-PLUS" },
  { "PLAIN LOGIN CRAM-MD5 SCRAM-SHA-1 SCRAM-SHA-1-PLUS SCRAM-SHA-256 SCRAM-SHA-256-PLUS", MAIL_SECRET_PASSWORD,
    MAIL_SECURITY_TLS, TRUE, FALSE, FALSE, "SCRAM-SHA-256" },
  { "scram-sha-1 scram-sha-1-plus plain", MAIL_SECRET_PASSWORD, MAIL_SECURITY_TLS, TRUE, TRUE, FALSE, "SCRAM-SHA-1-PLUS" },
  { "PLAIN LOGIN CRAM-MD5 SCRAM-SHA-1", MAIL_SECRET_PASSWORD, MAIL_SECURITY_TLS, TRUE, TRUE, FALSE, "SCRAM-SHA-1" },
  { "PLAIN LOGIN CRAM-MD5 DIGEST-MD5", MAIL_SECRET_PASSWORD, MAIL_SECURITY_TLS, TRUE, TRUE, FALSE, "CRAM-MD5" },
  { "LOGIN PLAIN", MAIL_SECRET_PASSWORD, MAIL_SECURITY_TLS, TRUE, FALSE, FALSE, "PLAIN" },
  { "LOGIN NTLM", MAIL_SECRET_PASSWORD, MAIL_SECURITY_TLS, TRUE, FALSE, FALSE, "LOGIN" },
  { "PLAIN EXTERNAL", MAIL_SECRET_PASSWORD, MAIL_SECURITY_TLS, TRUE, FALSE, FALSE, "PLAIN" },
  { "PLAIN EXTERNAL", MAIL_SECRET_PASSWORD, MAIL_SECURITY_TLS, TRUE, FALSE, TRUE, "EXTERNAL" },
  { "PLAIN XOAUTH2 OAUTHBEARER", MAIL_SECRET_OAUTH_TOKEN, MAIL_SECURITY_TLS, TRUE, FALSE, FALSE, "OAUTHBEARER" },
  { "PLAIN XOAUTH2", MAIL_SECRET_OAUTH_TOKEN, MAIL_SECURITY_TLS, TRUE, FALSE, FALSE, "XOAUTH2" },
  { "PLAIN LOGIN", MAIL_SECRET_PASSWORD, MAIL_SECURITY_PLAINTEXT, FALSE, FALSE, FALSE, "PLAIN" },
  { "PLAIN LOGIN CRAM-MD5", MAIL_SECRET_PASSWORD, MAIL_SECURITY_STARTTLS, FALSE, FALSE, FALSE, "CRAM-MD5" },
  /* nothing */
  { "PLAIN LOGIN", MAIL_SECRET_PASSWORD, MAIL_SECURITY_STARTTLS, FALSE, FALSE, FALSE, NULL },
  { "XOAUTH2 OAUTHBEARER", MAIL_SECRET_OAUTH_TOKEN, MAIL_SECURITY_STARTTLS, FALSE, FALSE, FALSE, NULL },
  { "SCRAM-SHA-256-PLUS", MAIL_SECRET_PASSWORD, MAIL_SECURITY_TLS, TRUE, FALSE, FALSE, NULL },
  { "SCRAM-SHA-256-PLUS", MAIL_SECRET_PASSWORD, MAIL_SECURITY_STARTTLS, FALSE, TRUE, FALSE, NULL },
  { "PLAIN", MAIL_SECRET_OAUTH_TOKEN, MAIL_SECURITY_TLS, TRUE, FALSE, FALSE, NULL },
  { "XOAUTH2 GSSAPI", MAIL_SECRET_PASSWORD, MAIL_SECURITY_TLS, TRUE, FALSE, FALSE, NULL },
  { "", MAIL_SECRET_PASSWORD, MAIL_SECURITY_TLS, TRUE, FALSE, FALSE, NULL },
};

static void
test_choices (void)
{
  g_autoptr (GBytes) binding = g_bytes_new_static ("binding", 7);

  for (gsize i = 0; i < G_N_ELEMENTS (choices); i++)
    {
      const Choice *one = &choices[i];
      g_autoptr (MailLogin) login = make_login (one->security, one->kind);
      g_auto (GStrv) offered = g_strsplit (one->offered, " ", -1);
      g_autoptr (GError) error = NULL;
      g_autoptr (NetSasl) sasl = net_sasl_new (login, (const char *const *) offered, one->is_encrypted, one->has_binding ? binding : NULL,
                                               one->has_binding ? "tls-exporter" : NULL, one->external_works, &error);

      g_assert_cmpstr (sasl ? net_sasl_get_mechanism (sasl) : NULL, ==, one->chosen);
      if (!sasl)
        {
          g_assert_error (error, BASE_ERROR, BASE_ERROR_LOGIN_REFUSED);
          g_assert_nonnull (strstr (error->message, *one->offered ? offered[0] : ""));
        }
    }
}

static void
test_headers (void)
{
  static const struct
  {
    const char *offered, *start;
    gboolean has_binding;
  } cases[] = {
    { "SCRAM-SHA-256", "n,,n=user,r=", FALSE },
    { "SCRAM-SHA-256", "y,,n=user,r=", TRUE },
    { "SCRAM-SHA-256-PLUS", "p=tls-exporter,,n=user,r=", TRUE },
  };
  g_autoptr (GBytes) binding = g_bytes_new_static ("binding", 7);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (MailLogin) login = make_login (MAIL_SECURITY_TLS, MAIL_SECRET_PASSWORD);
      g_autoptr (NetSasl) sasl = net_sasl_new (login, OFFER (cases[i].offered), TRUE, cases[i].has_binding ? binding : NULL,
                                               "tls-exporter", FALSE, NULL);
      g_autofree char *initial = net_sasl_get_initial_response (sasl);
      gsize size;
      g_autofree guint8 *plain = g_base64_decode (initial, &size);

      g_assert_cmpmem (plain, strlen (cases[i].start), cases[i].start, strlen (cases[i].start));
    }
}

static void
test_empty_password (void)
{
  g_autoptr (MailLogin) login = mail_login_new ("h", 1, MAIL_SECURITY_TLS, "user", MAIL_SECRET_PASSWORD, "");
  g_autoptr (GError) error = NULL;

  g_assert_null (net_sasl_new (login, OFFER ("PLAIN"), TRUE, NULL, NULL, FALSE, &error));
  g_assert_error (error, BASE_ERROR, BASE_ERROR_NO_PASSWORD);
}

static void
test_token_with_separator (void)
{
  g_autoptr (MailLogin) login = mail_login_new ("h", 1, MAIL_SECURITY_TLS, "user", MAIL_SECRET_OAUTH_TOKEN, "to\001ken");
  g_autoptr (GError) error = NULL;

  g_assert_null (net_sasl_new (login, OFFER ("XOAUTH2"), TRUE, NULL, NULL, FALSE, &error));
  g_assert_error (error, BASE_ERROR, BASE_ERROR_INVALID);
}

/* --- what each says --- */

static void
test_plain (void)
{
  g_autoptr (NetSasl) sasl = make (MAIL_SECRET_PASSWORD, "PLAIN");
  g_autoptr (GError) error = NULL;

  g_assert_false (net_sasl_finish (sasl, NULL, NULL));
  assert_says (net_sasl_get_initial_response (sasl), "\0user\0pencil", 12);
  g_assert_true (net_sasl_finish (sasl, NULL, &error));
  g_assert_null (net_sasl_respond (sasl, "", &error));
  g_assert_error (error, BASE_ERROR, BASE_ERROR_PROTOCOL);
  g_assert_cmpstr (net_sasl_get_last_word (sasl), ==, "*");
}

static void
test_plain_without_initial_response (void)
{
  g_autoptr (NetSasl) sasl = make (MAIL_SECRET_PASSWORD, "PLAIN");

  assert_says (net_sasl_respond (sasl, "", NULL), "\0user\0pencil", 12);
  g_assert_true (net_sasl_finish (sasl, NULL, NULL));
}

static void
test_login (void)
{
  g_autoptr (NetSasl) sasl = make (MAIL_SECRET_PASSWORD, "LOGIN");
  g_autoptr (GError) error = NULL;

  g_assert_null (net_sasl_get_initial_response (sasl));
  assert_says (net_sasl_respond (sasl, "VXNlciBOYW1lAA==", NULL), "user", 4);
  g_assert_false (net_sasl_finish (sasl, NULL, NULL));
  assert_says (net_sasl_respond (sasl, "not even base64", NULL), "pencil", 6);
  g_assert_true (net_sasl_finish (sasl, NULL, NULL));
  g_assert_null (net_sasl_respond (sasl, "", &error));
  g_assert_error (error, BASE_ERROR, BASE_ERROR_PROTOCOL);
}

/* RFC 2195 §2 */
static void
test_cram_md5 (void)
{
  g_autoptr (MailLogin) login = mail_login_new ("h", 1, MAIL_SECURITY_PLAINTEXT, "tim", MAIL_SECRET_PASSWORD, "tanstaaftanstaaf");
  g_autoptr (NetSasl) sasl = net_sasl_new (login, OFFER ("CRAM-MD5"), FALSE, NULL, NULL, FALSE, NULL);

  g_assert_null (net_sasl_get_initial_response (sasl));
  assert_says (net_sasl_respond (sasl, "PDE4OTYuNjk3MTcwOTUyQHBvc3RvZmZpY2UucmVzdG9uLm1jaS5uZXQ+", NULL),
               "tim b913a602c7eda7a495b4e6e7334d3890", 36);
  g_assert_true (net_sasl_finish (sasl, NULL, NULL));
}

static void
test_cram_md5_nonsense (void)
{
  static const char *const challenges[] = { "", "=", "abc", "!!!!", "====" };

  for (gsize i = 0; i < G_N_ELEMENTS (challenges); i++)
    {
      g_autoptr (NetSasl) sasl = make (MAIL_SECRET_PASSWORD, "CRAM-MD5");
      g_autoptr (GError) error = NULL;

      g_assert_null (net_sasl_respond (sasl, challenges[i], &error));
      g_assert_error (error, BASE_ERROR, BASE_ERROR_PROTOCOL);
      g_assert_false (net_sasl_finish (sasl, NULL, NULL));
    }
}

/* RFC 7628 §4.1, §4.3 */
static void
test_oauthbearer (void)
{
  g_autoptr (NetSasl) sasl = make (MAIL_SECRET_OAUTH_TOKEN, "OAUTHBEARER");
  g_autoptr (GError) error = NULL;
  g_autofree char *document = encode ("{\"status\":\"invalid_token\",\"scope\":\"mail\"}");

  assert_says (net_sasl_get_initial_response (sasl),
               "n,a=user,\001host=mail.example.org\001port=143\001auth=Bearer pencil\001\001", 61);
  g_assert_null (net_sasl_respond (sasl, document, &error));
  g_assert_error (error, BASE_ERROR, BASE_ERROR_WRONG_PASSWORD);
  g_assert_cmpstr (base_error_get_reply (error), ==, "{\"status\":\"invalid_token\",\"scope\":\"mail\"}");
  g_assert_cmpstr (net_sasl_get_last_word (sasl), ==, "AQ==");
  g_assert_false (net_sasl_finish (sasl, NULL, NULL));
}

static void
test_xoauth2 (void)
{
  g_autoptr (NetSasl) sasl = make (MAIL_SECRET_OAUTH_TOKEN, "XOAUTH2");
  g_autoptr (GError) error = NULL;
  g_autofree char *document = encode ("{\"status\":\"401\"}");

  assert_says (net_sasl_get_initial_response (sasl), "user=user\001auth=Bearer pencil\001\001", strlen ("user=user\001auth=Bearer pencil\001\001"));
  g_assert_null (net_sasl_respond (sasl, document, &error));
  g_assert_error (error, BASE_ERROR, BASE_ERROR_WRONG_PASSWORD);
  g_assert_cmpstr (net_sasl_get_last_word (sasl), ==, "");
}

static void
test_external (void)
{
  g_autoptr (NetSasl) sasl = make (MAIL_SECRET_NONE, "EXTERNAL");
  g_autofree char *initial = net_sasl_get_initial_response (sasl);

  g_assert_cmpstr (initial, ==, "=");
  g_assert_true (net_sasl_finish (sasl, NULL, NULL));
}

/* --- SCRAM with a server: the same sums, done with GLib --- */

static void
hmac_sha256 (const guint8 *key, gsize size, const void *text, gsize length, guint8 *out)
{
  g_autoptr (GHmac) hmac = g_hmac_new (G_CHECKSUM_SHA256, key, size);
  gsize n = 32;

  g_hmac_update (hmac, text, length);
  g_hmac_get_digest (hmac, out, &n);
}

static char *
sign (const char *password, const char *auth_message)
{
  guint8 block[32], salted[32], key[32], signature[32];

  hmac_sha256 ((const guint8 *) password, strlen (password), "salt\0\0\0\1", 8, block);
  memcpy (salted, block, 32);
  for (int i = 1; i < 4096; i++)
    {
      hmac_sha256 ((const guint8 *) password, strlen (password), block, 32, block);
      for (int j = 0; j < 32; j++)
        salted[j] ^= block[j];
    }
  hmac_sha256 (salted, 32, "Server Key", 10, key);
  hmac_sha256 (key, 32, auth_message, strlen (auth_message), signature);
  return g_base64_encode (signature, 32);
}

static char *
decode_text (const char *base64)
{
  gsize size;
  g_autofree guint8 *bytes = g_base64_decode (base64, &size);

  return g_strndup ((const char *) bytes, size);
}

/* Goes as far as the client's proof. Returns: (transfer full): the server's last message, base64, right for @password */
static char *
go_to_proof (NetSasl *sasl, const char *password)
{
  g_autofree char *initial = net_sasl_get_initial_response (sasl);
  g_autofree char *first = decode_text (initial);
  g_autofree char *server_first = g_strdup_printf ("r=%sSERVER,s=c2FsdA==,i=4096", strstr (first, "r=") + 2);
  g_autofree char *challenge = encode (server_first);
  g_autoptr (GError) error = NULL;
  g_autofree char *answer = net_sasl_respond (sasl, challenge, &error);
  g_autofree char *final = NULL;
  g_autofree char *auth_message = NULL;
  g_autofree char *signature = NULL;
  g_autofree char *last = NULL;

  g_assert_no_error (error);
  final = decode_text (answer);
  *strstr (final, ",p=") = '\0';
  auth_message = g_strdup_printf ("%s,%s,%s", strstr (first, "n=user"), server_first, final);
  signature = sign (password, auth_message);
  last = g_strconcat ("v=", signature, NULL);
  return encode (last);
}

static void
test_scram (void)
{
  g_autoptr (NetSasl) sasl = make (MAIL_SECRET_PASSWORD, "SCRAM-SHA-256");
  g_autofree char *last = go_to_proof (sasl, "pencil");
  g_autofree char *answer = net_sasl_respond (sasl, last, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (answer, ==, "");
  g_assert_true (net_sasl_finish (sasl, NULL, &error));
  g_assert_no_error (error);
}

static void
test_scram_awaits_proof (void)
{
  g_autoptr (NetSasl) sasl = make (MAIL_SECRET_PASSWORD, "SCRAM-SHA-256");
  gboolean was_before = net_sasl_awaits_proof (sasl);
  g_autofree char *last = go_to_proof (sasl, "pencil");
  gboolean was_at_proof = net_sasl_awaits_proof (sasl);
  g_autofree char *answer = net_sasl_respond (sasl, last, NULL);

  g_assert_false (was_before);
  g_assert_true (was_at_proof);
  g_assert_false (net_sasl_awaits_proof (sasl));
}

static void
test_scram_proof_with_success (void)
{
  g_autoptr (NetSasl) sasl = make (MAIL_SECRET_PASSWORD, "SCRAM-SHA-256");
  g_autofree char *last = go_to_proof (sasl, "pencil");
  g_autoptr (GError) error = NULL;

  g_assert_true (net_sasl_finish (sasl, last, &error));
  g_assert_no_error (error);
}

static void
test_scram_without_proof (void)
{
  g_autoptr (NetSasl) sasl = make (MAIL_SECRET_PASSWORD, "SCRAM-SHA-256");
  g_autofree char *last = go_to_proof (sasl, "pencil");
  g_autoptr (GError) error = NULL;

  g_assert_false (net_sasl_finish (sasl, NULL, &error));
  g_assert_error (error, BASE_ERROR, BASE_ERROR_ATTACK);
}

static void
test_scram_success_at_once (void)
{
  g_autoptr (NetSasl) sasl = make (MAIL_SECRET_PASSWORD, "SCRAM-SHA-256");
  g_autofree char *initial = net_sasl_get_initial_response (sasl);
  g_autoptr (GError) error = NULL;

  g_assert_false (net_sasl_finish (sasl, "", &error));
  g_assert_error (error, BASE_ERROR, BASE_ERROR_ATTACK);
}

static void
test_scram_wrong_proof (void)
{
  g_autoptr (NetSasl) sasl = make (MAIL_SECRET_PASSWORD, "SCRAM-SHA-256");
  g_autofree char *wrong = go_to_proof (sasl, "another password");
  g_autoptr (GError) error = NULL;

  g_assert_null (net_sasl_respond (sasl, wrong, &error));
  g_assert_error (error, BASE_ERROR, BASE_ERROR_ATTACK);
  g_assert_false (net_sasl_finish (sasl, wrong, NULL));
}

static void
test_scram_after_a_lie (void)
{
  g_autoptr (NetSasl) sasl = make (MAIL_SECRET_PASSWORD, "SCRAM-SHA-256");
  g_autofree char *right = go_to_proof (sasl, "pencil");

  g_assert_null (net_sasl_respond (sasl, "nonsense", NULL));
  g_assert_null (net_sasl_respond (sasl, right, NULL));
  g_assert_false (net_sasl_finish (sasl, right, NULL));
}

static void
test_huge_challenge (void)
{
  g_autoptr (NetSasl) sasl = make (MAIL_SECRET_PASSWORD, "CRAM-MD5");
  g_autofree char *huge = g_strnfill (1000000, 'A');
  g_autoptr (GError) error = NULL;

  g_assert_null (net_sasl_respond (sasl, huge, &error));
  g_assert_error (error, BASE_ERROR, BASE_ERROR_PROTOCOL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/net/sasl/choice/is-the-strongest-that-both-have", test_choices);
  g_test_add_func ("/net/sasl/channel-binding-not-offered/is-said-to-the-server", test_headers);
  g_test_add_func ("/net/sasl/empty-password/is-not-tried", test_empty_password);
  g_test_add_func ("/net/sasl/token-with-a-separator/is-refused", test_token_with_separator);
  g_test_add_func ("/net/sasl/plain/says-user-and-password", test_plain);
  g_test_add_func ("/net/sasl/plain-without-initial-response/answers-the-empty-challenge", test_plain_without_initial_response);
  g_test_add_func ("/net/sasl/login/answers-two-prompts-of-any-words", test_login);
  g_test_add_func ("/net/sasl/cram-md5/reproduces-the-rfc's-example", test_cram_md5);
  g_test_add_func ("/net/sasl/cram-md5-nonsense/is-refused", test_cram_md5_nonsense);
  g_test_add_func ("/net/sasl/oauthbearer-refused/takes-leave-as-the-rfc-asks", test_oauthbearer);
  g_test_add_func ("/net/sasl/xoauth2-refused/takes-leave-with-an-empty-line", test_xoauth2);
  g_test_add_func ("/net/sasl/external/says-nothing", test_external);
  g_test_add_func ("/net/sasl/scram-server-with-proof/is-believed", test_scram);
  g_test_add_func ("/net/sasl/scram/awaits-proof-after-its-own-alone", test_scram_awaits_proof);
  g_test_add_func ("/net/sasl/scram-proof-beside-success/is-believed", test_scram_proof_with_success);
  g_test_add_func ("/net/sasl/scram-success-without-proof/is-an-attack", test_scram_without_proof);
  g_test_add_func ("/net/sasl/scram-success-at-once/is-an-attack", test_scram_success_at_once);
  g_test_add_func ("/net/sasl/scram-proof-of-another-password/is-an-attack", test_scram_wrong_proof);
  g_test_add_func ("/net/sasl/scram-after-a-lie/believes-nothing-more", test_scram_after_a_lie);
  g_test_add_func ("/net/sasl/huge-challenge/is-refused", test_huge_challenge);
  return g_test_run ();
}
