/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SCRAM against the RFCs' own examples, and against servers that lie. */
#include "net-scram.h"

#include "base-error.h"
#include "net-saslprep.h"

#include <string.h>

#define NONCE_1 "fyko+d2lbbFgONRv9qkxdawL"
#define FIRST_1 "r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=4096"

static NetScram *
make (NetScramHash hash, const char *nonce)
{
  g_autoptr (GError) error = NULL;
  NetScram *scram = net_scram_new (hash, "user", "pencil", NET_SCRAM_NO_BINDING, NULL, NULL, nonce, &error);

  g_assert_no_error (error);
  return scram;
}

static char *
final_for (NetScram *scram, const char *server_first, GError **error)
{
  return net_scram_dup_final (scram, server_first, strlen (server_first), error);
}

/* RFC 5802 §5 */
static void
test_rfc_5802 (void)
{
  g_autoptr (NetScram) scram = make (NET_SCRAM_SHA_1, NONCE_1);
  g_autoptr (GError) error = NULL;
  g_autofree char *final = NULL;
  const char *signature = "v=rmF9pqV8S7suAoZWja4dJRkFsKQ=";

  g_assert_cmpstr (net_scram_get_first (scram), ==, "n,,n=user,r=fyko+d2lbbFgONRv9qkxdawL");
  final = final_for (scram, FIRST_1, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (final, ==, "c=biws,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=");
  g_assert_false (net_scram_is_proved (scram));
  g_assert_true (net_scram_check (scram, signature, strlen (signature), &error));
  g_assert_true (net_scram_is_proved (scram));
}

/* RFC 7677 §3 */
static void
test_rfc_7677 (void)
{
  g_autoptr (NetScram) scram = make (NET_SCRAM_SHA_256, "rOprNGfwEbeRWgbNEkqO");
  g_autoptr (GError) error = NULL;
  g_autofree char *final = NULL;
  const char *signature = "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=";

  final = final_for (scram, "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (final, ==, "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
                              "p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=");
  g_assert_true (net_scram_check (scram, signature, strlen (signature), &error));
  g_assert_no_error (error);
}

static void
test_extensions (void)
{
  g_autoptr (NetScram) scram = make (NET_SCRAM_SHA_1, NONCE_1);
  g_autoptr (GError) error = NULL;
  g_autofree char *final = final_for (scram, FIRST_1 ",x=whatever,y=more", &error);

  g_assert_no_error (error);
  g_assert_nonnull (final);
}

static void
test_forged_signature (void)
{
  static const char *const forged[] = { "v=rmF9pqV8S7suAoZWja4dJRkFsKQ+", "v=", "v=AAAA", "v=rmF9pqV8S7suAoZWja4dJRkFsKQ", "v=!!!!" };

  for (gsize i = 0; i < G_N_ELEMENTS (forged); i++)
    {
      g_autoptr (NetScram) scram = make (NET_SCRAM_SHA_1, NONCE_1);
      g_autoptr (GError) error = NULL;
      g_autofree char *final = final_for (scram, FIRST_1, NULL);

      g_assert_false (net_scram_check (scram, forged[i], strlen (forged[i]), &error));
      g_assert_error (error, BASE_ERROR, BASE_ERROR_ATTACK);
      g_assert_false (net_scram_is_proved (scram));
    }
}

/* A signature before the challenge would be compared with nothing but zeros. */
static void
test_early_signature (void)
{
  g_autoptr (NetScram) scram = make (NET_SCRAM_SHA_1, NONCE_1);
  g_autoptr (GError) error = NULL;
  const char *zeros = "v=AAAAAAAAAAAAAAAAAAAAAAAAAAA=";

  g_assert_false (net_scram_check (scram, zeros, strlen (zeros), &error));
  g_assert_error (error, BASE_ERROR, BASE_ERROR_ATTACK);
}

static void
test_server_errors (void)
{
  static const struct
  {
    const char *message;
    int code;
  } cases[] = {
    { "e=invalid-proof", BASE_ERROR_WRONG_PASSWORD },
    { "e=unknown-user,x=1", BASE_ERROR_WRONG_PASSWORD },
    { "e=other-error", BASE_ERROR_WRONG_PASSWORD },
    { "e=no-resources", BASE_ERROR_TRY_LATER },
    { "e=channel-bindings-dont-match", BASE_ERROR_ATTACK },
    { "e=server-does-support-channel-binding", BASE_ERROR_ATTACK },
    { "hello", BASE_ERROR_PROTOCOL },
    { "", BASE_ERROR_PROTOCOL },
    { "v\xff=", BASE_ERROR_PROTOCOL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (NetScram) scram = make (NET_SCRAM_SHA_1, NONCE_1);
      g_autoptr (GError) error = NULL;
      g_autofree char *final = final_for (scram, FIRST_1, NULL);

      g_assert_false (net_scram_check (scram, cases[i].message, strlen (cases[i].message), &error));
      g_assert_error (error, BASE_ERROR, cases[i].code);
    }
}

static void
test_bad_challenges (void)
{
  static const struct
  {
    const char *message;
    int code;
  } cases[] = {
    { "", BASE_ERROR_PROTOCOL },
    { "r=" NONCE_1 "x", BASE_ERROR_PROTOCOL },
    { "r=other,s=QSXCR+Q6sek8bf92,i=4096", BASE_ERROR_ATTACK },
    { "r=fyko+d2lbbFgONRv9qkxdaw,s=QSXCR+Q6sek8bf92,i=4096", BASE_ERROR_ATTACK },
    { "r=" NONCE_1 ",s=QSXCR+Q6sek8bf92,i=4096", BASE_ERROR_PROTOCOL },
    { "r=" NONCE_1 " x,s=QSXCR+Q6sek8bf92,i=4096", BASE_ERROR_PROTOCOL },
    { "r=" NONCE_1 "x,s=,i=4096", BASE_ERROR_PROTOCOL },
    { "r=" NONCE_1 "x,s=QSXC!!!!,i=4096", BASE_ERROR_PROTOCOL },
    { "r=" NONCE_1 "x,s=QSXCR+Q6sek8bf92,i=4095", BASE_ERROR_PROTOCOL },
    { "r=" NONCE_1 "x,s=QSXCR+Q6sek8bf92,i=1000001", BASE_ERROR_PROTOCOL },
    { "r=" NONCE_1 "x,s=QSXCR+Q6sek8bf92,i=99999999999999999999", BASE_ERROR_PROTOCOL },
    { "r=" NONCE_1 "x,s=QSXCR+Q6sek8bf92,i=-4096", BASE_ERROR_PROTOCOL },
    { "r=" NONCE_1 "x,s=QSXCR+Q6sek8bf92,i=0x1000", BASE_ERROR_PROTOCOL },
    { "r=" NONCE_1 "x,s=QSXCR+Q6sek8bf92,i=", BASE_ERROR_PROTOCOL },
    { "s=QSXCR+Q6sek8bf92,r=" NONCE_1 "x,i=4096", BASE_ERROR_PROTOCOL },
    { "m=must,r=" NONCE_1 "x,s=QSXCR+Q6sek8bf92,i=4096", BASE_ERROR_PROTOCOL },
    { "e=unknown-user", BASE_ERROR_WRONG_PASSWORD },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (NetScram) scram = make (NET_SCRAM_SHA_1, NONCE_1);
      g_autoptr (GError) error = NULL;

      g_assert_null (final_for (scram, cases[i].message, &error));
      g_assert_error (error, BASE_ERROR, cases[i].code);
    }
}

static void
test_huge_challenge (void)
{
  g_autoptr (NetScram) scram = make (NET_SCRAM_SHA_1, NONCE_1);
  g_autoptr (GError) error = NULL;
  g_autofree char *tail = g_strnfill (100000, 'x');
  g_autofree char *message = g_strconcat ("r=" NONCE_1, tail, ",s=QSXCR+Q6sek8bf92,i=4096", NULL);

  g_assert_null (final_for (scram, message, &error));
  g_assert_error (error, BASE_ERROR, BASE_ERROR_PROTOCOL);
}

static void
test_nul_in_challenge (void)
{
  g_autoptr (NetScram) scram = make (NET_SCRAM_SHA_1, NONCE_1);
  g_autoptr (GError) error = NULL;

  g_assert_null (net_scram_dup_final (scram, FIRST_1 "\0,x", sizeof FIRST_1 + 2, &error));
  g_assert_error (error, BASE_ERROR, BASE_ERROR_PROTOCOL);
}

static void
test_headers (void)
{
  static const guint8 data[] = { 1, 2, 3 };
  g_autoptr (GBytes) binding = g_bytes_new_static (data, sizeof data);
  g_autoptr (NetScram) bound = net_scram_new (NET_SCRAM_SHA_256, "a=b,c", "x", NET_SCRAM_BINDING, "tls-exporter", binding, "N", NULL);
  g_autoptr (NetScram) unasked = net_scram_new (NET_SCRAM_SHA_256, "u", "x", NET_SCRAM_BINDING_NOT_ASKED, NULL, NULL, "N", NULL);
  g_autofree char *final = final_for (bound, "r=Nx,s=QSXCR+Q6sek8bf92,i=4096", NULL);
  g_autofree char *unasked_final = final_for (unasked, "r=Nx,s=QSXCR+Q6sek8bf92,i=4096", NULL);

  g_assert_cmpstr (net_scram_get_first (bound), ==, "p=tls-exporter,,n=a=3Db=2Cc,r=N");
  g_assert_true (g_str_has_prefix (final, "c=cD10bHMtZXhwb3J0ZXIsLAECAw==,r=Nx,p=")); /* header, then 1 2 3 */
  g_assert_cmpstr (net_scram_get_first (unasked), ==, "y,,n=u,r=N");
  g_assert_true (g_str_has_prefix (unasked_final, "c=eSws,r=Nx,p="));
}

static void
test_nonces (void)
{
  g_autoptr (NetScram) a = make (NET_SCRAM_SHA_256, NULL);
  g_autoptr (NetScram) b = make (NET_SCRAM_SHA_256, NULL);

  g_assert_cmpstr (net_scram_get_first (a), !=, net_scram_get_first (b));
  g_assert_cmpuint (strlen (net_scram_get_first (a)), ==, strlen ("n,,n=user,r=") + 24);
}

/* RFC 4013 §3 */
static void
test_saslprep (void)
{
  static const struct
  {
    const char *in, *out;
  } cases[] = {
    { "I\302\255X", "IX" },
    { "user", "user" },
    { "USER", "USER" },
    { "\302\252", "a" },
    { "\342\205\250", "IX" },
    { "a\302\240b\343\200\200c", "a b c" },
    { "e\314\201", "\303\251" },
    { "\360\237\230\200 pass", "\360\237\230\200 pass" }, /* newer than Unicode 3.2 */
    { "\007", NULL },
    { "\302\255", NULL },
    { "\356\200\200", NULL },
    { "a\342\200\256b", NULL },
    { "\357\277\275", NULL },
    { "\xff", NULL },
    { "", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *out = net_saslprep (cases[i].in, &error);

      g_assert_cmpstr (out, ==, cases[i].out);
      if (!out)
        g_assert_error (error, BASE_ERROR, BASE_ERROR_INVALID);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/net/scram/rfc-5802-example/is-reproduced", test_rfc_5802);
  g_test_add_func ("/net/scram/rfc-7677-example/is-reproduced", test_rfc_7677);
  g_test_add_func ("/net/scram/extensions-of-the-challenge/are-ignored", test_extensions);
  g_test_add_func ("/net/scram/forged-signature/is-an-attack", test_forged_signature);
  g_test_add_func ("/net/scram/signature-before-the-challenge/is-an-attack", test_early_signature);
  g_test_add_func ("/net/scram/server-error/says-what-can-be-done", test_server_errors);
  g_test_add_func ("/net/scram/bad-challenge/is-refused", test_bad_challenges);
  g_test_add_func ("/net/scram/huge-challenge/is-refused", test_huge_challenge);
  g_test_add_func ("/net/scram/challenge-with-nul/is-refused", test_nul_in_challenge);
  g_test_add_func ("/net/scram/channel-binding/stands-in-header-and-proof", test_headers);
  g_test_add_func ("/net/scram/nonces/differ", test_nonces);
  g_test_add_func ("/net/saslprep/rfc-4013-examples/are-reproduced", test_saslprep);
  return g_test_run ();
}
