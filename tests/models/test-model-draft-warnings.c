/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is taken for forgotten, and what is not. */
#include "model-draft-warnings.h"

static void
check (const char *text, guint n_files, ModelWarnings wanted)
{
  g_assert_cmpint (model_draft_warnings_find ("Figures", text, n_files, 1), ==, wanted);
}

static void
test_many_languages (void)
{
  static const char *const texts[] = { "See the attached file.", "Die Zahlen findest du im Anhang.", "ANGEHÄNGT ist die Datei.", "Vous trouverez ci-joint le devis.",
                                       "Te lo envío adjunto.", "In allegato il file.", "Segue em anexo.", "Zie de bijlage.", "Plik w załączniku.",
                                       "V příloze posílám.", "Se bifogad fil.", "Файл во вложении.", "请看附件。", "ファイルを添付します。", "첨부합니다" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    check (texts[i], 0, MODEL_WARNING_ATTACHMENT);
}

static void
test_attached (void)
{
  check ("See the attached file.", 1, 0);
}

static void
test_quote (void)
{
  check ("Thanks!\n\nTom wrote:\n> See the attached file.", 0, 0);
}

static void
test_signature (void)
{
  check ("Thanks!\n\n-- \nAnhang & Co.", 0, 0);
}

static void
test_inside_of_a_word (void)
{
  check ("An unattached lender, einanhängig.", 0, 0);
}

static void
test_no_subject (void)
{
  g_assert_cmpint (model_draft_warnings_find (" \t", "Hello", 0, 1), ==, MODEL_WARNING_SUBJECT);
}

static void
test_many_recipients (void)
{
  g_assert_cmpint (model_draft_warnings_find ("x", "Hello", 0, MODEL_WARNING_MANY - 1), ==, 0);
  g_assert_cmpint (model_draft_warnings_find ("x", "Hello", 0, MODEL_WARNING_MANY), ==, MODEL_WARNING_RECIPIENTS);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/models/draft-warnings/spoken-of-in-many-languages", test_many_languages);
  g_test_add_func ("/models/draft-warnings/attached-is-not-forgotten", test_attached);
  g_test_add_func ("/models/draft-warnings/quote-is-not-ones-word", test_quote);
  g_test_add_func ("/models/draft-warnings/signature-is-not-ones-word", test_signature);
  g_test_add_func ("/models/draft-warnings/inside-of-a-word-is-another", test_inside_of_a_word);
  g_test_add_func ("/models/draft-warnings/no-subject", test_no_subject);
  g_test_add_func ("/models/draft-warnings/many-recipients", test_many_recipients);
  return g_test_run ();
}
