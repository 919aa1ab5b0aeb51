/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of the accounts' settings: nothing counts before it is saved, and removing asks what becomes of the mail. */
#include "preferences-account.h"
#include "preferences-accounts.h"
#include "preferences-privacy.h"
#include "preferences-reading.h"
#include "screen-test.h"
#include "setup-keep-group.h"
#include "setup-leave-group.h"
#include "setup-server-group.h"

#include <string.h>

typedef struct
{
  Screen screen;
  AppSettings *settings;
  AppState *state;
  Account *account;
  GtkWindow *window;
  gpointer page;
  guint n_removed;
  gboolean keeps_mail;
} Preferences;

static void
on_remove (Account *account, gboolean keep_mail, GAsyncReadyCallback callback, gpointer callback_data, gpointer data)
{
  Preferences *preferences = data;
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, callback_data);

  preferences->n_removed++;
  preferences->keeps_mail = keep_mail;
  account_list_remove (preferences->screen.accounts, account_get_id (account), NULL);
  g_task_return_boolean (task, TRUE);
}

static void
open_page (Preferences *preferences)
{
  GtkListBox *list;
  GtkStack *stack;

  preferences_accounts_present (preferences->screen.parent, NULL, preferences->settings, preferences->state, preferences->screen.accounts, preferences->screen.secrets,
                                preferences->screen.engine, on_remove, preferences);
  preferences->window = screen_find_window ("Preferences");
  list = screen_part (preferences->window, G_OBJECT_TYPE (preferences->window), "list_box");
  stack = screen_part (preferences->window, G_OBJECT_TYPE (preferences->window), "stack");
  screen_picture (preferences->window, "preferences-accounts");
  g_signal_emit_by_name (list, "row-activated", gtk_list_box_get_row_at_index (list, 0));
  preferences->page = gtk_stack_get_child_by_name (stack, "account");
  g_assert_true (PREFERENCES_IS_ACCOUNT (preferences->page));
}

static void
set_up (Preferences *preferences, gconstpointer data)
{
  screen_set_up (&preferences->screen, NULL);
  preferences->settings = app_settings_new ();
  preferences->state = app_state_new ("/nonexistent/window.ini");
  preferences->account = screen_add_account (&preferences->screen, "Ana Ruiz", "ana@example.org");
  screen_add_account (&preferences->screen, "Ana", "a.very.long.address.indeed.that.does.not.end@subdomain.of.some.company.example");
  open_page (preferences);
}

static void
tear_down (Preferences *preferences, gconstpointer data)
{
  screen_assert_finalized (preferences->window);
  g_assert_finalize_object (preferences->settings);
  g_assert_finalize_object (preferences->state);
  screen_tear_down (&preferences->screen, NULL);
}

static gpointer
part (Preferences *preferences, const char *id)
{
  return screen_part (preferences->page, PREFERENCES_TYPE_ACCOUNT, id);
}

static GtkWindow *
find_question (Preferences *preferences)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (gtk_window_get_transient_for (window) == preferences->window)
        return window;
    }
  return NULL;
}

static void
answer_question (Preferences *preferences, const char *choice)
{
  GtkWindow *question = find_question (preferences);

  g_assert_nonnull (question);
  g_signal_emit_by_name (question, "response", choice);
  gtk_window_destroy (question);
  screen_settle ();
}

static void
test_nothing_counts_before_saving (Preferences *preferences, gconstpointer data)
{
  g_assert_false (gtk_widget_get_sensitive (part (preferences, "save_button")));
  screen_type (part (preferences, "name_row"), "Ana María");
  g_assert_cmpstr (account_get_person_name (preferences->account), ==, "Ana Ruiz");
  screen_click (part (preferences, "save_button"));
  g_assert_cmpstr (account_get_person_name (preferences->account), ==, "Ana María");
  g_assert_false (gtk_widget_get_sensitive (part (preferences, "save_button")));
  screen_picture (preferences->window, "preferences-account");
}

