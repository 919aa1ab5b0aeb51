/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text that is being written, made into HTML to go on with. Pure. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * html_writing_from_text:
 * @text: UTF-8, '\n'
 * @signature: what stands in it under the line "-- "; "" for none
 *
 * A line becomes a paragraph, quotes blockquotes, the last signature an element of its own (%HTML_SIGNATURE_CLASS), blanks stay as many as
 * they are.
 *
 * Returns: (transfer full): what stands in a body; such as html_clean () leaves as it is with %HTML_CLEAN_TO_WRITE
 */
char *html_writing_from_text (const char *text, const char *signature);

/* html_writing_sign: (transfer full): the element that @signature stands in; "" for none */
char *html_writing_sign (const char *signature);

/**
 * html_writing_mark_directions:
 * @html: clean
 *
 * Where something is written from right to left, each paragraph takes its direction from what stands in it (dir="auto"): a reader's program
 * would begin all of them at the left.
 *
 * Returns: (transfer full) (nullable): %NULL: nothing is to be marked
 */
char *html_writing_mark_directions (const char *html);

/* What of a page plain text cannot say */
typedef struct
{
  gboolean has_fonts;   /* bold, colours, sizes … */
  gboolean has_tables;
  guint n_pictures;
} HtmlFormatting;

/* html_writing_find_formatting: of at most %HTML_MAX_SIZE; any thread */
HtmlFormatting html_writing_find_formatting (const char *html);

G_END_DECLS
