/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Message data as DATA wants it, piece by piece. */
#include "smtp-dot-stuffer.h"

#include <string.h>

enum
{
  AT_LINE_START,
  IN_LINE,
  AFTER_CR, /* held back until it is known what follows */
};

static void
append (GByteArray *out, const char *data, gsize size)
{
  g_byte_array_append (out, (const guint8 *) data, size);
}

/* The length of what can be copied as it stands: up to the next CR or LF. */
static gsize
measure_text (const char *data, gsize size)
{
  const char *lf = memchr (data, '\n', size);
  const char *cr = memchr (data, '\r', lf ? (gsize) (lf - data) : size);

  if (cr)
    return cr - data;
  return lf ? (gsize) (lf - data) : size;
}

void
smtp_dot_stuffer_push (SmtpDotStuffer *self, const char *data, gsize size, GByteArray *out)
{
  for (gsize at = 0; at < size;)
    {
      if (self->state == AFTER_CR)
        {
          append (out, "\r\n", 2);
          self->state = AT_LINE_START;
          if (data[at] == '\n')
            at++;
        }
      else if (data[at] == '\r')
        {
          self->state = AFTER_CR;
          at++;
        }
      else if (data[at] == '\n')
        {
          append (out, "\r\n", 2);
          self->state = AT_LINE_START;
          at++;
        }
      else
        {
          gsize length = measure_text (data + at, size - at);

          if (self->state == AT_LINE_START && data[at] == '.')
            append (out, ".", 1);
          append (out, data + at, length);
          self->state = IN_LINE;
          at += length;
        }
    }
}

void
smtp_dot_stuffer_end (SmtpDotStuffer *self, GByteArray *out)
{
  if (self->state != AT_LINE_START)
    append (out, "\r\n", 2);
  self->state = AT_LINE_START;
}
