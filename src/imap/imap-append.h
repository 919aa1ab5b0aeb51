/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Putting a message into a mailbox: APPEND (RFC 9051 §6.3.12, RFC 7889, RFC 4315). */
#pragma once

#include "imap-session.h"
#include "mail-flags.h"

G_BEGIN_DECLS

typedef struct
{
  guint32 uidvalidity; /* of the mailbox; 0 when the server does not say */
  guint32 uid;         /* of the message; 0 when the server does not say */
} ImapAppended;

/**
 * imap_append:
 * @wire_name: made when the server says that it could be (TRYCREATE)
 * @message: its line ends are made CRLF on the way; where its header is UTF-8 and UTF8=ACCEPT is enabled, it is sent as such
 * @received: seconds since 1970: the mailbox's date of it; 0 leaves it to the server
 *
 * Returns: %FALSE with %BASE_ERROR_TOO_LARGE before anything is sent when it is over APPENDLIMIT, or the errors of imap_session_run ()
 */
gboolean imap_append (ImapSession *session, const char *wire_name, GBytes *message, MailFlags flags, gint64 received, ImapAppended *appended,
                      GCancellable *cancellable, GError **error);

G_END_DECLS
