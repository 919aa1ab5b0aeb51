/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One account's settings. */
#include "account-identity.h"

#include "base-error.h"
#include "test-accounts.h"
#include "test-certificates.h"

#include <string.h>

static void
test_title (void)
{
  g_autoptr (Account) account = test_account_new ("ana@example.org");

  g_assert_cmpstr (account_get_title (account), ==, "ana@example.org");
  g_object_set (account, "title", "Work", NULL);
  g_assert_cmpstr (account_get_title (account), ==, "Work");
}

static void
test_identity_comes_back (void)
{
  AccountIdentityValue value = { (char *) " Ana\tRuiz\n", (char *) "ana@example.net", (char *) "office@example.net", (char *) "Ana\tRuiz\nWork" };
  g_autofree char *text = account_identity_value_format (&value);
  g_auto (AccountIdentityValue) again = { 0 };

  account_identity_value_parse (&again, text);
  g_assert_cmpstr (again.name, ==, "Ana Ruiz");
  g_assert_cmpstr (again.address, ==, "ana@example.net");
  g_assert_cmpstr (again.reply_to, ==, "office@example.net");
  g_assert_cmpstr (again.signature, ==, "Ana\tRuiz\nWork");
}

static void
test_title_of_copy (void)
{
  g_autoptr (Account) account = test_account_new ("ana@example.org");
  g_autoptr (Account) copy = account_copy (account);

  g_object_set (copy, "email", "ana@example.net", NULL);
  g_assert_cmpstr (account_get_title (copy), ==, "ana@example.net");
}

static void
test_pasted_blanks (void)
{
  g_autoptr (Account) account = test_account_new ("ana@example.org");

  account_set_server (account, ACCOUNT_INCOMING, " pop.example.org\n", 995, MAIL_SECURITY_TLS, " ana ");
  g_assert_cmpstr (account_get_host (account, ACCOUNT_INCOMING), ==, "pop.example.org");
  g_assert_cmpstr (account_get_user (account, ACCOUNT_INCOMING), ==, "ana");
}

static void
test_default_ports (void)
{
  g_assert_cmpuint (account_default_port (ACCOUNT_POP3, ACCOUNT_INCOMING, MAIL_SECURITY_TLS), ==, 995);
  g_assert_cmpuint (account_default_port (ACCOUNT_POP3, ACCOUNT_INCOMING, MAIL_SECURITY_STARTTLS), ==, 110);
  g_assert_cmpuint (account_default_port (ACCOUNT_IMAP, ACCOUNT_INCOMING, MAIL_SECURITY_TLS), ==, 993);
  g_assert_cmpuint (account_default_port (ACCOUNT_IMAP, ACCOUNT_INCOMING, MAIL_SECURITY_PLAINTEXT), ==, 143);
  g_assert_cmpuint (account_default_port (ACCOUNT_POP3, ACCOUNT_OUTGOING, MAIL_SECURITY_TLS), ==, 465);
  g_assert_cmpuint (account_default_port (ACCOUNT_IMAP, ACCOUNT_OUTGOING, MAIL_SECURITY_STARTTLS), ==, 587);
}

typedef struct
{
  const char *property;
  const char *value;
  const char *sentence; /* a part of it */
} Fault;

static const Fault faults[] = {
  { "email", "", "e-mail address is missing" },
  { "email", "ana", "“ana” is not an e-mail address" },
  { "email", "a b@example.org", "is not an e-mail address" },
  { "person-name", "Ana\nBcc: x@example.org", "The name has" },
  { "incoming-host", "", "incoming mail is missing" },
  { "incoming-host", "https://mail.example.org", "not the name of a server for incoming mail" },
  { "incoming-host", "mail.example.org:995", "not the name of a server for incoming mail" },
  { "incoming-host", "mail example.org", "not the name of a server for incoming mail" },
  { "incoming-user", "", "user name for incoming mail is missing" },
  { "outgoing-host", "", "outgoing mail is missing" },
  { "outgoing-user", "", "user name for outgoing mail is missing" },
  { "outgoing-user", "a\rb", "user name for outgoing mail has characters" },
};

static void
test_validate_names_field (gconstpointer data)
{
  const Fault *fault = data;
  g_autoptr (Account) account = test_account_new ("ana@example.org");
  g_autoptr (GError) error = NULL;

  g_object_set (account, fault->property, fault->value, NULL);
  g_assert_false (account_validate (account, &error));
  g_assert_error (error, BASE_ERROR, BASE_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, fault->sentence));
}

static void
test_validate_accepts (void)
{
  static const char *const hosts[] = { "mail.example.org", "localhost", "192.0.2.7", "2001:db8::7", "bücher.example" };

  for (gsize i = 0; i < G_N_ELEMENTS (hosts); i++)
    {
      g_autoptr (Account) account = test_account_new ("ana@example.org");
      g_autoptr (GError) error = NULL;

      account_set_server (account, ACCOUNT_INCOMING, hosts[i], 1, MAIL_SECURITY_TLS, "ana");
      account_validate (account, &error);
      g_assert_no_error (error);
    }
}

static void
test_validate_port (void)
{
  g_autoptr (Account) account = test_account_new ("ana@example.org");
  g_autoptr (GError) error = NULL;

  g_object_set (account, "outgoing-port", 0, NULL);
  g_assert_false (account_validate (account, &error));
  g_assert_nonnull (strstr (error->message, "port of the server for outgoing mail"));
}

static void
test_no_user_needed_without_login (void)
{
  g_autoptr (Account) account = test_account_new ("ana@example.org");
  g_autoptr (GError) error = NULL;

  g_object_set (account, "outgoing-authenticates", FALSE, "outgoing-user", "", NULL);
  account_validate (account, &error);
  g_assert_no_error (error);
}

