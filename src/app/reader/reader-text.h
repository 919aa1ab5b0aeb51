/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A message's text: to be read and copied, with links to click. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define READER_TYPE_TEXT (reader_text_get_type ())
G_DECLARE_FINAL_TYPE (ReaderText, reader_text, READER, TEXT, GtkTextView)

/* Signal "link" (string uri): one was clicked, or Return was pressed in it */

/* reader_text_set_text: quoted lines are dimmed, links marked; the view goes back to the top */
void reader_text_set_text (ReaderText *self, const char *text);

G_END_DECLS
