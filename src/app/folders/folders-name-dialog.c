/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks for a folder's name. */
#include "folders-name-dialog.h"

#include "base-config.h"

#include <string.h>

struct _FoldersNameDialog
{
  AdwWindow parent_instance;

  /* the template's */
  GtkWidget *name_row;
  GtkButton *accept_button;
  GtkLabel *problem_label;
};

enum
{
  SIGNAL_NAMED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FoldersNameDialog, folders_name_dialog, ADW_TYPE_WINDOW)

static char *
dup_name (FoldersNameDialog *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name_row))));
}

static void
on_edited (FoldersNameDialog *self)
{
  g_autofree char *name = dup_name (self);

  gtk_widget_set_sensitive (GTK_WIDGET (self->accept_button), *name != '\0');
  gtk_widget_set_visible (GTK_WIDGET (self->problem_label), FALSE);
  gtk_widget_remove_css_class (self->name_row, "error");
}

static void
on_accepted (FoldersNameDialog *self)
{
  g_autofree char *name = dup_name (self);

  if (*name)
    g_signal_emit (self, signals[SIGNAL_NAMED], 0, name);
}

/* The name is there to be typed over; before the window is shown, the focus would go to its first button all the same. */
static void
folders_name_dialog_map (GtkWidget *widget)
{
  FoldersNameDialog *self = FOLDERS_NAME_DIALOG (widget);

  GTK_WIDGET_CLASS (folders_name_dialog_parent_class)->map (widget);
  gtk_widget_grab_focus (self->name_row);
  gtk_editable_select_region (GTK_EDITABLE (self->name_row), 0, -1);
}

static void
folders_name_dialog_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), FOLDERS_TYPE_NAME_DIALOG);
  G_OBJECT_CLASS (folders_name_dialog_parent_class)->dispose (object);
}

static void
folders_name_dialog_class_init (FoldersNameDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = folders_name_dialog_dispose;
  widget_class->map = folders_name_dialog_map;
  signals[SIGNAL_NAMED] = g_signal_new ("named", FOLDERS_TYPE_NAME_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class, POSTHORN_RESOURCE_PATH "/ui/folders/folders-name-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, FoldersNameDialog, name_row);
  gtk_widget_class_bind_template_child (widget_class, FoldersNameDialog, accept_button);
  gtk_widget_class_bind_template_child (widget_class, FoldersNameDialog, problem_label);
  gtk_widget_class_bind_template_callback (widget_class, on_edited);
  gtk_widget_class_bind_template_callback (widget_class, on_accepted);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
folders_name_dialog_init (FoldersNameDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

FoldersNameDialog *
folders_name_dialog_new (GtkWindow *parent, const char *title, const char *button, const char *name)
{
  FoldersNameDialog *self = g_object_new (FOLDERS_TYPE_NAME_DIALOG, "transient-for", parent, "destroy-with-parent", TRUE, "title", title, NULL);

  gtk_button_set_label (self->accept_button, button);
  gtk_editable_set_text (GTK_EDITABLE (self->name_row), name ? name : "");
  on_edited (self);
  return self;
}

void
folders_name_dialog_refuse (FoldersNameDialog *self, const char *sentence)
{
  gtk_label_set_label (self->problem_label, sentence);
  gtk_widget_set_visible (GTK_WIDGET (self->problem_label), TRUE);
  gtk_widget_add_css_class (self->name_row, "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->name_row), GTK_ACCESSIBLE_STATE_INVALID, GTK_ACCESSIBLE_INVALID_TRUE, -1);
  gtk_widget_grab_focus (self->name_row);
}
