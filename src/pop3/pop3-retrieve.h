/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Messages from the server: RETR and TOP, many under way at once where the server allows it. */
#pragma once

#include "pop3-session.h"

G_BEGIN_DECLS

/* Bytes of a message that is received whole: well under what SQLite keeps in one row, far over what any mail server takes in. */
#define POP3_MESSAGE_LIMIT (256 * 1024 * 1024)

typedef struct
{
  guint number;
  gboolean only_headers; /* TOP n 0 instead of RETR n */
  gint64 size;           /* expected, to spare copying; -1 unknown; never trusted */
} Pop3Request;

typedef struct
{
  GBytes *source;        /* (nullable): the message as it came, lines ended as they came; %NULL when it was refused */
  gint64 size;           /* bytes that came, also of what was too large to keep */
  gboolean is_too_large; /* over POP3_MESSAGE_LIMIT: `source` is its headers alone */
  const GError *refusal; /* (nullable): what the server said instead */
} Pop3Retrieved;

/**
 * Pop3RetrieveFunc:
 * @index: of @requests
 *
 * Called once a request, in order, for answers that are complete: one without its final dot never gets here.
 *
 * Returns: %FALSE with @error to end it all: the connection is closed
 */
typedef gboolean (*Pop3RetrieveFunc) (gsize index, const Pop3Retrieved *answer, gpointer data, GError **error);

/**
 * pop3_retrieve:
 *
 * With @only_headers the source ends with the empty line after the headers, whatever the server sent on top.
 *
 * Returns: %FALSE with the errors of a connection, %BASE_ERROR_PROTOCOL for a message that never ends, or @func's error
 */
gboolean pop3_retrieve (Pop3Session *session, const Pop3Request *requests, gsize n_requests,
                        Pop3RetrieveFunc func, gpointer data, GCancellable *cancellable, GError **error);

G_END_DECLS
