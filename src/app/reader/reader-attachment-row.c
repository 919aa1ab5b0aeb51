/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One attachment: its name, its size, Open and Save. */
#include "reader-attachment-row.h"

#include "app-format.h"
#include "base-config.h"
#include "reader-danger.h"

#include <glib/gi18n.h>

struct _ReaderAttachmentRow
{
  GtkWidget parent_instance;

  GObject *attachment;
  guint position;

  GtkWidget *box;
  GtkImage *icon;
  GtkLabel *name;
  GtkLabel *size;
  GtkWidget *danger;
  GtkButton *open;
  GtkButton *save;
};

enum
{
  PROP_0,
  PROP_ATTACHMENT,
  PROP_POSITION,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (ReaderAttachmentRow, reader_attachment_row, GTK_TYPE_WIDGET)

static void
set_spoken (GtkButton *button, char *text)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  g_free (text);
}

static void
show_attachment (ReaderAttachmentRow *self)
{
  g_autofree char *name = NULL;
  g_autofree char *type = NULL;
  g_autofree char *size_text = NULL;
  g_autofree char *content_type = NULL;
  g_autoptr (GIcon) icon = NULL;
  gint64 size;

  g_object_get (self->attachment, "name", &name, "content-type", &type, "size", &size, NULL);
  size_text = g_format_size ((guint64) MAX (size, 0));
  content_type = g_content_type_from_mime_type (type ? type : "application/octet-stream");
  icon = content_type ? g_content_type_get_symbolic_icon (content_type) : g_themed_icon_new ("mail-attachment-symbolic");
  gtk_image_set_from_gicon (self->icon, icon);
  gtk_label_set_text (self->name, name);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->name), name);
  gtk_label_set_text (self->size, size_text);
  gtk_widget_set_visible (self->danger, reader_danger_is_program (name, type));
  /* Translators: spoken name of a button; %s is a file's name */
  set_spoken (self->open, g_strdup_printf (_("Open %s"), name));
  /* Translators: spoken name of a button; %s is a file's name */
  set_spoken (self->save, g_strdup_printf (_("Save %s"), name));
}

static void
show_position (ReaderAttachmentRow *self)
{
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->open), "u", self->position);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->save), "u", self->position);
}

static void
reader_attachment_row_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  ReaderAttachmentRow *self = READER_ATTACHMENT_ROW (object);

  switch (prop_id)
    {
    case PROP_ATTACHMENT:
      g_value_set_object (value, self->attachment);
      break;
    case PROP_POSITION:
      g_value_set_uint (value, self->position);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
reader_attachment_row_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  ReaderAttachmentRow *self = READER_ATTACHMENT_ROW (object);

  switch (prop_id)
    {
    case PROP_ATTACHMENT:
      if (g_set_object (&self->attachment, g_value_get_object (value)) && self->attachment)
        show_attachment (self);
      break;
    case PROP_POSITION:
      self->position = g_value_get_uint (value);
      show_position (self);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
reader_attachment_row_dispose (GObject *object)
{
  ReaderAttachmentRow *self = READER_ATTACHMENT_ROW (object);

  g_clear_object (&self->attachment);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (reader_attachment_row_parent_class)->dispose (object);
}

static void
reader_attachment_row_class_init (ReaderAttachmentRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = reader_attachment_row_get_property;
  object_class->set_property = reader_attachment_row_set_property;
  object_class->dispose = reader_attachment_row_dispose;

  props[PROP_ATTACHMENT] = g_param_spec_object ("attachment", NULL, NULL, G_TYPE_OBJECT, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  props[PROP_POSITION] = g_param_spec_uint ("position", NULL, NULL, 0, G_MAXUINT, 0, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, POSTHORN_RESOURCE_PATH "/ui/reader/reader-attachment-row.ui");
  gtk_widget_class_bind_template_child (widget_class, ReaderAttachmentRow, box);
  gtk_widget_class_bind_template_child (widget_class, ReaderAttachmentRow, icon);
  gtk_widget_class_bind_template_child (widget_class, ReaderAttachmentRow, name);
  gtk_widget_class_bind_template_child (widget_class, ReaderAttachmentRow, size);
  gtk_widget_class_bind_template_child (widget_class, ReaderAttachmentRow, danger);
  gtk_widget_class_bind_template_child (widget_class, ReaderAttachmentRow, open);
  gtk_widget_class_bind_template_child (widget_class, ReaderAttachmentRow, save);
}

static void
reader_attachment_row_init (ReaderAttachmentRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  show_position (self);
}
