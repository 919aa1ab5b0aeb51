/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a draft to RFC 5322 bytes, and from any bytes to what may go over SMTP. */
#pragma once

#include "mime-draft.h"

G_BEGIN_DECLS

typedef enum
{
  MIME_BUILD_FOR_DRAFTS,  /* kept by ourselves: may be unfinished, nothing is required */
  MIME_BUILD_FOR_SENDING, /* From and a recipient are required */
} MimeBuildPurpose;

/**
 * mime_builder_build:
 * @now: seconds since 1970, @zone_minutes: east of UTC: for Date (the caller has the clock)
 *
 * Text as format=flowed plain text (UTF-8, or us-ascii where it is enough), quoted-printable or base64 as needed,
 * attachments with RFC 2231 names. With HTML a multipart/alternative of the text made from it and the page, which stands in a
 * multipart/related with its pictures, if it has any. Bcc stays in: mime_transport_new () takes it out. Message-ID is random at the sender's
 * domain; no header names host, address or program.
 *
 * Returns: (transfer full): CRLF lines; or %NULL with %BASE_ERROR_INVALID (no sender, no recipient, an address that cannot be)
 */
GBytes *mime_builder_build (MimeDraft *draft, MimeBuildPurpose purpose, gint64 now, int zone_minutes, GError **error);

/* What goes over the wire, and to whom. */
typedef struct
{
  GBytes *bytes;             /* canonical CRLF, no bare CR or LF, no NUL, no line over 998 (re-encoded where it was), no Bcc,
                                ends with CRLF; not dot-stuffed: that is SMTP's */
  char *sender;              /* MAIL FROM: Sender's or the first From's address */
  char **recipients;         /* To, Cc, Bcc, each once, in order; where it was resent, those of the newest resending alone */
  gboolean needs_8bitmime;   /* an octet over 127 in a body */
  gboolean needs_smtputf8;   /* an octet over 127 in a header or an address */
} MimeTransport;

/**
 * mime_transport_new:
 * @source: a message as kept or as a file
 *
 * Returns: (transfer full): or %NULL with %BASE_ERROR_INVALID: no sender or no recipients, an address that cannot be written to
 */
MimeTransport *mime_transport_new (GBytes *source, GError **error);
void mime_transport_free (MimeTransport *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MimeTransport, mime_transport_free)

/* mime_transport_encode_7bit: the same with every 8-bit body made quoted-printable or base64, for servers without 8BITMIME */
gboolean mime_transport_encode_7bit (MimeTransport *self, GError **error);

G_END_DECLS