static void
test_leave_in_words (Preferences *preferences, gconstpointer data)
{
  gpointer group = part (preferences, "leave_group");

  adw_combo_row_set_selected (screen_part (group, SETUP_TYPE_LEAVE_GROUP, "leave_row"), ACCOUNT_LEAVE_NEVER);
  g_assert_nonnull (strstr (adw_preferences_group_get_description (group), "as soon as they are safely here"));
  g_assert_false (gtk_widget_get_visible (screen_part (group, SETUP_TYPE_LEAVE_GROUP, "days_row")));
  screen_click (part (preferences, "save_button"));
  g_assert_cmpint (account_get_leave (preferences->account), ==, ACCOUNT_LEAVE_NEVER);
}

static void
test_kept_here_in_words (Preferences *preferences, gconstpointer data)
{
  gpointer group = part (preferences, "keep_group");
  GtkSpinButton *days = screen_part (group, SETUP_TYPE_KEEP_GROUP, "days_button");

  adw_combo_row_set_selected (screen_part (group, SETUP_TYPE_KEEP_GROUP, "keep_row"), 1);
  g_assert_true (gtk_widget_get_visible (screen_part (group, SETUP_TYPE_KEEP_GROUP, "days_row")));
  gtk_spin_button_set_value (days, 30);
  g_assert_nonnull (strstr (adw_preferences_group_get_description (group), "30 days"));
  gtk_switch_set_active (screen_part (group, SETUP_TYPE_KEEP_GROUP, "watch_switch"), FALSE);
  screen_click (part (preferences, "save_button"));
  g_assert_cmpint (account_get_keep_days (preferences->account), ==, 30);
  g_assert_false (account_get_watches (preferences->account));
}

static void
test_bad_server_is_not_saved (Preferences *preferences, gconstpointer data)
{
  gpointer group = part (preferences, "incoming_group");

  screen_type (screen_part (group, SETUP_TYPE_SERVER_GROUP, "host_row"), "https://example.org/");
  screen_click (part (preferences, "save_button"));
  g_assert_true (gtk_widget_get_visible (screen_part (group, SETUP_TYPE_SERVER_GROUP, "problem_label")));
  g_assert_cmpstr (account_get_host (preferences->account, ACCOUNT_INCOMING), ==, "127.0.0.1");
}

static void
test_leaving_asks (Preferences *preferences, gconstpointer data)
{
  screen_type (part (preferences, "name_row"), "Somebody Else");
  preferences_account_leave (preferences->page);
  answer_question (preferences, "discard");
  g_assert_cmpstr (account_get_person_name (preferences->account), ==, "Ana Ruiz");
}

static void
test_removing_keeps_mail (Preferences *preferences, gconstpointer data)
{
  screen_click (part (preferences, "remove_button"));
  screen_picture (find_question (preferences), "preferences-remove");
  answer_question (preferences, "keep");
  g_assert_cmpuint (preferences->n_removed, ==, 1);
  g_assert_true (preferences->keeps_mail);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (preferences->screen.accounts)), ==, 1);
}

static void
test_cancelling_removes_nothing (Preferences *preferences, gconstpointer data)
{
  screen_click (part (preferences, "remove_button"));
  answer_question (preferences, "cancel");
  g_assert_cmpuint (preferences->n_removed, ==, 0);
}

static void
test_one_window (Preferences *preferences, gconstpointer data)
{
  guint before = g_list_model_get_n_items (gtk_window_get_toplevels ());

  preferences_accounts_present (preferences->screen.parent, NULL, preferences->settings, preferences->state, preferences->screen.accounts, preferences->screen.secrets,
                                preferences->screen.engine, on_remove, preferences);
  g_assert_cmpuint (g_list_model_get_n_items (gtk_window_get_toplevels ()), ==, before);
}

/* What counts for all accounts */

