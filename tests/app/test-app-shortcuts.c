/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of the keys: the window that lists them says what is so, and all of it. */
#include "app-shortcuts.h"
#include "app-window.h"
#include "base-config.h"
#include "folders-view.h"
#include "screen-test.h"

static GtkApplication *application;

typedef struct
{
  Screen screen;
  AppParts parts;
  AppWindow *window;
  GHashTable *real;     /* of char *: keys that do something in the window, as gtk_accelerator_name () writes them */
  GHashTable *listed;   /* of char *: keys that the list of shortcuts names */
} ShortcutsTest;

static void
set_up (ShortcutsTest *test, gconstpointer data)
{
  Screen *screen = &test->screen;

  screen_set_up (screen, data);
  screen_add_account (screen, "Me", "me@example.org");
  test->parts = (AppParts) {
    .accounts = screen->accounts, .secrets = screen->secrets, .engine = screen->engine,
    .tree = model_folder_tree_new (screen->store, screen->accounts),
    .messages = model_message_list_new (screen->store),
    .mailbox = model_mailbox_new (screen->store),
    .refusals = model_refusals_new (screen->store, screen->accounts),
    .saver = model_saver_new (screen->folder),
    .settings = app_settings_new (),
    .state = app_state_new ("/nonexistent/window.ini"),
  };
  test->window = app_window_new (application, &test->parts);
  test->real = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  test->listed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

static void
tear_down (ShortcutsTest *test, gconstpointer data)
{
  g_hash_table_unref (test->real);
  g_hash_table_unref (test->listed);
  screen_assert_finalized (test->window);
  g_clear_object (&test->parts.tree);
  g_clear_object (&test->parts.messages);
  g_clear_object (&test->parts.mailbox);
  g_clear_object (&test->parts.refusals);
  g_clear_object (&test->parts.saver);
  g_clear_object (&test->parts.settings);
  g_clear_object (&test->parts.state);
  screen_tear_down (&test->screen, data);
}

static void
add_accelerator (GHashTable *set, const char *text)
{
  guint key;
  GdkModifierType modifiers;

  g_assert_true (gtk_accelerator_parse (text, &key, &modifiers));
  g_hash_table_add (set, gtk_accelerator_name (key, modifiers));
}

static void
add_trigger (GHashTable *set, GtkShortcutTrigger *trigger)
{
  if (GTK_IS_ALTERNATIVE_TRIGGER (trigger))
    {
      add_trigger (set, gtk_alternative_trigger_get_first (GTK_ALTERNATIVE_TRIGGER (trigger)));
      add_trigger (set, gtk_alternative_trigger_get_second (GTK_ALTERNATIVE_TRIGGER (trigger)));
    }
  else if (GTK_IS_KEYVAL_TRIGGER (trigger))
    g_hash_table_add (set, gtk_accelerator_name (gtk_keyval_trigger_get_keyval (GTK_KEYVAL_TRIGGER (trigger)),
                                                 gtk_keyval_trigger_get_modifiers (GTK_KEYVAL_TRIGGER (trigger))));
}

/* The keys of a widget's class and its own, and those of all in it */
static void
add_keys_of (GHashTable *set, GtkWidget *widget)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      for (guint k = 0; GTK_IS_SHORTCUT_CONTROLLER (controller) && k < g_list_model_get_n_items (G_LIST_MODEL (controller)); k++)
        {
          g_autoptr (GtkShortcut) shortcut = g_list_model_get_item (G_LIST_MODEL (controller), k);

          add_trigger (set, gtk_shortcut_get_trigger (shortcut));
        }
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    add_keys_of (set, child);
}

static void
add_application_keys (GHashTable *set)
{
  g_auto (GStrv) actions = gtk_application_list_action_descriptions (application);

  for (char **action = actions; *action; action++)
    {
      g_auto (GStrv) keys = gtk_application_get_accels_for_action (application, *action);

      for (char **key = keys; *key; key++)
        add_accelerator (set, *key);
    }
}

static void
add_listed (GHashTable *set, GtkWidget *widget)
{
  g_autofree char *keys = NULL;

  if (GTK_IS_SHORTCUTS_SHORTCUT (widget))
    g_object_get (widget, "accelerator", &keys, NULL);
  if (keys)
    {
      g_auto (GStrv) list = g_strsplit (keys, " ", -1);

      for (char **key = list; *key; key++)
        add_accelerator (set, *key);
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    add_listed (set, child);
}

static void
collect (ShortcutsTest *test)
{
  g_autoptr (GtkBuilder) builder = gtk_builder_new_from_resource (POSTHORN_RESOURCE_PATH "/gtk/help-overlay.ui");
  GtkWindow *overlay = GTK_WINDOW (gtk_builder_get_object (builder, "help_overlay"));

  add_application_keys (test->real);
  add_keys_of (test->real, GTK_WIDGET (test->window));
  add_listed (test->listed, GTK_WIDGET (overlay));
  gtk_window_destroy (overlay);
}

static void
test_what_is_listed_is_so (ShortcutsTest *test, gconstpointer data)
{
  /* found by controllers that look at every key, by the toolkit, or by the composer */
  static const char *const others[] = { "Left", "Right", "<Control>question", "<Control>Return", "<Control>b", "<Control>i", "<Control>k", "<Control>u", "<Shift><Control>Down", "<Shift><Control>Up",
                                        "<Shift><Control>a", "F10" };
  GHashTableIter iter;
  gpointer key;

  collect (test);
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    g_hash_table_add (test->real, g_strdup (others[i]));
  g_hash_table_iter_init (&iter, test->listed);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    if (!g_hash_table_contains (test->real, key))
      {
        g_test_message ("%s is listed and does nothing", (char *) key);
        g_test_fail ();
      }
  g_assert_cmpuint (g_hash_table_size (test->listed), >, 30);
}

static void
test_what_is_so_is_listed (ShortcutsTest *test, gconstpointer data)
{
  g_autoptr (GHashTable) keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer key;

  collect (test);
  add_application_keys (keys);
  g_hash_table_iter_init (&iter, keys);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    if (!g_hash_table_contains (test->listed, key))
      {
        g_test_message ("%s does something and is not listed", (char *) key);
        g_test_fail ();
      }
}

static void
test_every_key_has_an_action (ShortcutsTest *test, gconstpointer data)
{
  g_auto (GStrv) actions = gtk_application_list_action_descriptions (application);

  for (char **action = actions; *action; action++)
    {
      gboolean is_of_the_program = g_str_has_prefix (*action, "app."); /* made by parts that this test does not have */

      if (!is_of_the_program && !gtk_widget_activate_action (GTK_WIDGET (test->window), *action, NULL)
          && !g_str_has_prefix (*action, "message.") && !g_str_has_prefix (*action, "folder.") && !g_str_equal (*action, "win.show-help-overlay"))
        {
          g_test_message ("%s has keys and is no action", *action);
          g_test_fail ();
        }
    }
  screen_settle ();
}

int
main (int argc, char **argv)
{
  int result;

  screen_test_init (&argc, &argv);
  application = gtk_application_new ("org.posthorn.Test", G_APPLICATION_NON_UNIQUE);
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, NULL));
  app_shortcuts_add (application);
#define ADD(path, func) g_test_add ("/app/shortcuts/" path, ShortcutsTest, NULL, set_up, func, tear_down)
  ADD ("what-is-listed/does-something", test_what_is_listed_is_so);
  ADD ("what-does-something/is-listed", test_what_is_so_is_listed);
  ADD ("every-key/has-an-action", test_every_key_has_an_action);
  result = g_test_run ();
  g_clear_object (&application);
  return result;
}
