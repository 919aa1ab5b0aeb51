/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Style sheets and style attributes of mail made harmless: read into tokens, checked against what is allowed, written anew. */
#include "html-css.h"

#include "html-css-value.h"

#include <string.h>

#define MAX_SELECTOR 4000     /* bytes of one rule's selectors as written */
#define MAX_MEDIA 2           /* @media inside @media */

static gboolean
is_delim (const HtmlCssTokens *tokens, char delim)
{
  return tokens->kind == HTML_CSS_DELIM && tokens->delim == delim;
}

/* To the ";" at this level, or over the block that comes first; the current token is what ended it */
static void
skip_statement (HtmlCssTokens *tokens)
{
  guint nesting = 0;

  for (;; html_css_next (tokens))
    {
      if (tokens->kind == HTML_CSS_END)
        return;
      if (tokens->kind == HTML_CSS_FUNCTION)
        nesting++;
      if (tokens->kind != HTML_CSS_DELIM)
        continue;
      if (nesting == 0 && tokens->delim == ';')
        return;
      if (strchr ("([{", tokens->delim))
        nesting++;
      else if (tokens->delim == '}' && nesting <= 1)
        return;
      else if (nesting && strchr (")]}", tokens->delim))
        nesting--;
    }
}

/* To the ";" or "}" that ends a declaration which cannot be understood */
static void
skip_declaration (HtmlCssTokens *tokens)
{
  guint nesting = 0;

  for (; tokens->kind != HTML_CSS_END; html_css_next (tokens))
    {
      if (tokens->kind == HTML_CSS_FUNCTION)
        nesting++;
      if (tokens->kind != HTML_CSS_DELIM)
        continue;
      if (nesting == 0 && strchr (";}", tokens->delim))
        return;
      if (strchr ("([{", tokens->delim))
        nesting++;
      else if (nesting && strchr (")]}", tokens->delim))
        nesting--;
    }
}

/* Up to the "}" or the end. The first token is to be read yet. */
static void
clean_block (const HtmlCssJob *job, HtmlCssTokens *tokens, GString *out)
{
  while (tokens->kind != HTML_CSS_END)
    {
      gsize start = out->len;
      const HtmlCssProperty *property;

      html_css_next (tokens);
      if (tokens->kind == HTML_CSS_SPACE || is_delim (tokens, ';'))
        continue;
      if (tokens->kind == HTML_CSS_END || is_delim (tokens, '}'))
        return;
      property = tokens->kind == HTML_CSS_IDENT ? html_css_find_property (tokens->text->str) : NULL;
      if (property)
        do
          html_css_next (tokens);
        while (tokens->kind == HTML_CSS_SPACE);
      if (!property || !is_delim (tokens, ':'))
        {
          skip_declaration (tokens);
          if (is_delim (tokens, '}'))
            return;
          continue;
        }
      g_string_append_printf (out, "%s:", property->name);
      if (html_css_clean_value (job, tokens, property, out))
        g_string_append_c (out, ';');
      else
        g_string_truncate (out, start);
      if (is_delim (tokens, '}'))
        return;
    }
}

void
html_css_clean_declarations (const HtmlCssJob *job, const char *css, gsize length, GString *out)
{
  g_auto (HtmlCssTokens) tokens = { 0 };

  html_css_tokens_init (&tokens, css, length);
  tokens.kind = HTML_CSS_SPACE;
  while (tokens.kind != HTML_CSS_END) /* a stray "}" ends nothing here */
    clean_block (job, &tokens, out);
}

static gboolean
is_one_of (const char *name, const char *const *names)
{
  for (; *names; names++)
    if (g_ascii_strcasecmp (name, *names) == 0)
      return TRUE;
  return FALSE;
}

/* The current token is the ":". */
static gboolean
clean_pseudo (HtmlCssTokens *tokens, GString *out)
{
  static const char *const names[] = { "link", "visited", "hover", "active", "focus", "first-child", "last-child", "only-child", "first-of-type",
                                       "last-of-type", "first-letter", "first-line", "before", "after", "root", "empty", NULL };
  static const char *const functions[] = { "not", "nth-child", "nth-last-child", "nth-of-type", NULL };

  g_string_append_c (out, ':');
  html_css_next (tokens);
  if (is_delim (tokens, ':'))
    {
      g_string_append_c (out, ':');
      html_css_next (tokens);
    }
  if (tokens->kind == HTML_CSS_IDENT && is_one_of (tokens->text->str, names))
    {
      html_css_append_name (out, tokens->text->str);
      return TRUE;
    }
  if (tokens->kind == HTML_CSS_FUNCTION && is_one_of (tokens->text->str, functions))
    {
      html_css_append_name (out, tokens->text->str);
      g_string_append_c (out, '(');
      return TRUE;
    }
  return FALSE;
}

static gboolean
clean_selector_token (HtmlCssTokens *tokens, gboolean *has_pseudo, GString *out)
{
  switch (tokens->kind)
    {
    case HTML_CSS_SPACE:
      g_string_append_c (out, ' ');
      return TRUE;
    case HTML_CSS_IDENT:
      html_css_append_name (out, tokens->text->str);
      return TRUE;
    case HTML_CSS_HASH:
      g_string_append_c (out, '#');
      html_css_append_name (out, tokens->text->str);
      return TRUE;
    case HTML_CSS_STRING:
      html_css_append_string (out, tokens->text->str);
      return TRUE;
    case HTML_CSS_NUMBER:
    case HTML_CSS_DIMENSION:
      return html_css_append_number (tokens, out);
    case HTML_CSS_DELIM:
      if (tokens->delim == ':')
        {
          *has_pseudo = TRUE;
          return clean_pseudo (tokens, out);
        }
      if (!strchr (".*,>+~[]=|^$)", tokens->delim))
        return FALSE;
      g_string_append_c (out, tokens->delim);
      return TRUE;
    case HTML_CSS_END:
    case HTML_CSS_FUNCTION:
    case HTML_CSS_AT:
    case HTML_CSS_URL:
    case HTML_CSS_PERCENTAGE:
    case HTML_CSS_BAD:
    default:
      return FALSE;
    }
}

