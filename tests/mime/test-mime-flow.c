/* SPDX-License-Identifier: GPL-3.0-or-later */
/* format=flowed: what goes in comes out. */
#include <string.h>

#include "mime-text.h"

static void
long_lines_are_wrapped (void)
{
  g_autofree char *flowed = mime_text_flow ("one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen\n");

  g_assert_cmpstr (flowed, ==, "one two three four five six seven eight nine ten eleven twelve thirteen \nfourteen fifteen\n");
}

static void
quoted_lines_stay_quoted (void)
{
  g_autofree char *flowed = mime_text_flow ("> > one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen\n");

  g_assert_cmpstr (flowed, ==, "> > one two three four five six seven eight nine ten eleven twelve thirteen \n> fourteen fifteen\n");
}

static void
fragile_starts_are_stuffed (void)
{
  g_autofree char *flowed = mime_text_flow ("From here\n indented\n>quoted\n");

  g_assert_cmpstr (flowed, ==, " From here\n  indented\n>quoted\n");
}

static void
signature_mark_ends_a_paragraph (void)
{
  g_autofree char *text = mime_text_unflow ("so long \n-- \nAna\n", FALSE);

  g_assert_cmpstr (text, ==, "so long \n-- \nAna\n");
}

static void
append_random_line (GRand *rand, GString *out)
{
  static const char *const words[] = { "a", "to", ">", ">>", "> >", "From", "--", "-- x", "naïve", "Übermut", "長い", "word", "sentence.", "  ",
                                       "averylongwordthatcannotbewrappedanywhereatallbecausethereisnoblankinitandsoitstands" };
  int n = g_rand_int_range (rand, 0, 30);

  if (g_rand_int_range (rand, 0, 12) == 0)
    {
      g_string_append (out, "-- \n");
      return;
    }
  for (int i = 0; i < n; i++)
    {
      g_string_append (out, words[g_rand_int_range (rand, 0, G_N_ELEMENTS (words))]);
      g_string_append_c (out, ' ');
    }
  if (out->len > 0 && strcmp (out->str, "-- ") != 0)
    while (out->len > 0 && out->str[out->len - 1] == ' ')
      g_string_truncate (out, out->len - 1);
  g_string_append_c (out, '\n');
}

static void
any_text_comes_back (void)
{
  guint32 seed = g_test_rand_int ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);

  g_test_message ("seed %u", seed);
  for (guint i = 0; i < 3000; i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autofree char *flowed = NULL;
      g_autofree char *back = NULL;
      g_auto (GStrv) lines = NULL;

      for (int n = g_rand_int_range (rand, 0, 8); n > 0; n--)
        {
          g_autoptr (GString) line = g_string_new (NULL);

          append_random_line (rand, line);
          g_string_append (text, line->str);
        }
      flowed = mime_text_flow (text->str);
      back = mime_text_unflow (flowed, FALSE);
      g_assert_cmpstr (back, ==, text->str);
      lines = g_strsplit (flowed, "\n", -1);
      for (char **line = lines; *line; line++)
        g_assert_true (g_utf8_strlen (*line, -1) <= 78 || strstr (*line, "averylong"));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mime/flow/long-lines/are-wrapped", long_lines_are_wrapped);
  g_test_add_func ("/mime/flow/quoted-lines/stay-quoted", quoted_lines_stay_quoted);
  g_test_add_func ("/mime/flow/fragile-starts/are-stuffed", fragile_starts_are_stuffed);
  g_test_add_func ("/mime/flow/signature-mark/ends-a-paragraph", signature_mark_ends_a_paragraph);
  g_test_add_func ("/mime/flow/any-text/comes-back", any_text_comes_back);
  return g_test_run ();
}
