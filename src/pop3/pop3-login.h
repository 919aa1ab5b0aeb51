/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a greeted connection to an open mailbox: CAPA, then the best way in that both sides have. */
#pragma once

#include "pop3-session.h"

G_BEGIN_DECLS

/**
 * pop3_login:
 * @login: user and secret
 *
 * SASL (RFC 5034) by the server's list, with the initial response where the line stays within 255 bytes; else USER and PASS
 * under TLS. In plain text that the person chose: a SASL mechanism that hides the password, else APOP, else SASL PLAIN or LOGIN, else
 * USER and PASS. One way is chosen; after a refusal nothing weaker is tried. UTF8 (RFC 6856) is switched on first where it is
 * offered: without it a server may rewrite messages with UTF-8 headers, with it they come as they are.
 *
 * Afterwards the session's capabilities are those of the open mailbox, and its deadline that of commands.
 *
 * Returns: %FALSE with %BASE_ERROR_NO_PASSWORD, _WRONG_PASSWORD, _LOGIN_REFUSED, _TRY_LATER (IN-USE, LOGIN-DELAY, SYS/TEMP),
 *   _ATTACK (a forged SCRAM signature), _INVALID (a user name that cannot be sent), or the errors of a connection
 */
gboolean pop3_login (Pop3Session *session, MailLogin *login, GCancellable *cancellable, GError **error);

G_END_DECLS
