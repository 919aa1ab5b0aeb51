/* SPDX-License-Identifier: GPL-3.0-or-later */
/* POP3 replies from bytes. */
#include "pop3-parser.h"

#include <string.h>

enum { STATE_STATUS, STATE_LINES, STATE_MESSAGE, STATE_BROKEN };

void
pop3_parser_init (Pop3Parser *self)
{
  *self = (Pop3Parser) { .pending = g_byte_array_new () };
}

void
pop3_parser_clear (Pop3Parser *self)
{
  g_clear_pointer (&self->pending, g_byte_array_unref);
}

void
pop3_parser_expect (Pop3Parser *self, Pop3ReplyKind kind)
{
  if (self->state == STATE_BROKEN)
    return;
  self->kind = kind;
  self->state = STATE_STATUS;
}

void
pop3_parser_compact (Pop3Parser *self)
{
  if (self->used == 0)
    return;
  if (self->used == self->pending->len)
    g_byte_array_set_size (self->pending, 0);
  else
    g_byte_array_remove_range (self->pending, 0, (guint) self->used);
  self->used = 0;
}

static Pop3Event
need_bytes (Pop3Parser *self)
{
  pop3_parser_compact (self);
  return POP3_EVENT_NEED_BYTES;
}

static Pop3Event
broken (Pop3Parser *self, const char *fault)
{
  self->state = STATE_BROKEN;
  self->fault = fault;
  return POP3_EVENT_BROKEN;
}

/* The next line without its end, or NULL: more bytes are needed, or it is too long and the parser is broken. */
static const char *
take_line (Pop3Parser *self, gsize *length, gboolean *is_bare)
{
  const char *start = (const char *) self->pending->data + self->used;
  gsize here = self->pending->len - self->used;
  const char *feed = here > self->looked ? memchr (start + self->looked, '\n', here - self->looked) : NULL;

  if (feed == NULL)
    {
      self->looked = here;
      if (here > POP3_LINE_LIMIT + 1)
        broken (self, "a line of its reply has no end");
      return NULL;
    }
  self->looked = 0;
  self->used += (gsize) (feed - start) + 1;
  *length = (gsize) (feed - start);
  *is_bare = *length == 0 || feed[-1] != '\r';
  if (!*is_bare)
    --*length;
  if (*length > POP3_LINE_LIMIT)
    {
      broken (self, "a line of its reply is too long");
      return NULL;
    }
  return start;
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
take_status (Pop3Parser *self, const char *line, gsize length, gboolean is_bare, GString *text)
{
  if (has_word (line, length, "+OK", 3))
    {
      set_text (text, line, length, 3);
      self->ends_bare = is_bare;
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
  gboolean is_bare;

  g_return_val_if_fail (self->state != STATE_MESSAGE, POP3_EVENT_BROKEN);
  if (self->state == STATE_BROKEN)
    return POP3_EVENT_BROKEN;
  line = take_line (self, &length, &is_bare);
  if (line == NULL)
    return self->state == STATE_BROKEN ? POP3_EVENT_BROKEN : need_bytes (self);
  if (self->state == STATE_STATUS)
    return take_status (self, line, length, is_bare, text);
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

/* At the start of a line that begins with a dot. FALSE: the bytes that decide are not here yet. */
static gboolean
take_dot (Pop3Parser *self, const guint8 *dot, gsize here, gboolean *is_end)
{
  *is_end = FALSE;
  if (here < 2)
    return FALSE;
  if (dot[1] == '\r')
    {
      if (here < 3)
        return FALSE;
      *is_end = dot[2] == '\n';
      self->used += *is_end ? 3 : 1;
    }
  else
    {
      *is_end = dot[1] == '\n' && self->ends_bare;
      self->used += *is_end ? 2 : 1;
    }
  self->last = '.';
  return TRUE;
}

/* How many bytes from @start on can be copied as they are: up to and with the line end that a dot follows, or all. */
static gsize
measure_run (Pop3Parser *self, const guint8 *start, gsize here)
{
  const guint8 *end = start + here;
  const guint8 *from = start;

  while (from < end)
    {
      const guint8 *feed = memchr (from, '\n', (gsize) (end - from));
      guint8 before;

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
  g_return_val_if_fail (self->state == STATE_MESSAGE, POP3_EVENT_END);
  for (;;)
    {
      const guint8 *start = self->pending->data + self->used;
      gsize here = self->pending->len - self->used;
      gboolean is_end;
      gsize run;

      if (here == 0)
        return need_bytes (self);
      if (self->at_line_start && *start == '.')
        {
          if (!take_dot (self, start, here, &is_end))
            return need_bytes (self);
          self->at_line_start = FALSE;
          if (is_end)
            {
              self->state = STATE_STATUS;
              return POP3_EVENT_END;
            }
          continue;
        }
      self->at_line_start = FALSE;
      run = measure_run (self, start, here);
      g_byte_array_append (message, start, (guint) run);
      self->last = start[run - 1];
      self->used += run;
    }
}
