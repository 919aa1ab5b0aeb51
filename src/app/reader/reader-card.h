/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One person's card that came with a message. */
#pragma once

#include <gtk/gtk.h>

#include "mail-card.h"

G_BEGIN_DECLS

#define READER_TYPE_CARD (reader_card_get_type ())
G_DECLARE_FINAL_TYPE (ReaderCard, reader_card, READER, CARD, GtkWidget)

/* reader_card_new: its button activates app.add-contact with the card as text */
ReaderCard *reader_card_new (const MailCard *card);

G_END_DECLS
