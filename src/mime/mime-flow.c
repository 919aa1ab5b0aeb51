/* SPDX-License-Identifier: GPL-3.0-or-later */
/* format=flowed text, both ways (RFC 3676). */
#include "mime-text.h"

#include <string.h>

#define MAX_COLUMNS 78

/* One line of flowed text, looked at. */
typedef struct
{
  const char *text;   /* after the quote marks, stuffing still there */
  gsize length;       /* of @text, without the line end */
  gsize depth;        /* quote marks */
  const char *next;
} Line;

static gboolean
read_line (const char *p, Line *line)
{
  const char *newline = strchr (p, '\n');
  const char *end = newline ? newline : p + strlen (p);

  if (!*p)
    return FALSE;
  line->depth = strspn (p, ">");
  line->text = p + line->depth;
  line->length = end - line->text;
  line->next = newline ? newline + 1 : end;
  return TRUE;
}

static gboolean
is_signature_mark (const Line *line)
{
  return (line->length == 3 && memcmp (line->text, "-- ", 3) == 0)
         || (line->length == 4 && memcmp (line->text, " -- ", 4) == 0);
}

/* Quoted lines keep the blank after their marks, because people see it; elsewhere it is only stuffing. */
char *
mime_text_unflow (const char *text, gboolean deletes_space)
{
  GString *out = g_string_sized_new (strlen (text) + 1);
  gboolean is_open = FALSE;
  gsize open_depth = 0;
  Line line;

  for (const char *p = text; read_line (p, &line); p = line.next)
    {
      gboolean is_mark = is_signature_mark (&line), is_flowed;
      gboolean is_stuffed = line.length > 0 && line.text[0] == ' ';
      const char *start = line.text;
      gsize length = line.length;

      if (is_open && (line.depth != open_depth || is_mark))
        {
          g_string_append_c (out, '\n');
          is_open = FALSE;
        }
      if (is_stuffed && (is_open || line.depth == 0))
        {
          start++;
          length--;
        }
      if (!is_open)
        for (gsize i = 0; i < line.depth; i++)
          g_string_append_c (out, '>');
      is_flowed = !is_mark && length > 0 && start[length - 1] == ' ' && line.next[-1] == '\n';
      g_string_append_len (out, start, length - (is_flowed && deletes_space));
      is_open = is_flowed;
      open_depth = line.depth;
      if (!is_flowed && line.next[-1] == '\n')
        g_string_append_c (out, '\n');
    }
  if (is_open) /* the last paragraph promised more */
    g_string_append_c (out, '\n');
  return g_string_free (out, FALSE);
}

/* Where a piece of at most @columns characters ends: after a blank that another word follows, or at @end. */
static const char *
find_break (const char *p, const char *end, gsize columns)
{
  const char *best = NULL;
  gsize n = 0;

  for (const char *q = p; q < end; q = g_utf8_next_char (q), n++)
    {
      if (n >= columns && best)
        return best;
      if (q > p && q[-1] == ' ' && *q != ' ')
        best = q;
    }
  return n <= columns || !best ? end : best;
}

/* RFC 3676 §4.4: what could be taken for a quote, a stuffed line or an mbox separator gets a blank in front. */
static gboolean
needs_stuffing (const char *p, const char *end)
{
  return p < end && (*p == ' ' || *p == '>' || (end - p >= 5 && memcmp (p, "From ", 5) == 0));
}

/* A line of "-- " alone would end the paragraph, wherever it comes from. */
static gboolean
looks_like_mark (const char *p, const char *end)
{
  while (p < end && *p == ' ')
    p++;
  return end - p == 3 && memcmp (p, "-- ", 3) == 0;
}

static void
flow_line (GString *out, const char *p, const char *end)
{
  gsize depth = 0;
  gboolean is_first = TRUE;

  while (p + depth < end && p[depth] == '>')
    depth++;
  if (end - p == 3 && memcmp (p, "-- ", 3) == 0)
    {
      g_string_append (out, "-- \n");
      return;
    }
  while (end > p + depth && end[-1] == ' ')
    end--;
  for (const char *q = p + depth, *stop; is_first || q < end; q = stop, is_first = FALSE)
    {
      gboolean is_stuffed = (depth == 0 && needs_stuffing (q, end)) || (depth > 0 && !is_first);

      stop = find_break (q, end, MAX_COLUMNS > depth + 20 ? MAX_COLUMNS - depth - 1 : 20);
      if (stop < end && looks_like_mark (q, stop))
        stop = find_break (stop, end, 1);
      g_string_append_len (out, p, depth);
      if (is_stuffed)
        g_string_append_c (out, ' ');
      g_string_append_len (out, q, stop - q);
      g_string_append_c (out, '\n');
    }
}

char *
mime_text_flow (const char *text)
{
  GString *out = g_string_sized_new (strlen (text) + strlen (text) / 40 + 16);

  for (const char *p = text; *p;)
    {
      const char *newline = strchr (p, '\n');
      const char *end = newline ? newline : p + strlen (p);

      flow_line (out, p, end);
      p = newline ? newline + 1 : end;
    }
  return g_string_free (out, FALSE);
}
