/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A mail's HTML made into a page that can neither load, run nor pretend anything. Pure. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define HTML_MAX_LINKS 5000         /* of one page; more lose their targets */
#define HTML_MAX_ELEMENTS 200000
#define HTML_MAX_DEPTH 200          /* levels that are written; deeper tags are left out, their text is not */
#define HTML_MAX_PAGE (48 << 20)    /* bytes */

#define HTML_SIGNATURE_CLASS "signature" /* of the element that a signature stands in */

typedef enum
{
  HTML_CLEAN_DARK = 1 << 0,         /* colours for a dark ground (html_color_darken ()) */
  HTML_CLEAN_TO_WRITE = 1 << 1,     /* to be quoted, edited and sent: see html_clean () */
} HtmlCleanFlags;

typedef struct
{
  char *url;               /* http, https, mailto */
  char *text;              /* what it shows, at most 200 bytes of it */
  gboolean is_misleading;  /* html_url_is_misleading () */
} HtmlLink;

typedef struct
{
  char *html;              /* the whole document, UTF-8, with a Content-Security-Policy of its own */
  guint n_remote;          /* pictures that want to come from the net: each "remote:…" in the page */
  char **content_ids;      /* parts of the message that the page shows: each "cid:…", unescaped */
  GPtrArray *links;        /* of HtmlLink, in order */
} HtmlPage;

/**
 * html_clean:
 * @html: valid UTF-8
 *
 * Reads with a real parser (html_parse ()) and writes anew what is on the allow-list: known elements and attributes, every value
 * checked and quoted; CSS by its own tokenizer (html-css.h). Scripts, frames, objects, forms, meta, base, links to style sheets, SVG
 * and MathML do not come through. The address of a picture becomes "cid:…", "data:…" (pixels only) or "remote:…" (html-url.h), which no
 * engine can load by itself; a remote picture of a dot or less, which only counts readers, goes. Links keep http, https and mailto;
 * where the text names another place, "misleading:" stands before the address.
 *
 * Light text on a remote picture would stand on nothing until that is loaded. A page with such text sets "--under" to "--unloaded", which is
 * the colour that whoever shows it gives to what has a picture of "remote:…" under its text and no colour; without one all is as it was.
 *
 * With %HTML_CLEAN_TO_WRITE @html of the result is what stands in the body alone: no style sheet (it would dress the words of whoever
 * quotes it: what its simple rules say stands in the elements, html-inline.h), no classes but "signature", no ids, no picture that is not in the mail (its alternative text stays), links as they are.
 *
 * Time and memory grow with the size alone. Any thread.
 *
 * Returns: (transfer full) (nullable): %NULL when the page is too big or too entangled to be taken apart in about a second: show the
 *   text then
 */
HtmlPage *html_clean (const char *html, HtmlCleanFlags flags);

/* html_page_new_from_text: (transfer full): plain text as such a page, quotes by their level. For pictures and paper; text is read in
 * a text view. */
HtmlPage *html_page_new_from_text (const char *text, HtmlCleanFlags flags);

void html_page_free (HtmlPage *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HtmlPage, html_page_free)

/* What html-plain.c and html-writing.c share */

/* html_append_text: references for what HTML means something by; no control character */
void html_append_text (GString *out, const char *text, gsize length);

/* html_page_begin: the document up to and with <head>, its policy said */
GString *html_page_begin (void);

void html_link_free (HtmlLink *self);

/* html_read_quote_level: how deep a line that ends at @end is quoted ("> > text", ">> text"), 10 at most; @text is moved behind the marks */
guint html_read_quote_level (const char **text, const char *end);

G_END_DECLS
