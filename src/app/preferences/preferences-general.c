/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What counts for all accounts: a group of rows. */
#include "preferences-general.h"

#include "app-names.h"
#include "base-config.h"

#include <glib/gi18n.h>

struct _PreferencesGeneral
{
  AdwPreferencesGroup parent_instance;

  /* the template's */
  GtkAdjustment *undo;
  GtkAdjustment *seen;
  GtkSwitch *quote_switch;
};

G_DEFINE_FINAL_TYPE (PreferencesGeneral, preferences_general, ADW_TYPE_PREFERENCES_GROUP)

static void
preferences_general_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), PREFERENCES_TYPE_GENERAL);
  G_OBJECT_CLASS (preferences_general_parent_class)->dispose (object);
}

static void
preferences_general_class_init (PreferencesGeneralClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = preferences_general_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, POSTHORN_RESOURCE_PATH "/ui/preferences/preferences-general.ui");
  gtk_widget_class_bind_template_child (widget_class, PreferencesGeneral, undo);
  gtk_widget_class_bind_template_child (widget_class, PreferencesGeneral, seen);
  gtk_widget_class_bind_template_child (widget_class, PreferencesGeneral, quote_switch);
}

static void
preferences_general_init (PreferencesGeneral *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  app_names_inside (GTK_WIDGET (self), GTK_TYPE_LIST_BOX, _("General"));
}

void
preferences_general_set_settings (PreferencesGeneral *self, AppSettings *settings)
{
  g_return_if_fail (PREFERENCES_IS_GENERAL (self) && APP_IS_SETTINGS (settings));

  g_object_bind_property (settings, "undo-send-seconds", self->undo, "value", G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
  g_object_bind_property (settings, "mark-seen-seconds", self->seen, "value", G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
  g_object_bind_property (settings, "quote-first", self->quote_switch, "active", G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
}
