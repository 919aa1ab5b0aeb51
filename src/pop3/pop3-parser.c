/* SPDX-License-Identifier: GPL-3.0-or-later */
/* POP3 replies from bytes. */
#include "pop3-parser.h"

#include <string.h>

enum { STATE_STATUS, STATE_LINES, STATE_MESSAGE, STATE_BROKEN };

void
pop3_parser_init (Pop3Parser *self)
{
  memset (self, 0, sizeof *self);
  net_line_buffer_init (&self->lines, POP3_LINE_LIMIT);
}

void
pop3_parser_clear (Pop3Parser *self)
{
  net_line_buffer_clear (&self->lines);
}

void
pop3_parser_expect (Pop3Parser *self, Pop3ReplyKind kind)
{
  if (self->state == STATE_BROKEN)
    return;
  self->kind = kind;
  self->state = STATE_STATUS;
}

static Pop3Event
broken (Pop3Parser *self, const char *fault)
{
  self->state = STATE_BROKEN;
  self->fault = fault;
  return POP3_EVENT_BROKEN;
}

static gboolean
has_word (const char *line, gsize length, const char *word, gsize word_length)
{
  return length >= word_length && g_ascii_strncasecmp (line, word, word_length) == 0
         && (length == word_length || line[word_length] == ' ' || line[word_length] == '\t');
}

static void
set_text (GString *text, const char *line, gsize length, gsize skip)
{
  if (text == NULL)
    return;
  if (skip < length && line[skip] == ' ')
    skip++;
  g_string_truncate (text, 0);
  g_string_append_len (text, line + skip, (gssize) (length - skip));
}

static Pop3Event
take_status (Pop3Parser *self, const char *line, gsize length, GString *text)
{
  if (has_word (line, length, "+OK", 3))
    {
      set_text (text, line, length, 3);
      self->ends_bare = self->lines.is_bare;
      self->at_line_start = TRUE;
      self->last = '\n';
      if (self->kind == POP3_REPLY_LINES)
        self->state = STATE_LINES;
      else if (self->kind == POP3_REPLY_MESSAGE)
        self->state = STATE_MESSAGE;
      return POP3_EVENT_OK;
    }
  if (has_word (line, length, "-ERR", 4))
    {
      set_text (text, line, length, 4);
      return POP3_EVENT_ERR;
    }
  if (self->kind == POP3_REPLY_LINE && has_word (line, length, "+", 1))
    {
      set_text (text, line, length, 1);
      return POP3_EVENT_CONTINUE;
    }
  set_text (text, line, length, 0);
  return broken (self, "its reply begins with neither +OK nor -ERR");
}

Pop3Event
pop3_parser_next (Pop3Parser *self, GString *text)
{
  const char *line;
  gsize length;

  g_return_val_if_fail (self->state != STATE_MESSAGE, POP3_EVENT_BROKEN);
  if (self->state == STATE_BROKEN)
    return POP3_EVENT_BROKEN;
  switch (net_line_buffer_next (&self->lines, &line, &length))
    {
    case NET_LINE_NEED_BYTES:
      return POP3_EVENT_NEED_BYTES;
    case NET_LINE_READY:
      break;
    case NET_LINE_PIECE:
    case NET_LINE_TOO_LONG:
    default:
      return broken (self, "a line of its reply is too long");
    }
  if (self->state == STATE_STATUS)
    return take_status (self, line, length, text);
  if (length == 1 && line[0] == '.')
    {
      self->state = STATE_STATUS;
      return POP3_EVENT_END;
    }
  if (text != NULL)
    {
      gsize skip = length > 0 && line[0] == '.' ? 1 : 0;

      g_string_truncate (text, 0);
      g_string_append_len (text, line + skip, (gssize) (length - skip));
    }
  return POP3_EVENT_LINE;
}

/* At the start of a line that begins with a dot. How many bytes go: the dot of stuffing, or the whole last line; 0: those that
 * decide are not here yet. */
static gsize
measure_dot (Pop3Parser *self, const char *dot, gsize here, gboolean *is_end)
{
  *is_end = FALSE;
  if (here < 2 || (dot[1] == '\r' && here < 3))
    return 0;
  if (dot[1] == '\r')
    *is_end = dot[2] == '\n';
  else
    *is_end = dot[1] == '\n' && self->ends_bare;
  return !*is_end ? 1 : dot[1] == '\r' ? 3 : 2;
}

/* How many bytes from @start on can be copied as they are: up to and with the line end that a dot may follow, or all. */
static gsize
measure_run (Pop3Parser *self, const char *start, gsize here)
{
  const char *end = start + here;
  const char *from = start;

  while (from < end)
    {
      const char *feed = memchr (from, '\n', (gsize) (end - from));
      char before;

      if (feed == NULL)
        break;
      from = feed + 1;
      before = feed == start ? self->last : feed[-1];
      if (before != '\r' && !self->ends_bare)
        continue;
      if (from == end || *from == '.')
        {
          self->at_line_start = TRUE;
          return (gsize) (from - start);
        }
    }
  return here;
}

Pop3Event
pop3_parser_next_block (Pop3Parser *self, GByteArray *message)
{
  const char *start;
  gsize here, n;

  g_return_val_if_fail (self->state == STATE_MESSAGE, POP3_EVENT_END);
  while ((here = net_line_buffer_peek (&self->lines, &start)) > 0)
    {
      if (self->at_line_start && *start == '.')
        {
          gboolean is_end;

          n = measure_dot (self, start, here, &is_end);
          if (n == 0)
            break;
          net_line_buffer_take (&self->lines, n, &start);
          self->at_line_start = FALSE;
          self->last = '.';
          if (is_end)
            {
              self->state = STATE_STATUS;
              return POP3_EVENT_END;
            }
          continue;
        }
      self->at_line_start = FALSE;
      n = measure_run (self, start, here);
      g_byte_array_append (message, (const guint8 *) start, (guint) n);
      self->last = start[n - 1];
      net_line_buffer_take (&self->lines, n, &start);
    }
  net_line_buffer_get_rest (&self->lines);
  return POP3_EVENT_NEED_BYTES;
}
