/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Address lists as they are found in mail: RFC 5322 §3.4 with its obsolete forms, and what programs write instead. Nesting is
 * counted, not recursed into: a header of opening parentheses or group names is only a long header. */
#include "mime-header.h"

#include <string.h>

#include "mime-name.h"

typedef struct
{
  GPtrArray *list;
  const char *charset;
  GString *phrase;     /* what stands before the angle bracket, or the address itself */
  GString *address;    /* what stands inside */
  GString *comment;
  gboolean has_angle;
  gboolean has_quotes; /* the phrase held a quoted string */
} Reader;

static char *
decode_name (Reader *self, const char *text, gsize length)
{
  g_autofree char *decoded = mime_header_decode (text, length, self->charset);
  g_autofree char *line = mime_name_clean_line (decoded);
  gsize n = strlen (line);

  /* 'Ana Ruiz' <ana@…>: Outlook's quotes */
  if (n > 2 && (line[0] == '\'' || line[0] == '"') && line[n - 1] == line[0])
    {
      line[n - 1] = '\0';
      return g_strstrip (g_strdup (line + 1));
    }
  return g_steal_pointer (&line);
}

static char *
clean_address (Reader *self, const char *text, gsize length)
{
  g_autofree char *decoded = NULL;
  g_autofree char *line = NULL;
  GString *out = g_string_new (NULL);
  gboolean in_quotes = FALSE;
  const char *route = length > 0 && *text == '@' ? memchr (text, ':', length) : NULL;

  if (route) /* <@relay,@other:ana@example.org>: RFC 5322 §4.4 */
    {
      length -= route + 1 - text;
      text = route + 1;
    }
  decoded = mime_header_decode (text, length, self->charset);
  line = mime_name_clean_line (decoded);
  for (const char *p = line; *p; p++)
    {
      if (*p == '"')
        in_quotes = !in_quotes;
      if (*p != ' ' || in_quotes)
        g_string_append_c (out, *p);
    }
  return g_string_free (out, FALSE);
}

/* "Ana Ruiz ana@example.org", the brackets forgotten: the last word with an "@" is the address. */
static void
split_bare_phrase (Reader *self, gsize *address_start, gsize *address_length)
{
  const char *at = memrchr (self->phrase->str, '@', self->phrase->len);
  const char *start = at, *end = at;

  while (start > self->phrase->str && start[-1] != ' ' && start[-1] != '\t')
    start--;
  while (*end && *end != ' ' && *end != '\t')
    end++;
  *address_start = start - self->phrase->str;
  *address_length = end - start;
}

static void
finish_bare (Reader *self)
{
  MailAddress *address;
  gsize start = 0, length;
  gboolean has_at, has_blank;

  g_strstrip (self->phrase->str);
  g_string_truncate (self->phrase, strlen (self->phrase->str));
  length = self->phrase->len;
  has_at = strchr (self->phrase->str, '@') != NULL;
  has_blank = *self->phrase->str != '"' && strpbrk (self->phrase->str, " \t") != NULL; /* "odd local"@example.org */
  if (length == 0)
    return;
  address = mail_address_new (NULL, NULL);
  if (has_at && has_blank && !self->has_quotes)
    split_bare_phrase (self, &start, &length);
  if (has_at || (!has_blank && !self->has_quotes && !g_str_has_prefix (self->phrase->str, "=?")))
    {
      g_free (address->address);
      address->address = clean_address (self, self->phrase->str + start, length);
      g_free (address->name);
      if (start > 0)
        address->name = decode_name (self, self->phrase->str, start);
      else
        address->name = decode_name (self, self->comment->str, self->comment->len);
    }
  else
    {
      g_free (address->name);
      address->name = decode_name (self, self->phrase->str, self->phrase->len);
    }
  if (*address->name || *address->address)
    g_ptr_array_add (self->list, address);
  else
    mail_address_free (address);
}

