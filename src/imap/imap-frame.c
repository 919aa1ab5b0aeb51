/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Framing of IMAP responses: a line that ends in {n} goes on after n bytes, except where those three characters are only words. */
#include "imap-frame.h"

#include "imap-parser.h"

#include <string.h>

static void
clear_literal (gpointer data)
{
  g_bytes_unref (((ImapLiteral *) data)->bytes);
}

void
imap_frame_init (ImapFrame *self)
{
  memset (self, 0, sizeof *self);
  net_line_buffer_init (&self->lines, IMAP_MAX_LINE);
  self->text = g_byte_array_new ();
  self->literals = g_array_new (FALSE, FALSE, sizeof (ImapLiteral));
  g_array_set_clear_func (self->literals, clear_literal);
}

void
imap_frame_clear (ImapFrame *self)
{
  net_line_buffer_clear (&self->lines);
  g_clear_pointer (&self->text, g_byte_array_unref);
  g_clear_pointer (&self->literals, g_array_unref);
  g_clear_pointer (&self->literal, g_free);
}

static ImapFrameEvent
fail (ImapFrame *self, const char *fault)
{
  self->fault = fault;
  return IMAP_FRAME_BROKEN;
}

/* Human-readable text may end in "{12}" and means nothing by it: status responses and continuations have no literals. */
static gboolean
is_words (const char *line, gsize length)
{
  static const char *const statuses[] = { "OK", "NO", "BAD", "BYE", "PREAUTH" };

  if (length < 2 || line[0] != '*' || line[1] != ' ')
    return TRUE; /* a continuation, or tagged: RFC 9051 has only statuses there */
  for (gsize i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      gsize n = strlen (statuses[i]);

      if (length >= 2 + n && g_ascii_strncasecmp (line + 2, statuses[i], n) == 0 && (length == 2 + n || line[2 + n] == ' '))
        return TRUE;
    }
  return FALSE;
}

static gboolean
ends_in_quotes (const char *line, gsize length)
{
  gboolean in_quotes = FALSE;

  for (gsize i = 0; i < length; i++)
    {
      const char *next = memchr (line + i, '"', length - i);

      if (!in_quotes)
        {
          if (!next)
            return FALSE;
          i = next - line;
          in_quotes = TRUE;
        }
      else if (line[i] == '\\')
        i++;
      else if (line[i] == '"')
        in_quotes = FALSE;
    }
  return in_quotes;
}

/* {12}, {12+} or ~{12} at the end of a line. Returns how many bytes the announcement takes; 0 when there is none. */
static gsize
read_announcement (const char *line, gsize length, guint64 *size)
{
  const char *end = line + length;
  const char *p = end - 1;
  guint64 value = 0;

  if (length < 3 || *p != '}')
    return 0;
  p--;
  if (p > line && *p == '+')
    p--;
  while (p > line && g_ascii_isdigit (*p))
    p--;
  if (*p != '{' || !g_ascii_isdigit (p[1]) || end - p > 16)
    return 0;
  for (const char *d = p + 1; g_ascii_isdigit (*d); d++)
    value = value * 10 + (*d - '0');
  *size = value;
  return end - p + (p > line && p[-1] == '~' ? 1 : 0);
}

static gboolean
open_literal (ImapFrame *self, guint64 size)
{
  if (size > IMAP_MAX_LITERAL || self->literals_total + size > IMAP_MAX_LITERAL)
    {
      self->fault = "The server announced a piece of data larger than any mail.";
      return FALSE;
    }
  if (self->literals->len >= IMAP_MAX_LITERALS)
    {
      self->fault = "The server sent an answer of too many pieces.";
      return FALSE;
    }
  /* grown as bytes come: an announcement alone must not cost memory */
  self->literal_size = size;
  self->literal_have = 0;
  self->literal_room = MIN (size, 65536);
  self->literal = g_malloc (self->literal_room + 1);
  self->is_open = TRUE;
  return TRUE;
}

/* TRUE when the literal is whole */
static gboolean
fill_literal (ImapFrame *self)
{
  const char *bytes;
  gsize n;

  while (self->literal_have < self->literal_size
         && (n = net_line_buffer_take (&self->lines, self->literal_size - self->literal_have, &bytes)) > 0)
    {
      if (self->literal_have + n > self->literal_room)
        {
          self->literal_room = MIN (MAX (self->literal_room * 2, self->literal_have + n), self->literal_size);
          self->literal = g_realloc (self->literal, self->literal_room + 1);
        }
      memcpy (self->literal + self->literal_have, bytes, n);
      self->literal_have += n;
    }
  if (self->literal_have < self->literal_size)
    return FALSE;
  self->literal[self->literal_size] = '\0';
  self->literals_total += self->literal_size;
  g_array_append_vals (self->literals, &(ImapLiteral) {
                         .offset = self->text->len,
                         .bytes = g_bytes_new_take (g_steal_pointer (&self->literal), self->literal_size),
                       }, 1);
  return TRUE;
}

static void
begin (ImapFrame *self)
{
  g_byte_array_set_size (self->text, 0);
  g_array_set_size (self->literals, 0);
  self->literals_total = 0;
  self->is_open = FALSE;
  self->is_done = FALSE;
}

ImapFrameEvent
imap_frame_next (ImapFrame *self)
{
  if (self->fault)
    return IMAP_FRAME_BROKEN;
  if (self->is_done)
    begin (self);
  for (;;)
    {
      gsize length, announced;
      guint64 size = 0;
      const char *line;

      if (self->literal && !fill_literal (self))
        return IMAP_FRAME_NEED_BYTES;
      switch (net_line_buffer_next (&self->lines, &line, &length))
        {
        case NET_LINE_NEED_BYTES:
          return IMAP_FRAME_NEED_BYTES;
        case NET_LINE_READY:
          break;
        default:
          return fail (self, "The server sent a line that does not end.");
        }
      if (self->text->len + length > IMAP_MAX_LINE)
        return fail (self, "The server sent an answer that does not end.");
      announced = (!self->is_open && is_words (line, length)) || ends_in_quotes (line, length) ? 0 : read_announcement (line, length, &size);
      g_byte_array_append (self->text, (const guint8 *) line, length - announced);
      if (announced == 0)
        break;
      if (!open_literal (self, size))
        return IMAP_FRAME_BROKEN;
    }
  g_byte_array_append (self->text, (const guint8 *) "", 1);
  g_byte_array_set_size (self->text, self->text->len - 1);
  self->is_done = TRUE;
  return IMAP_FRAME_READY;
}

gboolean
imap_frame_is_between (ImapFrame *self)
{
  return !self->literal && (self->is_done || (self->text->len == 0 && self->literals->len == 0)) && net_line_buffer_get_rest (&self->lines)->len == 0;
}
