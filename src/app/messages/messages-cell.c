/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One cell of the message table. */
#include "messages-cell.h"

#include "app-format.h"
#include "base-config.h"

#include <glib/gi18n.h>

struct _MessagesCell
{
  GtkWidget parent_instance;

  MessagesCellKind kind;
  ModelMessage *message;
  gulong notify_handler;

  GtkWidget *box;
  GtkImage *icon;
  GtkLabel *label;
};

enum
{
  PROP_0,
  PROP_KIND,
  PROP_MESSAGE,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (MessagesCell, messages_cell, GTK_TYPE_WIDGET)

GType
messages_cell_kind_get_type (void)
{
  static gsize type;
  static const GEnumValue values[] = {
    { MESSAGES_CELL_STATUS, "MESSAGES_CELL_STATUS", "status" },
    { MESSAGES_CELL_FLAG, "MESSAGES_CELL_FLAG", "flag" },
    { MESSAGES_CELL_ATTACHMENT, "MESSAGES_CELL_ATTACHMENT", "attachment" },
    { MESSAGES_CELL_FROM, "MESSAGES_CELL_FROM", "from" },
    { MESSAGES_CELL_TO, "MESSAGES_CELL_TO", "to" },
    { MESSAGES_CELL_SUBJECT, "MESSAGES_CELL_SUBJECT", "subject" },
    { MESSAGES_CELL_RECEIVED, "MESSAGES_CELL_RECEIVED", "received" },
    { MESSAGES_CELL_SIZE, "MESSAGES_CELL_SIZE", "size" },
    { 0, NULL, NULL },
  };

  if (g_once_init_enter (&type))
    g_once_init_leave (&type, g_enum_register_static ("MessagesCellKind", values));
  return type;
}

static gboolean
is_icon (MessagesCell *self)
{
  return self->kind <= MESSAGES_CELL_ATTACHMENT;
}

/* The icon's name, and in words what it means; NULL for none */
static const char *
get_status_icon (ModelMessage *message, const char **words)
{
  MailFlags flags = model_message_get_flags (message);
  MailSummary *summary = model_message_get_summary (message);

  if (!summary)
    return NULL;
  if (!(flags & MAIL_FLAG_SEEN))
    {
      *words = _("Unread");
      return "posthorn-unread-symbolic";
    }
  if (flags & MAIL_FLAG_ANSWERED)
    {
      *words = _("Answered");
      return "mail-replied-symbolic";
    }
  if (flags & MAIL_FLAG_FORWARDED)
    {
      *words = _("Forwarded");
      return "mail-forward-symbolic";
    }
  if (!summary->is_whole)
    {
      *words = _("Only the headers are here");
      return "folder-download-symbolic";
    }
  return NULL;
}

static const char *
get_icon (MessagesCell *self, const char **words)
{
  MailSummary *summary = model_message_get_summary (self->message);

  switch (self->kind)
    {
    case MESSAGES_CELL_STATUS:
      return get_status_icon (self->message, words);
    case MESSAGES_CELL_FLAG:
      *words = _("Flagged");
      return model_message_get_flags (self->message) & MAIL_FLAG_FLAGGED ? "posthorn-flag-symbolic" : NULL;
    case MESSAGES_CELL_ATTACHMENT:
    default:
      *words = _("With attachment");
      return summary && summary->has_attachments ? "mail-attachment-symbolic" : NULL;
    }
}

static char *
dup_text (MessagesCell *self)
{
  MailSummary *summary = model_message_get_summary (self->message);
  g_autoptr (GTimeZone) zone = NULL;

  if (!summary)
    return g_strdup ("");
  switch (self->kind)
    {
    case MESSAGES_CELL_FROM:
      return model_message_dup_people (summary->from);
    case MESSAGES_CELL_TO:
      return model_message_dup_people (summary->to);
    case MESSAGES_CELL_SUBJECT:
      return g_strdup (summary->subject[0] ? summary->subject : _("(no subject)"));
    case MESSAGES_CELL_RECEIVED:
      zone = g_time_zone_new_local ();
      return app_format_date (summary->received ? summary->received : summary->date, g_get_real_time () / G_USEC_PER_SEC, zone);
    case MESSAGES_CELL_SIZE:
      return app_format_size (summary->size);
    default:
      return g_strdup ("");
    }
}

static void
set_class (GtkWidget *widget, const char *css_class, gboolean is_on)
{
  if (is_on)
    gtk_widget_add_css_class (widget, css_class);
  else
    gtk_widget_remove_css_class (widget, css_class);
}

/* What was looked for, on a ground that both light and dark text can be read on */
static PangoAttrList *
mark_found (MailHighlight *highlight, const char *text, guint fields)
{
  g_autoptr (GArray) ranges = mail_highlight_find (highlight, text, fields);
  PangoAttrList *attributes = pango_attr_list_new ();

  for (guint i = 0; i < ranges->len; i++)
    {
      const MailRange *range = &g_array_index (ranges, MailRange, i);
      PangoAttribute *marks[] = { pango_attr_background_new (0xf6f6, 0xd3d3, 0x2d2d), pango_attr_background_alpha_new (0x7000) };

      for (gsize j = 0; j < G_N_ELEMENTS (marks); j++)
        {
          marks[j]->start_index = range->start;
          marks[j]->end_index = range->end;
          pango_attr_list_insert (attributes, marks[j]);
        }
    }
  return attributes;
}

static void
show_found (MessagesCell *self, const char *text)
{
  static const guint fields[] = {
    [MESSAGES_CELL_FROM] = 1u << MAIL_FIELD_FROM,
    [MESSAGES_CELL_TO] = 1u << MAIL_FIELD_TO,
    [MESSAGES_CELL_SUBJECT] = 1u << MAIL_FIELD_SUBJECT,
    [MESSAGES_CELL_SIZE] = 0,
  };
  MailHighlight *highlight = model_message_get_highlight (self->message);
  gboolean is_looked_in = fields[self->kind] != 0;
  PangoAttrList *attributes = highlight && is_looked_in ? mark_found (highlight, text, fields[self->kind]) : NULL;

  gtk_label_set_attributes (self->label, attributes);
  g_clear_pointer (&attributes, pango_attr_list_unref);
}

static void
show_message (MessagesCell *self)
{
  if (is_icon (self))
    {
      const char *words = "";
      const char *icon = get_icon (self, &words);

      gtk_image_set_from_icon_name (self->icon, icon);
      gtk_widget_set_tooltip_text (GTK_WIDGET (self->icon), icon ? words : NULL);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->icon), GTK_ACCESSIBLE_PROPERTY_LABEL, icon ? words : "", -1);
    }
  else
    {
      g_autofree char *text = dup_text (self);
      MailFlags flags = model_message_get_flags (self->message);

      gtk_label_set_text (self->label, text);
      show_found (self, text);
      set_class (GTK_WIDGET (self->label), "unread", model_message_is_loaded (self->message) && !(flags & MAIL_FLAG_SEEN));
    }
}

