/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lets a person choose between IMAP and POP3. */
#include "setup-protocol-group.h"

#include "base-config.h"

struct _SetupProtocolGroup
{
  AdwPreferencesGroup parent_instance;
  Account *account;

  /* the template's */
  GtkCheckButton *imap_button;
  GtkCheckButton *pop3_button;
};

G_DEFINE_FINAL_TYPE (SetupProtocolGroup, setup_protocol_group, ADW_TYPE_PREFERENCES_GROUP)

static void
update (SetupProtocolGroup *self)
{
  gboolean is_imap = account_get_protocol (self->account) == ACCOUNT_IMAP;

  gtk_check_button_set_active (is_imap ? self->imap_button : self->pop3_button, TRUE);
}

static void
on_toggled (SetupProtocolGroup *self)
{
  if (self->account)
    g_object_set (self->account, "protocol", gtk_check_button_get_active (self->imap_button) ? ACCOUNT_IMAP : ACCOUNT_POP3, NULL);
}

static void
setup_protocol_group_dispose (GObject *object)
{
  SetupProtocolGroup *self = SETUP_PROTOCOL_GROUP (object);

  g_clear_object (&self->account);
  gtk_widget_dispose_template (GTK_WIDGET (self), SETUP_TYPE_PROTOCOL_GROUP);
  G_OBJECT_CLASS (setup_protocol_group_parent_class)->dispose (object);
}

static void
setup_protocol_group_class_init (SetupProtocolGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = setup_protocol_group_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, POSTHORN_RESOURCE_PATH "/ui/setup/setup-protocol-group.ui");
  gtk_widget_class_bind_template_child (widget_class, SetupProtocolGroup, imap_button);
  gtk_widget_class_bind_template_child (widget_class, SetupProtocolGroup, pop3_button);
  gtk_widget_class_bind_template_callback (widget_class, on_toggled);
}

static void
setup_protocol_group_init (SetupProtocolGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
setup_protocol_group_set_account (SetupProtocolGroup *self, Account *account)
{
  g_return_if_fail (self->account == NULL);

  self->account = g_object_ref (account);
  g_signal_connect_object (account, "notify::protocol", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}
