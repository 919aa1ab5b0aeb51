/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The value of one CSS property, checked and written anew. For html-css.c. */
#pragma once

#include "html-css.h"

G_BEGIN_DECLS

typedef enum
{
  HTML_CSS_IS_GROUND = 1 << 0,  /* its colours lie under text */
  HTML_CSS_HAS_URL = 1 << 1,    /* pictures make sense in it */
  HTML_CSS_IS_UNDER = 1 << 2,   /* it is what text stands on */
  HTML_CSS_IS_TEXT = 1 << 3,    /* its colour is the text's */
} HtmlCssPropertyFlags;

typedef struct
{
  const char *name;
  HtmlCssPropertyFlags flags;
} HtmlCssProperty;

/* html_css_find_property: %NULL when it is not allowed */
const HtmlCssProperty *html_css_find_property (const char *name);

/**
 * html_css_clean_value:
 * @tokens: behind the colon; afterwards at the ";", "}" or end that ends the declaration, which is its current token
 *
 * Returns: %FALSE when something in it may not stay: what was added to @out is to be cut off again
 */
gboolean html_css_clean_value (const HtmlCssJob *job, HtmlCssTokens *tokens, const HtmlCssProperty *property, GString *out);

/* html_css_append_number: %FALSE when it is out of reason; percentages and units too */
gboolean html_css_append_number (const HtmlCssTokens *tokens, GString *out);

G_END_DECLS
