/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The entry of the header bar. */
#include "search-entry.h"

#include "base-config.h"

struct _SearchEntry
{
  GtkWidget parent_instance;

  ModelMessageList *list;
  gboolean is_settling;   /* the text is set by us */

  GtkSearchEntry *entry;
};

enum
{
  BEGAN,
  LEFT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SearchEntry, search_entry, GTK_TYPE_WIDGET)

static void
on_changed (SearchEntry *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));

  if (self->is_settling || !self->list)
    return;
  model_message_list_search (self->list, text);
  if (model_message_list_get_search (self->list))
    g_signal_emit (self, signals[BEGAN], 0);
}

static void
set_text (SearchEntry *self, const char *text)
{
  self->is_settling = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
  self->is_settling = FALSE;
}

/* Another folder was chosen: what was typed belongs to what is not shown any more. A query that says nothing yet ("from:") stays. */
static void
on_folder_changed (SearchEntry *self)
{
  set_text (self, "");
}

static void
on_stop (SearchEntry *self)
{
  set_text (self, "");
  if (self->list)
    model_message_list_search (self->list, NULL);
  g_signal_emit (self, signals[LEFT], 0);
}

/* Return and Down go to what was found; what is typed stays. */
static void
on_activate (SearchEntry *self)
{
  g_signal_emit (self, signals[LEFT], 0);
}

static gboolean
on_key (GtkEventControllerKey *controller, guint keyval, guint keycode, GdkModifierType state, SearchEntry *self)
{
  if (keyval != GDK_KEY_Down || (state & (GDK_CONTROL_MASK | GDK_SHIFT_MASK | GDK_ALT_MASK)))
    return GDK_EVENT_PROPAGATE;
  g_signal_emit (self, signals[LEFT], 0);
  return GDK_EVENT_STOP;
}

static gboolean
on_shortcut (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  SearchEntry *self = SEARCH_ENTRY (widget);

  if (!gtk_widget_get_mapped (widget))
    return FALSE;
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  gtk_editable_select_region (GTK_EDITABLE (self->entry), 0, -1);
  return TRUE;
}

static gboolean
search_entry_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (SEARCH_ENTRY (widget)->entry));
}

static void
search_entry_dispose (GObject *object)
{
  SearchEntry *self = SEARCH_ENTRY (object);

  g_clear_object (&self->list);
  if (self->entry)
    gtk_widget_unparent (GTK_WIDGET (g_steal_pointer (&self->entry)));
  G_OBJECT_CLASS (search_entry_parent_class)->dispose (object);
}

static void
search_entry_class_init (SearchEntryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = search_entry_dispose;
  widget_class->grab_focus = search_entry_grab_focus;

  signals[BEGAN] = g_signal_new ("began", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[LEFT] = g_signal_new ("left", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, POSTHORN_RESOURCE_PATH "/ui/search/search-entry.ui");
  gtk_widget_class_bind_template_child (widget_class, SearchEntry, entry);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_stop);
  gtk_widget_class_bind_template_callback (widget_class, on_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_key);
}

static void
search_entry_init (SearchEntry *self)
{
  static const char *const keys[] = { "<Control>f", "<Control>e" };
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  /* Wherever the focus is in the window, and after whoever has it */
  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (controller), GTK_SHORTCUT_SCOPE_GLOBAL);
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
      gtk_shortcut_new (gtk_shortcut_trigger_parse_string (keys[i]), gtk_callback_action_new (on_shortcut, NULL, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

void
search_entry_set_list (SearchEntry *self, ModelMessageList *list)
{
  g_return_if_fail (SEARCH_IS_ENTRY (self) && !self->list);

  self->list = g_object_ref (list);
  g_signal_connect_object (list, "notify::folder", G_CALLBACK (on_folder_changed), self, G_CONNECT_SWAPPED);
}
