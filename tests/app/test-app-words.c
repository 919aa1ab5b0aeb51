/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of the sentences that people read. */
#include "app-words.h"
#include "base-error.h"

#include <string.h>

static void
test_every_code_has_words (void)
{
  for (int code = 0; code < BASE_N_ERRORS; code++)
    {
      g_autoptr (GError) error = g_error_new_literal (BASE_ERROR, code, "");
      g_autofree char *text = app_words_error (error);

      g_assert_nonnull (text);
      g_assert_cmpint (strlen (text), >, 10);
      g_assert_true (g_str_has_suffix (text, ".") || g_str_has_suffix (text, "?"));
      g_assert_null (strstr (text, "%s"));
    }
}

static void
test_server_is_named (void)
{
  g_autoptr (GError) error = g_error_new_literal (BASE_ERROR, BASE_ERROR_WRONG_PASSWORD, "no");
  g_autofree char *text = NULL;

  base_error_set_server (error, "pop.example.org", 995, "tls");
  text = app_words_error (error);
  g_assert_cmpstr (text, ==, "pop.example.org did not accept the password.");
  g_assert_cmpint (app_words_get_help (error), ==, APP_HELP_PASSWORD);
  g_assert_nonnull (app_words_get_help_label (APP_HELP_PASSWORD));
}

static void
test_host_with_percent_is_not_a_format (void)
{
  g_autoptr (GError) error = g_error_new_literal (BASE_ERROR, BASE_ERROR_TIMED_OUT, "no");
  g_autofree char *text = NULL;

  base_error_set_server (error, "%n%s%n", 995, "tls");
  text = app_words_error (error);
  g_assert_true (g_str_has_prefix (text, "%n%s%n did"));
}

static void
test_delay_is_in_minutes (void)
{
  static const struct { guint seconds; const char *text; } delays[] = {
    { 0, "pop.example.org is busy just now and asks you to try again later." },
    { 45, "pop.example.org wants a minute to pass before it is asked again." },
    { 900, "pop.example.org wants 15 minutes to pass before it is asked again." },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (delays); i++)
    {
      g_autoptr (GError) error = g_error_new_literal (BASE_ERROR, BASE_ERROR_TRY_LATER, "no");
      g_autoptr (GError) copy = NULL;
      g_autofree char *text = NULL;

      base_error_set_server (error, "pop.example.org", 995, "tls");
      base_error_set_delay (error, delays[i].seconds);
      copy = g_error_copy (error);
      text = app_words_error (copy);
      g_assert_cmpstr (text, ==, delays[i].text);
    }
}

static void
test_reply_is_in_the_details (void)
{
  g_autoptr (GError) error = app_words_error_from_word ("recipient-refused", "Nobody was accepted.", "550 5.1.1 no such user");
  g_autofree char *details = app_words_error_details (error);

  g_assert_error (error, BASE_ERROR, BASE_ERROR_RECIPIENT_REFUSED);
  g_assert_nonnull (strstr (details, "550 5.1.1 no such user"));
}

static void
test_unknown_word_is_failed (void)
{
  g_autoptr (GError) error = app_words_error_from_word ("no-such-word", NULL, NULL);

  g_assert_error (error, BASE_ERROR, BASE_ERROR_FAILED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/words/every-code-has-a-sentence", test_every_code_has_words);
  g_test_add_func ("/app/words/the-server-is-named", test_server_is_named);
  g_test_add_func ("/app/words/a-host-with-percent-signs-is-not-a-format", test_host_with_percent_is_not_a_format);
  g_test_add_func ("/app/words/server-that-wants-time/says-how-many-minutes", test_delay_is_in_minutes);
  g_test_add_func ("/app/words/the-reply-is-in-the-details", test_reply_is_in_the_details);
  g_test_add_func ("/app/words/an-unknown-word-is-a-failure", test_unknown_word_is_failed);
  return g_test_run ();
}
