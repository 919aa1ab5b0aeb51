/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Remembers the simple rules of style sheets, and says what they mean for one element. */
#include "html-inline.h"

#include "html-css-tokens.h"

#include <string.h>

#define MAX_NAME 64          /* bytes of an element or a class that a rule is for */
#define MAX_CLASSES 16       /* of one element */
#define MAX_MATCHES 64       /* rules for one element */
#define MAX_DECLARATIONS 2000 /* bytes for one element */

struct _HtmlInline
{
  GPtrArray *blocks;         /* of char *: the declarations of a rule, in the order of the rules */
  GHashTable *rules;         /* "p", ".c", "p.c" -> GArray of guint: which blocks */
  gsize n_given;             /* bytes */
};

typedef struct
{
  char element[MAX_NAME], class[MAX_NAME];
  gboolean has_end;          /* a blank was behind it */
  gboolean is_simple;
} Selector;

typedef struct
{
  guint weight;              /* of the selector: element, class, both */
  guint block;
} Match;

HtmlInline *
html_inline_new (void)
{
  HtmlInline *self = g_new0 (HtmlInline, 1);

  self->blocks = g_ptr_array_new_with_free_func (g_free);
  self->rules = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_array_unref);
  return self;
}

void
html_inline_free (HtmlInline *self)
{
  g_ptr_array_unref (self->blocks);
  g_hash_table_unref (self->rules);
  g_free (self);
}

/* Reading */

static gboolean
is_delim (const HtmlCssTokens *tokens, char delim)
{
  return tokens->kind == HTML_CSS_DELIM && tokens->delim == delim;
}

static void
add_rule (HtmlInline *self, const Selector *selector)
{
  g_autofree char *key = g_strconcat (selector->element, *selector->class ? "." : "", selector->class, NULL);
  GArray *blocks = g_hash_table_lookup (self->rules, key);
  guint block = self->blocks->len; /* the one that is read next */

  if (!selector->is_simple || !*key)
    return;
  if (!blocks)
    {
      blocks = g_array_new (FALSE, FALSE, sizeof (guint));
      g_hash_table_insert (self->rules, g_steal_pointer (&key), blocks);
    }
  g_array_append_val (blocks, block);
}

static void
read_name (char *into, const char *name, Selector *selector)
{
  if (*into || selector->has_end || g_strlcpy (into, name, MAX_NAME) >= MAX_NAME)
    selector->is_simple = FALSE;
}

static void
read_element (Selector *selector, const char *name)
{
  g_autofree char *lower = g_ascii_strdown (name, -1);

  if (*selector->class)
    selector->is_simple = FALSE;
  read_name (selector->element, lower, selector);
}

/* To the "{", with the current token the first */
static void
read_selectors (HtmlInline *self, HtmlCssTokens *tokens)
{
  Selector selector = { .is_simple = TRUE };

  for (; tokens->kind != HTML_CSS_END && !is_delim (tokens, '{'); html_css_next (tokens))
    if (is_delim (tokens, ','))
      {
        add_rule (self, &selector);
        selector = (Selector) { .is_simple = TRUE };
      }
    else if (tokens->kind == HTML_CSS_SPACE)
      selector.has_end = *selector.element || *selector.class;
    else if (tokens->kind == HTML_CSS_IDENT)
      read_element (&selector, tokens->text->str);
    else if (is_delim (tokens, '.') && html_css_next (tokens) == HTML_CSS_IDENT)
      read_name (selector.class, tokens->text->str, &selector);
    else
      selector.is_simple = FALSE;
  add_rule (self, &selector);
}

/* Behind a "{": to its "}" */
static const char *
skip_block (HtmlCssTokens *tokens)
{
  guint depth = 1;

  while (html_css_next (tokens) != HTML_CSS_END)
    if (is_delim (tokens, '{'))
      depth++;
    else if (is_delim (tokens, '}') && --depth == 0)
      break;
  return tokens->start;
}

void
html_inline_add_sheet (HtmlInline *self, const char *css)
{
  g_auto (HtmlCssTokens) tokens = { 0 };

  html_css_tokens_init (&tokens, css, strlen (css));
  while (html_css_next (&tokens) != HTML_CSS_END)
    {
      gboolean is_at = tokens.kind == HTML_CSS_AT;
      const char *block, *end;

      if (tokens.kind == HTML_CSS_SPACE)
        continue;
      if (!is_at)
        read_selectors (self, &tokens);
      while (tokens.kind != HTML_CSS_END && !is_delim (&tokens, '{'))
        html_css_next (&tokens);
      block = tokens.p;
      end = skip_block (&tokens);
      if (!is_at)
        g_ptr_array_add (self->blocks, g_strndup (block, end > block ? (gsize) (end - block) : 0));
    }
}

/* Dressing */

static void
match (HtmlInline *self, const char *element, const char *class, guint weight, GArray *found)
{
  g_autofree char *key = g_strconcat (element, class ? "." : "", class, NULL);
  GArray *blocks = g_hash_table_lookup (self->rules, key);

  for (guint i = 0; blocks && i < blocks->len && found->len < MAX_MATCHES; i++)
    {
      Match one = { weight, g_array_index (blocks, guint, i) };

      g_array_append_val (found, one);
    }
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const Match *one = a, *other = b;

  return one->weight != other->weight ? (one->weight < other->weight ? -1 : 1) : one->block < other->block ? -1 : one->block > other->block;
}

void
html_inline_append (HtmlInline *self, const char *element, const char *classes, GString *out)
{
  g_autoptr (GArray) found = NULL;
  g_auto (GStrv) list = NULL;
  gsize start = out->len;

  if (self->blocks->len == 0)
    return;
  found = g_array_new (FALSE, FALSE, sizeof (Match));
  list = g_strsplit_set (classes && strlen (classes) <= MAX_CLASSES * MAX_NAME ? classes : "", " \t\r\n\f", MAX_CLASSES + 1);
  match (self, element, NULL, 0, found);
  for (guint i = 0; list[i] && i < MAX_CLASSES; i++)
    if (*list[i])
      {
        match (self, "", list[i], 1, found);
        match (self, element, list[i], 2, found);
      }
  g_array_sort (found, compare);
  for (guint i = 0; i < found->len; i++)
    {
      const char *block = g_ptr_array_index (self->blocks, g_array_index (found, Match, i).block);

      if (out->len - start + strlen (block) > MAX_DECLARATIONS || self->n_given + strlen (block) > HTML_INLINE_MAX_BYTES)
        break;
      g_string_append (out, block);
      self->n_given += strlen (block);
    }
}
