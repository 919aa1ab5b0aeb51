/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bytes in, lines out, for the parsers of protocols that speak in lines (POP3, SMTP): sans-IO, bounded, nothing copied. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  NET_LINE_NEED_BYTES, /* no whole line is here: feed `pending` */
  NET_LINE_READY,      /* a line, or the last piece of one */
  NET_LINE_PIECE,      /* from net_line_buffer_next_piece () alone: a part of a long line, more of it follows */
  NET_LINE_TOO_LONG,   /* over the limit and still no end; stays so: give the connection up */
} NetLine;

/* Made to be a field of a parser. A session calls net_connection_feed (connection, &parser.lines.pending…) and the parser
 * net_line_buffer_next (). One thread. */
typedef struct
{
  GByteArray *pending; /* append to it; never take anything out */
  gboolean is_bare;    /* the line that came last ended with LF alone */

  /*< private >*/
  gsize limit;
  gsize used;   /* handed out, from the beginning of pending */
  gsize looked; /* no LF is before it */
} NetLineBuffer;

/* net_line_buffer_init: @limit: most bytes of a line, its ending not counted */
void net_line_buffer_init (NetLineBuffer *self, gsize limit);
void net_line_buffer_clear (NetLineBuffer *self);

/**
 * net_line_buffer_next:
 * @line: (out): a line without its CRLF or LF, borrowed until the next call of anything here or the next feed. NUL and 8-bit
 *   bytes are as they came; line[length] is '\0'. A CR elsewhere than before the LF belongs to the line.
 *
 * Returns: %NET_LINE_READY, %NET_LINE_NEED_BYTES or %NET_LINE_TOO_LONG
 */
NetLine net_line_buffer_next (NetLineBuffer *self, const char **line, gsize *length);

/**
 * net_line_buffer_next_piece:
 *
 * As net_line_buffer_next (), but a line over the limit comes as pieces (%NET_LINE_PIECE, each at most the limit's size)
 * and the rest of it as %NET_LINE_READY: for message text, whose lines may be of any length and must be kept as they are.
 * Between CR and LF no line is cut. Pieces are not ended by '\0'. After the first %NET_LINE_PIECE go on with this function
 * until %NET_LINE_READY.
 */
NetLine net_line_buffer_next_piece (NetLineBuffer *self, const char **piece, gsize *length);

/**
 * net_line_buffer_take:
 * @wanted: how many bytes at most
 *
 * Hands out what is here of counted bytes (a literal), borrowed as a line is; no line may be half read as pieces.
 *
 * Returns: how many, 0 when nothing is here
 */
gsize net_line_buffer_take (NetLineBuffer *self, gsize wanted, const char **bytes);

/* net_line_buffer_peek: what is here and was not handed out, borrowed as a line is; net_line_buffer_take () hands it out */
gsize net_line_buffer_peek (NetLineBuffer *self, const char **bytes);

/* net_line_buffer_get_rest: (transfer none): pending without all that was handed out, for net_connection_start_tls () */
const GByteArray *net_line_buffer_get_rest (NetLineBuffer *self);

G_END_DECLS
