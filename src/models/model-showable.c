/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cuts text, and breaks its lines, so that a text view can carry it. */
#include "model-showable.h"

#include <string.h>

/* Where a line that is too long may be broken: the last space before @limit, else a character's end. */
static gsize
find_break (const char *line, gsize limit)
{
  const char *end;

  for (gsize i = limit; i > limit / 2; i--)
    if (line[i - 1] == ' ')
      return i;
  end = g_utf8_find_prev_char (line, line + limit + 1);
  return end && end > line ? (gsize) (end - line) : limit;
}

char *
model_showable_cut (const char *text, gsize most, gsize line, gboolean *is_cut)
{
  gsize length = strlen (text);
  g_autoptr (GString) shown = NULL;
  const char *end;

  *is_cut = length > most;
  if (*is_cut)
    {
      end = g_utf8_find_prev_char (text, text + most + 1);
      length = end ? (gsize) (end - text) : 0;
    }
  shown = g_string_sized_new (length);
  end = text + length;
  while (text < end)
    {
      const char *newline = memchr (text, '\n', (gsize) (end - text));
      gsize left = (gsize) ((newline ? newline : end) - text);

      while (left > line)
        {
          gsize part = find_break (text, line);

          g_string_append_len (shown, text, (gssize) part);
          g_string_append_c (shown, '\n');
          text += part;
          left -= part;
        }
      g_string_append_len (shown, text, (gssize) left);
      text += left;
      if (newline)
        {
          g_string_append_c (shown, '\n');
          text++;
        }
    }
  return g_string_free (g_steal_pointer (&shown), FALSE);
}
