/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Header fields folded and encoded: RFC 5322 §2.2.3, RFC 2047, RFC 2231. */
#include "mime-encode.h"

#include <string.h>

#include "mime-name.h"

#define MAX_COLUMN 76
#define MAX_WORD 75         /* RFC 2047 §2 */
#define MAX_PLAIN_WORD 700  /* a longer run without blanks could not be folded under 998, the field's name beside it */

static gsize
get_column (const GString *out)
{
  const char *newline = memrchr (out->str, '\n', out->len);

  return newline ? (gsize) (out->str + out->len - newline - 1) : out->len;
}

/* How many bytes of Q encoding a byte takes; only what is also safe in a phrase stands for itself: RFC 2047 §5 (3). */
static gsize
get_q_width (guchar c)
{
  return c == ' ' || g_ascii_isalnum (c) || (c && c < 0x80 && strchr ("!*+-/", c)) ? 1 : 3;
}

static void
append_q (GString *out, const char *p, gsize length)
{
  for (gsize i = 0; i < length; i++)
    {
      guchar c = p[i];

      if (c == ' ')
        g_string_append_c (out, '_');
      else if (get_q_width (c) == 1)
        g_string_append_c (out, c);
      else
        g_string_append_printf (out, "=%02X", c);
    }
}

/* Encoded words with a fold between them, cut between characters: RFC 2047 §5 wants each to be whole. */
static void
append_encoded (GString *out, const char *p, gsize length)
{
  const char *end = p + length;
  gsize n_q = 0;
  gboolean is_base64;

  for (gsize i = 0; i < length; i++)
    n_q += get_q_width (p[i]);
  is_base64 = n_q > (length + 2) / 3 * 4;
  for (gboolean is_first = TRUE; p < end; is_first = FALSE)
    {
      gsize column, room, n = 0, width = 0;

      if (!is_first)
        g_string_append (out, "\r\n ");
      column = get_column (out);
      room = MIN (MAX_WORD, MAX_COLUMN > column + 20 ? MAX_COLUMN - column : 30) - strlen ("=?UTF-8?Q?" "?=");
      while (p + n < end)
        {
          gsize step = g_utf8_next_char (p + n) - (p + n), add = 0;

          for (gsize i = 0; i < step; i++)
            add += get_q_width (p[n + i]);
          if (n > 0 && (is_base64 ? (n + step + 2) / 3 * 4 : width + add) > room)
            break;
          n += step;
          width += add;
        }
      if (is_base64)
        {
          g_autofree char *text = g_base64_encode ((const guchar *) p, n);

          g_string_append_printf (out, "=?UTF-8?B?%s?=", text);
        }
      else
        {
          g_string_append (out, "=?UTF-8?Q?");
          append_q (out, p, n);
          g_string_append (out, "?=");
        }
      p += n;
    }
}

/* Appends a word with the blanks before it, folding there when the line is full. */
static void
append_word (GString *out, const char *blanks, gsize n_blanks, gsize n_word)
{
  if (n_blanks > 0 && get_column (out) + n_blanks + n_word > MAX_COLUMN && out->str[out->len - 1] != '\n')
    g_string_append (out, "\r\n");
  g_string_append_len (out, blanks, n_blanks + n_word);
}

static gboolean
needs_encoding (const char *p, gsize length)
{
  if (length > MAX_PLAIN_WORD)
    return TRUE;
  for (gsize i = 0; i < length; i++)
    if ((guchar) p[i] >= 0x7f || (guchar) p[i] < 0x20 || (p[i] == '=' && i + 1 < length && p[i + 1] == '?'))
      return TRUE;
  return FALSE;
}

void
mime_encode_header_text (GString *out, const char *name, const char *text)
{
  g_autofree char *clean = mime_name_clean_line (text);
  const char *first = NULL, *last = NULL, *p;
  gsize n_blanks, n_word;

  /* All between the first and the last word that needs it is encoded, the blanks included: so none is lost or added. */
  for (p = clean; *p; p += n_blanks + n_word)
    {
      n_blanks = strspn (p, " ");
      n_word = strcspn (p + n_blanks, " ");
      if (needs_encoding (p + n_blanks, n_word) || n_blanks > MAX_COLUMN)
        {
          first = first ? first : p + n_blanks;
          last = p + n_blanks + n_word;
        }
    }
  g_string_append_printf (out, "%s: ", name);
  for (p = clean; *p; p += n_blanks + n_word)
    {
      n_blanks = strspn (p, " ");
      n_word = strcspn (p + n_blanks, " ");
      if (p + n_blanks == first)
        {
          if (n_blanks > 0 && p > clean && get_column (out) + n_blanks + 30 > MAX_COLUMN)
            g_string_append (out, "\r\n");
          g_string_append_len (out, p, n_blanks);
          append_encoded (out, first, last - first);
          n_word = last - first;
        }
      else
        append_word (out, p, p == clean ? 0 : n_blanks, n_word);
    }
  g_string_append (out, "\r\n");
}

