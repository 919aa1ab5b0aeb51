/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How mail is shown, and when it counts as read: a group of rows. */
#include "preferences-reading.h"

#include "app-names.h"
#include "base-config.h"

#include <glib/gi18n.h>

struct _PreferencesReading
{
  AdwPreferencesGroup parent_instance;

  GActionGroup *choices;

  /* the template's */
  AdwComboRow *pane_row;
  GtkWidget *conversations_row;
  GtkWidget *days_row;
  GtkWidget *plain_row;
  AdwExpanderRow *seen_row;
  GtkAdjustment *seen;
};

G_DEFINE_FINAL_TYPE (PreferencesReading, preferences_reading, ADW_TYPE_PREFERENCES_GROUP)

/* In the order of the rows to choose from */
static const char *const panes[] = { "right", "below", "off" };

static void
on_pane_chosen (PreferencesReading *self)
{
  guint chosen = adw_combo_row_get_selected (self->pane_row);

  if (self->choices && chosen < G_N_ELEMENTS (panes))
    g_action_group_change_action_state (self->choices, "reading-pane", g_variant_new_string (panes[chosen]));
}

static void
show_pane (PreferencesReading *self)
{
  g_autoptr (GVariant) state = self->choices ? g_action_group_get_action_state (self->choices, "reading-pane") : NULL;

  for (guint i = 0; state && i < G_N_ELEMENTS (panes); i++)
    if (g_str_equal (g_variant_get_string (state, NULL), panes[i]))
      adw_combo_row_set_selected (self->pane_row, i);
}

static void
preferences_reading_dispose (GObject *object)
{
  g_clear_object (&PREFERENCES_READING (object)->choices);
  gtk_widget_dispose_template (GTK_WIDGET (object), PREFERENCES_TYPE_READING);
  G_OBJECT_CLASS (preferences_reading_parent_class)->dispose (object);
}

static void
preferences_reading_class_init (PreferencesReadingClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = preferences_reading_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, POSTHORN_RESOURCE_PATH "/ui/preferences/preferences-reading.ui");
  gtk_widget_class_bind_template_child (widget_class, PreferencesReading, pane_row);
  gtk_widget_class_bind_template_child (widget_class, PreferencesReading, conversations_row);
  gtk_widget_class_bind_template_child (widget_class, PreferencesReading, days_row);
  gtk_widget_class_bind_template_child (widget_class, PreferencesReading, plain_row);
  gtk_widget_class_bind_template_child (widget_class, PreferencesReading, seen_row);
  gtk_widget_class_bind_template_child (widget_class, PreferencesReading, seen);
  gtk_widget_class_bind_template_callback (widget_class, on_pane_chosen);
}

static void
preferences_reading_init (PreferencesReading *self)
{
  g_autoptr (GSimpleActionGroup) none = g_simple_action_group_new ();

  /* A group that comes after the switches is not seen by them (GTK 4.8); one that takes another's place is. */
  gtk_widget_insert_action_group (GTK_WIDGET (self), "choice", G_ACTION_GROUP (none));
  gtk_widget_init_template (GTK_WIDGET (self));
  app_names_inside (GTK_WIDGET (self), GTK_TYPE_LIST_BOX, _("Reading"));
  app_names_inside (GTK_WIDGET (self->seen_row), GTK_TYPE_LIST_BOX, _("Mark Messages as Read"));
  app_names_inside (GTK_WIDGET (self->seen_row), GTK_TYPE_SWITCH, _("Mark Messages as Read"));
  app_names_inside (GTK_WIDGET (self->pane_row), GTK_TYPE_LIST_VIEW, _("Reading Pane"));
}

static void
show_row (gpointer row, GActionGroup *choices, const char *name)
{
  gtk_widget_set_visible (GTK_WIDGET (row), choices && g_action_group_has_action (choices, name));
}

void
preferences_reading_set_models (PreferencesReading *self, AppSettings *settings, GActionGroup *choices)
{
  g_return_if_fail (PREFERENCES_IS_READING (self) && APP_IS_SETTINGS (settings) && !self->choices);

  g_object_bind_property (settings, "mark-seen", self->seen_row, "enable-expansion", G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
  g_object_bind_property (settings, "mark-seen-seconds", self->seen, "value", G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
  show_row (self->pane_row, choices, "reading-pane");
  show_row (self->conversations_row, choices, "conversations");
  show_row (self->days_row, choices, "group-by-day");
  show_row (self->plain_row, choices, "plain-text");
  if (!choices)
    return;
  gtk_widget_insert_action_group (GTK_WIDGET (self), "choice", choices);
  g_set_object (&self->choices, choices);
  show_pane (self);
  g_signal_connect_object (choices, "action-state-changed::reading-pane", G_CALLBACK (show_pane), self, G_CONNECT_SWAPPED);
}
