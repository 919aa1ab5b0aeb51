/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The value of one CSS property, checked and written anew. */
#include "html-css-value.h"

#include "html-color.h"
#include "html-url.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MAX_NUMBER 100000
#define MAX_NESTING 8

#define G HTML_CSS_IS_GROUND
#define U HTML_CSS_HAS_URL
#define O HTML_CSS_IS_UNDER
#define T HTML_CSS_IS_TEXT

/* Sorted by strcmp () for bsearch (). Not here, and why: position, transform, z-index, clip (drawing over something else), content,
 * cursor, filter, mask, animation, transition, behavior, -moz-binding (loading, or costing, without being needed to read a mail). */
static const HtmlCssProperty properties[] = {
  { "align-content" }, { "align-items" }, { "align-self" },
  { "background", G | U | O }, { "background-attachment" }, { "background-clip" }, { "background-color", G | O },
  { "background-image", G | U | O },
  { "background-origin" }, { "background-position" }, { "background-position-x" }, { "background-position-y" }, { "background-repeat" },
  { "background-size" },
  { "border", G }, { "border-bottom", G }, { "border-bottom-color", G }, { "border-bottom-left-radius" }, { "border-bottom-right-radius" },
  { "border-bottom-style" }, { "border-bottom-width" }, { "border-collapse" }, { "border-color", G }, { "border-left", G },
  { "border-left-color", G }, { "border-left-style" }, { "border-left-width" }, { "border-radius" }, { "border-right", G },
  { "border-right-color", G }, { "border-right-style" }, { "border-right-width" }, { "border-spacing" }, { "border-style" },
  { "border-top", G }, { "border-top-color", G }, { "border-top-left-radius" }, { "border-top-right-radius" }, { "border-top-style" },
  { "border-top-width" }, { "border-width" }, { "box-sizing" },
  { "caption-side" }, { "clear" }, { "color", T }, { "column-count" }, { "column-gap" }, { "column-width" }, { "columns" },
  { "direction" }, { "display" }, { "empty-cells" },
  { "flex" }, { "flex-basis" }, { "flex-direction" }, { "flex-flow" }, { "flex-grow" }, { "flex-shrink" }, { "flex-wrap" }, { "float" },
  { "font" }, { "font-family" }, { "font-size" }, { "font-stretch" }, { "font-style" }, { "font-variant" }, { "font-weight" },
  { "gap" }, { "grid-column" }, { "grid-gap" }, { "grid-row" }, { "grid-template-columns" }, { "grid-template-rows" },
  { "height" }, { "hyphens" }, { "justify-content" }, { "letter-spacing" }, { "line-height" },
  { "list-style", U }, { "list-style-image", U }, { "list-style-position" }, { "list-style-type" },
  { "margin" }, { "margin-bottom" }, { "margin-left" }, { "margin-right" }, { "margin-top" },
  { "max-height" }, { "max-width" }, { "min-height" }, { "min-width" }, { "object-fit" }, { "opacity" }, { "order" },
  { "overflow" }, { "overflow-wrap" }, { "overflow-x" }, { "overflow-y" },
  { "padding" }, { "padding-bottom" }, { "padding-left" }, { "padding-right" }, { "padding-top" },
  { "page-break-after" }, { "page-break-before" }, { "page-break-inside" }, { "row-gap" },
  { "table-layout" }, { "text-align" }, { "text-decoration" }, { "text-decoration-color" }, { "text-decoration-line" },
  { "text-decoration-style" }, { "text-indent" }, { "text-overflow" }, { "text-transform" },
  { "unicode-bidi" }, { "vertical-align" }, { "visibility" }, { "white-space" }, { "width" },
  { "word-break" }, { "word-spacing" }, { "word-wrap" },
};

#undef G
#undef U
#undef O
#undef T

static int
compare_properties (const void *key, const void *element)
{
  return strcmp (key, ((const HtmlCssProperty *) element)->name);
}

const HtmlCssProperty *
html_css_find_property (const char *name)
{
  g_autofree char *lower = g_ascii_strdown (name, -1);

  return bsearch (lower, properties, G_N_ELEMENTS (properties), sizeof *properties, compare_properties);
}

gboolean
html_css_append_number (const HtmlCssTokens *tokens, GString *out)
{
  static const char *const units[] = { "px", "em", "rem", "ex", "ch", "pt", "pc", "in", "cm", "mm", "vw", "vh", "vmin", "vmax", "deg", "turn", "fr", "n" };
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  if (!isfinite (tokens->number) || fabs (tokens->number) > MAX_NUMBER)
    return FALSE;
  if (*tokens->start == '+') /* "2n+1" */
    g_string_append_c (out, '+');
  g_string_append (out, g_ascii_formatd (number, sizeof number, "%.6g", tokens->number));
  if (tokens->kind == HTML_CSS_PERCENTAGE)
    g_string_append_c (out, '%');
  if (tokens->kind != HTML_CSS_DIMENSION)
    return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (units); i++)
    if (g_ascii_strcasecmp (tokens->text->str, units[i]) == 0)
      {
        g_string_append (out, units[i]);
        return TRUE;
      }
  return FALSE;
}

