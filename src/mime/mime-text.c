/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text parts made into text: charset, line ends, and the uuencoded files that old programs put between the lines. */
#include "mime-text.h"

#include <string.h>

#include "mime-charset.h"

#define MAX_UU_FILES 100

void
mime_uu_file_free (MimeUuFile *self)
{
  g_free (self->name);
  g_bytes_unref (self->data);
  g_free (self);
}

/* In place: CRLF and CR become LF, other control characters go. */
static void
normalise (char *text)
{
  char *out = text;

  for (const char *p = text; *p; p++)
    {
      guchar c = *p;

      if (c == '\r')
        {
          if (p[1] != '\n')
            *out++ = '\n';
        }
      else if (c == 0xc2 && (guchar) p[1] >= 0x80 && (guchar) p[1] < 0xa0) /* U+0080 to U+009F */
        p++;
      else if (c >= 0x20 || c == '\n' || c == '\t')
        {
          if (c != 0x7f)
            *out++ = c;
        }
    }
  *out = '\0';
}

char *
mime_text_from_part (const MimePart *part, GPtrArray *defects)
{
  g_autoptr (GByteArray) bytes = mime_part_decode (part);
  const char *charset = mime_value_get (part->type, "charset");
  gboolean has_lied;
  char *text = mime_charset_to_utf8 ((char *) bytes->data, bytes->len, charset, &has_lied);

  if (has_lied)
    {
      g_autofree char *told = charset ? g_strndup (charset, 40) : NULL;
      g_autofree char *name = told ? g_utf8_make_valid (told, -1) : NULL;
      g_autofree char *defect = name ? g_strdup_printf ("charset %s does not fit the text", name)
                                     : g_strdup ("8-bit text without a charset");

      mime_defects_add (defects, defect);
    }
  if (bytes->len > 0 && memchr (bytes->data, '\0', bytes->len) && !(charset && g_ascii_strncasecmp (charset, "utf-", 4) == 0))
    mime_defects_add (defects, "NUL bytes in the text");
  normalise (text);
  return text;
}

static gsize
line_length (const char *p)
{
  const char *newline = strchr (p, '\n');

  return newline ? (gsize) (newline - p) : strlen (p);
}

/* The number of bytes a uuencoded line says it holds; -1 when it cannot be one. */
static int
read_uu_count (const char *line, gsize length)
{
  int n;

  if (length == 0 || line[0] < 0x20 || line[0] > 0x60)
    return -1;
  n = (line[0] - 0x20) & 0x3f;
  /* Some strip the blanks at the end of lines, some add a check character. */
  return length <= (gsize) (n + 2) / 3 * 4 + 2 ? n : -1;
}

static void
append_uu_line (GByteArray *out, const char *line, gsize length, int n)
{
  for (gsize i = 1; n > 0; i += 4)
    {
      guint32 word = 0;
      guint8 bytes[3];

      for (gsize j = 0; j < 4; j++)
        word = (word << 6) | (i + j < length ? (guint32) (line[i + j] - 0x20) & 0x3f : 0);
      bytes[0] = word >> 16;
      bytes[1] = word >> 8;
      bytes[2] = word;
      g_byte_array_append (out, bytes, MIN (n, 3));
      n -= 3;
    }
}

/* A file that begins at @p ("begin 644 name"); returns what comes after its "end", or NULL when it is no file. */
static const char *
read_uu_file (const char *p, GPtrArray *files)
{
  gsize header = line_length (p);
  const char *name = p + 6;
  g_autoptr (GByteArray) data = NULL;
  gsize n_digits = 0;

  while (g_ascii_isdigit (name[n_digits]))
    n_digits++;
  if (n_digits < 3 || n_digits > 4 || name[n_digits] != ' ' || header < 6 + n_digits + 2 || !p[header])
    return NULL;
  name += n_digits + 1;
  data = g_byte_array_new ();
  for (const char *line = p + header + 1; *line;)
    {
      gsize length = line_length (line);
      int n;

      if (length == 3 && memcmp (line, "end", 3) == 0 && data->len > 0)
        {
          MimeUuFile *file = g_new (MimeUuFile, 1);

          file->name = g_strndup (name, p + header - name);
          file->data = g_byte_array_free_to_bytes (g_steal_pointer (&data));
          g_ptr_array_add (files, file);
          return line[length] ? line + length + 1 : line + length;
        }
      n = length == 0 ? 0 : read_uu_count (line, length);
      if (n < 0)
        return NULL;
      append_uu_line (data, line, length, n);
      line += length + (line[length] != '\0');
    }
  return NULL;
}

static char *
take_uu_files (const char *text, GPtrArray *files)
{
  GString *out = g_string_sized_new (strlen (text));

  for (const char *p = text; *p;)
    {
      gsize length = line_length (p);
      const char *after = NULL;

      if (files->len < MAX_UU_FILES && strncmp (p, "begin ", 6) == 0 && g_ascii_isdigit (p[6]))
        after = read_uu_file (p, files);
      if (after)
        {
          p = after;
          continue;
        }
      length += p[length] != '\0';
      g_string_append_len (out, p, length);
      p += length;
    }
  return g_string_free (out, FALSE);
}

char *
mime_text_show_part (const MimePart *part, GPtrArray *defects, GPtrArray *files)
{
  g_autofree char *text = mime_text_from_part (part, defects);
  const char *format = mime_value_get (part->type, "format");
  const char *deletes_space = mime_value_get (part->type, "delsp");

  if (format && g_ascii_strcasecmp (format, "flowed") == 0)
    return mime_text_unflow (text, deletes_space && g_ascii_strcasecmp (deletes_space, "yes") == 0);
  /* "fixed" is said by programs that know of attachments: nothing in such a text is a file */
  if (files && !format && strstr (text, "begin "))
    return take_uu_files (text, files);
  return g_steal_pointer (&text);
}
