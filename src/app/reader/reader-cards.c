/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The cards of people that came with a message. */
#include "reader-cards.h"

#include "base-config.h"
#include "reader-card.h"

struct _ReaderCards
{
  GtkWidget parent_instance;

  GtkBox *list;
};

G_DEFINE_FINAL_TYPE (ReaderCards, reader_cards, GTK_TYPE_WIDGET)

void
reader_cards_show (ReaderCards *self, ModelBody *body, gboolean with_photos)
{
  GtkWidget *photo = NULL;
  GPtrArray *cards = body ? model_body_get_cards (body) : NULL;
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->list))))
    gtk_box_remove (self->list, child);
  gtk_widget_set_visible (GTK_WIDGET (self), cards && cards->len > 0);
  for (guint i = 0; cards && i < cards->len; i++) /* a few: MIME_MESSAGE_MAX_CARDS */
    {
      ReaderCard *card = reader_card_new (g_ptr_array_index (cards, i), with_photos, photo);

      gtk_box_append (self->list, GTK_WIDGET (card));
      photo = photo ? photo : reader_card_get_photo (card);
    }
}

static void
reader_cards_dispose (GObject *object)
{
  ReaderCards *self = READER_CARDS (object);

  if (self->list)
    gtk_widget_unparent (GTK_WIDGET (self->list));
  self->list = NULL;
  G_OBJECT_CLASS (reader_cards_parent_class)->dispose (object);
}

static void
reader_cards_class_init (ReaderCardsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = reader_cards_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, POSTHORN_RESOURCE_PATH "/ui/reader/reader-cards.ui");
  gtk_widget_class_bind_template_child (widget_class, ReaderCards, list);
}

static void
reader_cards_init (ReaderCards *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
