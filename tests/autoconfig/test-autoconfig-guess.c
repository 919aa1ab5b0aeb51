/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Guesses from an e-mail address. */
#include "autoconfig-guess.h"

static void
test_unknown_domain (void)
{
  g_autoptr (AutoconfigGuess) guess = autoconfig_guess_new ("ana@Example.ORG", ACCOUNT_POP3);

  g_assert_null (guess->provider);
  g_assert_true (guess->has_protocol);
  g_assert_cmpstr (guess->incoming.host, ==, "pop.example.org");
  g_assert_cmpuint (guess->incoming.port, ==, 995);
  g_assert_cmpint (guess->incoming.security, ==, MAIL_SECURITY_TLS);
  g_assert_cmpstr (guess->incoming.user, ==, "ana@Example.ORG");
  g_assert_cmpstr (guess->outgoing.host, ==, "smtp.example.org");
  g_assert_cmpuint (guess->outgoing.port, ==, 465);
}

static void
test_imap (void)
{
  g_autoptr (AutoconfigGuess) guess = autoconfig_guess_new ("ana@example.org", ACCOUNT_IMAP);

  g_assert_cmpstr (guess->incoming.host, ==, "imap.example.org");
  g_assert_cmpuint (guess->incoming.port, ==, 993);
}

static void
test_known (void)
{
  g_autoptr (AutoconfigGuess) guess = autoconfig_guess_new ("ana@GMX.de", ACCOUNT_POP3);

  g_assert_cmpstr (guess->provider, ==, "GMX");
  g_assert_cmpstr (guess->incoming.host, ==, "pop.gmx.net");
  g_assert_cmpstr (guess->outgoing.host, ==, "mail.gmx.net");
}

static void
test_countries (void)
{
  static const char *const addresses[] = { "a@yahoo.de", "a@yahoo.co.uk", "a@yahoo.com.br", "a@yahoo.com" };

  for (gsize i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      g_autoptr (AutoconfigGuess) guess = autoconfig_guess_new (addresses[i], ACCOUNT_POP3);

      g_assert_cmpstr (guess->provider, ==, "Yahoo");
    }
}

static void
test_look_alikes (void)
{
  static const char *const addresses[] = { "a@yahoo.evil.example", "a@yahoo.com.evil.example", "a@notgmail.com", "a@gmail.com.example", "a@mail.gmail.com", "a@live.shop" };

  for (gsize i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      g_autoptr (AutoconfigGuess) guess = autoconfig_guess_new (addresses[i], ACCOUNT_POP3);

      g_assert_null (guess->provider);
    }
}

static void
test_starttls (void)
{
  g_autoptr (AutoconfigGuess) guess = autoconfig_guess_new ("a@outlook.com", ACCOUNT_POP3);

  g_assert_cmpstr (guess->outgoing.host, ==, "smtp-mail.outlook.com");
  g_assert_cmpuint (guess->outgoing.port, ==, 587);
  g_assert_cmpint (guess->outgoing.security, ==, MAIL_SECURITY_STARTTLS);
  g_assert_true (guess->wants_oauth);
}

static void
test_user_forms (void)
{
  g_autoptr (AutoconfigGuess) local = autoconfig_guess_new ("ana@web.de", ACCOUNT_POP3);
  g_autoptr (AutoconfigGuess) both = autoconfig_guess_new ("ana@icloud.com", ACCOUNT_IMAP);

  g_assert_cmpstr (local->incoming.user, ==, "ana");
  g_assert_cmpstr (local->outgoing.user, ==, "ana");
  g_assert_cmpstr (both->incoming.user, ==, "ana");
  g_assert_cmpstr (both->outgoing.user, ==, "ana@icloud.com");
}

static void
test_no_pop3 (void)
{
  g_autoptr (AutoconfigGuess) guess = autoconfig_guess_new ("ana@icloud.com", ACCOUNT_POP3);

  g_assert_false (guess->has_protocol);
  g_assert_cmpstr (guess->incoming.host, ==, "pop.icloud.com");
}

static void
test_international (void)
{
  g_autoptr (AutoconfigGuess) guess = autoconfig_guess_new ("änne@bücher.example", ACCOUNT_POP3);

  g_assert_cmpstr (guess->incoming.host, ==, "pop.xn--bcher-kva.example");
  g_assert_cmpstr (guess->incoming.user, ==, "änne@bücher.example");
}

static void
test_nonsense (void)
{
  static const char *const addresses[] = { "", "ana", "@", "ana@", "@example.org", "ana@[192.0.2.1]", "ana@192.0.2.1", "a b@example.org", "a@b@c d" };

  for (gsize i = 0; i < G_N_ELEMENTS (addresses); i++)
    g_assert_null (autoconfig_guess_new (addresses[i], ACCOUNT_POP3));
  g_assert_null (autoconfig_guess_new (NULL, ACCOUNT_POP3));
}

static void
test_apply (void)
{
  g_autoptr (AutoconfigGuess) guess = autoconfig_guess_new (" ana@example.org ", ACCOUNT_POP3);
  g_autoptr (Account) account = account_new ();
  g_autoptr (GError) error = NULL;

  g_object_set (account, "email", "ana@example.org", NULL);
  autoconfig_guess_apply (guess, ACCOUNT_POP3, account);
  account_validate (account, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (account_get_host (account, ACCOUNT_OUTGOING), ==, "smtp.example.org");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/autoconfig/guess/unknown-domain-gets-the-customary-names", test_unknown_domain);
  g_test_add_func ("/autoconfig/guess/imap-has-its-own-name-and-port", test_imap);
  g_test_add_func ("/autoconfig/guess/known-provider-is-named", test_known);
  g_test_add_func ("/autoconfig/guess/known-provider-in-every-country", test_countries);
  g_test_add_func ("/autoconfig/guess/look-alikes-are-not-the-provider", test_look_alikes);
  g_test_add_func ("/autoconfig/guess/starttls-where-there-is-nothing-else", test_starttls);
  g_test_add_func ("/autoconfig/guess/user-name-in-the-provider's-form", test_user_forms);
  g_test_add_func ("/autoconfig/guess/missing-protocol-is-said", test_no_pop3);
  g_test_add_func ("/autoconfig/guess/international-domain", test_international);
  g_test_add_func ("/autoconfig/guess/nonsense-gets-no-guess", test_nonsense);
  g_test_add_func ("/autoconfig/guess/applied-account-is-valid", test_apply);
  return g_test_run ();
}
