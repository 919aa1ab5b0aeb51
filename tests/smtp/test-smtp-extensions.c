/* SPDX-License-Identifier: GPL-3.0-or-later */
/* EHLO keywords. */
#include "smtp-extensions.h"

#include <string.h>

static SmtpExtensions *
read_keywords (const char *lines)
{
  g_autoptr (SmtpReply) reply = smtp_reply_new (250);
  g_auto (GStrv) split = g_strsplit (lines, "\n", -1);

  smtp_reply_add_line (reply, "mail.example.org", 16);
  for (guint i = 0; split[i]; i++)
    smtp_reply_add_line (reply, split[i], strlen (split[i]));
  return smtp_extensions_new (reply);
}

static void
test_postfix (void)
{
  g_autoptr (SmtpExtensions) got = read_keywords ("PIPELINING\nSIZE 26214400\nVRFY\nETRN\nSTARTTLS\nAUTH PLAIN LOGIN\nENHANCEDSTATUSCODES\n"
                                                  "8BITMIME\nDSN\nSMTPUTF8\nCHUNKING");

  g_assert_true (got->has_pipelining && got->has_size && got->has_starttls && got->has_enhanced && got->has_8bitmime);
  g_assert_true (got->has_dsn && got->has_smtputf8);
  g_assert_cmpuint (got->max_size, ==, 26214400);
  g_assert_cmpstr (smtp_extensions_get_mechanisms (got)[0], ==, "PLAIN");
  g_assert_cmpstr (smtp_extensions_get_mechanisms (got)[1], ==, "LOGIN");
  g_assert_null (smtp_extensions_get_mechanisms (got)[2]);
}

static void
test_case_and_spaces (void)
{
  g_autoptr (SmtpExtensions) got = read_keywords ("pipelining\nSize  1000 \nauth  plain\tlogin ");

  g_assert_true (got->has_pipelining);
  g_assert_cmpuint (got->max_size, ==, 1000);
  g_assert_cmpstr (smtp_extensions_get_mechanisms (got)[1], ==, "LOGIN");
}

static void
test_old_auth (void)
{
  g_autoptr (SmtpExtensions) got = read_keywords ("AUTH=LOGIN\nAUTH LOGIN PLAIN");

  g_assert_cmpuint (g_strv_length ((char **) smtp_extensions_get_mechanisms (got)), ==, 2);
}

static void
test_greeting_is_no_keyword (void)
{
  g_autoptr (SmtpReply) reply = smtp_reply_new (250);
  g_autoptr (SmtpExtensions) got = NULL;

  smtp_reply_add_line (reply, "STARTTLS", 8);
  got = smtp_extensions_new (reply);
  g_assert_false (got->has_starttls);
}

static void
test_size_without_value (void)
{
  g_autoptr (SmtpExtensions) bare = read_keywords ("SIZE");
  g_autoptr (SmtpExtensions) zero = read_keywords ("SIZE 0");
  g_autoptr (SmtpExtensions) silly = read_keywords ("SIZE 99999999999999999999999\nSIZE -1");

  g_assert_true (bare->has_size && zero->has_size && silly->has_size);
  g_assert_cmpuint (bare->max_size + zero->max_size + silly->max_size, ==, 0);
}

static void
test_limits (void)
{
  g_autoptr (SmtpExtensions) got = read_keywords ("LIMITS MAILMAX=20 RCPTMAX=100");
  g_autoptr (SmtpExtensions) zero = read_keywords ("LIMITS RCPTMAX=0");

  g_assert_cmpuint (got->max_recipients, ==, 100);
  g_assert_cmpuint (zero->max_recipients, ==, 0);
}

static void
test_noise (void)
{
  g_autoptr (GString) line = g_string_new ("AUTH");
  g_autoptr (SmtpExtensions) got = NULL;

  for (guint i = 0; i < 5000; i++)
    g_string_append_printf (line, " M%u", i);
  got = read_keywords (line->str);
  g_assert_cmpuint (g_strv_length ((char **) smtp_extensions_get_mechanisms (got)), <, 100);
}

static void
test_none (void)
{
  g_autoptr (SmtpExtensions) got = smtp_extensions_new (NULL);

  g_assert_false (got->has_starttls || got->has_pipelining || got->has_size);
  g_assert_null (smtp_extensions_get_mechanisms (got)[0]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/smtp/extensions/what-postfix-offers", test_postfix);
  g_test_add_func ("/smtp/extensions/case-and-spaces-do-not-matter", test_case_and_spaces);
  g_test_add_func ("/smtp/extensions/old-auth-form-is-merged", test_old_auth);
  g_test_add_func ("/smtp/extensions/greeting-is-no-keyword", test_greeting_is_no_keyword);
  g_test_add_func ("/smtp/extensions/size-without-a-value-is-no-limit", test_size_without_value);
  g_test_add_func ("/smtp/extensions/limits-name-recipients", test_limits);
  g_test_add_func ("/smtp/extensions/noise-is-bounded", test_noise);
  g_test_add_func ("/smtp/extensions/helo-offers-nothing", test_none);
  return g_test_run ();
}
