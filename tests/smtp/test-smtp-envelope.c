/* SPDX-License-Identifier: GPL-3.0-or-later */
/* MAIL and RCPT lines. */
#include "smtp-envelope.h"

#include <string.h>

static const char *const nobody[] = { NULL };

static void
assert_mail (const SmtpEnvelope *envelope, const SmtpExtensions *extensions, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *line = smtp_envelope_build_mail (envelope, extensions, "mail.example.org", &error);

  g_assert_no_error (error);
  g_assert_cmpstr (line, ==, expected);
}

static void
assert_rcpt (const SmtpEnvelope *envelope, const char *recipient, const SmtpExtensions *extensions, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *line = smtp_envelope_build_rcpt (envelope, recipient, extensions, "mail.example.org", &error);

  g_assert_no_error (error);
  g_assert_cmpstr (line, ==, expected);
}

static void
test_nothing_offered (void)
{
  SmtpExtensions none = { 0 };
  SmtpEnvelope envelope = { .sender = "ann@example.org", .recipients = nobody, .size = 100, .notify = SMTP_NOTIFY_SUCCESS,
                            .ret = SMTP_RETURN_FULL, .id = "x" };

  assert_mail (&envelope, &none, "MAIL FROM:<ann@example.org>");
  assert_rcpt (&envelope, "bob@example.net", &none, "RCPT TO:<bob@example.net>");
}

static void
test_nothing_needed (void)
{
  SmtpExtensions all = { .has_8bitmime = TRUE, .has_smtputf8 = TRUE, .has_dsn = TRUE, .has_size = TRUE };
  SmtpEnvelope envelope = { .sender = "ann@example.org", .recipients = nobody, .size = 100 };

  assert_mail (&envelope, &all, "MAIL FROM:<ann@example.org> SIZE=100");
  assert_rcpt (&envelope, "bob@example.net", &all, "RCPT TO:<bob@example.net>");
}

static void
test_everything (void)
{
  const char *const recipients[] = { "jürgen@example.net", NULL };
  SmtpExtensions all = { .has_8bitmime = TRUE, .has_smtputf8 = TRUE, .has_dsn = TRUE, .has_size = TRUE };
  SmtpEnvelope envelope = { .sender = "ann@example.org", .recipients = recipients, .size = 100, .is_8bit = TRUE,
                            .notify = SMTP_NOTIFY_SUCCESS | SMTP_NOTIFY_DELAY, .ret = SMTP_RETURN_HEADERS, .id = "a=b+c d" };

  assert_mail (&envelope, &all, "MAIL FROM:<ann@example.org> SIZE=100 BODY=8BITMIME SMTPUTF8 RET=HDRS ENVID=a+3Db+2Bc+20d");
  assert_rcpt (&envelope, "bo+b@example.net", &all, "RCPT TO:<bo+b@example.net> NOTIFY=SUCCESS,DELAY ORCPT=rfc822;bo+2Bb@example.net");
  assert_rcpt (&envelope, "jürgen@example.net", &all, "RCPT TO:<jürgen@example.net> NOTIFY=SUCCESS,DELAY");
  envelope.notify = SMTP_NOTIFY_NEVER | SMTP_NOTIFY_SUCCESS;
  assert_rcpt (&envelope, "bob@example.net", &all, "RCPT TO:<bob@example.net> NOTIFY=NEVER ORCPT=rfc822;bob@example.net");
}

static void
test_null_sender (void)
{
  SmtpExtensions none = { 0 };
  SmtpEnvelope envelope = { .sender = "", .recipients = nobody };

  assert_mail (&envelope, &none, "MAIL FROM:<>");
}

static void
test_domain_becomes_a_label (void)
{
  const char *const recipients[] = { "info@müller.example", NULL };
  SmtpExtensions none = { 0 };
  SmtpExtensions utf8 = { .has_smtputf8 = TRUE };
  SmtpEnvelope envelope = { .sender = "ann@müller.example", .recipients = recipients };

  assert_mail (&envelope, &none, "MAIL FROM:<ann@xn--mller-kva.example>");
  assert_rcpt (&envelope, "info@müller.example", &none, "RCPT TO:<info@xn--mller-kva.example>");
  assert_mail (&envelope, &utf8, "MAIL FROM:<ann@xn--mller-kva.example>");
}

