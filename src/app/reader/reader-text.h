/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A message's text: to be read and copied, with links to click. */
#pragma once

#include <gtk/gtk.h>

#include "mail-highlight.h"

G_BEGIN_DECLS

#define READER_TYPE_TEXT (reader_text_get_type ())
G_DECLARE_FINAL_TYPE (ReaderText, reader_text, READER, TEXT, GtkTextView)

/* Signal "link" (string uri): one was clicked, or Return was pressed in it */

/* reader_text_set_text: quoted lines are dimmed, links marked; the view goes back to the top */
void reader_text_set_text (ReaderText *self, const char *text);

/* reader_text_find: @text: (nullable): %NULL or "": takes the marks away; @step: 0 looks for it from the start, 1 and -1 go on and back.
 * Case does not count. Returns: how often it is there, at most READER_MAX_FOUND */
#define READER_MAX_FOUND 1000
guint reader_text_find (ReaderText *self, const char *text, int step);

/* reader_text_highlight: (nullable) @words: marks them, instead of what was marked */
void reader_text_highlight (ReaderText *self, MailHighlight *words);

/* reader_text_set_zoom: 1 is the usual size */
void reader_text_set_zoom (ReaderText *self, double zoom);

G_END_DECLS
