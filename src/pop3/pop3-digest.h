/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a message is recognised by when its server has no lasting name for it: the digest of its header block. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define POP3_DIGEST_SIZE 32

typedef struct
{
  guint8 bytes[POP3_DIGEST_SIZE]; /* SHA-256 */
  gboolean is_strong; /* the headers hold a Message-ID or Received: two messages with this digest are the same one.
                       * Without, "Subject: test" twice is two messages, and only their bytes can tell. */
} Pop3Digest;

/**
 * pop3_digest_headers:
 * @source: a whole message, or what TOP gave of it
 *
 * The same for both, and the same before and after mailbox servers noted in the headers that the message was read: lines
 * that they write themselves (Status, X-Status, X-UIDL, X-Keywords, X-IMAP, Content-Length) and the line end after the
 * headers do not count, nor does CR.
 */
void pop3_digest_headers (GBytes *source, Pop3Digest *digest);

/* pop3_digest_measure_headers: bytes of @data up to and with the empty line; @size when there is none */
gsize pop3_digest_measure_headers (const char *data, gsize size);

/* pop3_digest_dup_message_id: (transfer full) (nullable): the value of the first Message-ID field, unparsed, white space trimmed */
char *pop3_digest_dup_message_id (GBytes *source);

G_END_DECLS
