/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The body of a message: its HTML behind the wall, or its text; links, finding, size. */
#pragma once

#include <gtk/gtk.h>

#include "mail-highlight.h"
#include "model-body.h"
#include "reader-printer.h"

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

/* reader_body_highlight: (nullable) @words: marks them in what is shown, and in what is shown next, without the bar: in text all of them, in a
 * page, of which WebKit looks for one thing at a time, the first that stands in the message. %NULL ends it. */
void reader_body_highlight (ReaderBody *self, MailHighlight *words);

void reader_body_select_all (ReaderBody *self);

/* reader_body_print: with who and when above it; also text goes to paper by way of a page; @func is called once (reader-printer.h) */
void reader_body_print (ReaderBody *self, GtkWindow *parent, ReaderPrinterFunc func, gpointer data);
void reader_body_save_pdf (ReaderBody *self, GFile *file, ReaderPrinterFunc func, gpointer data); /* likewise, into a file */

G_END_DECLS
