/* SPDX-License-Identifier: GPL-3.0-or-later */
/* AUTH (RFC 4954) over an open session. */
#pragma once

#include "smtp-session.h"

G_BEGIN_DECLS

/**
 * smtp_login_run:
 * @login: user and secret; with %MAIL_SECRET_NONE nothing is done
 *
 * The strongest mechanism that both sides have, once. The first response goes with the command where the line stays within
 * %SMTP_MAX_COMMAND bytes (RFC 4954 §4), else after the server's 334.
 *
 * Returns: %FALSE with %BASE_ERROR_WRONG_PASSWORD (535), _LOGIN_REFUSED (534, 538, 432, no mechanism in common, none offered),
 *   _TRY_LATER (454, 421), _ATTACK (the server could not prove itself), _PROTOCOL, or the errors of smtp_session_read_reply (). The
 *   session is then of no use for sending.
 */
gboolean smtp_login_run (SmtpSession *session, MailLogin *login, GCancellable *cancellable, GError **error);

G_END_DECLS
