/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SMTP replies out of a stream of bytes. */
#include "smtp-parser.h"

#define MAX_SHOWN 60

void
smtp_parser_init (SmtpParser *self)
{
  *self = (SmtpParser) { 0 };
  net_line_buffer_init (&self->lines, SMTP_PARSER_MAX_LINE);
}

void
smtp_parser_clear (SmtpParser *self)
{
  net_line_buffer_clear (&self->lines);
  g_clear_pointer (&self->reply, smtp_reply_free);
  g_clear_pointer (&self->problem, g_free);
}

static SmtpEvent
break_off (SmtpParser *self, const char *what, const char *line, gsize length)
{
  g_autofree char *shown = g_utf8_make_valid (line, MIN (length, MAX_SHOWN));

  for (char *at = shown; *at; at++)
    if (g_ascii_iscntrl (*at))
      *at = ' ';
  self->problem = *shown ? g_strdup_printf ("%s: %s", what, shown) : g_strdup (what);
  g_clear_pointer (&self->reply, smtp_reply_free);
  return SMTP_EVENT_BROKEN;
}

/* Returns the code, or -1: "2500" is none, for a person would not know what it means either. */
static int
scan_code (const char *line, gsize length)
{
  if (length < 3 || line[0] < '2' || line[0] > '5' || !g_ascii_isdigit (line[1]) || !g_ascii_isdigit (line[2])
      || (length > 3 && g_ascii_isdigit (line[3])))
    return -1;
  return (line[0] - '0') * 100 + (line[1] - '0') * 10 + (line[2] - '0');
}

/* One line without its end. Returns NEED_BYTES when the reply goes on. */
static SmtpEvent
take_line (SmtpParser *self, const char *line, gsize length, SmtpReply **reply)
{
  int code = scan_code (line, length);
  gsize text = length > 3 && (line[3] == ' ' || line[3] == '-' || line[3] == '\t') ? 4 : MIN (length, 3);

  if (code < 0)
    return break_off (self, "a reply without a code", line, length);
  if (self->reply && self->reply->code != code)
    return break_off (self, "a reply that changes its code half-way", line, length);
  if (!self->reply)
    {
      self->reply = smtp_reply_new (code);
      self->size = 0;
    }
  self->size += length;
  if (self->size > SMTP_PARSER_MAX_REPLY || self->reply->lines->len >= SMTP_PARSER_MAX_LINES)
    return break_off (self, "a reply without an end", line, length);

  smtp_reply_add_line (self->reply, line + text, length - text);
  if (length > 3 && line[3] == '-')
    return SMTP_EVENT_NEED_BYTES;
  *reply = g_steal_pointer (&self->reply);
  return SMTP_EVENT_REPLY;
}

SmtpEvent
smtp_parser_next (SmtpParser *self, SmtpReply **reply)
{
  SmtpEvent event = SMTP_EVENT_NEED_BYTES;

  *reply = NULL;
  if (self->problem)
    return SMTP_EVENT_BROKEN;
  while (event == SMTP_EVENT_NEED_BYTES)
    {
      const char *line = NULL;
      gsize length = 0;

      switch (net_line_buffer_next (&self->lines, &line, &length))
        {
        case NET_LINE_READY:
          event = take_line (self, line, length, reply);
          break;
        case NET_LINE_NEED_BYTES:
          return SMTP_EVENT_NEED_BYTES;
        case NET_LINE_TOO_LONG:
        case NET_LINE_PIECE:
        default:
          return break_off (self, "a line without an end", "", 0);
        }
    }
  return event;
}

gboolean
smtp_parser_is_idle (SmtpParser *self)
{
  return net_line_buffer_get_rest (&self->lines)->len == 0 && !self->reply && !self->problem;
}

const char *
smtp_parser_get_problem (const SmtpParser *self)
{
  return self->problem;
}