static void
finish_entry (Reader *self)
{
  if (self->list->len >= MIME_HEADER_MAX_ADDRESSES)
    ;
  else if (self->has_angle)
    {
      MailAddress *address = mail_address_new (NULL, NULL);

      g_free (address->name);
      g_free (address->address);
      address->name = decode_name (self, self->phrase->str, self->phrase->len);
      address->address = clean_address (self, self->address->str, self->address->len);
      if (!*address->name)
        {
          g_free (address->name);
          address->name = decode_name (self, self->comment->str, self->comment->len);
        }
      if (*address->name || *address->address)
        g_ptr_array_add (self->list, address);
      else
        mail_address_free (address);
    }
  else
    finish_bare (self);
  g_string_truncate (self->phrase, 0);
  g_string_truncate (self->address, 0);
  g_string_truncate (self->comment, 0);
  self->has_angle = self->has_quotes = FALSE;
}

static const char *
read_quoted (Reader *self, const char *p, const char *end)
{
  const char *close = p + 1;
  gboolean is_local;

  while (close < end && *close != '"')
    close += *close == '\\' && close + 1 < end ? 2 : 1;
  if (close >= end) /* a lone quote is a character, not the start of a string that eats all other people */
    {
      g_string_append_c (self->phrase, ' ');
      return p + 1;
    }
  is_local = close + 1 < end && close[1] == '@';
  if (is_local)
    {
      g_string_append_len (self->phrase, p, close + 1 - p);
      return close + 1;
    }
  self->has_quotes = TRUE;
  for (p++; p < close; p++)
    {
      if (*p == '\\' && p + 1 < close)
        p++;
      g_string_append_c (self->phrase, *p);
    }
  return close + 1;
}

static const char *
read_comment (Reader *self, const char *p, const char *end)
{
  guint depth = 0;

  g_string_truncate (self->comment, 0);
  for (; p < end; p++)
    {
      if (*p == '(' && depth++ == 0)
        continue;
      if (*p == ')' && --depth == 0)
        return p + 1;
      if (*p == '\\' && p + 1 < end)
        p++;
      g_string_append_c (self->comment, *p);
    }
  return p;
}

static const char *
read_angle (Reader *self, const char *p, const char *end)
{
  gboolean in_quotes = FALSE;

  self->has_angle = TRUE;
  g_string_truncate (self->address, 0);
  for (p++; p < end; p++)
    {
      if (*p == '\\' && in_quotes && p + 1 < end)
        g_string_append_c (self->address, *p++);
      else if (*p == '"')
        in_quotes = !in_quotes;
      else if (*p == '>' && !in_quotes)
        return p + 1;
      else if ((*p == '<' || *p == ';') && !in_quotes)
        return p;
      g_string_append_c (self->address, *p);
    }
  return p;
}

/* An encoded word may hold commas and brackets that a program should have encoded. */
static const char *
read_word_or_character (Reader *self, const char *p, const char *end)
{
  if (p[0] == '=' && end - p > 8 && p[1] == '?')
    {
      const char *mark = memchr (p + 2, '?', end - p - 2);
      const char *stop = mark && end - mark > 4 && mark[2] == '?' ? g_strstr_len (mark + 3, MIN (end - mark - 3, 1000), "?=") : NULL;

      if (stop)
        {
          g_string_append_len (self->phrase, p, stop + 2 - p);
          return stop + 2;
        }
    }
  g_string_append_c (self->phrase, *p == '\r' || *p == '\n' ? ' ' : *p);
  return p + 1;
}

void
mime_header_add_addresses (GPtrArray *list, const char *value, gsize length, const char *charset)
{
  Reader self = {
    .list = list, .charset = charset, .phrase = g_string_new (NULL), .address = g_string_new (NULL), .comment = g_string_new (NULL)
  };
  const char *p = value, *end = value + length;

  while (p < end)
    {
      if (*p == '"')
        p = read_quoted (&self, p, end);
      else if (*p == '(')
        p = read_comment (&self, p, end);
      else if (*p == '<')
        p = read_angle (&self, p, end);
      else if (*p == ',' || *p == ';')
        {
          finish_entry (&self);
          p++;
        }
      else if (*p == ':' && !self.has_angle && !memchr (self.phrase->str, '@', self.phrase->len))
        {
          g_string_truncate (self.phrase, 0); /* a group's name: RFC 5322 §3.4 */
          self.has_quotes = FALSE;
          p++;
        }
      else
        p = read_word_or_character (&self, p, end);
    }
  finish_entry (&self);
  g_string_free (self.phrase, TRUE);
  g_string_free (self.address, TRUE);
  g_string_free (self.comment, TRUE);
}