/* What can be seen through is no ground. */
static void
note_color (const HtmlCssJob *job, const HtmlColor *color, HtmlCssPropertyFlags flags)
{
  if (!job->ground || color->alpha < 0.5)
    return;
  if (flags & HTML_CSS_IS_UNDER)
    job->ground->has_color = TRUE;
  if ((flags & HTML_CSS_IS_TEXT) && html_color_is_light (color))
    job->ground->has_light_text = TRUE;
}

static void
append_color (const HtmlCssJob *job, HtmlColor *color, HtmlCssPropertyFlags flags, GString *out)
{
  note_color (job, color, flags);
  if (job->is_dark)
    html_color_darken (color, flags & HTML_CSS_IS_GROUND);
  html_color_append (out, color);
}

gboolean
html_css_append_color (const HtmlCssJob *job, const char *value, gboolean is_ground, GString *out)
{
  HtmlColor color;

  if (!html_color_parse_name (value, &color))
    return FALSE;
  append_color (job, &color, is_ground ? HTML_CSS_IS_GROUND : HTML_CSS_IS_TEXT, out);
  return TRUE;
}

/* Behind "rgb(", "rgba(", "hsl(" or "hsla(": three numbers and perhaps the alpha */
static gboolean
read_color (HtmlCssTokens *tokens, gboolean is_hsl, HtmlColor *color)
{
  double parts[4] = { 0, 0, 0, 1 };
  guint n = 0;

  for (;;)
    {
      HtmlCssKind kind = html_css_next (tokens);

      if (kind == HTML_CSS_SPACE || (kind == HTML_CSS_DELIM && (tokens->delim == ',' || tokens->delim == '/')))
        continue;
      if (kind == HTML_CSS_DELIM && tokens->delim == ')')
        break;
      if (n == 4 || (kind != HTML_CSS_NUMBER && kind != HTML_CSS_PERCENTAGE && !(kind == HTML_CSS_DIMENSION && n == 0 && is_hsl)))
        return FALSE;
      if (kind == HTML_CSS_PERCENTAGE)
        parts[n] = tokens->number / 100;
      else if (!is_hsl && n < 3)
        parts[n] = tokens->number / 255;
      else
        parts[n] = tokens->number;
      if (n > 0 || !is_hsl)
        parts[n] = CLAMP (parts[n], 0, 1);
      n++;
    }
  if (n < 3 || !isfinite (parts[0]))
    return FALSE;
  *color = is_hsl ? html_color_from_hsl (parts[0], parts[1], parts[2], parts[3]) : (HtmlColor){ parts[0], parts[1], parts[2], parts[3] };
  return TRUE;
}

static void
append_url (const HtmlCssJob *job, const char *raw, const HtmlCssProperty *property, GString *out)
{
  gboolean may_load = job->may_load && (property->flags & HTML_CSS_HAS_URL);
  HtmlUrlKind kind = HTML_URL_NONE;
  g_autofree char *url = may_load ? html_url_for_image (raw, &kind) : NULL;

  if (!url)
    {
      g_string_append (out, "none");
      return;
    }
  if (kind == HTML_URL_REMOTE)
    job->wanted->n_remote++;
  if (kind == HTML_URL_REMOTE && job->ground && (property->flags & HTML_CSS_IS_UNDER))
    job->ground->has_picture = TRUE;
  if (kind == HTML_URL_PART)
    g_hash_table_add (job->wanted->content_ids, html_url_get_part (url));
  g_string_append (out, "url(");
  html_css_append_string (out, url);
  g_string_append_c (out, ')');
}

/* Behind "url(" with a quote after it */
static gboolean
read_quoted_url (const HtmlCssJob *job, HtmlCssTokens *tokens, const HtmlCssProperty *property, GString *out)
{
  g_autofree char *url = NULL;

  do
    html_css_next (tokens);
  while (tokens->kind == HTML_CSS_SPACE);
  if (tokens->kind != HTML_CSS_STRING)
    return FALSE;
  url = g_strdup (tokens->text->str);
  do
    html_css_next (tokens);
  while (tokens->kind == HTML_CSS_SPACE);
  if (tokens->kind != HTML_CSS_DELIM || tokens->delim != ')')
    return FALSE;
  append_url (job, url, property, out);
  return TRUE;
}

static gboolean
read_function (const HtmlCssJob *job, HtmlCssTokens *tokens, const HtmlCssProperty *property, guint *nesting, GString *out)
{
  static const char *const plain[] = { "calc", "min", "max", "clamp", "linear-gradient", "radial-gradient", "repeat", "minmax" };
  const char *name = tokens->text->str;
  gboolean is_hsl = g_ascii_strncasecmp (name, "hsl", 3) == 0;

  if (g_ascii_strcasecmp (name, "url") == 0)
    return read_quoted_url (job, tokens, property, out);
  if (g_ascii_strcasecmp (is_hsl ? "hsl" : "rgb", name) == 0 || g_ascii_strcasecmp (is_hsl ? "hsla" : "rgba", name) == 0)
    {
      HtmlColor color;

      if (!read_color (tokens, is_hsl, &color))
        return FALSE;
      append_color (job, &color, property->flags, out);
      return TRUE;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (plain); i++)
    if (g_ascii_strcasecmp (name, plain[i]) == 0)
      {
        g_string_append_printf (out, "%s(", plain[i]);
        return ++*nesting <= MAX_NESTING;
      }
  return FALSE;
}

