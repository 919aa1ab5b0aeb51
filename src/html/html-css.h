/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Style sheets and style attributes of mail made harmless: read into tokens, checked against what is allowed, written anew. Pure. */
#pragma once

#include "html-css-tokens.h"

G_BEGIN_DECLS

#define HTML_CSS_MAX_RULES 5000

/* What a page wants to load: filled by the CSS and by the elements. */
typedef struct
{
  guint n_remote;             /* pictures from the net */
  GHashTable *content_ids;    /* a set of strings (owned): parts of the message */
} HtmlWanted;

typedef struct
{
  HtmlWanted *wanted;
  gboolean is_dark;           /* colours are made for a dark page */
  gboolean may_load;          /* whether url () may stay; otherwise it becomes "none" */
} HtmlCssJob;

/**
 * html_css_clean_declarations:
 * @css: of a style attribute
 * @out: what may stay is added: properties of an allow-list, values token by token; no function but of colours, gradients, calc () and
 *   url () of pictures, and that rewritten (html_url_for_image ())
 */
void html_css_clean_declarations (const HtmlCssJob *job, const char *css, gsize length, GString *out);

/* html_css_clean_sheet: the same for a <style>: rules and @media; every other at-rule (@import, @font-face …) is dropped. "<" is never
 * written, so nothing ends the element. */
void html_css_clean_sheet (const HtmlCssJob *job, const char *css, gsize length, GString *out);

/* html_css_append_color: a colour of an HTML attribute as CSS; %FALSE when it is none */
gboolean html_css_append_color (const HtmlCssJob *job, const char *value, gboolean is_ground, GString *out);

G_END_DECLS
