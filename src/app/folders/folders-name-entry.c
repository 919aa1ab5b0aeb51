/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A folder's name, edited where it stands. */
#include "folders-name-entry.h"

#include "base-config.h"

#include <glib/gi18n.h>

#include <string.h>

struct _FoldersNameEntry
{
  GtkWidget parent_instance;

  char *old;
  gboolean is_open;

  GtkWidget *entry;
  GtkPopover *popover;
  GtkLabel *problem;
};

enum
{
  NAMED,
  LEFT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FoldersNameEntry, folders_name_entry, GTK_TYPE_WIDGET)

static void
show_problem (FoldersNameEntry *self, const char *sentence)
{
  if (!sentence)
    {
      gtk_popover_popdown (self->popover);
      gtk_widget_remove_css_class (self->entry, "error");
      gtk_accessible_reset_state (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_STATE_INVALID);
      return;
    }
  gtk_label_set_label (self->problem, sentence);
  gtk_widget_add_css_class (self->entry, "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_STATE_INVALID, GTK_ACCESSIBLE_INVALID_TRUE, -1);
  gtk_popover_popup (self->popover);
}

/* (nullable): why the name cannot be one, as far as it can be said without asking */
static const char *
find_problem (const char *name)
{
  if (!*name)
    return _("A folder needs a name.");
  if (strchr (name, '/'))
    return _("A folder's name cannot have a “/” in it.");
  return NULL;
}

static char *
dup_name (FoldersNameEntry *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry))));
}

static void
leave (FoldersNameEntry *self)
{
  self->is_open = FALSE;
  show_problem (self, NULL);
  g_signal_emit (self, signals[LEFT], 0);
}

static void
accept (FoldersNameEntry *self, const char *name)
{
  self->is_open = FALSE; /* whoever hears of it may move the focus */
  if (!g_str_equal (name, self->old))
    g_signal_emit (self, signals[NAMED], 0, name);
  leave (self);
}

static void
on_activate (FoldersNameEntry *self)
{
  g_autofree char *name = dup_name (self);
  const char *sentence = find_problem (name);

  if (!self->is_open)
    return;
  if (sentence)
    show_problem (self, sentence);
  else
    accept (self, name);
}

static void
on_changed (FoldersNameEntry *self)
{
  if (self->is_open)
    show_problem (self, NULL);
}

/* Who clicks elsewhere has done with it: what can be a name is taken, anything else is as if nothing had been typed. */
static void
on_focus_left (FoldersNameEntry *self)
{
  g_autofree char *name = self->is_open ? dup_name (self) : NULL;

  if (!name)
    return;
  if (find_problem (name))
    leave (self);
  else
    accept (self, name);
}

static gboolean
on_key (GtkEventControllerKey *controller, guint keyval, guint keycode, GdkModifierType modifiers, FoldersNameEntry *self)
{
  if (keyval != GDK_KEY_Escape)
    return GDK_EVENT_PROPAGATE;
  folders_name_entry_cancel (self);
  return GDK_EVENT_STOP;
}

static gboolean
folders_name_entry_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (FOLDERS_NAME_ENTRY (widget)->entry);
}

static void
folders_name_entry_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  FoldersNameEntry *self = FOLDERS_NAME_ENTRY (widget);

  gtk_widget_size_allocate (self->entry, &(GtkAllocation) { 0, 0, width, height }, baseline);
  gtk_popover_present (self->popover);
}

static void
folders_name_entry_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  gtk_widget_measure (FOLDERS_NAME_ENTRY (widget)->entry, orientation, for_size, minimum, natural, minimum_baseline, natural_baseline);
}

static void
folders_name_entry_dispose (GObject *object)
{
  FoldersNameEntry *self = FOLDERS_NAME_ENTRY (object);

  self->is_open = FALSE;
  if (self->popover)
    gtk_widget_unparent (GTK_WIDGET (g_steal_pointer (&self->popover)));
  g_clear_pointer (&self->entry, gtk_widget_unparent);
  G_OBJECT_CLASS (folders_name_entry_parent_class)->dispose (object);
}

static void
folders_name_entry_finalize (GObject *object)
{
  g_free (FOLDERS_NAME_ENTRY (object)->old);
  G_OBJECT_CLASS (folders_name_entry_parent_class)->finalize (object);
}

static void
folders_name_entry_class_init (FoldersNameEntryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = folders_name_entry_dispose;
  object_class->finalize = folders_name_entry_finalize;
  widget_class->grab_focus = folders_name_entry_grab_focus;
  widget_class->measure = folders_name_entry_measure;
  widget_class->size_allocate = folders_name_entry_size_allocate;

  signals[NAMED] = g_signal_new ("named", FOLDERS_TYPE_NAME_ENTRY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[LEFT] = g_signal_new ("left", FOLDERS_TYPE_NAME_ENTRY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, POSTHORN_RESOURCE_PATH "/ui/folders/folders-name-entry.ui");
  gtk_widget_class_bind_template_child (widget_class, FoldersNameEntry, entry);
  gtk_widget_class_bind_template_child (widget_class, FoldersNameEntry, popover);
  gtk_widget_class_bind_template_child (widget_class, FoldersNameEntry, problem);
  gtk_widget_class_bind_template_callback (widget_class, on_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_focus_left);
  gtk_widget_class_bind_template_callback (widget_class, on_key);
}

static void
folders_name_entry_init (FoldersNameEntry *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_parent (GTK_WIDGET (self->popover), GTK_WIDGET (self));
}

void
folders_name_entry_begin (FoldersNameEntry *self, const char *old, const char *typed, const char *sentence)
{
  g_free (self->old);
  self->old = g_strdup (old);
  self->is_open = FALSE;
  gtk_editable_set_text (GTK_EDITABLE (self->entry), typed ? typed : old);
  gtk_widget_grab_focus (self->entry);
  gtk_editable_select_region (GTK_EDITABLE (self->entry), 0, -1);
  self->is_open = TRUE;
  show_problem (self, sentence);
}

void
folders_name_entry_cancel (FoldersNameEntry *self)
{
  if (self->is_open)
    leave (self);
}
