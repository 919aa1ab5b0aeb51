/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values with parameters (RFC 2045 §5.1), joined and decoded as RFC 2231 says, and as programs that never read it write them. */
#include "mime-part.h"

#include <string.h>

#include "mime-charset.h"

#define MAX_TEXT (1 << 14)
#define MAX_SECTION 99
#define MAX_VALUE 200

/* One "name*3*=…" as it stands. */
typedef struct
{
  char *name;         /* without its stars, lower case */
  int section;        /* -1: the whole value in one */
  gboolean is_encoded;
  char *text;
  gsize length;
} Piece;

static void
piece_clear (gpointer data)
{
  Piece *piece = data;

  g_free (piece->name);
  g_free (piece->text);
}

static const char *
skip_blanks (const char *p, const char *end)
{
  guint depth = 0;

  for (; p < end; p++)
    {
      if (*p == '(')
        depth++;
      else if (*p == ')' && depth > 0)
        depth--;
      else if (depth == 0 && !g_ascii_isspace (*p))
        break;
    }
  return p;
}

static const char *
read_quoted (const char *p, const char *end, GString *out)
{
  for (p++; p < end && *p != '"'; p++)
    {
      /* Outlook puts plain paths in quotes: a backslash counts only before what needs one */
      if (*p == '\\' && p + 1 < end && (p[1] == '"' || p[1] == '\\'))
        p++;
      if (*p != '\r' && *p != '\n')
        g_string_append_c (out, *p);
    }
  return p < end ? p + 1 : p;
}

/* Unquoted file names with blanks are common: up to the semicolon, the blanks at the end off. */
static const char *
read_bare (const char *p, const char *end, GString *out)
{
  for (; p < end && *p != ';'; p++)
    if (*p != '\r' && *p != '\n')
      g_string_append_c (out, *p);
  while (out->len > 0 && g_ascii_isspace (out->str[out->len - 1]))
    g_string_truncate (out, out->len - 1);
  return p;
}

static void
split_name (char *name, Piece *piece)
{
  gsize n = strlen (name);
  char *star;

  piece->section = -1;
  if (n > 1 && name[n - 1] == '*')
    {
      piece->is_encoded = TRUE;
      name[n - 1] = '\0';
    }
  star = strchr (name, '*');
  if (star && g_ascii_isdigit (star[1]))
    {
      guint64 section = g_ascii_strtoull (star + 1, NULL, 10);

      piece->section = (int) MIN (section, MAX_SECTION + 1);
      *star = '\0';
    }
  piece->name = name;
}

static GArray *
read_pieces (const char *p, const char *end)
{
  GArray *pieces = g_array_new (FALSE, TRUE, sizeof (Piece));

  g_array_set_clear_func (pieces, piece_clear);
  while (p < end && pieces->len < MIME_PART_MAX_PARAMETERS)
    {
      const char *start;
      Piece piece = { 0 };
      GString *text;

      p = skip_blanks (p, end);
      if (p < end && *p == ';')
        {
          p++;
          continue;
        }
      for (start = p; p < end && *p != '=' && *p != ';' && !g_ascii_isspace (*p); p++)
        ;
      if (p == start)
        {
          p += p < end;
          continue;
        }
      split_name (g_ascii_strdown (start, p - start), &piece);
      p = skip_blanks (p, end);
      text = g_string_new (NULL);
      if (p < end && *p == '=')
        {
          p = skip_blanks (p + 1, end);
          p = p < end && *p == '"' ? read_quoted (p, end, text) : read_bare (p, end, text);
        }
      piece.length = text->len;
      piece.text = g_string_free (text, FALSE);
      g_array_append_val (pieces, piece);
    }
  return pieces;
}

