/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dot-stuffing, at every split. */
#include "smtp-dot-stuffer.h"

#include <string.h>

static char *
stuff (const char *data, gsize size, gsize first, gsize step)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();
  SmtpDotStuffer stuffer = { 0 };

  for (gsize at = 0; at < size;)
    {
      gsize piece = MIN (size - at, at == 0 && first > 0 ? first : step);

      smtp_dot_stuffer_push (&stuffer, data + at, piece, out);
      at += piece;
    }
  smtp_dot_stuffer_end (&stuffer, out);
  g_byte_array_append (out, (const guint8 *) "", 1);
  return g_strdup ((const char *) out->data);
}

static void
assert_stuffs (const char *data, const char *expected)
{
  gsize size = strlen (data);
  g_autofree char *bytewise = stuff (data, size, 1, 1);

  g_assert_cmpstr (bytewise, ==, expected);
  for (gsize first = 0; first <= size; first++)
    {
      g_autofree char *got = stuff (data, size, first, MAX (size, 1));

      g_assert_cmpstr (got, ==, expected);
    }
}

static void
test_plain (void)
{
  assert_stuffs ("A: b\r\n\r\ntext\r\n", "A: b\r\n\r\ntext\r\n");
}

static void
test_dots (void)
{
  assert_stuffs (".\r\n..\r\na.b\r\n.c\r\n", "..\r\n...\r\na.b\r\n..c\r\n");
}

static void
test_last_line (void)
{
  assert_stuffs ("text", "text\r\n");
  assert_stuffs ("text\r", "text\r\n");
  assert_stuffs (".", "..\r\n");
  assert_stuffs ("", "");
}

/* What "SMTP smuggling" needs: a server that takes \n.\n, \n.\r\n, \r.\r for the end. */
static void
test_smuggling (void)
{
  assert_stuffs ("a\n.\nb\r\n", "a\r\n..\r\nb\r\n");
  assert_stuffs ("a\n.\r\nb\r\n", "a\r\n..\r\nb\r\n");
  assert_stuffs ("a\r.\rb\r\n", "a\r\n..\r\nb\r\n");
  assert_stuffs ("a\r\n.\rb\r\n", "a\r\n..\r\nb\r\n");
  assert_stuffs ("a\r\r\n.\r\nb", "a\r\n\r\n..\r\nb\r\n");
}

/* Random mixtures: no bare CR or LF, no lone dot line, and unstuffed the text is what canonical ends make of it. */
static void
test_random (void)
{
  for (guint round = 0; round < 5000; round++)
    {
      char data[24];
      gsize size = g_test_rand_int_range (0, sizeof data);
      g_autofree char *got = NULL;
      g_autofree char *whole = NULL;

      for (gsize i = 0; i < size; i++)
        data[i] = "\r\n.a"[g_test_rand_int_range (0, 4)];
      got = stuff (data, size, g_test_rand_int_range (0, 24), g_test_rand_int_range (1, 24));
      whole = stuff (data, size, 0, sizeof data);
      g_assert_cmpstr (got, ==, whole);
      for (const char *at = got; *at; at++)
        {
          g_assert_true (*at != '\r' || at[1] == '\n');
          g_assert_true (*at != '\n' || (at > got && at[-1] == '\r'));
        }
      g_assert_null (strstr (got, "\r\n.\r\n"));
      g_assert_false (g_str_has_prefix (got, ".\r\n"));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/smtp/dot-stuffer/canonical-text-is-left-alone", test_plain);
  g_test_add_func ("/smtp/dot-stuffer/first-dot-of-a-line-is-doubled", test_dots);
  g_test_add_func ("/smtp/dot-stuffer/last-line-gets-its-end", test_last_line);
  g_test_add_func ("/smtp/dot-stuffer/bare-cr-and-lf-never-go-out", test_smuggling);
  g_test_add_func ("/smtp/dot-stuffer/any-mixture-in-any-pieces", test_random);
  return g_test_run ();
}
