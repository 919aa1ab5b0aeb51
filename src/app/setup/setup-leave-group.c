/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lets a person choose how long mail stays on the server, and says what that means. */
#include "setup-leave-group.h"

#include "base-config.h"

#include <glib/gi18n.h>

struct _SetupLeaveGroup
{
  AdwPreferencesGroup parent_instance;
  Account *account;

  /* the template's */
  AdwComboRow *leave_row;
  GtkWidget *days_row;
  GtkSpinButton *days_button;
};

G_DEFINE_FINAL_TYPE (SetupLeaveGroup, setup_leave_group, ADW_TYPE_PREFERENCES_GROUP)

static void
update (SetupLeaveGroup *self)
{
  g_autofree char *sentence = setup_leave_group_describe (self->account);

  gtk_widget_set_visible (self->days_row, account_get_leave (self->account) == ACCOUNT_LEAVE_DAYS);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self), sentence);
}

static void
on_leave_selected (SetupLeaveGroup *self)
{
  if (self->account)
    g_object_set (self->account, "leave", (int) adw_combo_row_get_selected (self->leave_row), NULL);
}

static void
setup_leave_group_dispose (GObject *object)
{
  SetupLeaveGroup *self = SETUP_LEAVE_GROUP (object);

  g_clear_object (&self->account);
  gtk_widget_dispose_template (GTK_WIDGET (self), SETUP_TYPE_LEAVE_GROUP);
  G_OBJECT_CLASS (setup_leave_group_parent_class)->dispose (object);
}

static void
setup_leave_group_class_init (SetupLeaveGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = setup_leave_group_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, POSTHORN_RESOURCE_PATH "/ui/setup/setup-leave-group.ui");
  gtk_widget_class_bind_template_child (widget_class, SetupLeaveGroup, leave_row);
  gtk_widget_class_bind_template_child (widget_class, SetupLeaveGroup, days_row);
  gtk_widget_class_bind_template_child (widget_class, SetupLeaveGroup, days_button);
  gtk_widget_class_bind_template_callback (widget_class, on_leave_selected);
}

static void
setup_leave_group_init (SetupLeaveGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
setup_leave_group_set_account (SetupLeaveGroup *self, Account *account)
{
  g_return_if_fail (self->account == NULL);

  adw_combo_row_set_selected (self->leave_row, account_get_leave (account));
  self->account = g_object_ref (account);
  g_object_bind_property (account, "leave-days", gtk_spin_button_get_adjustment (self->days_button), "value",
                          G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
  g_signal_connect_object (account, "notify::leave", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (account, "notify::leave-days", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

char *
setup_leave_group_describe (Account *account)
{
  guint days = account_get_leave_days (account);

  switch (account_get_leave (account))
    {
    case ACCOUNT_LEAVE_ALWAYS:
      return g_strdup (_("A copy of each message stays on the server, even when you delete it here."));
    case ACCOUNT_LEAVE_NEVER:
      return g_strdup (_("Messages are removed from the server as soon as they are safely here. Other devices will not see them."));
    case ACCOUNT_LEAVE_UNTIL_DELETED:
      return g_strdup (_("A copy of each message stays on the server until you delete it for good here."));
    case ACCOUNT_LEAVE_DAYS:
    default:
      return g_strdup_printf (ngettext ("A copy of each message stays on the server for %u day, or until you delete it for good here.",
                                        "A copy of each message stays on the server for %u days, or until you delete it for good here.", days),
                              days);
    }
}
