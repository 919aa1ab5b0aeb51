/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is switched on once, after the login: ENABLE (RFC 5161), ID (RFC 2971). */
#pragma once

#include "imap-session.h"

G_BEGIN_DECLS

/**
 * imap_enable:
 *
 * ENABLE for QRESYNC, CONDSTORE, UTF8=ACCEPT (RFC 9755) and IMAP4rev2 where offered, and ID NIL, which gives nothing away, for servers that
 * serve nobody who has not said it. With UTF8=ACCEPT or IMAP4rev2 names of mailboxes are UTF-8 from here on. What the server refuses is done
 * without. The answers are left to come in passing (imap_session_leave ()), unless names of mailboxes hang on them. See imap_session_has_enabled ().
 */
gboolean imap_enable (ImapSession *session, GCancellable *cancellable, GError **error);

G_END_DECLS
