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

/* What is said of the ground an element has, and of the text on it: added to, never taken back */
typedef struct
{
  gboolean has_picture;       /* of the net */
  gboolean has_color;
  gboolean has_light_text;
} HtmlCssGround;

/* A colour in which light and dark text can be read, set by the page where a picture under text that is not loaded leaves light text on
 * nothing; otherwise it is none (html-clean.h). */
#define HTML_CSS_UNDER "background-color:var(--under)"

typedef struct
{
  HtmlWanted *wanted;
  gboolean is_dark;           /* colours are made for a dark page */
  gboolean may_load;          /* whether url () may stay; otherwise it becomes "none" */
  HtmlCssGround *ground;      /* (nullable): filled, and such a picture gets a colour under it */
} HtmlCssJob;

/**
 * html_css_clean_declarations:
 * @css: of a style attribute
 * @out: what may stay is added: properties of an allow-list, values token by token; no function but of colours, gradients, calc () and
 *   url () of pictures, and that rewritten (html_url_for_image ()); %HTML_CSS_UNDER behind a "background" that is nothing but a picture
 */
void html_css_clean_declarations (const HtmlCssJob *job, const char *css, gsize length, GString *out);

/* html_css_clean_sheet: the same for a <style>: rules and @media; every other at-rule (@import, @font-face …) is dropped. "<" is never
 * written, so nothing ends the element. Only what is said of rules without a colour under text goes into @job's ground. */
void html_css_clean_sheet (const HtmlCssJob *job, const char *css, gsize length, GString *out);

/* html_css_append_color: a colour of an HTML attribute as CSS; %FALSE when it is none */
gboolean html_css_append_color (const HtmlCssJob *job, const char *value, gboolean is_ground, GString *out);

G_END_DECLS
