/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a POP3 server's bytes turn out to be. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  POP3_REPLY_LINE,    /* one status line */
  POP3_REPLY_LINES,   /* a status line, and after +OK lines up to the one that is a dot */
  POP3_REPLY_MESSAGE, /* the same, but the lines are a message, taken by pop3_parser_next_block () */
} Pop3ReplyKind;

typedef enum
{
  POP3_EVENT_NEED_BYTES, /* append to `lines.pending` and ask again */
  POP3_EVENT_OK,         /* "+OK": what follows it is the text */
  POP3_EVENT_ERR,        /* "-ERR": likewise; the reply ends here */
  POP3_EVENT_CONTINUE,   /* "+ ": a SASL challenge (RFC 5034 §4); the reply ends here */
  POP3_EVENT_LINE,       /* one line of many, the stuffed dot taken off */
  POP3_EVENT_END,        /* the line that is a dot */
  POP3_EVENT_BROKEN,     /* this is not POP3: `fault` says what; nothing comes after it */
} Pop3Event;

G_END_DECLS
