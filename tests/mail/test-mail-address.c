/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Address lists as people type them and the store keeps them; which addresses can be sent to. */
#include "mail-address.h"

#include <string.h>

/* "name|address; name|address" of what is read from @text */
static char *
read_list (const char *text)
{
  g_autoptr (GPtrArray) list = mail_address_list_parse (text);
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < list->len; i++)
    {
      const MailAddress *one = g_ptr_array_index (list, i);

      g_string_append_printf (out, "%s%s|%s", i ? "; " : "", one->name, one->address);
    }
  return g_string_free (out, FALSE);
}

static void
test_typed (void)
{
  static const struct
  {
    const char *text, *list;
  } cases[] = {
    { "", "" },
    { "a@b.org", "|a@b.org" },
    { "a@b.org, c@d.org", "|a@b.org; |c@d.org" },
    { " a@b.org;;c@d.org ,", "|a@b.org; |c@d.org" },
    { "a@b.org\nc@d.org", "|a@b.org; |c@d.org" },
    { "Ana Ruiz <ana@b.org>", "Ana Ruiz|ana@b.org" },
    { "\"Ruiz, Ana\" <ana@b.org>, b@c.org", "Ruiz, Ana|ana@b.org; |b@c.org" },
    { "\"a \\\"b\\\" c\" <x@y.org>", "a \"b\" c|x@y.org" },
    { "<a@b.org>", "|a@b.org" },
    { "Ana", "|Ana" },
    { "Ana <>", "Ana|" },
    { "\"a,b\"@c.org", "|\"a,b\"@c.org" },
    { "Ana <a@b.org", "Ana|a@b.org" },
    { "\"open", "|\"open" },
    { "\"", "|\"" },
    { "<", "" },
    { "Zo\303\253 <zo\303\253@b\303\274ro.example>", "Zo\303\253|zo\303\253@b\303\274ro.example" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *list = read_list (cases[i].text);

      g_assert_cmpstr (list, ==, cases[i].list);
    }
}

static void
test_round_trip (void)
{
  static const struct
  {
    const char *name, *address;
  } cases[] = {
    { "", "a@b.org" },
    { "Ana Ruiz", "ana@b.org" },
    { "Ruiz, Ana (home); \"x\" \\ <y> @z.", "ana@b.org" },
    { "Name without address", "" },
    { "", "\"odd, quoted\"@b.org" },
    { "Named", "\"odd, quoted\"@b.org" },
    { "", "broken, but kept" },
    { "\320\220\320\275\320\275\320\260", "\320\260@b.org" },
  };
  g_autoptr (GPtrArray) list = mail_address_list_new ();
  g_autoptr (GPtrArray) again = NULL;
  g_autofree char *text = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_ptr_array_add (list, mail_address_new (cases[i].name, cases[i].address));
  text = mail_address_list_to_string (list);
  again = mail_address_list_parse (text);
  g_assert_cmpuint (again->len, ==, G_N_ELEMENTS (cases));
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const MailAddress *one = g_ptr_array_index (again, i);

      g_assert_cmpstr (one->name, ==, cases[i].name);
      g_assert_cmpstr (one->address, ==, cases[i].address);
    }
}

static void
test_hostile_address (void)
{
  g_autoptr (MailAddress) address = mail_address_new ("Ana", "x>, \"y\" <evil@z.org");
  g_autofree char *text = mail_address_to_string (address);
  g_autoptr (GPtrArray) list = mail_address_list_parse (text);

  g_assert_cmpuint (list->len, ==, 1);
}

static void
test_no_list (void)
{
  g_autofree char *text = mail_address_list_to_string (NULL);
  g_autoptr (GPtrArray) list = mail_address_list_parse (NULL);

  g_assert_cmpstr (text, ==, "");
  g_assert_cmpuint (list->len, ==, 0);
}

