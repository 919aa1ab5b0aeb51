/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a conversation's row says of the others. */
#include "messages-more.h"

#include "base-config.h"

#include <glib/gi18n.h>

struct _MessagesMore
{
  GtkWidget parent_instance;

  gint64 id;
  GtkWidget *button;
};

G_DEFINE_FINAL_TYPE (MessagesMore, messages_more, GTK_TYPE_WIDGET)

static void
on_clicked (MessagesMore *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "messages.toggle-conversation", "x", self->id);
}

static void
messages_more_dispose (GObject *object)
{
  g_clear_pointer (&MESSAGES_MORE (object)->button, gtk_widget_unparent);
  G_OBJECT_CLASS (messages_more_parent_class)->dispose (object);
}

static void
messages_more_class_init (MessagesMoreClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = messages_more_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, POSTHORN_RESOURCE_PATH "/ui/messages/messages-more.ui");
  gtk_widget_class_bind_template_child (widget_class, MessagesMore, button);
  gtk_widget_class_bind_template_callback (widget_class, on_clicked);
}

static void
messages_more_init (MessagesMore *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
say (MessagesMore *self, ModelMessage *message)
{
  const ModelPlace *place = model_message_get_place (message);
  const char *arrow = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL ? "◂" : "▸";
  g_autofree char *text = g_strdup_printf ("%s%u", place->is_expanded ? "▾" : arrow, place->n_more);
  g_autofree char *spoken = g_strdup_printf (place->is_expanded
                                             ? ngettext ("Hide %u more message of this conversation", "Hide %u more messages of this conversation", place->n_more)
                                             : ngettext ("Show %u more message of this conversation", "Show %u more messages of this conversation", place->n_more),
                                             place->n_more);

  self->id = model_message_get_id (message);
  gtk_button_set_label (GTK_BUTTON (self->button), text);
  gtk_widget_set_tooltip_text (self->button, spoken);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_STATE_EXPANDED, place->is_expanded, -1);
}

void
messages_more_show (MessagesMore **more, GtkBox *box, ModelMessage *message)
{
  gboolean has_more = model_message_get_place (message)->n_more > 0;

  if (has_more && !*more)
    {
      *more = g_object_new (MESSAGES_TYPE_MORE, NULL);
      gtk_box_prepend (box, GTK_WIDGET (*more));
    }
  if (*more)
    gtk_widget_set_visible (GTK_WIDGET (*more), has_more);
  if (has_more)
    say (*more, message);
}
