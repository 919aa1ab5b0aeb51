/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether new mail is told, for each account. */
#include "preferences-news.h"

#include "app-names.h"
#include "app-news.h"

#include <glib/gi18n.h>

struct _PreferencesNews
{
  AdwPreferencesGroup parent_instance;
  AppState *state;
  AccountList *accounts;
  GPtrArray *rows;   /* of GtkWidget */
};

G_DEFINE_FINAL_TYPE (PreferencesNews, preferences_news, ADW_TYPE_PREFERENCES_GROUP)

static void
on_switched (PreferencesNews *self, GParamSpec *pspec, GtkSwitch *widget)
{
  Account *account = g_object_get_data (G_OBJECT (widget), "account");

  app_news_set_wanted (self->state, account_get_id (account), gtk_switch_get_active (widget));
}

static GtkWidget *
make_row (PreferencesNews *self, Account *account)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *wanted = gtk_switch_new ();
  g_autofree char *name = g_strdup_printf (_("Tell me about new mail in %s"), account_get_title (account));

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  g_object_bind_property (account, "title", row, "title", G_BINDING_SYNC_CREATE);
  g_object_set_data_full (G_OBJECT (wanted), "account", g_object_ref (account), g_object_unref);
  gtk_switch_set_active (GTK_SWITCH (wanted), app_news_is_wanted (self->state, account_get_id (account)));
  gtk_widget_set_valign (wanted, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (wanted), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_object (wanted, "notify::active", G_CALLBACK (on_switched), self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), wanted);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), wanted);
  return row;
}

static void
refresh (PreferencesNews *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->accounts));

  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (Account) account = g_list_model_get_item (G_LIST_MODEL (self->accounts), i);
      GtkWidget *row = make_row (self, account);

      adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
      g_ptr_array_add (self->rows, row);
    }
  gtk_widget_set_visible (GTK_WIDGET (self), n > 0);
}

static void
preferences_news_finalize (GObject *object)
{
  PreferencesNews *self = PREFERENCES_NEWS (object);

  g_clear_object (&self->state);
  g_clear_object (&self->accounts);
  g_ptr_array_unref (self->rows);
  G_OBJECT_CLASS (preferences_news_parent_class)->finalize (object);
}

static void
preferences_news_class_init (PreferencesNewsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = preferences_news_finalize;
}

static void
preferences_news_init (PreferencesNews *self)
{
  self->rows = g_ptr_array_new ();
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _("Tell Me About New Mail"));
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self),
                                         _("A notification says from whom and what about. What rules move away and what is junk stays quiet. "
                                           "Whether the lock screen shows it is a setting of your desktop."));
  app_names_inside (GTK_WIDGET (self), GTK_TYPE_LIST_BOX, _("Tell Me About New Mail"));
}

void
preferences_news_set_models (PreferencesNews *self, AppState *state, AccountList *accounts)
{
  g_return_if_fail (self->state == NULL);

  self->state = g_object_ref (state);
  self->accounts = g_object_ref (accounts);
  g_signal_connect_object (accounts, "items-changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  refresh (self);
}
