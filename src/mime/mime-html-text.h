/* SPDX-License-Identifier: GPL-3.0-or-later */
/* HTML made into text that reads well. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * mime_html_to_text:
 * @html: valid UTF-8
 *
 * Headings and paragraphs stand apart, lists have bullets or numbers, quotes "> ", links their address in angle brackets where
 * the text does not show it, table cells tabs between; <pre> is kept; what the page hides (scripts, styles, display: none) is
 * left out. One pass whose time and memory grow with the size alone, whatever the nesting.
 *
 * Returns: (transfer full): valid UTF-8, lines ended by '\n', "" when nothing is to be read
 */
char *mime_html_to_text (const char *html);

/**
 * mime_html_to_written_text:
 * @html: valid UTF-8, as a person has written it: every blank and every empty line is meant
 *
 * The same for what is written with formatting and is to be sent as text too: blanks that begin a line and as many empty lines as there
 * are stay, and so does the one that ends "-- " before a signature.
 *
 * Returns: (transfer full): as above
 */
char *mime_html_to_written_text (const char *html);

/* mime_html_read_entity: @p is at a "&": fills @character and returns what follows the reference, or %NULL when it is none */
const char *mime_html_read_entity (const char *p, const char *end, gunichar *character);

G_END_DECLS
