/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The cards of people that came with a message. */
#pragma once

#include <gtk/gtk.h>

#include "model-body.h"

G_BEGIN_DECLS

#define READER_TYPE_CARDS (reader_cards_get_type ())
G_DECLARE_FINAL_TYPE (ReaderCards, reader_cards, READER, CARDS, GtkWidget)

/* reader_cards_show: (nullable) @body: without cards in it, nothing is shown; @with_photos: pictures that they bring along are shown */
void reader_cards_show (ReaderCards *self, ModelBody *body, gboolean with_photos);

G_END_DECLS