static void
test_login_without_authentication (void)
{
  g_autoptr (Account) account = test_account_new ("ana@example.org");
  g_autoptr (MailLogin) login = NULL;

  g_object_set (account, "outgoing-authenticates", FALSE, NULL);
  login = account_dup_login (account, ACCOUNT_OUTGOING, "secret");
  g_assert_cmpint (mail_login_get_secret_kind (login), ==, MAIL_SECRET_NONE);
  g_assert_cmpstr (mail_login_get_secret (login), ==, "");
}

static void
test_login (void)
{
  g_autoptr (Account) account = test_account_new ("ana@example.org");
  g_autoptr (MailLogin) login = account_dup_login (account, ACCOUNT_INCOMING, "secret");

  g_assert_cmpstr (mail_login_get_host (login), ==, "pop.example.org");
  g_assert_cmpuint (mail_login_get_port (login), ==, 995);
  g_assert_cmpstr (mail_login_get_user (login), ==, "ana@example.org");
  g_assert_cmpstr (mail_login_get_secret (login), ==, "secret");
}

static void
test_trust_is_for_host_and_port (void)
{
  g_autoptr (Account) account = test_account_new ("ana@example.org");
  g_autoptr (GError) error = NULL;
  g_autoptr (MailLogin) in = NULL;
  g_autoptr (MailLogin) out = NULL;
  g_autoptr (MailLogin) moved = NULL;

  account_trust_certificate (account, "POP.example.org", 995, test_certificate_get_pem (TEST_CERTIFICATE_SELF_SIGNED), &error);
  g_assert_no_error (error);
  in = account_dup_login (account, ACCOUNT_INCOMING, NULL);
  out = account_dup_login (account, ACCOUNT_OUTGOING, NULL);
  g_object_set (account, "incoming-port", 996, NULL);
  moved = account_dup_login (account, ACCOUNT_INCOMING, NULL);

  g_assert_cmpuint (g_strv_length ((char **) mail_login_get_fingerprints (in)), ==, 1);
  g_assert_cmpstr (mail_login_get_fingerprints (in)[0], ==, test_certificate_get_fingerprint (TEST_CERTIFICATE_SELF_SIGNED));
  g_assert_null (mail_login_get_fingerprints (out)[0]);
  g_assert_null (mail_login_get_fingerprints (moved)[0]);
}

static void
test_trust_twice_is_kept_once (void)
{
  g_autoptr (Account) account = test_account_new ("ana@example.org");

  g_assert_true (account_trust_certificate (account, "a.example", 995, test_certificate_get_pem (TEST_CERTIFICATE_SELF_SIGNED), NULL));
  g_assert_true (account_trust_certificate (account, "a.example", 995, test_certificate_get_pem (TEST_CERTIFICATE_SELF_SIGNED), NULL));
  g_assert_cmpuint (g_strv_length ((char **) account_get_certificate_exceptions (account)), ==, 1);
}

static void
test_trust_nonsense (void)
{
  g_autoptr (Account) account = test_account_new ("ana@example.org");
  g_autoptr (GError) error = NULL;

  g_assert_false (account_trust_certificate (account, "a.example", 995, "no certificate", &error));
  g_assert_error (error, BASE_ERROR, BASE_ERROR_INVALID);
}

static void
on_notify (GObject *object, GParamSpec *pspec, GString *names)
{
  g_string_append_printf (names, "%s ", pspec->name);
}

static void
test_assign_notifies_differences (void)
{
  g_autoptr (Account) account = test_account_new ("ana@example.org");
  g_autoptr (Account) other = account_copy (account);
  g_autoptr (GString) names = g_string_new (NULL);

  g_object_set (other, "person-name", "Ana Ruiz", NULL);
  g_signal_connect (account, "notify", G_CALLBACK (on_notify), names);
  account_assign (account, other);
  g_assert_cmpstr (names->str, ==, "person-name ");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/accounts/account/title-is-address-until-named", test_title);
  g_test_add_func ("/accounts/account/copy-keeps-title-unnamed", test_title_of_copy);
  g_test_add_func ("/accounts/account/pasted-blanks-are-dropped", test_pasted_blanks);
  g_test_add_func ("/accounts/account/default-ports", test_default_ports);
  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autofree char *path = g_strdup_printf ("/accounts/account/invalid-%s-is-named/%" G_GSIZE_FORMAT, faults[i].property, i);

      g_test_add_data_func (path, &faults[i], test_validate_names_field);
    }
  g_test_add_func ("/accounts/account/valid-hosts-are-accepted", test_validate_accepts);
  g_test_add_func ("/accounts/account/port-0-is-refused", test_validate_port);
  g_test_add_func ("/accounts/account/no-login-needs-no-user", test_no_user_needed_without_login);
  g_test_add_func ("/accounts/account/no-login-carries-no-secret", test_login_without_authentication);
  g_test_add_func ("/accounts/account/login-says-everything", test_login);
  g_test_add_func ("/accounts/account/exception-counts-for-one-host-and-port", test_trust_is_for_host_and_port);
  g_test_add_func ("/accounts/account/exception-made-twice-is-kept-once", test_trust_twice_is_kept_once);
  g_test_add_func ("/accounts/account/nonsense-is-no-exception", test_trust_nonsense);
  g_test_add_func ("/accounts/account/identity-comes-back-as-it-was", test_identity_comes_back);
  g_test_add_func ("/accounts/account/assign-notifies-only-differences", test_assign_notifies_differences);
  return g_test_run ();
}
