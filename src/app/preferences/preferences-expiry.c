/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lets a person choose after how many days mail in Deleted and in Junk goes for good. */
#include "preferences-expiry.h"

#include "base-config.h"

struct _PreferencesExpiry
{
  AdwPreferencesGroup parent_instance;

  /* the template's */
  GtkAdjustment *deleted_days;
  GtkAdjustment *junk_days;
};

G_DEFINE_FINAL_TYPE (PreferencesExpiry, preferences_expiry, ADW_TYPE_PREFERENCES_GROUP)

static void
preferences_expiry_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), PREFERENCES_TYPE_EXPIRY);
  G_OBJECT_CLASS (preferences_expiry_parent_class)->dispose (object);
}

static void
preferences_expiry_class_init (PreferencesExpiryClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = preferences_expiry_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, POSTHORN_RESOURCE_PATH "/ui/preferences/preferences-expiry.ui");
  gtk_widget_class_bind_template_child (widget_class, PreferencesExpiry, deleted_days);
  gtk_widget_class_bind_template_child (widget_class, PreferencesExpiry, junk_days);
}

static void
preferences_expiry_init (PreferencesExpiry *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
preferences_expiry_set_account (PreferencesExpiry *self, Account *account)
{
  g_object_bind_property (account, "deleted-days", self->deleted_days, "value", G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
  g_object_bind_property (account, "junk-days", self->junk_days, "value", G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
}
