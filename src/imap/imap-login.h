/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The way into a mailbox: CAPABILITY, AUTHENTICATE or LOGIN (RFC 9051 §6.2). */
#pragma once

#include "imap-session.h"

G_BEGIN_DECLS

/**
 * imap_login:
 * @session: just opened
 *
 * Chooses the strongest mechanism that both sides have, once. LOGIN only where the server names no mechanism and does not disable
 * it, and only under TLS or where a person chose plain text. Referrals to other servers (RFC 2221) are not followed.
 *
 * Returns: %FALSE with %BASE_ERROR_WRONG_PASSWORD, _NO_PASSWORD, _INVALID, _LOGIN_REFUSED, _TRY_LATER, _REFUSED, or the errors of the connection
 */
gboolean imap_login (ImapSession *session, MailLogin *login, GCancellable *cancellable, GError **error);

G_END_DECLS
