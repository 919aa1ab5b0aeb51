/* SPDX-License-Identifier: GPL-3.0-or-later */
/* CSS cut into tokens (CSS Syntax Level 3 §4), escapes resolved. Pure; linear. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  HTML_CSS_END,
  HTML_CSS_SPACE,       /* blanks and comments */
  HTML_CSS_IDENT,
  HTML_CSS_FUNCTION,    /* a name and "(" */
  HTML_CSS_AT,          /* "@media": text is the name */
  HTML_CSS_HASH,
  HTML_CSS_STRING,
  HTML_CSS_URL,         /* url(…) without quotes */
  HTML_CSS_NUMBER,
  HTML_CSS_PERCENTAGE,
  HTML_CSS_DIMENSION,   /* text is the unit */
  HTML_CSS_DELIM,       /* any other character, brackets too: delim says which */
  HTML_CSS_BAD,         /* a string or url that does not end as it should */
} HtmlCssKind;

typedef struct
{
  const char *p;        /* where to go on */
  const char *end;

  HtmlCssKind kind;
  const char *start;    /* where the token began */
  GString *text;        /* name, unit, or what a string or url says: escapes resolved, no NUL */
  double number;
  char delim;           /* ASCII; 0x80 for any other character */
} HtmlCssTokens;

void html_css_tokens_init (HtmlCssTokens *self, const char *css, gsize length);
void html_css_tokens_clear (HtmlCssTokens *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HtmlCssTokens, html_css_tokens_clear)

HtmlCssKind html_css_next (HtmlCssTokens *self);

/* html_css_append_name, _string: so written that any reader takes it for the name or string it is, inside <style> too */
void html_css_append_name (GString *out, const char *name);
void html_css_append_string (GString *out, const char *text);

G_END_DECLS
