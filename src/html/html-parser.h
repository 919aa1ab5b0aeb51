/* SPDX-License-Identifier: GPL-3.0-or-later */
/* libxml2's HTML parser behind a guard: elements, attributes and text as they come, in bounded time whatever the input. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define HTML_MAX_SIZE (16 << 20)         /* bytes of HTML that are looked at */
#define HTML_MAX_ATTRIBUTES 10000        /* of one element, about */

typedef struct
{
  /* @attributes: names and values in turn, %NULL at the end; a value is %NULL where there is none; references are resolved */
  void (*start) (const char *name, const char *const *attributes, gpointer data);
  void (*end) (const char *name, gpointer data);
  void (*text) (const char *text, gsize length, gpointer data);
} HtmlHandler;

/**
 * html_parse:
 * @html: valid UTF-8; what it says of its charset is ignored
 *
 * Names are in lower case; what the page leaves open is closed; every start has its end. Comments, doctypes and instructions are left
 * out; the insides of script and style come as text. Any thread.
 *
 * The parser needs a square of time for some input (20,000 open <div> and 100,000 </b>: 12 s; 30,000 attributes: 3.5 s), so its work is
 * counted, and it is stopped when it would take longer than about a second.
 *
 * Returns: %FALSE when it was stopped, or @html is longer than %HTML_MAX_SIZE: what came is not the whole
 */
gboolean html_parse (const char *html, const HtmlHandler *handler, gpointer data);

G_END_DECLS
