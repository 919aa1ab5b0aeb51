/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Waiting for news of the selected mailbox (IDLE, RFC 2177, RFC 9051 §6.3.13). */
#pragma once

#include "imap-session.h"

G_BEGIN_DECLS

/**
 * imap_idle:
 * @seconds: leave by then (under 29 minutes, RFC 2177)
 * @func: (nullable): for what comes
 * @wake: (nullable): cancelled when somebody wants the connection: IDLE is ended with DONE, and no byte is lost; likewise @cancellable
 *
 * Returns: %TRUE after the first untagged data, @wake, or @seconds
 */
gboolean imap_idle (ImapSession *session, guint seconds, ImapDataFunc func, gpointer data, GCancellable *wake,
                    GCancellable *cancellable, GError **error);

G_END_DECLS
