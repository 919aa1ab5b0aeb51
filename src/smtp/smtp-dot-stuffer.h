/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Message data as DATA wants it (RFC 5321 §4.5.2), piece by piece: sans-IO. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Start with all zero. */
typedef struct
{
  int state;
} SmtpDotStuffer;

/**
 * smtp_dot_stuffer_push:
 * @out: what to write is appended; at most twice @size
 *
 * Doubles the dot that starts a line. Whatever comes in, no bare CR and no bare LF goes out: each becomes a CRLF, so that no
 * server on the way can take a piece of the text for the end of the message. Canonical input is otherwise left alone.
 */
void smtp_dot_stuffer_push (SmtpDotStuffer *self, const char *data, gsize size, GByteArray *out);

/* smtp_dot_stuffer_end: the last line's CRLF where it is missing. The dot itself is not in it: it is the point of no return, and
 * %SMTP_LAST_DOT is written by itself. */
void smtp_dot_stuffer_end (SmtpDotStuffer *self, GByteArray *out);

#define SMTP_LAST_DOT ".\r\n"

G_END_DECLS
