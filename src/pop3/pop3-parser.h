/* SPDX-License-Identifier: GPL-3.0-or-later */
/* POP3 replies from bytes (RFC 1939 §3), without any I/O: bytes are put into `lines.pending`, events come out. */
#pragma once

#include "net-line-buffer.h"
#include "pop3-event.h"

G_BEGIN_DECLS

/* Bytes of one line of a reply, line end not counted. RFC 1939 says 512, RFC 2449 §4 the same for UIDL and CAPA lines; servers
 * that put stories into their greeting stay below this. Message lines have no limit. */
#define POP3_LINE_LIMIT 8192

typedef struct
{
  NetLineBuffer lines;
  const char *fault;     /* (nullable): static, one English clause, once POP3_EVENT_BROKEN has come */

  /*< private >*/
  Pop3ReplyKind kind;
  guint state;
  gboolean ends_bare;    /* the status line ended in LF alone: this server knows no CR */
  gboolean at_line_start;
  char last;             /* byte of the message */
} Pop3Parser;

void pop3_parser_init (Pop3Parser *self);
void pop3_parser_clear (Pop3Parser *self);

/**
 * pop3_parser_expect:
 * @kind: of the reply that comes next, which only the command that was sent can tell
 *
 * Call when the reply before it has ended.
 */
void pop3_parser_expect (Pop3Parser *self, Pop3ReplyKind kind);

/**
 * pop3_parser_next:
 * @text: (nullable): set to the event's text, which may hold any byte but CR LF at its end and LF
 */
Pop3Event pop3_parser_next (Pop3Parser *self, GString *text);

/**
 * pop3_parser_next_block:
 * @message: what is there of the message is appended, dots unstuffed, line ends as they came
 *
 * For %POP3_REPLY_MESSAGE after %POP3_EVENT_OK. Appends no more than is pending, so the caller can bound the message between two
 * reads.
 *
 * Only CR LF "." CR LF ends a message. A server that lets a bare LF out of a message through would otherwise hand the writer of
 * that message the means to end it early and to speak in the server's name: with another message's number, which is then
 * taken for received, and deleted. Where the status line itself ended in a bare LF, all the server's lines do, and
 * LF "." LF is the end.
 *
 * Returns: %POP3_EVENT_NEED_BYTES or %POP3_EVENT_END
 */
Pop3Event pop3_parser_next_block (Pop3Parser *self, GByteArray *message);

G_END_DECLS
