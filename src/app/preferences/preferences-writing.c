/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How messages are written and sent: a group of rows. */
#include "preferences-writing.h"

#include "app-names.h"
#include "app-spelling.h"
#include "base-config.h"
#include "preferences-spelling.h"

#include <glib/gi18n.h>

struct _PreferencesWriting
{
  AdwPreferencesGroup parent_instance;

  /* the template's */
  GtkAdjustment *undo;
  GtkSwitch *quote_switch;
  GtkSwitch *rich_switch;
  PreferencesSpelling *spelling_row;
};

G_DEFINE_FINAL_TYPE (PreferencesWriting, preferences_writing, ADW_TYPE_PREFERENCES_GROUP)

static void
preferences_writing_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), PREFERENCES_TYPE_WRITING);
  G_OBJECT_CLASS (preferences_writing_parent_class)->dispose (object);
}

static void
preferences_writing_class_init (PreferencesWritingClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = preferences_writing_dispose;
  g_type_ensure (PREFERENCES_TYPE_SPELLING);
  gtk_widget_class_set_template_from_resource (widget_class, POSTHORN_RESOURCE_PATH "/ui/preferences/preferences-writing.ui");
  gtk_widget_class_bind_template_child (widget_class, PreferencesWriting, undo);
  gtk_widget_class_bind_template_child (widget_class, PreferencesWriting, quote_switch);
  gtk_widget_class_bind_template_child (widget_class, PreferencesWriting, rich_switch);
  gtk_widget_class_bind_template_child (widget_class, PreferencesWriting, spelling_row);
}

static void
preferences_writing_init (PreferencesWriting *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  app_names_inside (GTK_WIDGET (self), GTK_TYPE_LIST_BOX, _("Writing"));
}

void
preferences_writing_set_settings (PreferencesWriting *self, AppSettings *settings)
{
  g_autoptr (AppSpelling) spelling = app_spelling_new (NULL);

  g_return_if_fail (PREFERENCES_IS_WRITING (self) && APP_IS_SETTINGS (settings));

  g_object_bind_property (settings, "undo-send-seconds", self->undo, "value", G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
  g_object_bind_property (settings, "quote-first", self->quote_switch, "active", G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
  g_object_bind_property (settings, "write-rich", self->rich_switch, "active", G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
  g_object_bind_property (settings, "spelling-languages", spelling, "chosen", G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
  preferences_spelling_set_spelling (self->spelling_row, spelling);
}