static void
append_percent_decoded (GString *out, const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    {
      if (text[i] == '%' && i + 2 < length && g_ascii_isxdigit (text[i + 1]) && g_ascii_isxdigit (text[i + 2]))
        {
          g_string_append_c (out, (g_ascii_xdigit_value (text[i + 1]) << 4) | g_ascii_xdigit_value (text[i + 2]));
          i += 2;
        }
      else
        g_string_append_c (out, text[i]);
    }
}

/* charset'language'text of the first piece: RFC 2231 §4 */
static char *
split_charset (const Piece *piece, gsize *offset)
{
  const char *first = memchr (piece->text, '\'', piece->length);
  const char *second = first ? memchr (first + 1, '\'', piece->text + piece->length - first - 1) : NULL;

  if (!second)
    return NULL;
  *offset = second + 1 - piece->text;
  return g_strndup (piece->text, first - piece->text);
}

static char *
join_pieces (const GArray *pieces, const char *name)
{
  g_autoptr (GString) bytes = g_string_new (NULL);
  g_autofree char *charset = NULL;

  for (int section = 0; section <= MAX_SECTION; section++)
    {
      const Piece *found = NULL;
      gsize offset = 0;

      for (guint i = 0; i < pieces->len && !found; i++)
        {
          const Piece *piece = &g_array_index (pieces, Piece, i);

          if (g_str_equal (piece->name, name)
              && (piece->section == section || (section == 0 && piece->section < 0 && piece->is_encoded)))
            found = piece;
        }
      if (!found)
        break;
      if (section == 0 && found->is_encoded)
        charset = split_charset (found, &offset);
      if (found->is_encoded)
        append_percent_decoded (bytes, found->text + offset, found->length - offset);
      else
        g_string_append_len (bytes, found->text, found->length);
      if (found->section < 0)
        break;
    }
  return bytes->len > 0 ? mime_charset_to_utf8 (bytes->str, bytes->len, charset, NULL) : NULL;
}

static char *
find_plain (const GArray *pieces, const char *name)
{
  for (guint i = 0; i < pieces->len; i++)
    {
      const Piece *piece = &g_array_index (pieces, Piece, i);

      if (piece->section < 0 && !piece->is_encoded && g_str_equal (piece->name, name))
        return mime_header_decode (piece->text, piece->length, NULL);
    }
  return NULL;
}

MimeValue *
mime_value_parse (const char *text, gsize length)
{
  MimeValue *self = g_new0 (MimeValue, 1);
  const char *p = text, *end = text + MIN (length, MAX_TEXT);
  g_autoptr (GArray) pieces = NULL;
  GString *value = g_string_new (NULL);

  self->names = g_ptr_array_new_with_free_func (g_free);
  self->values = g_ptr_array_new_with_free_func (g_free);
  p = skip_blanks (p, end);
  for (; p < end && *p != ';' && *p != '('; p++)
    if ((guchar) *p > ' ' && (guchar) *p < 0x7f && *p != '"' && value->len < MAX_VALUE)
      g_string_append_c (value, g_ascii_tolower (*p));
  self->value = g_string_free (value, FALSE);
  pieces = read_pieces (p, end);
  for (guint i = 0; i < pieces->len; i++)
    {
      const char *name = g_array_index (pieces, Piece, i).name;
      char *joined;

      if (mime_value_get (self, name))
        continue;
      joined = join_pieces (pieces, name);
      if (!joined)
        joined = find_plain (pieces, name);
      if (!joined)
        continue;
      g_ptr_array_add (self->names, g_strdup (name));
      g_ptr_array_add (self->values, joined);
    }
  return self;
}

void
mime_value_free (MimeValue *self)
{
  g_free (self->value);
  g_ptr_array_unref (self->names);
  g_ptr_array_unref (self->values);
  g_free (self);
}

const char *
mime_value_get (const MimeValue *self, const char *name)
{
  for (guint i = 0; self && i < self->names->len; i++)
    if (g_str_equal (g_ptr_array_index (self->names, i), name))
      return g_ptr_array_index (self->values, i);
  return NULL;
}
