/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The bounded line reader that the POP3 and SMTP parsers share. */
#include "net-line-buffer.h"

#include <string.h>

void
net_line_buffer_init (NetLineBuffer *self, gsize limit)
{
  memset (self, 0, sizeof *self);
  self->pending = g_byte_array_new ();
  self->limit = limit;
}

void
net_line_buffer_clear (NetLineBuffer *self)
{
  g_clear_pointer (&self->pending, g_byte_array_unref);
  self->used = self->looked = 0;
}

/* What is left when more bytes are wanted is less than one line: moving it to the front costs nothing worth naming. */
static void
compact (NetLineBuffer *self)
{
  if (self->used == 0)
    return;
  if (self->used == self->pending->len)
    g_byte_array_set_size (self->pending, 0);
  else
    g_byte_array_remove_range (self->pending, 0, self->used);
  self->looked = self->looked > self->used ? self->looked - self->used : 0;
  self->used = 0;
}

/* Returns: the LF of the line that begins at used, or %NULL; what was looked through once is not looked through again */
static guint8 *
find_lf (NetLineBuffer *self)
{
  guint8 *lf;

  if (self->pending->len == 0)
    return NULL;
  self->looked = MAX (self->looked, self->used);
  lf = memchr (self->pending->data + self->looked, '\n', self->pending->len - self->looked);
  self->looked = lf ? (gsize) (lf - self->pending->data) : self->pending->len;
  return lf;
}

static NetLine
hand_out_line (NetLineBuffer *self, guint8 *lf, const char **line, gsize *length)
{
  guint8 *start = self->pending->data + self->used;
  guint8 *end = lf > start && lf[-1] == '\r' ? lf - 1 : lf;

  self->is_bare = end == lf;
  self->used = lf + 1 - self->pending->data;
  *end = '\0';
  *line = (const char *) start;
  *length = end - start;
  return NET_LINE_READY;
}

NetLine
net_line_buffer_next (NetLineBuffer *self, const char **line, gsize *length)
{
  guint8 *lf = find_lf (self);
  gsize size = self->looked - self->used; /* may still count the CR */

  if (lf && size > 0 && lf[-1] == '\r')
    size--;
  if (size > self->limit && (lf || size > self->limit + 1 || self->pending->data[self->looked - 1] != '\r'))
    return NET_LINE_TOO_LONG;
  if (lf)
    return hand_out_line (self, lf, line, length);
  compact (self);
  return NET_LINE_NEED_BYTES;
}

NetLine
net_line_buffer_next_piece (NetLineBuffer *self, const char **piece, gsize *length)
{
  guint8 *lf = find_lf (self);
  gsize size = self->looked - self->used;

  if (size > 0 && self->pending->data[self->looked - 1] == '\r')
    size--; /* it may be the line ending's: it goes with what follows */
  if (size > self->limit || (!lf && size == self->limit && size > 0))
    {
      size = MIN (size, self->limit);
      *piece = (const char *) self->pending->data + self->used;
      *length = size;
      self->used += size;
      return NET_LINE_PIECE;
    }
  if (lf)
    return hand_out_line (self, lf, piece, length);
  compact (self);
  return NET_LINE_NEED_BYTES;
}

gsize
net_line_buffer_take (NetLineBuffer *self, gsize wanted, const char **bytes)
{
  gsize size = MIN (wanted, self->pending->len - self->used);

  if (size == 0)
    {
      compact (self);
      return 0;
    }
  *bytes = (const char *) self->pending->data + self->used;
  self->used += size;
  self->looked = MAX (self->looked, self->used);
  return size;
}

gsize
net_line_buffer_peek (NetLineBuffer *self, const char **bytes)
{
  gsize size = self->pending->len - self->used;

  *bytes = size > 0 ? (const char *) self->pending->data + self->used : "";
  return size;
}

const GByteArray *
net_line_buffer_get_rest (NetLineBuffer *self)
{
  compact (self);
  return self->pending;
}
