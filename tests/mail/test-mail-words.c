/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text taken apart into words: what is folded, what is cut, and scripts without spaces. */
#include "mail-words.h"

#include <string.h>

static void
assert_words (const char *text, const char *expected)
{
  g_autoptr (GString) out = g_string_new (NULL);

  mail_words_fold (out, text, G_MAXSIZE);
  g_assert_cmpstr (out->str, ==, expected);
}

static void
test_case_and_punctuation (void)
{
  assert_words ("Hello, WORLD-wide_web! 3.5", " hello world wide web 3 5");
  assert_words ("Ana Ruiz <ana@Example.org>", " ana ruiz ana example org");
  assert_words ("", "");
  assert_words (" … !? ", "");
}

static void
test_diacritics (void)
{
  assert_words ("Łódź Ærø Straße GRÜSSE café Ёлка ΣΊΣΥΦΟΣ", " lodz aero strasse grusse cafe елка σισυφοσ");
  assert_words ("cafe\u0301", " cafe");       /* the accent as a character of its own */
  assert_words ("Quar\u00adterly", " quarterly"); /* a soft hyphen */
  assert_words ("ＡＢＣ１２３．ﬁn", " abc123 fin");
}

static void
test_dense_scripts (void)
{
  assert_words ("会議は", " 会議 議は は");
  assert_words ("会", " 会");
  assert_words ("会 議", " 会 議");
  assert_words ("PDFの会議2026年", " pdf の会 会議 議 2026 年");
  assert_words ("안녕하세요", " 안녕 녕하 하세 세요 요");
}

static void
test_long_word (void)
{
  g_autofree char *text = g_strnfill (1000, 'a');
  g_autoptr (GString) out = g_string_new (NULL);

  g_assert_cmpuint (mail_words_fold (out, text, G_MAXSIZE), ==, 1);
  g_assert_cmpuint (out->len, ==, 1 + MAIL_WORDS_MAX_BYTES);
}

static void
test_invalid_text (void)
{
  assert_words ("one\xfftwo\xc3", " one two");
  assert_words ("\xe4\xbc", "");
}

static void
test_limit (void)
{
  g_autoptr (GString) out = g_string_new (NULL);

  g_assert_cmpuint (mail_words_fold (out, "one two three", 7), ==, 2);
  g_assert_cmpstr (out->str, ==, " one two");
}

static void
test_places (void)
{
  static const char text[] = "Der Tee, CAFÉ!";
  MailWords words;

  mail_words_init (&words, text, -1);
  g_assert_true (mail_words_next (&words));
  g_assert_true (mail_words_next (&words));
  g_assert_true (mail_words_next (&words));
  g_assert_cmpstr (words.word, ==, "cafe");
  g_assert_cmpint (words.start - text, ==, 9);
  g_assert_cmpint (words.end - text, ==, 14);
  g_assert_false (mail_words_next (&words));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mail/words/are-lower-case-between-punctuation", test_case_and_punctuation);
  g_test_add_func ("/mail/words/lose-their-diacritics", test_diacritics);
  g_test_add_func ("/mail/words/of-scripts-without-spaces-are-neighbours", test_dense_scripts);
  g_test_add_func ("/mail/words/too-long-are-cut", test_long_word);
  g_test_add_func ("/mail/words/what-is-no-utf8-stands-between", test_invalid_text);
  g_test_add_func ("/mail/words/end-where-the-limit-is", test_limit);
  g_test_add_func ("/mail/words/know-their-place", test_places);
  return g_test_run ();
}
