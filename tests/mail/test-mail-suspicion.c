/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail-suspicion.h"

#include <time.h>

static const char *const known[] = { "example.org", "firma.de", NULL };

static MailSuspicion *
find (const char *name, const char *address)
{
  g_autoptr (MailAddress) sender = mail_address_new (name, address);

  return mail_suspicion_find (sender, known);
}

static void
assert_kind (const char *name, const char *address, MailSuspicionKind kind, const char *seems)
{
  g_autoptr (MailSuspicion) found = find (name, address);

  if (!found)
    g_error ("nothing found in %s <%s>", name, address);
  g_assert_cmpint (found->kind, ==, kind);
  g_assert_cmpstr (found->seems, ==, seems);
}

static void
assert_none (const char *name, const char *address)
{
  g_autoptr (MailSuspicion) found = find (name, address);

  if (found)
    g_error ("%d: %s in %s <%s>", found->kind, found->seems, name, address);
}

static void
test_honest (void)
{
  assert_none ("Ana Ruiz", "ana@example.org");
  assert_none ("Ana (ana@example.org)", "ana@example.org");
  assert_none ("ana.ruiz@example.org", "a.ruiz@EXAMPLE.org");
  assert_none ("Ana @ Work", "ana@example.com");
  assert_none ("Müller", "m@müller.de");
  assert_none ("Müller", "m@xn--mller-kva.de");
  assert_none ("Окно", "info@окно.рф");
  assert_none ("東京", "a@東京タワー.jp");
  assert_none ("東京", "a@web東京.jp");
  assert_none ("Mail", "a@mail.example.org");
  assert_none ("", "broken");
  assert_none ("", "");
}

static void
test_name (void)
{
  assert_kind ("ana@example.org", "x@evil.example", MAIL_SUSPICION_OTHER_ADDRESS, "ana@example.org");
  assert_kind ("Bank <service@bank.example.com>", "x@evil.example", MAIL_SUSPICION_OTHER_ADDRESS, "service@bank.example.com");
  assert_kind ("ana＠example.org", "x@evil.example", MAIL_SUSPICION_OTHER_ADDRESS, "ana@example.org");
}

static void
test_letters (void)
{
  assert_kind ("", "a@p\xd0\xb0ypal.com", MAIL_SUSPICION_MIXED_LETTERS, "");
  assert_kind ("", "a@xn--pypal-4ve.com", MAIL_SUSPICION_MIXED_LETTERS, "");
  assert_kind ("", "a@\xd1\x81\xd0\xbe\xd1\x81\xd0\xb0.com", MAIL_SUSPICION_FOREIGN_LETTERS, "coca.com");
}

static void
test_lookalike (void)
{
  assert_kind ("", "a@examp1e.org", MAIL_SUSPICION_LOOKALIKE, "example.org");
  assert_kind ("", "a@EXAMPIE.org", MAIL_SUSPICION_LOOKALIKE, "example.org");
  assert_kind ("", "a@exarnple.org", MAIL_SUSPICION_LOOKALIKE, "example.org");
  assert_kind ("", "a@fírma.de", MAIL_SUSPICION_LOOKALIKE, "firma.de");
  assert_kind ("", "a@example.org.evil.example", MAIL_SUSPICION_LOOKALIKE, "example.org");
  assert_kind ("", "a@ex\xd0\xb0mple.org", MAIL_SUSPICION_LOOKALIKE, "example.org");
}

/* A square of the length would be seconds */
static void
test_long (void)
{
  g_autoptr (GString) name = g_string_new (NULL);
  clock_t start = clock ();

  for (int i = 0; i < 1000000; i++)
    g_string_append (name, "a@");
  assert_none (name->str, "x@example.org");
  g_assert_cmpint ((clock () - start) / CLOCKS_PER_SEC, <, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mail/suspicion/honest-senders/have-none", test_honest);
  g_test_add_func ("/mail/suspicion/a-name-with-another-address/is-told", test_name);
  g_test_add_func ("/mail/suspicion/letters-that-look-latin/are-told", test_letters);
  g_test_add_func ("/mail/suspicion/a-domain-like-ours/is-told", test_lookalike);
  g_test_add_func ("/mail/suspicion/a-long-name/costs-nothing", test_long);
  return g_test_run ();
}
