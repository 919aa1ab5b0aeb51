/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person reads of a certificate. */
#include "net-certificate.h"

#include "base-error.h"
#include "test-certificates.h"

#include <string.h>

static void
test_fields (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NetCertificate) one = net_certificate_new_from_pem (test_certificate_get_pem (TEST_CERTIFICATE_WRONG_HOST), &error);
  g_autofree char *names = NULL;

  g_assert_no_error (error);
  names = g_strjoinv (" ", one->names);
  g_assert_cmpstr (one->subject, ==, "CN=mail.elsewhere.example");
  g_assert_cmpstr (one->subject_name, ==, "mail.elsewhere.example");
  g_assert_cmpstr (one->issuer_name, ==, "Posthorn Test CA");
  g_assert_cmpstr (names, ==, "mail.elsewhere.example *.elsewhere.example");
  g_assert_cmpstr (one->fingerprint, ==, test_certificate_get_fingerprint (TEST_CERTIFICATE_WRONG_HOST));
  g_assert_cmpint (one->until - one->from, ==, 2 * 24 * 60 * 60);
  g_assert_false (one->is_self_signed);
}

static void
test_addresses (void)
{
  g_autoptr (NetCertificate) one = net_certificate_new_from_pem (test_certificate_get_pem (TEST_CERTIFICATE_SELF_SIGNED), NULL);
  g_autofree char *names = g_strjoinv (" ", one->names);

  g_assert_cmpstr (names, ==, "localhost 127.0.0.1 ::1");
  g_assert_true (one->is_self_signed);
}

static void
test_text (void)
{
  g_autoptr (NetCertificate) one = net_certificate_new_from_pem (test_certificate_get_pem (TEST_CERTIFICATE_EXPIRED), NULL);
  g_autofree char *text = net_certificate_describe (one);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  g_assert_cmpuint (g_strv_length (lines), ==, 7);
  g_assert_cmpstr (lines[0], ==, "Subject: CN=localhost");
  g_assert_cmpstr (lines[1], ==, "Issuer: CN=Posthorn Test CA");
  g_assert_cmpstr (lines[2], ==, "For: localhost, 127.0.0.1, ::1");
  g_assert_cmpstr (lines[3], ==, "Valid from: 2020-01-01 00:00 UTC");
  g_assert_cmpstr (lines[4], ==, "Valid until: 2020-02-03 12:00 UTC");
  g_assert_true (g_pattern_match_simple ("SHA-256 fingerprint: ??:??:*:??", lines[5]));
  g_assert_cmpuint (strlen (lines[5]), ==, strlen ("SHA-256 fingerprint: ") + 32 * 3 - 1);
}

/* The names in tests/support/test-certificates.c turn the line, ring the bell, and go on without end. */
static void
test_hostile_names (void)
{
  g_autoptr (NetCertificate) one = net_certificate_new_from_pem (test_certificate_get_pem (TEST_CERTIFICATE_HOSTILE), NULL);

  g_assert_cmpstr (one->subject_name, ==, "bankgro.elpmaxe");
  g_assert_cmpuint (g_strv_length (one->names), ==, 20);
  for (guint i = 0; one->names[i]; i++)
    g_assert_null (strpbrk (one->names[i], "\n\r\007\033"));
}

static void
test_unreadable (void)
{
  static const char *const texts[] = {
    "", "hello", "-----BEGIN CERTIFICATE-----\n", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (net_certificate_new_from_pem (texts[i], &error));
      g_assert_error (error, BASE_ERROR, BASE_ERROR_INVALID);
      g_clear_error (&error);
      g_assert_false (net_certificate_check_pem (texts[i], &error));
      g_assert_error (error, BASE_ERROR, BASE_ERROR_INVALID);
    }
  g_assert_true (net_certificate_check_pem (test_certificate_get_ca_pem (), NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/net/certificate/fields/are-the-certificate's", test_fields);
  g_test_add_func ("/net/certificate/addresses/are-names-too", test_addresses);
  g_test_add_func ("/net/certificate/text/is-what-a-person-compares", test_text);
  g_test_add_func ("/net/certificate/hostile-names/are-cleaned-and-few", test_hostile_names);
  g_test_add_func ("/net/certificate/unreadable-text/is-invalid", test_unreadable);
  return g_test_run ();
}
