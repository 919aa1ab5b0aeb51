/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Style sheets put into the elements that they dress, for a page that is quoted: there its sheets would dress other people's words. Pure. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define HTML_INLINE_MAX_BYTES (1 << 20)   /* that all elements of a page are given; what comes then stays bare */

typedef struct _HtmlInline HtmlInline;

HtmlInline *html_inline_new (void);
void html_inline_free (HtmlInline *self);

/**
 * html_inline_add_sheet:
 * @css: of html_css_clean_sheet ()
 *
 * Takes the rules for elements and classes ("p", ".warning", "p.warning"). What depends on where an element stands, on the window or on
 * the pointer (combinators, @media, ":hover") cannot be said of one element and is left out; so is "*".
 */
void html_inline_add_sheet (HtmlInline *self, const char *css);

/**
 * html_inline_append:
 * @classes: (nullable): the attribute's value
 *
 * Adds the declarations for such an element to @out, those that count more behind: its own style goes after them. "!important" of a sheet
 * keeps its weight. Time does not grow with the sheets.
 */
void html_inline_append (HtmlInline *self, const char *element, const char *classes, GString *out);

G_END_DECLS
