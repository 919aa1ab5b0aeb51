/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of the languages in which spelling is checked: only those with a dictionary, several at once, and kept. */
#include "app-dictionaries.h"
#include "app-languages.h"
#include "app-settings.h"
#include "app-spelling.h"
#include "preferences-spelling.h"
#include "screen-test.h"

#include <string.h>

static const char *const installed[] = { "de_AT", "de_DE", "en_GB", "en_US", "fr", NULL };

static void
assert_name (const char *tag, const char *expected)
{
  g_autofree char *name = app_languages_dup_name (tag);

  g_assert_cmpstr (name, ==, expected);
}

static void
test_names (void)
{
  assert_name ("de_AT", "Deutsch (AT)");
  assert_name ("el", "Ελληνικά");
  assert_name ("es_MX", "Español (MX)");
  assert_name ("sr_Latn_RS", "Српски (Latn RS)");
  assert_name ("zu", "IsiZulu");
  assert_name ("qq_XX", "qq_XX");
}

static void
assert_match (const char *const *wanted, const char *expected)
{
  g_auto (GStrv) found = app_languages_match (installed, wanted);
  g_autofree char *text = g_strjoinv (" ", found);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_match (void)
{
  assert_match ((const char *const[]) { "de_DE.UTF-8", "de_DE", "de", "en_GB", "en", "C", NULL }, "de_DE en_GB");
  assert_match ((const char *const[]) { "fr_CA", "fr", "C", NULL }, "fr");
  assert_match ((const char *const[]) { "de_CH@euro", "de_CH", NULL }, "de_AT");
  assert_match ((const char *const[]) { "C", NULL }, "");
}

static void
assert_checked (AppSpelling *spelling, const char *expected)
{
  g_auto (GStrv) languages = app_spelling_dup_languages (spelling);
  g_autofree char *text = g_strjoinv (" ", languages);

  g_assert_cmpstr (text, ==, expected);
}

static void
turn (AppSpelling *spelling, const char *tag)
{
  g_action_group_activate_action (app_spelling_get_actions (spelling), tag, NULL);
}

static void
test_several (void)
{
  g_autoptr (AppSpelling) spelling = app_spelling_new (installed);
  g_auto (GStrv) chosen = NULL;

  turn (spelling, "en_US");
  turn (spelling, "de_DE");
  assert_checked (spelling, "de_DE en_US");
  turn (spelling, "en_US");
  assert_checked (spelling, "de_DE");
  turn (spelling, "de_DE");
  assert_checked (spelling, "");
  g_object_get (spelling, "chosen", &chosen, NULL);
  g_assert_cmpuint (g_strv_length (chosen), ==, 0);
}

/* It may be installed again. */
static void
test_missing_is_kept (void)
{
  g_autoptr (AppSpelling) spelling = app_spelling_new (installed);
  g_auto (GStrv) chosen = NULL;

  g_object_set (spelling, "chosen", (const char *const[]) { "pt_BR", "fr", NULL }, NULL);
  assert_checked (spelling, "fr");
  turn (spelling, "en_GB");
  assert_checked (spelling, "en_GB fr");
  g_object_get (spelling, "chosen", &chosen, NULL);
  g_assert_true (g_strv_contains ((const char *const *) chosen, "pt_BR"));
}

static void
test_settings (void)
{
  g_autoptr (AppSettings) settings = app_settings_new ();
  g_autoptr (AppSpelling) one = app_spelling_new (installed);
  g_autoptr (AppSpelling) other = app_spelling_new (installed);
  const GBindingFlags both = G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE;

  g_object_bind_property (settings, "spelling-languages", one, "chosen", both);
  g_object_bind_property (settings, "spelling-languages", other, "chosen", both);
  turn (one, "fr");
  assert_checked (other, "fr");
}

static void
test_none_is_said (void)
{
  static const char *const none[] = { NULL };
  g_autoptr (AppSpelling) spelling = app_spelling_new (none);
  g_autoptr (GVariant) label = g_menu_model_get_item_attribute_value (app_spelling_get_menu (spelling), 0, "label", NULL);
  GtkWidget *row = g_object_ref_sink (g_object_new (PREFERENCES_TYPE_SPELLING, NULL));

  g_assert_cmpstr (g_variant_get_string (label, NULL), ==, "No spelling dictionary is installed");
  preferences_spelling_set_spelling (PREFERENCES_SPELLING (row), spelling);
  g_assert_true (g_str_has_prefix (adw_expander_row_get_subtitle (ADW_EXPANDER_ROW (row)), "No dictionary is installed."));
  g_assert_finalize_object (row);
}

static void
test_row (void)
{
  g_autoptr (AppSpelling) spelling = app_spelling_new (installed);
  GtkWidget *row = g_object_ref_sink (g_object_new (PREFERENCES_TYPE_SPELLING, NULL));

  preferences_spelling_set_spelling (PREFERENCES_SPELLING (row), spelling);
  g_object_set (spelling, "chosen", (const char *const[]) { "de_DE", "en_GB", NULL }, NULL);
  g_assert_cmpstr (adw_expander_row_get_subtitle (ADW_EXPANDER_ROW (row)), ==, "Deutsch (DE), English (GB)");
  g_object_set (spelling, "chosen", (const char *const[]) { NULL }, NULL);
  g_assert_cmpstr (adw_expander_row_get_subtitle (ADW_EXPANDER_ROW (row)), ==, "Spelling is not checked.");
  g_assert_finalize_object (row);
}

/* Whatever is installed here: languages, each once, in order. */
static void
test_dictionaries (void)
{
  g_auto (GStrv) found = app_dictionaries_list ();

  for (guint i = 0; found[i]; i++)
    {
      g_assert_cmpuint (strspn (found[i], "abcdefghijklmnopqrstuvwxyz"), >=, 2);
      g_assert_true (i == 0 || g_strcmp0 (found[i - 1], found[i]) < 0);
    }
}

int
main (int argc, char **argv)
{
  screen_test_init (&argc, &argv);
  g_test_add_func ("/app/spelling/languages/have-their-own-names", test_names);
  g_test_add_func ("/app/spelling/desktops-languages/are-taken-as-there-are-dictionaries", test_match);
  g_test_add_func ("/app/spelling/several/are-checked-at-once", test_several);
  g_test_add_func ("/app/spelling/not-installed-now/is-kept", test_missing_is_kept);
  g_test_add_func ("/app/spelling/choice/holds-for-all-and-is-kept", test_settings);
  g_test_add_func ("/app/spelling/no-dictionary/is-said", test_none_is_said);
  g_test_add_func ("/app/spelling/preferences/say-what-is-checked", test_row);
  g_test_add_func ("/app/spelling/dictionaries/are-languages", test_dictionaries);
  return g_test_run ();
}