static gboolean
read_delim (const HtmlCssTokens *tokens, guint *nesting, GString *out)
{
  switch (tokens->delim)
    {
    case '(':
      if (++*nesting > MAX_NESTING)
        return FALSE;
      break;
    case ')':
      if ((*nesting)-- == 0)
        return FALSE;
      break;
    case ',':
    case '/':
    case '!':
    case '*':
    case '+':
    case '-':
      break;
    default:
      return FALSE;
    }
  g_string_append_c (out, tokens->delim);
  return TRUE;
}

/* Not "decade", which is a colour only as HTML's attributes have them */
static gboolean
read_color_name (const char *name, HtmlColor *color)
{
  return name[strspn (name, "0123456789abcdefABCDEF")] && html_color_parse_name (name, color);
}

static gboolean
read_one (const HtmlCssJob *job, HtmlCssTokens *tokens, const HtmlCssProperty *property, guint *nesting, GString *out)
{
  HtmlColor color;

  switch (tokens->kind)
    {
    case HTML_CSS_SPACE:
      g_string_append_c (out, ' ');
      return TRUE;
    case HTML_CSS_IDENT:
      if (!read_color_name (tokens->text->str, &color))
        html_css_append_name (out, tokens->text->str);
      else if (job->is_dark)
        append_color (job, &color, property->flags, out);
      else
        {
          note_color (job, &color, property->flags);
          html_css_append_name (out, tokens->text->str);
        }
      return TRUE;
    case HTML_CSS_HASH:
      if (!html_color_parse_hash (tokens->text->str, &color))
        return FALSE;
      append_color (job, &color, property->flags, out);
      return TRUE;
    case HTML_CSS_STRING:
      html_css_append_string (out, tokens->text->str);
      return TRUE;
    case HTML_CSS_URL:
      append_url (job, tokens->text->str, property, out);
      return TRUE;
    case HTML_CSS_NUMBER:
    case HTML_CSS_PERCENTAGE:
    case HTML_CSS_DIMENSION:
      return html_css_append_number (tokens, out);
    case HTML_CSS_FUNCTION:
      return read_function (job, tokens, property, nesting, out);
    case HTML_CSS_DELIM:
      return read_delim (tokens, nesting, out);
    case HTML_CSS_AT:
    case HTML_CSS_BAD:
    case HTML_CSS_END:
    default:
      return FALSE;
    }
}

/* What is dropped still has brackets that belong together: a "}" inside them ends nothing. */
static void
skip_value (HtmlCssTokens *tokens, guint nesting)
{
  for (; tokens->kind != HTML_CSS_END; html_css_next (tokens))
    {
      if (tokens->kind == HTML_CSS_FUNCTION)
        nesting++;
      if (tokens->kind != HTML_CSS_DELIM)
        continue;
      if (strchr ("([{", tokens->delim))
        nesting++;
      else if (nesting == 0 && strchr (";}", tokens->delim))
        return;
      else if (nesting > 0 && strchr (")]}", tokens->delim))
        nesting--;
    }
}

static gboolean
clean_value (const HtmlCssJob *job, HtmlCssTokens *tokens, const HtmlCssProperty *property, GString *out)
{
  guint nesting = 0;

  do
    html_css_next (tokens);
  while (tokens->kind == HTML_CSS_SPACE);
  for (;; html_css_next (tokens))
    {
      if (tokens->kind == HTML_CSS_END || (tokens->kind == HTML_CSS_DELIM && strchr (";}", tokens->delim)))
        return nesting == 0;
      if (!read_one (job, tokens, property, &nesting, out))
        {
          skip_value (tokens, nesting);
          return FALSE;
        }
    }
}

/* "background" takes away the colour that was there; one that comes after it in the block still counts more. */
gboolean
html_css_clean_value (const HtmlCssJob *job, HtmlCssTokens *tokens, const HtmlCssProperty *property, GString *out)
{
  HtmlCssGround own = { FALSE };
  HtmlCssJob inner = *job;
  gsize start = out->len;
  gboolean is_clean;

  if (!job->ground)
    return clean_value (job, tokens, property, out);
  inner.ground = &own;
  is_clean = clean_value (&inner, tokens, property, out);
  if (!is_clean)
    return FALSE;
  if (strcmp (property->name, "background") == 0 && own.has_picture && !own.has_color)
    g_string_append (out, strchr (out->str + start, '!') ? ";" HTML_CSS_UNDER "!important" : ";" HTML_CSS_UNDER);
  job->ground->has_picture |= own.has_picture;
  job->ground->has_color |= own.has_color;
  job->ground->has_light_text |= own.has_light_text;
  return TRUE;
}