static void
on_notify (MessagesCell *self)
{
  show_message (self);
}

static void
messages_cell_set_message (MessagesCell *self, ModelMessage *message)
{
  if (self->message == message)
    return;
  g_clear_signal_handler (&self->notify_handler, self->message);
  g_set_object (&self->message, message);
  if (message)
    {
      /* is-loaded, flags, subject: whatever it is, one cell is quickly said again */
      self->notify_handler = g_signal_connect_swapped (message, "notify", G_CALLBACK (on_notify), self);
      show_message (self);
    }
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_MESSAGE]);
}

static void
messages_cell_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  MessagesCell *self = MESSAGES_CELL (object);

  switch (prop_id)
    {
    case PROP_KIND:
      g_value_set_enum (value, self->kind);
      break;
    case PROP_MESSAGE:
      g_value_set_object (value, self->message);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
messages_cell_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  MessagesCell *self = MESSAGES_CELL (object);

  switch (prop_id)
    {
    case PROP_KIND:
      self->kind = g_value_get_enum (value);
      break;
    case PROP_MESSAGE:
      messages_cell_set_message (self, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
messages_cell_constructed (GObject *object)
{
  MessagesCell *self = MESSAGES_CELL (object);

  G_OBJECT_CLASS (messages_cell_parent_class)->constructed (object);
  gtk_widget_set_visible (GTK_WIDGET (self->icon), is_icon (self));
  gtk_widget_set_visible (GTK_WIDGET (self->label), !is_icon (self));
  if (self->kind == MESSAGES_CELL_SIZE)
    gtk_label_set_xalign (self->label, 1);
  set_class (GTK_WIDGET (self->label), "numeric", self->kind == MESSAGES_CELL_SIZE || self->kind == MESSAGES_CELL_RECEIVED);
  set_class (GTK_WIDGET (self->icon), "flagged", self->kind == MESSAGES_CELL_FLAG);
  set_class (GTK_WIDGET (self->icon), "accent", self->kind == MESSAGES_CELL_STATUS);
}

static void
messages_cell_dispose (GObject *object)
{
  MessagesCell *self = MESSAGES_CELL (object);

  g_clear_signal_handler (&self->notify_handler, self->message);
  g_clear_object (&self->message);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (messages_cell_parent_class)->dispose (object);
}

static void
messages_cell_class_init (MessagesCellClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = messages_cell_get_property;
  object_class->set_property = messages_cell_set_property;
  object_class->constructed = messages_cell_constructed;
  object_class->dispose = messages_cell_dispose;

  props[PROP_KIND] = g_param_spec_enum ("kind", NULL, NULL, MESSAGES_TYPE_CELL_KIND, MESSAGES_CELL_STATUS,
                                        G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  props[PROP_MESSAGE] = g_param_spec_object ("message", NULL, NULL, MODEL_TYPE_MESSAGE,
                                             G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, props);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, POSTHORN_RESOURCE_PATH "/ui/messages/messages-cell.ui");
  gtk_widget_class_bind_template_child (widget_class, MessagesCell, box);
  gtk_widget_class_bind_template_child (widget_class, MessagesCell, icon);
  gtk_widget_class_bind_template_child (widget_class, MessagesCell, label);
}

static void
messages_cell_init (MessagesCell *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

ModelMessage *
messages_cell_get_message (MessagesCell *self)
{
  return self->message;
}
