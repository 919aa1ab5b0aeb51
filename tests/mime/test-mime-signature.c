/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a signature goes, and what it never takes the place of. */
#include "mime-signature.h"

static void
check (const char *text, const char *old, const char *signature, const char *quote, const char *wanted)
{
  g_autofree char *got = mime_signature_swap (text, old, signature, quote);

  g_assert_cmpstr (got, ==, wanted);
}

static void
empty_text_leaves_room (void)
{
  check ("", "", "Ana", NULL, "\n\n-- \nAna\n");
}

static void
answer_has_it_above_the_quote (void)
{
  check ("\n\nTom wrote:\n> x\n", "", "Ana", "\n\nTom wrote:\n> x\n", "\n\n-- \nAna\n\nTom wrote:\n> x\n");
}

static void
text_has_it_at_its_end (void)
{
  check ("Hello\n", "", "Ana", NULL, "Hello\n\n-- \nAna\n");
}

static void
other_takes_its_place (void)
{
  check ("Hello\n\n-- \nAna\nWork\n\n> x\n", "Ana\nWork", "Me", NULL, "Hello\n\n-- \nMe\n\n> x\n");
}

static void
none_leaves_none (void)
{
  check ("Hello\n\n-- \nAna\n", "Ana", "", NULL, "Hello\n\n");
}

static void
there_and_back_is_the_same (void)
{
  g_autofree char *with = mime_signature_swap ("Hello\n\nTom wrote:\n> x\n", "", "Ana", "\n\nTom wrote:\n> x\n");

  check (with, "Ana", "", "\n\nTom wrote:\n> x\n", "Hello\n\nTom wrote:\n> x\n");
}

static void
changed_by_hand_stays (void)
{
  check ("Hello\n\n-- \nAna, on holiday\n", "Ana", "Me", NULL, "Hello\n\n-- \nAna, on holiday\n");
}

static void
quoted_one_stays (void)
{
  check ("> -- \n> Ana\n", "Ana", "Me", NULL, "> -- \n> Ana\n");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mime/signature/empty-text/leaves-room-to-write", empty_text_leaves_room);
  g_test_add_func ("/mime/signature/answer/has-it-above-the-quote", answer_has_it_above_the_quote);
  g_test_add_func ("/mime/signature/text/has-it-at-its-end", text_has_it_at_its_end);
  g_test_add_func ("/mime/signature/another/takes-its-place", other_takes_its_place);
  g_test_add_func ("/mime/signature/none/leaves-none", none_leaves_none);
  g_test_add_func ("/mime/signature/there-and-back/is-the-same", there_and_back_is_the_same);
  g_test_add_func ("/mime/signature/changed-by-hand/stays", changed_by_hand_stays);
  g_test_add_func ("/mime/signature/quoted/stays", quoted_one_stays);
  return g_test_run ();
}
