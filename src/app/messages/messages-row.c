/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A message in two lines, for where a table has no room. */
#include "messages-row.h"

#include "app-format.h"
#include "base-config.h"
#include "messages-facts.h"
#include "messages-folders.h"
#include "messages-heading.h"
#include "messages-more.h"

#include <glib/gi18n.h>

struct _MessagesRow
{
  GtkWidget parent_instance;

  ModelMessage *message;
  gulong changed_handler;
  gboolean is_outgoing;
  gboolean has_folder;

  GtkWidget *box;
  GtkImage *status;
  MessagesText *people;
  GtkImage *flag;
  GtkImage *attachment;
  GtkLabel *date;
  GtkBox *second;
  MessagesText *subject;
  GtkLabel *folder;
  MessagesMore *more;
  GtkWidget *heading;
};

G_DEFINE_FINAL_TYPE (MessagesRow, messages_row, GTK_TYPE_WIDGET)

static void
show_message (MessagesRow *self)
{
  const ModelPlace *place = model_message_get_place (self->message);
  MailSummary *summary = model_message_get_summary (self->message);
  g_autofree char *people = messages_facts_dup_people (self->message, self->is_outgoing);
  g_autofree char *subject = messages_facts_dup_subject (self->message);
  g_autofree char *date = messages_facts_dup_date (self->message);
  gboolean is_unread = messages_facts_is_unread (self->message);

  messages_facts_show_icon (self->status, self->message, MESSAGES_FACT_STATUS);
  messages_facts_show_icon (self->flag, self->message, MESSAGES_FACT_FLAG);
  messages_facts_show_icon (self->attachment, self->message, MESSAGES_FACT_ATTACHMENT);
  gtk_widget_set_visible (GTK_WIDGET (self->flag), model_message_get_flags (self->message) & MAIL_FLAG_FLAGGED);
  gtk_widget_set_visible (GTK_WIDGET (self->attachment), summary && summary->has_attachments);
  messages_facts_show_text (self->people, self->message, people, self->is_outgoing ? MAIL_FIELD_TO : MAIL_FIELD_FROM, is_unread);
  messages_facts_show_text (self->subject, self->message, subject, MAIL_FIELD_SUBJECT, is_unread);
  gtk_label_set_text (self->date, date);
  gtk_widget_set_visible (GTK_WIDGET (self->folder), self->has_folder);
  if (self->has_folder)
    {
      g_autofree char *folder = messages_folders_dup_name (GTK_WIDGET (self), messages_facts_get_folder (self->message));

      gtk_label_set_text (self->folder, folder);
    }
  messages_more_show (&self->more, self->second, self->message);
  gtk_widget_set_margin_start (self->box, place->is_reply ? 24 : 0);
  messages_heading_show (&self->heading, GTK_WIDGET (self), gtk_widget_get_parent (GTK_WIDGET (self)), place->section);
}

void
messages_row_show (MessagesRow *self, ModelMessage *message, gboolean is_outgoing, gboolean has_folder)
{
  g_clear_signal_handler (&self->changed_handler, self->message);
  g_set_object (&self->message, message);
  self->is_outgoing = is_outgoing;
  self->has_folder = has_folder;
  if (!message)
    return;
  self->changed_handler = g_signal_connect_swapped (message, "changed", G_CALLBACK (show_message), self);
  show_message (self);
}

/* The exact date where the relative one stands */
static gboolean
on_query_tooltip (MessagesRow *self, int x, int y, gboolean is_keyboard, GtkTooltip *tooltip)
{
  g_autofree char *text = self->message ? messages_facts_dup_long_date (self->message) : NULL;

  gtk_tooltip_set_text (tooltip, text);
  return text && *text;
}

static void
messages_row_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline,
                      int *natural_baseline)
{
  gtk_widget_measure (MESSAGES_ROW (widget)->box, orientation, for_size, minimum, natural, minimum_baseline, natural_baseline);
}

static void
messages_row_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  MessagesRow *self = MESSAGES_ROW (widget);

  gtk_widget_size_allocate (self->box, &(GtkAllocation) { 0, 0, width, height }, baseline);
  messages_heading_allocate (self->heading, widget, gtk_widget_get_parent (widget), TRUE);
}

static void
messages_row_dispose (GObject *object)
{
  MessagesRow *self = MESSAGES_ROW (object);

  g_clear_signal_handler (&self->changed_handler, self->message);
  g_clear_object (&self->message);
  g_clear_pointer (&self->heading, gtk_widget_unparent);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (messages_row_parent_class)->dispose (object);
}

static void
messages_row_class_init (MessagesRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = messages_row_dispose;
  widget_class->measure = messages_row_measure;
  widget_class->size_allocate = messages_row_size_allocate;
  g_type_ensure (MESSAGES_TYPE_TEXT);
  gtk_widget_class_set_template_from_resource (widget_class, POSTHORN_RESOURCE_PATH "/ui/messages/messages-row.ui");
  gtk_widget_class_bind_template_child (widget_class, MessagesRow, box);
  gtk_widget_class_bind_template_child (widget_class, MessagesRow, status);
  gtk_widget_class_bind_template_child (widget_class, MessagesRow, people);
  gtk_widget_class_bind_template_child (widget_class, MessagesRow, flag);
  gtk_widget_class_bind_template_child (widget_class, MessagesRow, attachment);
  gtk_widget_class_bind_template_child (widget_class, MessagesRow, date);
  gtk_widget_class_bind_template_child (widget_class, MessagesRow, second);
  gtk_widget_class_bind_template_child (widget_class, MessagesRow, subject);
  gtk_widget_class_bind_template_child (widget_class, MessagesRow, folder);
  gtk_widget_class_bind_template_callback (widget_class, on_query_tooltip);
}

static void
messages_row_init (MessagesRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
messages_row_new (void)
{
  return g_object_new (MESSAGES_TYPE_ROW, NULL);
}

ModelMessage *
messages_row_get_message (MessagesRow *self)
{
  return self->message;
}
