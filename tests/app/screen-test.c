/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What tests of screens share. */
#include "screen-test.h"

#include "base-config.h"
#include "mime-summary.h"

#include <glib/gstdio.h>

#define PATIENCE (60 * G_USEC_PER_SEC) /* sanitizers make the layout of text slow */

void
screen_test_init (int *argc, char ***argv)
{
  g_autoptr (GtkCssProvider) provider = NULL;

  gtk_test_init (argc, argv, NULL);
  adw_init ();
  mime_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  provider = gtk_css_provider_new ();
  gtk_css_provider_load_from_resource (provider, POSTHORN_RESOURCE_PATH "/style.css"); /* in the program AdwApplication does it */
  gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}

void
screen_set_up (Screen *screen, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *database = NULL;
  g_autofree char *settings = NULL;
  g_autofree char *keyring = NULL;

  screen->folder = g_dir_make_tmp ("posthorn-screen-XXXXXX", &error);
  g_assert_no_error (error);
  database = g_build_filename (screen->folder, "mail.sqlite", NULL);
  settings = g_build_filename (screen->folder, "accounts.ini", NULL);
  keyring = g_build_filename (screen->folder, "test.keyring", NULL);
  /* libsecret's own file: no keyring daemon, and nothing of the person who runs the tests */
  g_setenv ("SECRET_BACKEND", "file", TRUE);
  g_setenv ("SECRET_FILE_TEST_PATH", keyring, TRUE);
  g_setenv ("SECRET_FILE_TEST_PASSWORD", "test", TRUE);

  screen->store = store_new (database, &error);
  g_assert_no_error (error);
  screen->accounts = account_list_new (settings, &error);
  g_assert_no_error (error);
  screen->secrets = account_secrets_new (screen->folder);
  screen->engine = sync_engine_new (screen->store, screen->accounts, screen->secrets, NULL);
  screen->parent = GTK_WINDOW (adw_window_new ());
  gtk_window_present (screen->parent);
}

void
screen_tear_down (Screen *screen, gconstpointer data)
{
  g_autoptr (GDir) dir = NULL;
  const char *name;

  gtk_window_destroy (screen->parent);
  screen_settle ();
  sync_engine_stop (screen->engine);
  screen_settle ();
  g_clear_object (&screen->engine);
  g_clear_object (&screen->secrets);
  g_clear_object (&screen->accounts);
  store_close (screen->store);
  screen_settle ();
  g_clear_object (&screen->store);

  dir = g_dir_open (screen->folder, 0, NULL);
  while ((name = g_dir_read_name (dir)))
    {
      g_autofree char *path = g_build_filename (screen->folder, name, NULL);

      g_remove (path);
    }
  g_rmdir (screen->folder);
  g_free (screen->folder);
}

Account *
screen_add_account (Screen *screen, const char *name, const char *email)
{
  g_autoptr (Account) account = account_new ();
  g_autoptr (GError) error = NULL;

  g_object_set (account, "person-name", name, "email", email, NULL);
  account_set_server (account, ACCOUNT_INCOMING, "127.0.0.1", 1, MAIL_SECURITY_PLAINTEXT, email);
  account_set_server (account, ACCOUNT_OUTGOING, "127.0.0.1", 1, MAIL_SECURITY_PLAINTEXT, email);
  account_list_save (screen->accounts, account, &error);
  g_assert_no_error (error);
  return account_list_find_email (screen->accounts, email);
}

gpointer
screen_part (gpointer widget, GType type, const char *id)
{
  gpointer part = gtk_widget_get_template_child (widget, type, id);

  g_assert_nonnull (part);
  return part;
}

static gboolean
on_tick (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

void
screen_wait (ScreenClaim claim, gpointer data)
{
  gint64 end = g_get_monotonic_time () + PATIENCE;
  guint tick = g_timeout_add (20, on_tick, NULL); /* so that a loop in which nothing happens still looks */

  while (!claim (data))
    {
      if (g_get_monotonic_time () > end)
        {
          screen_picture (gtk_window_get_toplevels (), "gave-up");
          g_error ("waited too long");
        }
      g_main_context_iteration (NULL, TRUE);
    }
  g_source_remove (tick);
}

void
screen_settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

void
screen_type (gpointer editable, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (editable), text);
}

void
screen_click (gpointer button)
{
  g_assert_true (gtk_widget_get_sensitive (button));
  g_assert_true (gtk_widget_get_visible (button));
  g_signal_emit_by_name (button, "clicked");
}

void
screen_assert_label (gpointer widget, const char *label)
{
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, label);
}

GtkWindow *
screen_find_window (const char *title)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (g_strcmp0 (gtk_window_get_title (window), title) == 0)
        return window;
    }
  return NULL;
}

void
screen_picture (gpointer window, const char *name)
{
  const char *folder = g_getenv ("POSTHORN_PICTURES");
  g_autofree char *path = NULL;
  g_autofree char *command = NULL;
  gint64 end = g_get_monotonic_time () + G_USEC_PER_SEC / 2;

  if (!folder)
    return;
  if (GTK_IS_WIDGET (window))
    gtk_test_widget_wait_for_draw (window);
  while (g_get_monotonic_time () < end) /* what slides or fades comes to rest */
    g_main_context_iteration (NULL, FALSE);
  path = g_strdup_printf ("%s/%s.png", folder, name);
  command = g_strdup_printf ("import -window root '%s'", path);
  g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL);
}

void
screen_assert_finalized (gpointer window)
{
  gpointer weak = window;

  g_object_add_weak_pointer (G_OBJECT (window), &weak);
  gtk_window_destroy (window);
  screen_settle ();
  g_assert_null (weak);
}
