/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ends of lines of every kind become one kind. */
#include "mail-lines.h"

#include <string.h>

static void
check (const char *text, const char *expected)
{
  g_autofree char *unified = mail_lines_unify (text);

  g_assert_cmpstr (unified, ==, expected);
}

static void
test_unified (void)
{
  check ("", "");
  check ("one\r\ntwo\rthree\nfour\xe2\x80\xa9" "five", "one\ntwo\nthree\nfour\nfive");
  check ("\r\r\n\r", "\n\n\n");
}

static void
test_others_stay (void)
{
  check ("\xe2\x80\xa8 \xe2\x80\xaa \xe2\x82\xac", "\xe2\x80\xa8 \xe2\x80\xaa \xe2\x82\xac");
}

/* Far below a second; a text that is moved up at each of them needs minutes. */
static void
test_nothing_but_ends_costs_no_time (void)
{
  const gsize n = 3000000;
  g_autoptr (GString) text = g_string_sized_new (n * 3);
  g_autofree char *unified = NULL;
  gint64 start;

  for (gsize i = 0; i < n; i++)
    g_string_append (text, "\xe2\x80\xa9");
  start = g_get_monotonic_time ();
  unified = mail_lines_unify (text->str);
  g_assert_cmpuint (strlen (unified), ==, n);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 20 * G_USEC_PER_SEC);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mail/lines/ends-of-every-kind-become-one", test_unified);
  g_test_add_func ("/mail/lines/other-letters-stay", test_others_stay);
  g_test_add_func ("/mail/lines/nothing-but-ends-costs-no-time", test_nothing_but_ends_costs_no_time);
  return g_test_run ();
}
