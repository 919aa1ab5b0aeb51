/* SPDX-License-Identifier: GPL-3.0-or-later */
/* HTML cut into tags and text, in the spirit of the HTML standard §13.2.5, bounded and without memory of its own. */
#include "mime-html-tokens.h"

#include <string.h>

#include "mime-html-text.h"

#define MAX_ATTRIBUTES 100

static gboolean
is_space (char c)
{
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

/* The end of the tag that starts at @p, quotes respected: past its ">". */
static const char *
find_tag_end (const char *p, const char *end)
{
  char quote = 0;
  gboolean after_equals = FALSE;

  for (; p < end; p++)
    {
      if (quote)
        {
          if (*p == quote)
            quote = 0;
        }
      else if (*p == '>')
        return p;
      else if ((*p == '"' || *p == '\'') && after_equals)
        quote = *p;
      if (!quote && !is_space (*p))
        after_equals = *p == '=';
    }
  return NULL;
}

static const char *
skip_declaration (const char *p, const char *end)
{
  const char *stop;

  if (end - p >= 4 && memcmp (p, "<!--", 4) == 0)
    {
      if (end - p > 4 && p[4] == '>') /* "<!-->" is a whole comment */
        return p + 5;
      stop = g_strstr_len (p + 4, end - p - 4, "-->");
      return stop ? stop + 3 : end;
    }
  stop = memchr (p, '>', end - p);
  return stop ? stop + 1 : end;
}

/* Their insides are not markup; what is in them is never text to be read. */
static gboolean
is_raw (const char *name)
{
  static const char *const names[] = { "script", "style", "title", "iframe", "noembed", "noframes", "template" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (name, names[i]))
      return TRUE;
  return FALSE;
}

static const char *
skip_raw (const char *p, const char *end, const char *name)
{
  gsize n = strlen (name);

  while ((p = memchr (p, '<', end - p)))
    {
      if ((gsize) (end - p) > n + 2 && p[1] == '/' && g_ascii_strncasecmp (p + 2, name, n) == 0 && !g_ascii_isalnum (p[2 + n]))
        {
          const char *stop = memchr (p, '>', end - p);

          return stop ? stop + 1 : end;
        }
      p++;
    }
  return end;
}

/* Reads a tag at "<"; FALSE when the character is only a character. */
static gboolean
read_tag (MimeHtmlTokens *self, gboolean *is_raw_element)
{
  const char *name = self->p + 1 + (self->p[1] == '/'), *stop;
  gsize n = 0;

  if (name >= self->end || !g_ascii_isalpha (*name))
    return FALSE;
  self->kind = self->p[1] == '/' ? MIME_HTML_END : MIME_HTML_START;
  while (name + n < self->end && !is_space (name[n]) && name[n] != '>' && name[n] != '/')
    {
      if (n < MIME_HTML_MAX_NAME - 1)
        self->name[n] = g_ascii_tolower (name[n]);
      n++;
    }
  self->name[MIN (n, MIME_HTML_MAX_NAME - 1)] = '\0';
  stop = find_tag_end (name + n, self->end);
  if (!stop) /* a quote that never closes: the plain end will do */
    stop = memchr (name + n, '>', self->end - name - n);
  stop = stop ? stop : self->end;
  self->text = name + n;
  self->length = stop - self->text;
  self->p = stop < self->end ? stop + 1 : stop;
  *is_raw_element = self->kind == MIME_HTML_START && is_raw (self->name);
  return TRUE;
}

MimeHtmlKind
mime_html_next (MimeHtmlTokens *self)
{
  while (self->p < self->end)
    {
      gboolean is_raw_element;
      const char *next;

      if (*self->p == '<' && self->end - self->p > 2)
        {
          if (self->p[1] == '!' || self->p[1] == '?' || (self->p[1] == '/' && !g_ascii_isalpha (self->p[2])))
            {
              self->p = skip_declaration (self->p, self->end);
              continue;
            }
          if (read_tag (self, &is_raw_element))
            {
              if (!is_raw_element)
                return self->kind;
              self->p = skip_raw (self->p, self->end, self->name);
              continue;
            }
        }
      next = memchr (self->p + 1, '<', self->end - self->p - 1);
      self->text = self->p;
      self->p = next ? next : self->end;
      self->length = self->p - self->text;
      return self->kind = MIME_HTML_TEXT;
    }
  return self->kind = MIME_HTML_DONE;
}

static char *
dup_resolved (const char *p, gsize length)
{
  GString *out = g_string_sized_new (length + 1);
  const char *end = p + length;

  while (p < end)
    {
      gunichar c;
      const char *next = *p == '&' ? mime_html_read_entity (p, end, &c) : NULL;

      if (next)
        {
          g_string_append_unichar (out, c);
          p = next;
        }
      else
        g_string_append_c (out, *p++);
    }
  return g_string_free (out, FALSE);
}

char *
mime_html_dup_attribute (const MimeHtmlTokens *self, const char *name)
{
  const char *p = self->text, *end = self->text + self->length;
  gsize n_name = strlen (name);

  for (guint i = 0; i < MAX_ATTRIBUTES; i++)
    {
      const char *start, *value = NULL;
      gsize n, length = 0;

      while (p < end && (is_space (*p) || *p == '/'))
        p++;
      for (start = p; p < end && !is_space (*p) && *p != '=' && *p != '/'; p++)
        ;
      n = p - start;
      while (p < end && is_space (*p))
        p++;
      if (p < end && *p == '=')
        {
          for (p++; p < end && is_space (*p); p++)
            ;
          if (p < end && (*p == '"' || *p == '\''))
            {
              const char *close = memchr (p + 1, *p, end - p - 1);

              value = p + 1;
              length = (close ? close : end) - value;
              p = close ? close + 1 : end;
            }
          else
            {
              for (value = p; p < end && !is_space (*p); p++)
                ;
              length = p - value;
            }
        }
      if (n == n_name && g_ascii_strncasecmp (start, name, n) == 0)
        return value ? dup_resolved (value, length) : g_strdup ("");
      if (p >= end || (n == 0 && !value))
        return NULL;
    }
  return NULL;
}
