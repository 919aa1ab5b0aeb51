/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where one IMAP response ends and the next begins: lines joined by literals. The only part of the parser that sees splits. */
#pragma once

#include "net-line-buffer.h"

G_BEGIN_DECLS

typedef struct
{
  gsize offset;  /* in text: the literal stands before this byte; its {n} is not in text */
  GBytes *bytes; /* followed by a NUL that is not counted */
} ImapLiteral;

typedef enum
{
  IMAP_FRAME_NEED_BYTES,
  IMAP_FRAME_READY,
  IMAP_FRAME_BROKEN,
} ImapFrameEvent;

typedef struct
{
  NetLineBuffer lines;
  GByteArray *text;   /* of one response, without line ends and literals; ended by a NUL that is not counted when READY */
  GArray *literals;   /* of ImapLiteral */
  const char *fault;  /* after BROKEN */

  /*< private >*/
  char *literal;      /* being filled */
  gsize literal_size;
  gsize literal_have;
  gsize literal_room; /* of literal, less the byte for its end */
  gsize literals_total;
  gboolean is_open;   /* the last line announced a literal: text goes on */
  gboolean is_done;   /* READY was said: begin anew at the next call */
} ImapFrame;

void imap_frame_init (ImapFrame *self);
void imap_frame_clear (ImapFrame *self);

/* imap_frame_next: READY: text and literals are whole and stay so until the next call */
ImapFrameEvent imap_frame_next (ImapFrame *self);

/* imap_frame_is_between: nothing of a next response is here */
gboolean imap_frame_is_between (ImapFrame *self);

G_END_DECLS
