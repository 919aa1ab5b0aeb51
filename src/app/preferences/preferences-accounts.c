/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window of preferences, grouped by what a person wants, and the page of the account that was chosen. */
#include "preferences-accounts.h"

#include "base-config.h"
#include "preferences-account.h"
#include "preferences-news.h"
#include "preferences-privacy.h"
#include "preferences-reading.h"
#include "preferences-writing.h"
#include "setup-window.h"

#include <glib/gi18n.h>

#define PREFERENCES_TYPE_ACCOUNTS (preferences_accounts_get_type ())
G_DECLARE_FINAL_TYPE (PreferencesAccounts, preferences_accounts, PREFERENCES, ACCOUNTS, AdwWindow)

struct _PreferencesAccounts
{
  AdwWindow parent_instance;
  AccountList *accounts;
  AccountSecrets *secrets;
  SyncEngine *engine;
  PreferencesRemoveAccountFunc remove;
  gpointer remove_data;
  PreferencesAccount *page;  /* in the stack; NULL while the list is shown */

  /* the template's */
  GtkStack *stack;
  GtkStack *list_stack;
  GtkListBox *list_box;
  PreferencesReading *reading;
  PreferencesWriting *writing;
  PreferencesNews *news;
  PreferencesPrivacy *privacy;
};

G_DEFINE_FINAL_TYPE (PreferencesAccounts, preferences_accounts, ADW_TYPE_WINDOW)

#define OPEN_KEY "preferences-accounts-window" /* on the parent: one window a parent */

static void
on_accounts_changed (PreferencesAccounts *self)
{
  gtk_stack_set_visible_child_name (self->list_stack, g_list_model_get_n_items (G_LIST_MODEL (self->accounts)) > 0 ? "list" : "empty");
}

/* An account without a name of its own is called by its address: once is enough. */
static gboolean
show_email (GBinding *binding, const GValue *from, GValue *to, gpointer data)
{
  g_autoptr (Account) account = ACCOUNT_ACCOUNT (g_binding_dup_source (binding));
  const char *email = g_value_get_string (from);

  g_value_set_string (to, account && g_strcmp0 (email, account_get_title (account)) == 0 ? "" : email);
  return TRUE;
}

static GtkWidget *
make_row (gpointer item, gpointer data)
{
  GtkWidget *row = adw_action_row_new ();

  adw_action_row_add_prefix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("avatar-default-symbolic"));
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 1);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 1);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
  g_object_bind_property (item, "title", row, "title", G_BINDING_SYNC_CREATE);
  g_object_bind_property_full (item, "email", row, "subtitle", G_BINDING_SYNC_CREATE, show_email, NULL, NULL, NULL);
  return row;
}

/* The page goes when it has slid out of sight. */
static void
on_back (PreferencesAccounts *self)
{
  GtkWidget *page = GTK_WIDGET (g_steal_pointer (&self->page));

  if (!page || !self->stack)
    return;
  gtk_stack_set_visible_child_name (self->stack, "list");
  gtk_stack_remove (self->stack, page);
}

static void
on_row_activated (PreferencesAccounts *self, GtkListBoxRow *row)
{
  g_autoptr (Account) account = g_list_model_get_item (G_LIST_MODEL (self->accounts), (guint) gtk_list_box_row_get_index (row));

  if (!account || self->page)
    return;
  self->page = preferences_account_new (account, self->accounts, self->secrets, self->engine, self->remove, self->remove_data);
  g_signal_connect_object (self->page, "back", G_CALLBACK (on_back), self, G_CONNECT_SWAPPED);
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->page), "account");
  gtk_stack_set_visible_child_name (self->stack, "account");
}

static void
on_account_added (PreferencesAccounts *self, Account *account)
{
  sync_engine_run_async (self->engine, account_get_id (account), SYNC_DEFAULT, NULL, NULL, NULL);
}

static void
on_add_clicked (PreferencesAccounts *self)
{
  SetupWindow *wizard = setup_window_new (GTK_WINDOW (self), self->accounts, self->secrets, self->engine);

  g_signal_connect_object (wizard, "account-added", G_CALLBACK (on_account_added), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (wizard));
}

/* Rules and contacts have windows of their own. */
static void
activate_in_parent (PreferencesAccounts *self, const char *action)
{
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));

  if (parent)
    gtk_widget_activate_action (GTK_WIDGET (parent), action, NULL);
}

