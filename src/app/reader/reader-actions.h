/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be done with the message that is read, as actions with keys: sizes, finding, pictures, printing, saving. */
#pragma once

#include "reader-page.h"

G_BEGIN_DECLS

/**
 * reader_actions_attach:
 * @holder: an ancestor of @page, that goes with it: it gets the actions reader.save, save-text, save-pdf, find, find-next, find-previous, print, print-preview, select-all,
 *   view-source, open-calendar, plain-text (a switch), show-images, always-show-images, zoom-in, zoom-out, zoom-normal, and their keys, wherever in the
 *   window the keyboard is
 */
void reader_actions_attach (ReaderPage *page, GtkWidget *holder);

G_END_DECLS