static void
test_valid (void)
{
  static const char *const valid[] = {
    "a@b", "a@b.org", "first.last+tag@mail.example.org", "a_b-c@x-y.example", "x@[192.0.2.1]", "x@[IPv6:2001:db8::1]",
    "\"odd,quoted\"@b.org", "\"a\\\"b\"@c.org", "\"a@b\"@c.org", "zo\303\253@b\303\274ro.example", "!#$%&'*/=?^`{|}~@b.org",
    "a@xn--bro-hoa.example", "1@1.org",
  };
  static const char *const invalid[] = {
    "", "a", "@b.org", "a@", "a@b..org", "a@.org", "a@b.org.", "a b@c.org", "a@b c.org", "a@-b.org", "a@b-.org", ".a@b.org",
    "a.@b.org", "a..b@c.org", "a@b@c.org", "<a@b.org>", "a@b.org>", "a,b@c.org", "a\r\n@b.org", "a@b.org\r\nRCPT TO:<x@y.org>",
    "a@[x]\r\n]", "a@[x> y]", "a@[]", "a@[", "\"a\"b\"@c.org", "\"a\\\"@c.org", "\"a b\"@c.org", "\"a\\\r\"@c.org",
    "a\xff@b.org", "a\302\240@b.org", "a@b\342\200\256.org", "a\342\200\213@b.org", "a;b@c.org", "a@b/c.org",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (valid); i++)
    if (!mail_address_is_valid (valid[i]))
      g_error ("%s should be valid", valid[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (invalid); i++)
    if (mail_address_is_valid (invalid[i]))
      g_error ("%s should be invalid", invalid[i]);
  g_assert_false (mail_address_is_valid (NULL));
}

static void
test_lengths (void)
{
  g_autofree char *local = g_strnfill (64, 'a');
  g_autofree char *label = g_strnfill (63, 'b');
  g_autofree char *fits = g_strdup_printf ("%s@%s.%s.%.61s", local, label, label, label);
  g_autofree char *too_long = g_strdup_printf ("%s@%s.%s.%.62s", local, label, label, label);
  g_autofree char *long_local = g_strdup_printf ("a%s@b.org", local);
  g_autofree char *long_label = g_strdup_printf ("a@b%s.org", label);

  g_assert_cmpuint (strlen (fits), ==, 254);
  g_assert_true (mail_address_is_valid (fits));
  g_assert_false (mail_address_is_valid (too_long));
  g_assert_false (mail_address_is_valid (long_local));
  g_assert_false (mail_address_is_valid (long_label));
}

static void
test_domain (void)
{
  g_assert_cmpstr (mail_address_get_domain ("a@b.org"), ==, "b.org");
  g_assert_cmpstr (mail_address_get_domain ("\"a@x\"@b.org"), ==, "b.org");
  g_assert_null (mail_address_get_domain ("a@"));
  g_assert_null (mail_address_get_domain ("a"));
  g_assert_null (mail_address_get_domain (NULL));
}

static void
test_equal (void)
{
  g_assert_true (mail_address_equal ("Ana@Example.ORG", "ana@example.org"));
  g_assert_true (mail_address_equal ("ZO\303\213@x.org", "zo\303\253@x.org"));
  g_assert_false (mail_address_equal ("ana@example.org", "ana@example.com"));
  g_assert_true (mail_address_equal (NULL, ""));
  g_assert_true (mail_address_equal ("a\xe2\x82", "a\xe2\x82"));
}

static void
test_label (void)
{
  g_autoptr (MailAddress) named = mail_address_new ("Ana", "a@b.org");
  g_autoptr (MailAddress) unnamed = mail_address_new (NULL, "a@b.org");

  g_assert_cmpstr (mail_address_get_label (named), ==, "Ana");
  g_assert_cmpstr (mail_address_get_label (unnamed), ==, "a@b.org");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mail/address/typed-list/is-read-leniently", test_typed);
  g_test_add_func ("/mail/address/written-list/reads-back-as-it-was", test_round_trip);
  g_test_add_func ("/mail/address/hostile-address/does-not-become-two", test_hostile_address);
  g_test_add_func ("/mail/address/no-list/is-empty", test_no_list);
  g_test_add_func ("/mail/address/validity/lets-nothing-through-that-ends-a-command", test_valid);
  g_test_add_func ("/mail/address/lengths/are-the-rfc's", test_lengths);
  g_test_add_func ("/mail/address/domain/follows-the-last-at", test_domain);
  g_test_add_func ("/mail/address/equal/folds-case", test_equal);
  g_test_add_func ("/mail/address/label/is-the-name-else-the-address", test_label);
  return g_test_run ();
}
