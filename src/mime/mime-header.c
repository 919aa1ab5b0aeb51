/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Header blocks cut into fields, and encoded words, message ids and dates made into what they mean (RFC 5322, RFC 2047). */
#include "mime-header.h"

#include <gmime/gmime.h>
#include <string.h>

#include "mime-charset.h"
#include "mime-name.h"

#define MAX_ENCODED_WORD 4096 /* RFC 2047 says 75; what is longer than this is no word but an attack */

static gsize
line_length (const char *line, const char *end)
{
  const char *newline = memchr (line, '\n', end - line);

  return newline ? (gsize) (newline - line) + 1 : (gsize) (end - line);
}

static gboolean
is_empty_line (const char *line, gsize length)
{
  return length == 0 || line[0] == '\n' || (line[0] == '\r' && (length == 1 || line[1] == '\n'));
}

/* The length of a field name that @line starts with; 0 when it starts with none. */
static gsize
name_length (const char *line, gsize length)
{
  gsize n = 0;

  while (n < length && line[n] > 32 && line[n] < 127 && line[n] != ':')
    n++;
  if (n == 0 || n > 256)
    return 0;
  for (gsize i = n; i < length; i++)
    {
      if (line[i] == ':')
        return n;
      if (line[i] != ' ' && line[i] != '\t')
        return 0;
    }
  return 0;
}

static void
add_field (GArray *fields, const char *start, gsize length, gsize n_name)
{
  MimeField field = { .name = start, .name_length = n_name, .start = start, .length = length };
  const char *colon = memchr (start + n_name, ':', length - n_name);

  if (fields->len >= MIME_HEADER_MAX_FIELDS)
    return;
  field.value = colon + 1;
  field.value_length = start + length - field.value;
  while (field.value_length > 0 && strchr ("\r\n", field.value[field.value_length - 1]))
    field.value_length--;
  while (field.value_length > 0 && strchr (" \t", *field.value))
    {
      field.value++;
      field.value_length--;
    }
  field.value_length = MIN (field.value_length, MIME_HEADER_MAX_VALUE);
  g_array_append_val (fields, field);
}

gsize
mime_header_scan (const char *data, gsize length, GArray *fields, gboolean *has_garbage)
{
  const char *p = data, *end = data + length, *field = NULL;
  gsize n_name = 0;

  if (has_garbage)
    *has_garbage = FALSE;
  while (p < end)
    {
      gsize n = line_length (p, end), n_next;

      if (field && (*p == ' ' || *p == '\t'))
        {
          p += n;
          continue;
        }
      if (field)
        add_field (fields, field, p - field, n_name);
      field = NULL;
      if (is_empty_line (p, n))
        return p + n - data;
      n_name = name_length (p, n);
      if (n_name > 0)
        field = p;
      else if (p == data && ((n > 5 && memcmp (p, "From ", 5) == 0) || (n > 6 && memcmp (p, ">From ", 6) == 0)))
        ; /* an mbox separator that a program left in */
      else
        {
          const char *next = p + n;

          if (has_garbage)
            *has_garbage = TRUE;
          n_next = next < end ? line_length (next, end) : 0;
          if (next == end || !(is_empty_line (next, n_next) || name_length (next, n_next) > 0))
            return p - data; /* the empty line is missing */
          if (p == data && is_empty_line (next, n_next))
            return 0;        /* one line of text and no header at all */
        }
      p += n;
    }
  if (field)
    add_field (fields, field, end - field, n_name);
  return length;
}

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

/* An encoded word that starts at a place of unfolded text. */
typedef struct
{
  const char *charset;
  gsize charset_length;
  char encoding;        /* 'b' or 'q' */
  const char *text;
  gsize text_length;
  const char *end;
} EncodedWord;

static gboolean
read_encoded_word (const char *p, const char *end, EncodedWord *word)
{
  const char *mark, *stop;

  if (end - p < 8 || p[0] != '=' || p[1] != '?')
    return FALSE;
  end = MIN (end, p + MAX_ENCODED_WORD);
  word->charset = p + 2;
  mark = memchr (word->charset, '?', end - word->charset);
  if (!mark || end - mark < 4 || mark[2] != '?' || mark == word->charset || mark - word->charset > 64)
    return FALSE;
  word->charset_length = mark - word->charset;
  word->encoding = g_ascii_tolower (mark[1]);
  if (word->encoding != 'b' && word->encoding != 'q')
    return FALSE;
  word->text = mark + 3;
  stop = g_strstr_len (word->text, end - word->text, "?=");
  if (!stop)
    return FALSE;
  word->text_length = stop - word->text;
  word->end = stop + 2;
  return !g_strstr_len (word->text, word->text_length, "=?");
}

