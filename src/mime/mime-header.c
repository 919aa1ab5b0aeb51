/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fields found and made into what they mean: GMime reads text, ids and dates, this file hands it what came and cleans what comes back. */
#include "mime-header.h"

#include <string.h>

#include "mime-charset.h"
#include "mime-name.h"

gboolean
mime_field_is (const MimeField *field, const char *name)
{
  return field->name_length == strlen (name) && g_ascii_strncasecmp (field->name, name, field->name_length) == 0;
}

const MimeField *
mime_header_find (const GArray *fields, const char *name)
{
  for (guint i = 0; i < fields->len; i++)
    {
      const MimeField *field = &g_array_index (fields, MimeField, i);

      if (mime_field_is (field, name))
        return field;
    }
  return NULL;
}

/* A body's charset says something of its header only where ASCII is the same in both. */
static gboolean
extends_ascii (const char *charset)
{
  static const char *const others[] = { "utf-16", "utf-32", "utf-7", "utf16", "ucs-", "unicode", "hz-" };

  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    if (g_ascii_strncasecmp (charset, others[i], strlen (others[i])) == 0)
      return FALSE;
  return *charset != '\0';
}

GMimeParserOptions *
mime_header_new_options (const char *charset)
{
  GMimeParserOptions *options = g_mime_parser_options_new ();
  const char *charsets[4] = { "utf-8" };
  guint n = 1;

  if (charset && extends_ascii (charset))
    charsets[n++] = mime_charset_get_superset (charset);
  charsets[n] = "windows-1252";
  g_mime_parser_options_set_fallback_charsets (options, charsets);
  g_mime_parser_options_set_allow_addresses_without_domain (options, TRUE);
  return options;
}

/* GMime 3.2.13 joins neighbouring words before it decodes them, and drops all that follows the padding of a base64 one ("YQ==" and
 * "Yg==" become "a"). As quoted-printable nothing is lost. */
static void
append_requoted (GString *out, const char *text, gsize length)
{
  g_autofree guchar *bytes = g_malloc (length + 4);
  int state = 0;
  guint32 save = 0;
  gsize n = g_mime_encoding_base64_decode_step ((const guchar *) text, length, bytes, &state, &save);

  for (gsize i = 0; i < n; i++)
    if (g_ascii_isalnum (bytes[i]))
      g_string_append_c (out, bytes[i]);
    else
      g_string_append_printf (out, "=%02X", bytes[i]);
}

/* At "=?": writes a word as GMime is to read it, and returns how much of @p that was. */
static gsize
widen_word (GString *out, const char *p, gsize length)
{
  const char *mark = memchr (p + 2, '?', MIN (length - 2, 64)), *stop;
  g_autofree char *charset = mark ? g_strndup (p + 2, mark - p - 2) : NULL;

  g_string_append_printf (out, "=?%s", charset ? mime_charset_get_superset (charset) : "");
  if (!charset)
    return 2;
  if (p + length - mark < 5 || g_ascii_tolower (mark[1]) != 'b' || mark[2] != '?')
    return mark - p;
  stop = g_strstr_len (mark + 3, MIN (p + length - mark - 3, 4096), "?=");
  if (!stop)
    return mark - p;
  g_string_append (out, "?Q?");
  append_requoted (out, mark + 3, stop - mark - 3);
  g_string_append (out, "?=");
  return stop + 2 - p;
}

GString *
mime_header_unfold (const char *value, gsize length)
{
  GString *line;

  length = MIN (length, MIME_HEADER_MAX_VALUE);
  line = g_string_sized_new (length + 1);
  for (gsize i = 0; i < length; i++)
    {
      if (value[i] == '=' && length - i > 8 && value[i + 1] == '?')
        i += widen_word (line, value + i, length - i) - 1;
      else if (value[i] != '\r' && value[i] != '\n' && value[i] != '\0')
        g_string_append_c (line, value[i]);
    }
  return line;
}

static gboolean
is_plain (const GString *line)
{
  for (gsize i = 0; i < line->len; i++)
    if ((guchar) line->str[i] >= 0x80 || (line->str[i] == '=' && line->str[i + 1] == '?'))
      return FALSE;
  return TRUE;
}

char *
mime_header_decode (const char *value, gsize length, const char *charset)
{
  GString *line = mime_header_unfold (value, length);
  GMimeParserOptions *options;
  g_autofree char *text = NULL;

  if (is_plain (line))
    return g_string_free (line, FALSE);
  options = mime_header_new_options (charset);
  text = g_mime_utils_header_decode_text (options, line->str);
  g_mime_parser_options_free (options);
  g_string_free (line, TRUE);
  return g_utf8_make_valid (text, -1);
}

char *
mime_header_decode_line (const MimeField *field, const char *charset)
{
  g_autofree char *text = mime_header_decode (field->value, field->value_length, charset);

  return mime_name_clean_line (text);
}

static void
add_id (GPtrArray *ids, GHashTable *seen, const char *start, gsize length)
{
  g_autofree char *text = NULL;
  GString *id;

  if (length == 0 || length > 998)
    return;
  text = mime_charset_to_utf8 (start, length, NULL, NULL);
  id = g_string_sized_new (length);
  for (const char *p = text; *p; p++)
    if ((guchar) *p > ' ' && *p != '<' && *p != '>' && *p != 0x7f)
      g_string_append_c (id, *p);
  if (id->len == 0 || !g_hash_table_add (seen, g_strdup (id->str)))
    g_string_free (id, TRUE);
  else
    g_ptr_array_add (ids, g_string_free (id, FALSE));
}

/* Ids without brackets are nothing to GMime: they are words. */
static void
add_bare_ids (GPtrArray *ids, GHashTable *seen, char *line)
{
  for (char *word = strtok_r (line, " \t,", &line); word; word = strtok_r (NULL, " \t,", &line))
    add_id (ids, seen, word, strlen (word));
}

void
mime_header_add_ids (GPtrArray *ids, const char *value, gsize length)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GString) line = mime_header_unfold (value, length);

  for (guint i = 0; i < ids->len; i++)
    g_hash_table_add (seen, g_strdup (g_ptr_array_index (ids, i)));
  if (strchr (line->str, '<'))
    {
      GMimeReferences *references = g_mime_references_parse (NULL, line->str);

      for (int i = 0; i < g_mime_references_length (references); i++)
        {
          const char *id = g_mime_references_get_message_id (references, i);

          add_id (ids, seen, id, strlen (id));
        }
      g_mime_references_free (references);
    }
  else
    add_bare_ids (ids, seen, line->str);
  if (ids->len > MIME_HEADER_MAX_IDS)
    g_ptr_array_remove_range (ids, 1, ids->len - MIME_HEADER_MAX_IDS);
}

GDateTime *
mime_header_parse_date (const char *value, gsize length)
{
  g_autoptr (GString) line = mime_header_unfold (value, MIN (length, 200));
  g_autoptr (GDateTime) date = g_mime_utils_header_decode_date (line->str);

  if (!date || g_date_time_get_year (date) < 1970 || g_date_time_get_year (date) >= 2200)
    return NULL;
  return g_steal_pointer (&date);
}
