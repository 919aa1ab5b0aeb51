/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The way into a mailbox: CAPABILITY, AUTHENTICATE or LOGIN (RFC 9051 §6.2). */
#pragma once

#include "imap-session.h"

G_BEGIN_DECLS

/**
 * imap_login:
 * @is_logged_in: the greeting was PREAUTH
 *
 * Chooses the strongest mechanism that both sides have, once. LOGIN only where the server names no mechanism and does not disable
 * it, and only under TLS or where a person chose plain text.
 */
gboolean imap_login (ImapSession *session, MailLogin *login, gboolean is_logged_in, GCancellable *cancellable, GError **error);

/**
 * imap_session_converse:
 * @line: without tag and CRLF; never traced
 * @shown: (nullable): begins a command that the trace knows by these words; %NULL goes on with the one that was begun
 *
 * The private door of login and IDLE: one line, and then up to "+" or the tagged answer.
 *
 * Returns: (transfer none) (nullable): a continuation or a tagged status, until the next read
 */
const ImapResponse *imap_session_converse (ImapSession *self, const char *line, const char *shown, GCancellable *cancellable, GError **error);

/* imap_session_doubt_capabilities: the login changes them: what is not said anew has to be asked for */
void imap_session_doubt_capabilities (ImapSession *self);

G_END_DECLS