static void
append_word_bytes (GString *bytes, const EncodedWord *word)
{
  if (word->encoding == 'b')
    {
      int state = 0;
      guint32 save = 0;
      gsize n;
      g_autofree guchar *out = g_malloc (word->text_length + 4);

      n = g_mime_encoding_base64_decode_step ((const guchar *) word->text, word->text_length, out, &state, &save);
      g_string_append_len (bytes, (char *) out, n);
      return;
    }
  for (gsize i = 0; i < word->text_length; i++)
    {
      char c = word->text[i];

      if (c == '_')
        c = ' ';
      else if (c == '=' && i + 2 < word->text_length && g_ascii_isxdigit (word->text[i + 1]) && g_ascii_isxdigit (word->text[i + 2]))
        {
          c = (g_ascii_xdigit_value (word->text[i + 1]) << 4) | g_ascii_xdigit_value (word->text[i + 2]);
          i += 2;
        }
      g_string_append_c (bytes, c);
    }
}

/* Bytes of one charset that wait to be decoded together, since a character may be split between two encoded words. */
typedef struct
{
  GString *out;
  GString *bytes;
  char *charset;     /* NULL: unencoded bytes */
  const char *fallback;
} Decoder;

/* A body's charset says something of its header only where ASCII is the same in both. */
static const char *
get_fallback (const Decoder *self)
{
  static const char *const others[] = { "utf-16", "utf-32", "utf-7", "utf16", "ucs-", "unicode", "hz-" };

  for (gsize i = 0; self->fallback && i < G_N_ELEMENTS (others); i++)
    if (g_ascii_strncasecmp (self->fallback, others[i], strlen (others[i])) == 0)
      return NULL;
  return self->fallback;
}

static void
flush_bytes (Decoder *self)
{
  if (self->bytes->len > 0)
    {
      g_autofree char *text = mime_charset_to_utf8 (self->bytes->str, self->bytes->len,
                                                    self->charset ? self->charset : get_fallback (self), NULL);

      g_string_append (self->out, text);
      g_string_truncate (self->bytes, 0);
    }
  g_clear_pointer (&self->charset, g_free);
}

static void
decode_word (Decoder *self, const EncodedWord *word)
{
  g_autofree char *charset = g_ascii_strdown (word->charset, word->charset_length);

  if (!self->charset || !g_str_equal (self->charset, charset))
    {
      flush_bytes (self);
      self->charset = g_steal_pointer (&charset);
    }
  append_word_bytes (self->bytes, word);
}

/* Blanks between two encoded words are not text: RFC 2047 §6.2. */
static const char *
skip_to_next_word (const char *p, const char *end, EncodedWord *word)
{
  const char *q = p;

  while (q < end && (*q == ' ' || *q == '\t'))
    q++;
  return read_encoded_word (q, end, word) ? q : p;
}

static GString *
unfold (const char *value, gsize length)
{
  GString *line = g_string_sized_new (length + 1);

  for (gsize i = 0; i < length; i++)
    if (value[i] != '\r' && value[i] != '\n' && value[i] != '\0')
      g_string_append_c (line, value[i]);
  return line;
}

char *
mime_header_decode (const char *value, gsize length, const char *charset)
{
  g_autoptr (GString) line = unfold (value, length);
  Decoder self = { .out = g_string_sized_new (line->len + 1), .bytes = g_string_new (NULL), .fallback = charset };
  const char *p = line->str, *end = line->str + line->len;

  while (p < end)
    {
      EncodedWord word;

      if (read_encoded_word (p, end, &word))
        {
          if (!self.charset)
            flush_bytes (&self);
          decode_word (&self, &word);
          p = skip_to_next_word (word.end, end, &word);
          continue;
        }
      if (self.charset)
        flush_bytes (&self);
      g_string_append_c (self.bytes, *p++);
    }
  flush_bytes (&self);
  g_string_free (self.bytes, TRUE);
  return g_string_free (self.out, FALSE);
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

void
mime_header_add_ids (GPtrArray *ids, const char *value, gsize length)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const char *p = value, *end = value + length;
  gboolean has_brackets = memchr (value, '<', length) != NULL;

  for (guint i = 0; i < ids->len; i++)
    g_hash_table_add (seen, g_strdup (g_ptr_array_index (ids, i)));
  while (p < end)
    {
      const char *stop;

      if (has_brackets)
        {
          if (*p != '<')
            {
              p++;
              continue;
            }
          p++;
          stop = memchr (p, '>', end - p);
          stop = stop ? stop : end;
        }
      else
        for (stop = p; stop < end && !g_ascii_isspace (*stop) && *stop != ','; stop++)
          ;
      add_id (ids, seen, p, stop - p);
      p = stop + 1;
    }
  if (ids->len > MIME_HEADER_MAX_IDS)
    g_ptr_array_remove_range (ids, 1, ids->len - MIME_HEADER_MAX_IDS);
}

GDateTime *
mime_header_parse_date (const char *value, gsize length)
{
  g_autoptr (GString) line = unfold (value, MIN (length, 200));
  g_autoptr (GDateTime) date = g_mime_utils_header_decode_date (line->str);

  if (!date || g_date_time_get_year (date) < 1970 || g_date_time_get_year (date) >= 2200)
    return NULL;
  return g_steal_pointer (&date);
}