static void
test_reading_follows_the_choices (Preferences *preferences, gconstpointer data)
{
  g_autoptr (GSimpleActionGroup) choices = g_simple_action_group_new ();
  g_autoptr (GSimpleAction) pane = g_simple_action_new_stateful ("reading-pane", G_VARIANT_TYPE_STRING, g_variant_new_string ("below"));
  g_autoptr (GSimpleAction) plain = g_simple_action_new_stateful ("plain-text", NULL, g_variant_new_boolean (FALSE));
  PreferencesReading *reading = g_object_ref_sink (g_object_new (PREFERENCES_TYPE_READING, NULL));
  AdwComboRow *row = screen_part (reading, PREFERENCES_TYPE_READING, "pane_row");
  g_autoptr (GVariant) state = NULL;

  g_action_map_add_action (G_ACTION_MAP (choices), G_ACTION (pane));
  g_action_map_add_action (G_ACTION_MAP (choices), G_ACTION (plain));
  preferences_reading_set_models (reading, preferences->settings, G_ACTION_GROUP (choices));
  g_assert_cmpuint (adw_combo_row_get_selected (row), ==, 1);
  g_assert_false (gtk_widget_get_visible (screen_part (reading, PREFERENCES_TYPE_READING, "days_row"))); /* nobody has that choice here */

  adw_combo_row_set_selected (row, 0);
  state = g_action_get_state (G_ACTION (pane));
  g_assert_cmpstr (g_variant_get_string (state, NULL), ==, "right");
  g_simple_action_set_state (pane, g_variant_new_string ("off"));
  g_assert_cmpuint (adw_combo_row_get_selected (row), ==, 2);
  g_object_unref (reading);
}

static void
test_marking_is_a_setting (Preferences *preferences, gconstpointer data)
{
  PreferencesReading *reading = g_object_ref_sink (g_object_new (PREFERENCES_TYPE_READING, NULL));
  AdwExpanderRow *row = screen_part (reading, PREFERENCES_TYPE_READING, "seen_row");

  preferences_reading_set_models (reading, preferences->settings, NULL);
  g_assert_true (adw_expander_row_get_enable_expansion (row));
  adw_expander_row_set_enable_expansion (row, FALSE);
  g_assert_false (app_settings_get_mark_seen (preferences->settings));
  g_object_set (preferences->settings, "mark-seen", TRUE, NULL);
  g_object_unref (reading);
}

static void
test_senders_are_forgotten (Preferences *preferences, gconstpointer data)
{
  PreferencesPrivacy *privacy = g_object_ref_sink (g_object_new (PREFERENCES_TYPE_PRIVACY, NULL));

  app_state_set_int (preferences->state, "pictures-from", "one", 1);
  app_state_set_int (preferences->state, "pictures-from", "another", 1);
  preferences_privacy_set_state (privacy, preferences->state);
  g_assert_nonnull (strstr (adw_action_row_get_subtitle (screen_part (privacy, PREFERENCES_TYPE_PRIVACY, "senders_row")), "2 senders"));
  screen_click (screen_part (privacy, PREFERENCES_TYPE_PRIVACY, "forget_button"));
  g_assert_cmpuint (app_state_count (preferences->state, "pictures-from"), ==, 0);
  g_assert_false (gtk_widget_get_sensitive (screen_part (privacy, PREFERENCES_TYPE_PRIVACY, "forget_button")));
  g_object_unref (privacy);
}

#define TEST(path, function) g_test_add ("/app/preferences/" path, Preferences, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  screen_test_init (&argc, &argv);
  TEST ("change/counts-when-it-is-saved", test_nothing_counts_before_saving);
  TEST ("mail-on-the-server/is-told-in-words", test_leave_in_words);
  TEST ("kept-here/is-told-in-words", test_kept_here_in_words);
  TEST ("bad-server/is-not-saved", test_bad_server_is_not_saved);
  TEST ("leaving-unsaved/asks-first", test_leaving_asks);
  TEST ("removing/may-keep-the-mail", test_removing_keeps_mail);
  TEST ("removing/can-be-thought-over", test_cancelling_removes_nothing);
  TEST ("opened-twice/is-one-window", test_one_window);
  TEST ("reading/follows-the-window-s-own-choices", test_reading_follows_the_choices);
  TEST ("reading/marking-as-read-is-a-setting", test_marking_is_a_setting);
  TEST ("privacy/senders-allowed-are-counted-and-forgotten", test_senders_are_forgotten);
  return g_test_run ();
}
