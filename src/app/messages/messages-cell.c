/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One cell of the message table. */
#include "messages-cell.h"

#include "messages-facts.h"
#include "messages-folders.h"
#include "messages-heading.h"
#include "messages-more.h"

/* What a conversation shows beneath its first message stands in by so much. */
#define REPLY_INDENT 24

struct _MessagesCell
{
  GtkWidget parent_instance;

  MessagesCellKind kind;
  ModelMessage *message;
  gulong changed_handler;

  GtkWidget *child;         /* the icon, the text, or a box with the text */
  GtkImage *icon;           /* NULL for a text */
  MessagesText *label;      /* NULL for an icon */
  GtkBox *box;              /* of a subject only */
  MessagesMore *more;       /* (nullable) */
  GtkWidget *heading;       /* (nullable) */
};

G_DEFINE_FINAL_TYPE (MessagesCell, messages_cell, GTK_TYPE_WIDGET)

static gboolean
is_icon (MessagesCell *self)
{
  return self->kind <= MESSAGES_CELL_ATTACHMENT;
}

static char *
dup_text (MessagesCell *self)
{
  switch (self->kind)
    {
    case MESSAGES_CELL_FROM:
    case MESSAGES_CELL_TO:
      return messages_facts_dup_people (self->message, self->kind == MESSAGES_CELL_TO);
    case MESSAGES_CELL_SUBJECT:
      return messages_facts_dup_subject (self->message);
    case MESSAGES_CELL_RECEIVED:
      return messages_facts_dup_date (self->message);
    case MESSAGES_CELL_SIZE:
      return messages_facts_dup_size (self->message);
    case MESSAGES_CELL_FOLDER:
      return messages_folders_dup_name (GTK_WIDGET (self), messages_facts_get_folder (self->message));
    default:
      return g_strdup ("");
    }
}

static void
show_text (MessagesCell *self)
{
  static const MailField fields[] = {
    [MESSAGES_CELL_FROM] = MAIL_FIELD_FROM,
    [MESSAGES_CELL_TO] = MAIL_FIELD_TO,
    [MESSAGES_CELL_SUBJECT] = MAIL_FIELD_SUBJECT,
  };
  g_autofree char *text = dup_text (self);
  gboolean is_unread = messages_facts_is_unread (self->message);

  if (self->kind <= MESSAGES_CELL_SUBJECT)
    messages_facts_show_text (self->label, self->message, text, fields[self->kind], is_unread);
  else
    messages_text_set (self->label, text, NULL, is_unread);
}

static GtkWidget *
get_row (MessagesCell *self)
{
  GtkWidget *cell = gtk_widget_get_parent (GTK_WIDGET (self));

  return cell ? gtk_widget_get_parent (cell) : NULL;
}

static void
show_message (MessagesCell *self)
{
  const ModelPlace *place = model_message_get_place (self->message);

  if (is_icon (self))
    messages_facts_show_icon (self->icon, self->message, (MessagesFact) self->kind);
  else
    show_text (self);
  if (self->kind == MESSAGES_CELL_SUBJECT)
    {
      messages_more_show (&self->more, self->box, self->message);
      gtk_widget_set_margin_start (GTK_WIDGET (self->box), place->is_reply ? REPLY_INDENT : 0);
    }
  messages_heading_show (&self->heading, GTK_WIDGET (self), get_row (self), place->section);
}

/* The exact date where the relative one stands */
static gboolean
on_query_tooltip (MessagesCell *self, int x, int y, gboolean is_keyboard, GtkTooltip *tooltip)
{
  g_autofree char *text = NULL;

  if (!self->message)
    return FALSE;
  text = messages_facts_dup_long_date (self->message);
  gtk_tooltip_set_text (tooltip, text);
  return *text != '\0';
}

static void
messages_cell_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline,
                       int *natural_baseline)
{
  gtk_widget_measure (MESSAGES_CELL (widget)->child, orientation, for_size, minimum, natural, minimum_baseline, natural_baseline);
}

