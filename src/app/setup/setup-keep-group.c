/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lets a person choose what of an IMAP account is kept here, and says what that means. */
#include "setup-keep-group.h"

#include "base-config.h"

#include <glib/gi18n.h>

#define USUAL_DAYS 90

/* in the order of the list */
typedef enum
{
  KEEP_ALL,
  KEEP_DAYS,
  KEEP_OPENED,
} Keep;

struct _SetupKeepGroup
{
  AdwPreferencesGroup parent_instance;
  Account *account;

  /* the template's */
  AdwComboRow *keep_row;
  GtkWidget *days_row;
  GtkSpinButton *days_button;
  GtkSwitch *watch_switch;
};

G_DEFINE_FINAL_TYPE (SetupKeepGroup, setup_keep_group, ADW_TYPE_PREFERENCES_GROUP)

static Keep
get_keep (Account *account)
{
  int days = account_get_keep_days (account);

  return days < 0 ? KEEP_ALL : days == 0 ? KEEP_OPENED : KEEP_DAYS;
}

static void
update (SetupKeepGroup *self)
{
  g_autofree char *sentence = setup_keep_group_describe (self->account);
  int days = account_get_keep_days (self->account);

  if (days > 0)
    gtk_spin_button_set_value (self->days_button, days);
  adw_combo_row_set_selected (self->keep_row, get_keep (self->account));
  gtk_widget_set_visible (self->days_row, days > 0);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self), sentence);
}

static void
on_keep_selected (SetupKeepGroup *self)
{
  Keep keep = (Keep) adw_combo_row_get_selected (self->keep_row);
  gint64 days = -1;

  if (!self->account || keep == get_keep (self->account))
    return;
  if (keep == KEEP_OPENED)
    days = 0;
  else if (keep == KEEP_DAYS)
    days = gtk_spin_button_get_value_as_int (self->days_button);
  g_object_set (self->account, "keep-days", days, NULL);
}

static void
on_days_changed (SetupKeepGroup *self)
{
  if (self->account && get_keep (self->account) == KEEP_DAYS)
    g_object_set (self->account, "keep-days", (gint64) gtk_spin_button_get_value_as_int (self->days_button), NULL);
}

static void
setup_keep_group_dispose (GObject *object)
{
  SetupKeepGroup *self = SETUP_KEEP_GROUP (object);

  g_clear_object (&self->account);
  gtk_widget_dispose_template (GTK_WIDGET (self), SETUP_TYPE_KEEP_GROUP);
  G_OBJECT_CLASS (setup_keep_group_parent_class)->dispose (object);
}

static void
setup_keep_group_class_init (SetupKeepGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = setup_keep_group_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, POSTHORN_RESOURCE_PATH "/ui/setup/setup-keep-group.ui");
  gtk_widget_class_bind_template_child (widget_class, SetupKeepGroup, keep_row);
  gtk_widget_class_bind_template_child (widget_class, SetupKeepGroup, days_row);
  gtk_widget_class_bind_template_child (widget_class, SetupKeepGroup, days_button);
  gtk_widget_class_bind_template_child (widget_class, SetupKeepGroup, watch_switch);
  gtk_widget_class_bind_template_callback (widget_class, on_days_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_keep_selected);
}

static void
setup_keep_group_init (SetupKeepGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_spin_button_set_value (self->days_button, USUAL_DAYS);
}

void
setup_keep_group_set_account (SetupKeepGroup *self, Account *account)
{
  g_return_if_fail (self->account == NULL);

  self->account = g_object_ref (account);
  g_object_bind_property (account, "watches", self->watch_switch, "active", G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
  g_signal_connect_object (account, "notify::keep-days", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

char *
setup_keep_group_describe (Account *account)
{
  int days = account_get_keep_days (account);

  if (days < 0)
    return g_strdup (_("It stays on the server, and a copy is kept here. What you do here happens there too."));
  if (days == 0)
    return g_strdup (_("It stays on the server. A message is kept here once you have opened it; without a network, only those can be read."));
  return g_strdup_printf (ngettext ("It stays on the server, and mail of the last %d day is kept here. Older mail comes when you open it.",
                                    "It stays on the server, and mail of the last %d days is kept here. Older mail comes when you open it.",
                                    days), days);
}