static void
on_rules (PreferencesAccounts *self)
{
  activate_in_parent (self, "app.rules");
}

static void
on_contacts (PreferencesAccounts *self)
{
  activate_in_parent (self, "app.contacts");
}

/* Esc and the close button go through the same question as Back. */
static gboolean
preferences_accounts_close_request (GtkWindow *window)
{
  PreferencesAccounts *self = PREFERENCES_ACCOUNTS (window);

  if (self->page)
    {
      gboolean was_changed = preferences_account_is_changed (self->page);

      preferences_account_leave (self->page);
      if (was_changed)
        return GDK_EVENT_STOP;
    }
  return GTK_WINDOW_CLASS (preferences_accounts_parent_class)->close_request (window);
}

static void
preferences_accounts_dispose (GObject *object)
{
  PreferencesAccounts *self = PREFERENCES_ACCOUNTS (object);
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));

  if (parent && g_object_get_data (G_OBJECT (parent), OPEN_KEY) == self)
    g_object_set_data (G_OBJECT (parent), OPEN_KEY, NULL);
  if (self->list_box)
    gtk_list_box_bind_model (self->list_box, NULL, NULL, NULL, NULL);
  self->page = NULL;
  gtk_widget_dispose_template (GTK_WIDGET (self), PREFERENCES_TYPE_ACCOUNTS);
  g_clear_object (&self->accounts);
  g_clear_object (&self->secrets);
  g_clear_object (&self->engine);
  G_OBJECT_CLASS (preferences_accounts_parent_class)->dispose (object);
}

static void
preferences_accounts_class_init (PreferencesAccountsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = preferences_accounts_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = preferences_accounts_close_request;

  g_type_ensure (PREFERENCES_TYPE_READING);
  g_type_ensure (PREFERENCES_TYPE_WRITING);
  g_type_ensure (PREFERENCES_TYPE_NEWS);
  g_type_ensure (PREFERENCES_TYPE_PRIVACY);
  gtk_widget_class_set_template_from_resource (widget_class, POSTHORN_RESOURCE_PATH "/ui/preferences/preferences-accounts.ui");
  gtk_widget_class_bind_template_child (widget_class, PreferencesAccounts, stack);
  gtk_widget_class_bind_template_child (widget_class, PreferencesAccounts, list_stack);
  gtk_widget_class_bind_template_child (widget_class, PreferencesAccounts, list_box);
  gtk_widget_class_bind_template_child (widget_class, PreferencesAccounts, reading);
  gtk_widget_class_bind_template_child (widget_class, PreferencesAccounts, writing);
  gtk_widget_class_bind_template_child (widget_class, PreferencesAccounts, news);
  gtk_widget_class_bind_template_child (widget_class, PreferencesAccounts, privacy);
  gtk_widget_class_bind_template_callback (widget_class, on_add_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_rules);
  gtk_widget_class_bind_template_callback (widget_class, on_contacts);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_w, GDK_CONTROL_MASK, "window.close", NULL);
}

static void
preferences_accounts_init (PreferencesAccounts *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
preferences_accounts_present (GtkWindow *parent, GActionGroup *choices, AppSettings *settings, AppState *state, AccountList *accounts, AccountSecrets *secrets, SyncEngine *engine,
                              PreferencesRemoveAccountFunc remove, gpointer data)
{
  PreferencesAccounts *self = g_object_get_data (G_OBJECT (parent), OPEN_KEY);

  if (!self)
    {
      self = g_object_new (PREFERENCES_TYPE_ACCOUNTS, "transient-for", parent, NULL);
      self->accounts = g_object_ref (accounts);
      self->secrets = g_object_ref (secrets);
      self->engine = g_object_ref (engine);
      self->remove = remove;
      self->remove_data = data;
      gtk_list_box_bind_model (self->list_box, G_LIST_MODEL (accounts), make_row, NULL, NULL);
      g_signal_connect_object (accounts, "items-changed", G_CALLBACK (on_accounts_changed), self, G_CONNECT_SWAPPED);
      on_accounts_changed (self);
      preferences_reading_set_models (self->reading, settings, choices);
      preferences_writing_set_settings (self->writing, settings);
      preferences_news_set_models (self->news, state, accounts);
      preferences_privacy_set_state (self->privacy, state);
      g_object_set_data (G_OBJECT (parent), OPEN_KEY, self);
    }
  gtk_window_present (GTK_WINDOW (self));
}
