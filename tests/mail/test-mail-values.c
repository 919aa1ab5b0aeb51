/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Flags, roles, logins and summaries: their words and their lives. */
#include "mail-flags.h"
#include "mail-login.h"
#include "mail-role.h"
#include "mail-summary.h"

static void
test_flag_words (void)
{
  for (guint bit = 0; bit < 8; bit++)
    {
      g_autofree char *word = mail_flags_to_string (1 << bit);
      g_autofree char *upper = g_ascii_strup (word, -1);

      g_assert_cmpstr (word, !=, "");
      g_assert_cmpuint (mail_flags_from_word (word), ==, 1u << bit);
      g_assert_cmpuint (mail_flags_from_word (upper), ==, 1u << bit);
    }
  g_assert_cmpuint (mail_flags_from_word ("no such"), ==, 0);
}

static void
test_flag_list (void)
{
  g_autofree char *two = mail_flags_to_string (MAIL_FLAG_FLAGGED | MAIL_FLAG_SEEN);
  g_autofree char *none = mail_flags_to_string (0);

  g_assert_cmpstr (two, ==, "seen flagged");
  g_assert_cmpstr (none, ==, "");
}

static void
test_roles (void)
{
  for (int role = MAIL_ROLE_INBOX; role <= MAIL_ROLE_ALL; role++)
    {
      g_assert_cmpstr (mail_role_to_word (role), !=, "");
      g_assert_cmpint (mail_role_get_order (role), <, mail_role_get_order (MAIL_ROLE_NONE));
      g_assert_cmpint (mail_role_get_order (role), >=, mail_role_get_order (MAIL_ROLE_INBOX));
    }
  g_assert_cmpstr (mail_role_to_word (MAIL_ROLE_NONE), ==, "");
  g_assert_cmpstr (mail_role_to_word (99), ==, "");
  g_assert_cmpint (mail_role_get_order (99), ==, mail_role_get_order (MAIL_ROLE_NONE));
}

static void
test_security_words (void)
{
  MailSecurity security;

  for (MailSecurity one = MAIL_SECURITY_TLS; one <= MAIL_SECURITY_PLAINTEXT; one++)
    {
      g_assert_true (mail_security_from_word (mail_security_to_word (one), &security));
      g_assert_cmpint (security, ==, one);
    }
  g_assert_true (mail_security_from_word ("StartTLS", &security));
  g_assert_cmpint (security, ==, MAIL_SECURITY_STARTTLS);
  g_assert_false (mail_security_from_word ("none", &security));
  g_assert_false (mail_security_from_word (NULL, &security));
}

static void
test_login (void)
{
  g_autoptr (MailLogin) login = mail_login_new ("h.example", 995, MAIL_SECURITY_TLS, "ann", MAIL_SECRET_PASSWORD, "secret");
  g_autoptr (MailLogin) same = mail_login_ref (login);

  g_assert_cmpstr (mail_login_get_host (same), ==, "h.example");
  g_assert_cmpuint (mail_login_get_port (same), ==, 995);
  g_assert_cmpstr (mail_login_get_user (same), ==, "ann");
  g_assert_cmpstr (mail_login_get_secret (same), ==, "secret");
  g_assert_null (mail_login_get_ca_pem (same));
  g_assert_nonnull (mail_login_get_fingerprints (same));
  g_assert_null (mail_login_get_fingerprints (same)[0]);
}

static void
test_login_without_secret (void)
{
  g_autoptr (MailLogin) login = mail_login_new ("h", 25, MAIL_SECURITY_PLAINTEXT, NULL, MAIL_SECRET_NONE, "not wanted");

  g_assert_cmpstr (mail_login_get_user (login), ==, "");
  g_assert_cmpstr (mail_login_get_secret (login), ==, "");
}

static void
test_login_trust (void)
{
  g_autoptr (MailLogin) login = mail_login_new ("h", 25, MAIL_SECURITY_TLS, NULL, MAIL_SECRET_NONE, NULL);

  mail_login_set_trust (login, "PEM", (const char *const[]) { "ab", "cd", NULL });
  mail_login_set_trust (login, "PEM 2", NULL);
  g_assert_cmpstr (mail_login_get_ca_pem (login), ==, "PEM 2");
  g_assert_cmpstr (mail_login_get_fingerprints (login)[1], ==, "cd");
}

static void
test_summary (void)
{
  g_autoptr (MailSummary) summary = mail_summary_new ();
  g_autoptr (MailSummary) same = mail_summary_ref (summary);

  g_assert_cmpstr (same->subject, ==, "");
  g_assert_cmpuint (same->from->len + same->to->len, ==, 0);
  g_assert_nonnull (same->references_ids);
  g_assert_true (same->is_whole);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mail/flags/every-flag/has-a-word-that-reads-back", test_flag_words);
  g_test_add_func ("/mail/flags/several/are-written-with-spaces", test_flag_list);
  g_test_add_func ("/mail/role/every-role/has-a-word-and-a-place", test_roles);
  g_test_add_func ("/mail/security/every-kind/has-a-word-that-reads-back", test_security_words);
  g_test_add_func ("/mail/login/values/are-kept", test_login);
  g_test_add_func ("/mail/login/without-authentication/keeps-no-secret", test_login_without_secret);
  g_test_add_func ("/mail/login/trust/can-be-set-in-parts", test_login_trust);
  g_test_add_func ("/mail/summary/new/is-empty-and-whole", test_summary);
  return g_test_run ();
}
