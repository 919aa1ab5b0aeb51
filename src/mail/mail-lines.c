/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ends of lines. */
#include "mail-lines.h"

#include <string.h>

#define FOLDED_BYTES 75
#define PARAGRAPH_SEPARATOR "\xe2\x80\xa9"

char *
mail_lines_unify (const char *text)
{
  char *unified = g_malloc (strlen (text) + 1);
  char *end = unified;

  while (*text)
    if (*text == '\r')
      {
        text += text[1] == '\n' ? 2 : 1;
        *end++ = '\n';
      }
    else if (strncmp (text, PARAGRAPH_SEPARATOR, 3) == 0)
      {
        text += 3;
        *end++ = '\n';
      }
    else
      *end++ = *text++;
  *end = '\0';
  return unified;
}

char *
mail_lines_clean (const char *text)
{
  GString *line = g_string_sized_new (strlen (text));

  for (const char *p = text; *p; p = g_utf8_next_char (p))
    {
      gunichar letter = g_utf8_get_char (p);

      if (g_unichar_iscntrl (letter) || letter == 0x2028 || letter == 0x2029)
        letter = ' ';
      if (g_unichar_type (letter) != G_UNICODE_FORMAT)
        g_string_append_unichar (line, letter);
    }
  g_strstrip (line->str);
  return g_string_free (line, FALSE);
}

void
mail_lines_append_folded (GString *out, const char *line)
{
  gsize room = FOLDED_BYTES;

  while (strlen (line) > room)
    {
      gsize n = room;

      while (n > 1 && ((guchar) line[n] & 0xc0) == 0x80)
        n--;
      g_string_append_len (out, line, n);
      g_string_append (out, "\r\n ");
      line += n;
      room = FOLDED_BYTES - 1;
    }
  g_string_append_printf (out, "%s\r\n", line);
}

char *
mail_lines_put_in (const char *sentence, const char *word)
{
  g_auto (GStrv) parts = g_strsplit (sentence, "%s", 2);

  return g_strjoinv (word, parts);
}
