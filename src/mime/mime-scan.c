/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The plain case of a header. */
#include "mime-scan.h"

#include <string.h>

#include "mime-part.h"

#define MAX_HEADER (1 << 16)
#define MAX_FIELDS 200
#define MAX_TYPE 1000

/* A line of bytes that mean nothing to a parser but what they are: no NUL, no CR but the one of its end */
static gboolean
is_clean (const char *line, const char *newline)
{
  const char *cr = memchr (line, '\r', newline - line);

  return !memchr (line, '\0', newline - line) && (!cr || cr == newline - 1);
}

static gboolean
is_blank (const char *line, const char *newline)
{
  while (line < newline && g_ascii_isspace (*line))
    line++;
  return line == newline;
}

/* RFC 5322 §2.2: printable, no blank before the colon */
static gboolean
begins_field (const char *line, const char *newline)
{
  const char *p = line;

  while (p < newline && *p > 32 && *p < 127 && *p != ':')
    p++;
  return p > line && p < newline && *p == ':';
}

/* A uuencoded file begins so. */
static gboolean
has_file_in_text (const char *body, const char *end)
{
  for (const char *p = body; (p = memmem (p, end - p, "begin ", 6)); p += 6)
    if (p == body || p[-1] == '\n')
      return TRUE;
  return FALSE;
}

/* @body: (out): where the header ends */
static gboolean
read_fields (const char *data, const char *end, GArray *fields, const char **body)
{
  for (const char *line = data; line < end;)
    {
      const char *newline = memchr (line, '\n', end - line);

      if (!newline || newline - data > MAX_HEADER || fields->len > MAX_FIELDS || !is_clean (line, newline))
        return FALSE;
      if (newline == line || (newline == line + 1 && *line == '\r'))
        {
          *body = newline + 1;
          return fields->len > 0;
        }
      if (*line == ' ' || *line == '\t')
        {
          if (fields->len == 0 || is_blank (line, newline))
            return FALSE;
        }
      else if (!begins_field (line, newline))
        return FALSE;
      else
        mime_part_add_field (fields, line, end);
      line = newline + 1;
    }
  return FALSE;
}

/* What counts once must be there once, and what makes a file of a text is GMime's. */
static gboolean
has_plain_fields (const GArray *fields, const MimeField **type)
{
  *type = NULL;
  for (guint i = 0; i < fields->len; i++)
    {
      const MimeField *field = &g_array_index (fields, MimeField, i);

      if (field->name_length < 8 || g_ascii_strncasecmp (field->name, "Content-", 8) != 0)
        continue;
      if (mime_field_is (field, "Content-Disposition") || mime_field_is (field, "Content-ID"))
        return FALSE;
      if (!mime_field_is (field, "Content-Type"))
        continue;
      if (*type)
        return FALSE;
      *type = field;
    }
  return TRUE;
}

static gsize
measure_token (const char *p, const char *end)
{
  gsize n = 0;

  while (p + n < end && (g_ascii_isalnum (p[n]) || strchr ("-_.+", p[n])))
    n++;
  return n;
}

static const char *
skip_blanks (const char *p, const char *end)
{
  while (p < end && strchr (" \t\r\n", *p))
    p++;
  return p;
}

/* ; name=value or ; name="value" at @p: what follows it; NULL when it is no simple one */
static const char *
read_parameter (const char *p, const char *end, const char **name, gsize *name_length, const char **value, gsize *value_length)
{
  if (*p != ';')
    return NULL;
  *name = p = skip_blanks (p + 1, end);
  *name_length = measure_token (p, end);
  p += *name_length;
  if (*name_length == 0 || p >= end || *p != '=')
    return NULL;
  if (++p < end && *p == '"')
    {
      const char *quote = memchr (p + 1, '"', end - p - 1);

      *value = p + 1;
      *value_length = quote ? quote - *value : 0;
      p = quote ? quote + 1 : end;
    }
  else
    {
      *value = p;
      *value_length = measure_token (p, end);
      p += *value_length;
    }
  return *value_length > 0 ? skip_blanks (p, end) : NULL;
}

static gboolean
is_word (const char *text, gsize length, const char *word)
{
  return length == strlen (word) && g_ascii_strncasecmp (text, word, length) == 0;
}

/* @charset: (out) */
static gboolean
read_type (const MimeField *field, gboolean is_whole, char **charset)
{
  const char *p = field->value, *end = p + field->value_length;
  gsize n = measure_token (p, end);
  gboolean is_text = n == 4 && g_ascii_strncasecmp (p, "text", 4) == 0;

  if (n == 0 || field->value_length > MAX_TYPE || p[n] != '/' || p + n >= end)
    return FALSE;
  p += n + 1;
  n = measure_token (p, end);
  is_text = is_text && (is_word (p, n, "plain") || is_word (p, n, "html"));
  if (n == 0 || (is_whole && !is_text))
    return FALSE;
  for (const char *q = field->value; q < end; q++)
    if ((guchar) *q >= 127 || strchr ("\\(*%?", *q)) /* comments, encoded words, RFC 2231: not so simple */
      return FALSE;
  for (p = skip_blanks (p + n, end); p < end;)
    {
      const char *name, *value;
      gsize name_length, value_length;

      p = read_parameter (p, end, &name, &name_length, &value, &value_length);
      if (!p || is_word (name, name_length, "name") || is_word (name, name_length, "filename")
          || (is_word (name, name_length, "charset") && *charset))
        return FALSE;
      if (is_word (name, name_length, "charset"))
        *charset = g_strndup (value, value_length);
    }
  return TRUE;
}

gboolean
mime_scan (const char *data, gsize length, gboolean is_whole, GArray *fields, char **charset)
{
  const MimeField *type;
  const char *body;
  g_autofree char *found = NULL;

  *charset = NULL;
  g_array_set_size (fields, 0);
  if (!read_fields (data, data + length, fields, &body) || !has_plain_fields (fields, &type) || (type && !read_type (type, is_whole, &found))
      || (is_whole && has_file_in_text (body, data + length)))
    return FALSE;
  *charset = g_steal_pointer (&found);
  return TRUE;
}
