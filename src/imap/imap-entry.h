/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The whole way in: connection, encryption, login, and what is switched on once for all that follows. */
#pragma once

#include "imap-session.h"

G_BEGIN_DECLS

/**
 * imap_entry_open:
 * @trace: (nullable)
 * @trace_tag: as "Work IMAP"
 *
 * imap_session_open (), imap_login (), imap_enable (), and imap_compress () where it is offered and worth it: packing costs the server and us more
 * time than it saves on a fast line, so not with a server that is near (net_connection_is_near ()). Measured with Dovecot on one machine:
 * 23 MB of mail in 0.1 s as they are and in 0.76 s packed, to three quarters of their size: it pays below some 80 Mbit/s.
 *
 * What ENABLE was acknowledged for is known when the next command but those of imap-list.h is answered, or after imap_session_settle ().
 *
 * Returns: (transfer full): or %NULL with the errors of imap_session_open () and imap_login ()
 */
ImapSession *imap_entry_open (MailLogin *login, BaseTrace *trace, const char *trace_tag, GCancellable *cancellable, GError **error);

G_END_DECLS