/* A colour under the picture of the rule behind it, weaker than any other: another rule may say it better. */
static void
put_under (GString *out, gsize start, gsize open)
{
  g_autofree char *selectors = g_strndup (out->str + start, open - start - 1);
  g_autofree char *rule = g_strdup_printf (":where(%s):where(:not([bgcolor])){" HTML_CSS_UNDER ";}\n", selectors);

  g_string_insert (out, (gssize) start, rule);
}

/* The current token is the first of the selectors. */
static void
clean_rule (const HtmlCssJob *job, HtmlCssTokens *tokens, GString *out)
{
  gsize start = out->len, open;
  gboolean has_pseudo = FALSE;
  HtmlCssJob inner = *job;
  HtmlCssGround own = { FALSE };

  while (!is_delim (tokens, '{'))
    {
      if (!clean_selector_token (tokens, &has_pseudo, out) || out->len - start > MAX_SELECTOR)
        {
          g_string_truncate (out, start);
          skip_statement (tokens);
          return;
        }
      html_css_next (tokens);
    }
  g_string_append_c (out, '{');
  open = out->len;
  inner.may_load = job->may_load && !has_pseudo; /* a picture loaded when the pointer comes by tells the sender so */
  inner.ground = job->ground ? &own : NULL;
  clean_block (&inner, tokens, out);
  if (out->len == open)
    {
      g_string_truncate (out, start);
      return;
    }
  g_string_append (out, "}\n");
  if (own.has_picture && !own.has_color)
    put_under (out, start, open);
  if (!own.has_color && job->ground)
    {
      job->ground->has_picture |= own.has_picture;
      job->ground->has_light_text |= own.has_light_text;
    }
}

/* Behind "@media": its condition and the "{" */
static gboolean
clean_condition (HtmlCssTokens *tokens, GString *out)
{
  for (html_css_next (tokens); !is_delim (tokens, '{'); html_css_next (tokens))
    switch (tokens->kind)
      {
      case HTML_CSS_SPACE:
        g_string_append_c (out, ' ');
        break;
      case HTML_CSS_IDENT:
        html_css_append_name (out, tokens->text->str);
        break;
      case HTML_CSS_NUMBER:
      case HTML_CSS_DIMENSION:
        if (!html_css_append_number (tokens, out))
          return FALSE;
        break;
      case HTML_CSS_DELIM:
        if (!strchr ("():,/", tokens->delim))
          return FALSE;
        g_string_append_c (out, tokens->delim);
        break;
      case HTML_CSS_END:
      case HTML_CSS_FUNCTION:
      case HTML_CSS_AT:
      case HTML_CSS_HASH:
      case HTML_CSS_STRING:
      case HTML_CSS_URL:
      case HTML_CSS_PERCENTAGE:
      case HTML_CSS_BAD:
      default:
        return FALSE;
      }
  g_string_append_c (out, '{');
  return TRUE;
}

static void clean_rules (const HtmlCssJob *job, HtmlCssTokens *tokens, guint depth, guint *n_rules, GString *out);

static void
clean_at_rule (const HtmlCssJob *job, HtmlCssTokens *tokens, guint depth, guint *n_rules, GString *out)
{
  gsize start = out->len;

  if (g_ascii_strcasecmp (tokens->text->str, "media") != 0 || depth == MAX_MEDIA)
    {
      skip_statement (tokens);
      return;
    }
  g_string_append (out, "@media");
  if (!clean_condition (tokens, out))
    {
      g_string_truncate (out, start);
      skip_statement (tokens);
      return;
    }
  clean_rules (job, tokens, depth + 1, n_rules, out);
  g_string_append (out, "}\n");
}

/* To the end, or inside of @media to its "}". The first token is to be read yet. */
static void
clean_rules (const HtmlCssJob *job, HtmlCssTokens *tokens, guint depth, guint *n_rules, GString *out)
{
  while (tokens->kind != HTML_CSS_END && *n_rules < HTML_CSS_MAX_RULES)
    {
      html_css_next (tokens);
      if (tokens->kind == HTML_CSS_END || (depth > 0 && is_delim (tokens, '}')))
        return;
      if (tokens->kind == HTML_CSS_SPACE || is_delim (tokens, ';') || is_delim (tokens, '}'))
        continue;
      ++*n_rules;
      if (tokens->kind == HTML_CSS_AT)
        clean_at_rule (job, tokens, depth, n_rules, out);
      else
        clean_rule (job, tokens, out);
    }
}

void
html_css_clean_sheet (const HtmlCssJob *job, const char *css, gsize length, GString *out)
{
  g_auto (HtmlCssTokens) tokens = { 0 };
  guint n_rules = 0;

  html_css_tokens_init (&tokens, css, length);
  tokens.kind = HTML_CSS_SPACE;
  clean_rules (job, &tokens, 0, &n_rules, out);
}
