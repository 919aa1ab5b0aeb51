/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One person's card that came with a message. */
#pragma once

#include <gtk/gtk.h>

#include "mail-card.h"

G_BEGIN_DECLS

#define READER_TYPE_CARD (reader_card_get_type ())
G_DECLARE_FINAL_TYPE (ReaderCard, reader_card, READER, CARD, GtkWidget)

/**
 * reader_card_new:
 * @with_photo: its picture is shown where it brings one: in a page behind the wall, where it can do no harm; nothing is fetched
 * @related: (nullable): the picture's view of another card, whose process this one shares
 *
 * Its button activates app.add-contact with the card as text.
 */
ReaderCard *reader_card_new (const MailCard *card, gboolean with_photo, GtkWidget *related);

/* reader_card_get_photo: (transfer none) (nullable): the view of its picture */
GtkWidget *reader_card_get_photo (ReaderCard *self);

G_END_DECLS
