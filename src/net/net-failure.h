/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What GIO says went wrong, in the project's own errors: what a person can do about it, and about which server. */
#pragma once

#include "mail-login.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * net_failure_translate:
 * @error: (inout): of any GIO domain; one of %BASE_ERROR or a cancellation stays what it is
 * @was_shaking_hands: whether TLS was being set up: then what is no plain network trouble is %BASE_ERROR_NO_TLS
 *
 * Afterwards the error carries host, port and security of @login.
 */
void net_failure_translate (GError **error, MailLogin *login, gboolean was_shaking_hands);

G_END_DECLS
