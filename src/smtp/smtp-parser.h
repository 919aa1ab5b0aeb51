/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SMTP replies out of a stream of bytes: sans-IO. */
#pragma once

#include "net-line-buffer.h"
#include "smtp-reply.h"

G_BEGIN_DECLS

/* RFC 5321 §4.5.3.1.5 allows 512 bytes a line, RFC 4954 §4 12,288 for a challenge; over these a server is not one. */
#define SMTP_PARSER_MAX_LINE 16384
#define SMTP_PARSER_MAX_LINES 256
#define SMTP_PARSER_MAX_REPLY (128 * 1024)

typedef enum
{
  SMTP_EVENT_NEED_BYTES, /* append to @lines.pending and ask again */
  SMTP_EVENT_REPLY,
  SMTP_EVENT_BROKEN,     /* what came is no SMTP; so is everything after it */
} SmtpEvent;

/* Embedded in its owner. */
typedef struct
{
  NetLineBuffer lines;   /* the owner feeds it */

  /*< private >*/
  SmtpReply *reply;      /* whose last line has not come */
  gsize size;            /* of the reply so far */
  char *problem;
} SmtpParser;

void smtp_parser_init (SmtpParser *self);
void smtp_parser_clear (SmtpParser *self);

/**
 * smtp_parser_next:
 * @reply: (out) (transfer full): with %SMTP_EVENT_REPLY
 *
 * Takes the next whole reply out of @lines. Lenient where the meaning is plain: a bare LF ends a line, the text or the space
 * before it may be missing ("250", "250OK"). Broken: no three digits 200 to 599 at the start, a fourth digit, a continuation with
 * another code, more than the limits above.
 */
SmtpEvent smtp_parser_next (SmtpParser *self, SmtpReply **reply);

/* smtp_parser_is_idle: whether nothing waits: no byte, no half reply. Before a command there must be nothing (RFC 2920 §3.1). */
gboolean smtp_parser_is_idle (SmtpParser *self);

/* smtp_parser_get_problem: (nullable): after %SMTP_EVENT_BROKEN, what was wrong, as "a reply without a code: HTTP/1.1 400" */
const char *smtp_parser_get_problem (const SmtpParser *self);

G_END_DECLS
