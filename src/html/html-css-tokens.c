/* SPDX-License-Identifier: GPL-3.0-or-later */
/* CSS cut into tokens (CSS Syntax Level 3 §4), escapes resolved. Pure; linear. */
#include "html-css-tokens.h"

#include <string.h>

#define MAX_NUMBER_LENGTH 40

void
html_css_tokens_init (HtmlCssTokens *self, const char *css, gsize length)
{
  *self = (HtmlCssTokens){ .p = css, .end = css + length, .text = g_string_new (NULL) };
}

void
html_css_tokens_clear (HtmlCssTokens *self)
{
  g_string_free (g_steal_pointer (&self->text), TRUE);
}

static guchar
peek (const HtmlCssTokens *self, gsize offset)
{
  return offset < (gsize) (self->end - self->p) ? (guchar) self->p[offset] : 0;
}

static gboolean
is_blank (guchar c)
{
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static gboolean
is_name_start (guchar c)
{
  return g_ascii_isalpha (c) || c == '_' || c >= 0x80;
}

static gboolean
is_name (guchar c)
{
  return is_name_start (c) || g_ascii_isdigit (c) || c == '-';
}

/* §4.3.8 */
static gboolean
is_escape (const HtmlCssTokens *self, gsize offset)
{
  guchar next = peek (self, offset + 1);

  return peek (self, offset) == '\\' && next && next != '\n' && next != '\r' && next != '\f';
}

/* §4.3.9 */
static gboolean
starts_name (const HtmlCssTokens *self, gsize offset)
{
  guchar c = peek (self, offset);

  if (c == '-')
    return is_name_start (peek (self, offset + 1)) || peek (self, offset + 1) == '-' || is_escape (self, offset + 1);
  return is_name_start (c) || is_escape (self, offset);
}

/* §4.3.10 */
static gboolean
starts_number (const HtmlCssTokens *self)
{
  gsize i = peek (self, 0) == '+' || peek (self, 0) == '-';

  return g_ascii_isdigit (peek (self, i)) || (peek (self, i) == '.' && g_ascii_isdigit (peek (self, i + 1)));
}

/* §4.3.7; the backslash is under us */
static void
read_escape (HtmlCssTokens *self)
{
  gunichar c = 0;
  int n = 0;

  self->p++;
  for (; n < 6 && g_ascii_isxdigit (peek (self, 0)); n++)
    c = c * 16 + (gunichar) g_ascii_xdigit_value (*self->p++);
  if (n == 0)
    {
      const char *next = MIN (g_utf8_next_char (self->p), self->end);

      g_string_append_len (self->text, self->p, next - self->p);
      self->p = next;
      return;
    }
  if (peek (self, 0) == '\r' && peek (self, 1) == '\n')
    self->p++;
  if (is_blank (peek (self, 0)))
    self->p++;
  g_string_append_unichar (self->text, g_unichar_validate (c) && c != 0 ? c : 0xfffd);
}

static void
read_name (HtmlCssTokens *self)
{
  while (self->p < self->end)
    {
      if (is_name ((guchar) *self->p))
        g_string_append_c (self->text, *self->p++);
      else if (is_escape (self, 0))
        read_escape (self);
      else
        return;
    }
}

static HtmlCssKind
read_number (HtmlCssTokens *self)
{
  char number[MAX_NUMBER_LENGTH];
  const char *start = self->p;
  gsize length;

  if (*self->p == '+' || *self->p == '-')
    self->p++;
  while (g_ascii_isdigit (peek (self, 0)))
    self->p++;
  if (peek (self, 0) == '.' && g_ascii_isdigit (peek (self, 1)))
    for (self->p++; g_ascii_isdigit (peek (self, 0));)
      self->p++;
  if ((peek (self, 0) | 0x20) == 'e'
      && (g_ascii_isdigit (peek (self, 1)) || ((peek (self, 1) == '+' || peek (self, 1) == '-') && g_ascii_isdigit (peek (self, 2)))))
    for (self->p += 2; g_ascii_isdigit (peek (self, 0));)
      self->p++;
  length = MIN ((gsize) (self->p - start), sizeof number - 1);
  memcpy (number, start, length);
  number[length] = '\0';
  self->number = g_ascii_strtod (number, NULL);
  if (starts_name (self, 0))
    {
      read_name (self);
      return HTML_CSS_DIMENSION;
    }
  if (peek (self, 0) == '%')
    {
      self->p++;
      return HTML_CSS_PERCENTAGE;
    }
  return HTML_CSS_NUMBER;
}

static HtmlCssKind
read_string (HtmlCssTokens *self)
{
  char quote = *self->p++;

  while (self->p < self->end)
    {
      char c = *self->p;

      if (c == quote)
        {
          self->p++;
          return HTML_CSS_STRING;
        }
      if (c == '\n' || c == '\r' || c == '\f')
        return HTML_CSS_BAD;
      if (is_escape (self, 0))
        read_escape (self);
      else if (c == '\\') /* before a line end: the string goes on */
        self->p += peek (self, 1) == '\r' && peek (self, 2) == '\n' ? 3 : MIN (2, self->end - self->p);
      else
        g_string_append_c (self->text, *self->p++);
    }
  return HTML_CSS_STRING;
}

/* §4.3.6; behind "url(" and blanks */
static HtmlCssKind
read_url (HtmlCssTokens *self)
{
  gboolean is_bad = FALSE;

  while (self->p < self->end && *self->p != ')')
    {
      guchar c = (guchar) *self->p;

      if (is_escape (self, 0))
        {
          read_escape (self);
          continue;
        }
      if (is_blank (c))
        {
          const char *p = self->p;

          while (p < self->end && is_blank ((guchar) *p))
            p++;
          if (p < self->end && *p != ')')
            is_bad = TRUE;
          self->p = p;
          continue;
        }
      if (c == '"' || c == '\'' || c == '(' || c == '\\' || c < 0x20 || c == 0x7f)
        is_bad = TRUE;
      else
        g_string_append_c (self->text, (char) c);
      self->p++;
    }
  if (self->p < self->end)
    self->p++;
  return is_bad ? HTML_CSS_BAD : HTML_CSS_URL;
}

static HtmlCssKind
read_name_like (HtmlCssTokens *self)
{
  read_name (self);
  if (peek (self, 0) != '(')
    return HTML_CSS_IDENT;
  self->p++;
  if (g_ascii_strcasecmp (self->text->str, "url") == 0)
    {
      const char *p = self->p;

      while (p < self->end && is_blank ((guchar) *p))
        p++;
      if (p == self->end || (*p != '"' && *p != '\''))
        {
          self->p = p;
          g_string_truncate (self->text, 0);
          return read_url (self);
        }
    }
  return HTML_CSS_FUNCTION;
}

static gboolean
skip_space (HtmlCssTokens *self)
{
  const char *start = self->p;

  while (self->p < self->end)
    {
      if (is_blank ((guchar) *self->p))
        self->p++;
      else if (peek (self, 0) == '/' && peek (self, 1) == '*')
        {
          const char *close = g_strstr_len (self->p + 2, self->end - self->p - 2, "*/");

          self->p = close ? close + 2 : self->end;
        }
      else if (self->end - self->p >= 4 && memcmp (self->p, "<!--", 4) == 0)
        self->p += 4;
      else if (self->end - self->p >= 3 && memcmp (self->p, "-->", 3) == 0)
        self->p += 3;
      else
        break;
    }
  return self->p > start;
}

static HtmlCssKind
read_delim (HtmlCssTokens *self)
{
  const char *next = MIN (g_utf8_next_char (self->p), self->end);

  self->delim = (guchar) *self->p < 0x80 ? *self->p : (char) 0x80;
  self->p = next;
  return HTML_CSS_DELIM;
}

static HtmlCssKind
read_token (HtmlCssTokens *self)
{
  guchar c;

  if (skip_space (self))
    return HTML_CSS_SPACE;
  if (self->p >= self->end)
    return HTML_CSS_END;
  c = (guchar) *self->p;
  if (c == '"' || c == '\'')
    return read_string (self);
  if (starts_number (self))
    return read_number (self);
  if (c == '#' && (is_name (peek (self, 1)) || is_escape (self, 1)))
    {
      self->p++;
      read_name (self);
      return HTML_CSS_HASH;
    }
  if (c == '@' && starts_name (self, 1))
    {
      self->p++;
      read_name (self);
      return HTML_CSS_AT;
    }
  if (starts_name (self, 0))
    return read_name_like (self);
  return read_delim (self);
}

HtmlCssKind
html_css_next (HtmlCssTokens *self)
{
  g_string_truncate (self->text, 0);
  self->start = self->p;
  self->delim = 0;
  self->kind = read_token (self);
  return self->kind;
}

/* A blank ends the escape whatever follows. */
static void
append_escape (GString *out, guchar c)
{
  g_string_append_printf (out, "\\%x ", c);
}

void
html_css_append_name (GString *out, const char *name)
{
  for (const char *p = name; *p; p++)
    {
      gsize position = p - name;
      gboolean is_first = position == 0 || (position == 1 && name[0] == '-');

      /* no digit where a name begins, and no lone hyphen */
      if (is_name ((guchar) *p) && !(is_first && g_ascii_isdigit (*p)) && !(position == 0 && *p == '-' && !p[1]))
        g_string_append_c (out, *p);
      else
        append_escape (out, (guchar) *p);
    }
}

void
html_css_append_string (GString *out, const char *text)
{
  g_string_append_c (out, '"');
  for (const char *p = text; *p; p++)
    if (strchr ("\"\\<>&", *p) || (guchar) *p < 0x20 || *p == 0x7f)
      append_escape (out, (guchar) *p);
    else
      g_string_append_c (out, *p);
  g_string_append_c (out, '"');
}