static void
test_local_part_needs_smtputf8 (void)
{
  SmtpExtensions none = { 0 };
  SmtpEnvelope envelope = { .sender = "jürgen@example.org", .recipients = nobody };
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) other = NULL;

  g_assert_false (smtp_envelope_check (&envelope, &none, "mail.example.org", &error));
  g_assert_error (error, BASE_ERROR, BASE_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "jürgen@example.org"));
  g_assert_null (smtp_envelope_build_rcpt (&envelope, "renée@example.org", &none, "mail.example.org", &other));
  g_assert_nonnull (strstr (other->message, "renée@example.org"));
}

static void
test_utf8_headers (void)
{
  SmtpExtensions none = { 0 };
  SmtpExtensions utf8 = { .has_smtputf8 = TRUE };
  SmtpEnvelope envelope = { .sender = "ann@example.org", .recipients = nobody, .is_utf8 = TRUE };
  g_autoptr (GError) error = NULL;

  g_assert_false (smtp_envelope_check (&envelope, &none, "mail.example.org", &error));
  g_assert_error (error, BASE_ERROR, BASE_ERROR_INVALID);
  assert_mail (&envelope, &utf8, "MAIL FROM:<ann@example.org> SMTPUTF8");
}

static void
test_too_large (void)
{
  SmtpExtensions limited = { .has_size = TRUE, .max_size = 1000 };
  SmtpEnvelope envelope = { .sender = "ann@example.org", .recipients = nobody, .size = 1000 };
  g_autoptr (GError) error = NULL;

  g_assert_true (smtp_envelope_check (&envelope, &limited, "mail.example.org", NULL));
  envelope.size = 1001;
  g_assert_false (smtp_envelope_check (&envelope, &limited, "mail.example.org", &error));
  g_assert_error (error, BASE_ERROR, BASE_ERROR_TOO_LARGE);
}

static void
test_hostile (gconstpointer data)
{
  SmtpExtensions utf8 = { .has_smtputf8 = TRUE };
  SmtpEnvelope envelope = { .sender = data, .recipients = nobody };
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) other = NULL;

  g_assert_null (smtp_envelope_build_rcpt (&envelope, data, &utf8, "mail.example.org", &error));
  g_assert_error (error, BASE_ERROR, BASE_ERROR_INVALID);
  g_assert_null (smtp_envelope_build_mail (&envelope, &utf8, "mail.example.org", &other));
  g_assert_error (other, BASE_ERROR, BASE_ERROR_INVALID);
}

int
main (int argc, char **argv)
{
  static const char *const hostile[] = {
    "bob@example.net>\r\nRCPT TO:<eve@example.net", "bob@example.net> SIZE=1 X<@y", "bob@example.net\n", "\rbob@example.net", "bob", "bob@", "@example.net",
    "bob @example.net", "\"bob>\"@example.net", "bob@[1.2.3.4] RET=FULL]", "bob@[1\r\n]", "bob@ex\x01" "ample.net", "bob@\xff.net", "-",
  };

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/smtp/envelope/says-nothing-that-was-not-offered", test_nothing_offered);
  g_test_add_func ("/smtp/envelope/says-nothing-that-is-not-needed", test_nothing_needed);
  g_test_add_func ("/smtp/envelope/says-everything-asked-for-and-offered", test_everything);
  g_test_add_func ("/smtp/envelope/null-reverse-path", test_null_sender);
  g_test_add_func ("/smtp/envelope/domain-goes-as-a-label", test_domain_becomes_a_label);
  g_test_add_func ("/smtp/envelope/local-part-without-smtputf8-is-named", test_local_part_needs_smtputf8);
  g_test_add_func ("/smtp/envelope/headers-without-smtputf8-are-refused", test_utf8_headers);
  g_test_add_func ("/smtp/envelope/too-large-is-known-before-sending", test_too_large);
  for (guint i = 0; i < G_N_ELEMENTS (hostile); i++)
    {
      g_autofree char *name = g_strdup_printf ("/smtp/envelope/hostile-address-%u-goes-nowhere", i);

      g_test_add_data_func (name, hostile[i], test_hostile);
    }
  return g_test_run ();
}