static gboolean
is_atom_phrase (const char *name)
{
  for (const char *p = name; *p; p++)
    if (!(g_ascii_isalnum (*p) || strchr ("!#$%&'*+-/=?^_`{|}~ ", *p)))
      return FALSE;
  return !strstr (name, "=?") && !strstr (name, "  ");
}

static void
append_phrase (GString *out, const char *name)
{
  if (needs_encoding (name, strlen (name)) || strlen (name) > 60)
    append_encoded (out, name, strlen (name));
  else if (is_atom_phrase (name))
    g_string_append (out, name);
  else
    {
      g_string_append_c (out, '"');
      for (const char *p = name; *p; p++)
        {
          if (*p == '"' || *p == '\\')
            g_string_append_c (out, '\\');
          g_string_append_c (out, *p);
        }
      g_string_append_c (out, '"');
    }
}

static void
append_address (GString *out, const MailAddress *address, gboolean is_draft)
{
  g_autofree char *name = mime_name_clean_line (address->name);
  g_autofree char *encoded = is_draft ? NULL : mime_encode_address (address->address);
  const char *spec = encoded ? encoded : address->address;

  if (!mail_address_is_valid (spec)) /* half typed: kept for the person to finish */
    {
      g_autofree char *whole = *address->address && !*name ? g_strdup (address->address) : mail_address_to_string (address);
      g_autofree char *line = mime_name_clean_line (whole);

      append_encoded (out, line, strlen (line));
      return;
    }
  if (*name)
    {
      append_phrase (out, name);
      if (get_column (out) + strlen (spec) + 3 > MAX_COLUMN)
        g_string_append (out, "\r\n");
      g_string_append_printf (out, " <%s>", spec);
    }
  else
    g_string_append (out, spec);
}

void
mime_encode_header_addresses (GString *out, const char *name, const GPtrArray *list, gboolean is_draft)
{
  if (!list || list->len == 0)
    return;
  g_string_append_printf (out, "%s: ", name);
  for (guint i = 0; i < list->len; i++)
    {
      const MailAddress *address = g_ptr_array_index (list, i);

      if (i > 0)
        g_string_append_c (out, ',');
      if (i > 0 && get_column (out) + strlen (address->name) + strlen (address->address) + 6 > MAX_COLUMN)
        g_string_append (out, "\r\n");
      if (i > 0)
        g_string_append_c (out, ' ');
      append_address (out, address, is_draft);
    }
  g_string_append (out, "\r\n");
}

static gboolean
is_attribute_character (guchar c)
{
  return g_ascii_isalnum (c) || (c && c < 0x80 && strchr ("!#$&+-.^_`{|}~", c));
}

static void
append_percent_encoded (GString *out, const char *p, const char *end)
{
  for (; p < end; p++)
    if (is_attribute_character (*p))
      g_string_append_c (out, *p);
    else
      g_string_append_printf (out, "%%%02X", (guchar) *p);
}

void
mime_encode_parameter (GString *out, const char *name, const char *value)
{
  const char *p = value, *end = value + strlen (value);
  gboolean is_plain = !needs_encoding (value, end - p) && end - p <= 50 && !strpbrk (value, "\"\\");

  if (is_plain)
    {
      g_string_append_printf (out, ";\r\n %s=\"%s\"", name, value);
      return;
    }
  for (guint section = 0; p < end; section++)
    {
      g_autoptr (GString) piece = g_string_new (section == 0 ? "UTF-8''" : "");

      while (p < end && piece->len < 45)
        {
          const char *next = g_utf8_next_char (p);

          append_percent_encoded (piece, p, next);
          p = next;
        }
      if (section == 0 && p == end)
        g_string_append_printf (out, ";\r\n %s*=%s", name, piece->str);
      else
        g_string_append_printf (out, ";\r\n %s*%u*=%s", name, section, piece->str);
    }
}
