/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The body of a message: its HTML behind the wall, or its text; links, finding, size. */
#pragma once

#include <gtk/gtk.h>

#include "model-body.h"

G_BEGIN_DECLS

#define READER_TYPE_BODY (reader_body_get_type ())
G_DECLARE_FINAL_TYPE (ReaderBody, reader_body, READER, BODY, GtkWidget)

/* Signals: "link" (string uri, boolean is_misleading): one was clicked; "failed" (GError): the page could not be shown and the text is
 * instead; "settled" (): what is shown is complete. */

/**
 * reader_body_show:
 * @body: (nullable): %NULL: nothing
 * @loads_remote: its pictures of the net are fetched
 */
void reader_body_show (ReaderBody *self, ModelBody *body, gboolean loads_remote);

/* reader_body_set_is_plain: text even where there is HTML: what a screen reader can read */
void reader_body_set_is_plain (ReaderBody *self, gboolean is_plain);
gboolean reader_body_shows_html (ReaderBody *self);

/* reader_body_set_zoom: 1 is the usual size; kept within 0.3 and 3 */
void reader_body_set_zoom (ReaderBody *self, double zoom);
double reader_body_get_zoom (ReaderBody *self);

/* reader_body_find: opens the search bar; @step: -1, 0, 1: back, begin, on */
void reader_body_find (ReaderBody *self, int step);

/* reader_body_highlight: marks @text in what is shown, and in what is shown next, without the bar; "" ends it */
void reader_body_highlight (ReaderBody *self, const char *text);

void reader_body_select_all (ReaderBody *self);
void reader_body_print (ReaderBody *self, GtkWindow *parent);

G_END_DECLS