/* A heading goes over all the row: it is the first cell's, whichever column that is now, and the others' is not seen. */
static void
messages_cell_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  MessagesCell *self = MESSAGES_CELL (widget);
  GtkWidget *cell = gtk_widget_get_parent (widget);
  gboolean is_first = cell && !gtk_widget_get_prev_sibling (cell);

  gtk_widget_size_allocate (self->child, &(GtkAllocation) { 0, 0, width, height }, baseline);
  if (self->heading && cell)
    gtk_widget_set_overflow (cell, is_first ? GTK_OVERFLOW_VISIBLE : GTK_OVERFLOW_HIDDEN);
  messages_heading_allocate (self->heading, widget, get_row (self), is_first);
}

static void
set_message (MessagesCell *self, ModelMessage *message)
{
  g_clear_signal_handler (&self->changed_handler, self->message);
  g_set_object (&self->message, message);
  if (!message)
    return;
  /* whatever it is, one cell is quickly said again */
  self->changed_handler = g_signal_connect_swapped (message, "changed", G_CALLBACK (show_message), self);
  show_message (self);
}

static void
make_icon (MessagesCell *self)
{
  self->child = gtk_image_new ();
  self->icon = GTK_IMAGE (self->child);
  if (self->kind == MESSAGES_CELL_FLAG)
    gtk_widget_add_css_class (self->child, "flagged");
  else if (self->kind == MESSAGES_CELL_STATUS)
    gtk_widget_add_css_class (self->child, "accent");
}

static void
make_text (MessagesCell *self)
{
  self->child = g_object_new (MESSAGES_TYPE_TEXT, "hexpand", TRUE, NULL);
  self->label = MESSAGES_TEXT (self->child);
  if (self->kind >= MESSAGES_CELL_RECEIVED)
    messages_text_set_number (self->label, TRUE, self->kind == MESSAGES_CELL_SIZE);
  if (self->kind == MESSAGES_CELL_RECEIVED)
    {
      gtk_widget_set_has_tooltip (self->child, TRUE);
      g_signal_connect_swapped (self->child, "query-tooltip", G_CALLBACK (on_query_tooltip), self);
    }
}

static void
messages_cell_dispose (GObject *object)
{
  MessagesCell *self = MESSAGES_CELL (object);

  g_clear_signal_handler (&self->changed_handler, self->message);
  g_clear_object (&self->message);
  g_clear_pointer (&self->heading, gtk_widget_unparent);
  g_clear_pointer (&self->child, gtk_widget_unparent);
  G_OBJECT_CLASS (messages_cell_parent_class)->dispose (object);
}

static void
messages_cell_class_init (MessagesCellClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = messages_cell_dispose;
  widget_class->measure = messages_cell_measure;
  widget_class->size_allocate = messages_cell_size_allocate;
}

static void
messages_cell_init (MessagesCell *self)
{
}

/* The table has some two hundred rows ready, whatever is seen of it: no template, and nothing in a cell that its column never shows */
static GtkWidget *
make_cell (MessagesCellKind kind)
{
  MessagesCell *self = g_object_new (MESSAGES_TYPE_CELL, NULL);

  self->kind = kind;
  if (is_icon (self))
    make_icon (self);
  else
    make_text (self);
  if (kind == MESSAGES_CELL_SUBJECT)
    {
      self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4));
      gtk_box_append (self->box, self->child);
      self->child = GTK_WIDGET (self->box);
    }
  gtk_widget_set_parent (self->child, GTK_WIDGET (self));
  return GTK_WIDGET (self);
}

static void
on_setup (GtkListItemFactory *factory, GtkListItem *item, gpointer kind)
{
  gtk_list_item_set_child (item, make_cell (GPOINTER_TO_INT (kind)));
}

static void
on_bind (GtkListItemFactory *factory, GtkListItem *item)
{
  set_message (MESSAGES_CELL (gtk_list_item_get_child (item)), gtk_list_item_get_item (item));
}

static void
on_unbind (GtkListItemFactory *factory, GtkListItem *item)
{
  set_message (MESSAGES_CELL (gtk_list_item_get_child (item)), NULL);
}

GtkListItemFactory *
messages_cell_make_factory (MessagesCellKind kind)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), GINT_TO_POINTER (kind));
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (on_unbind), NULL);
  return factory;
}

ModelMessage *
messages_cell_get_message (MessagesCell *self)
{
  return self->message;
}

G_STATIC_ASSERT ((int) MESSAGES_CELL_STATUS == (int) MESSAGES_FACT_STATUS);
G_STATIC_ASSERT ((int) MESSAGES_CELL_ATTACHMENT == (int) MESSAGES_FACT_ATTACHMENT);
