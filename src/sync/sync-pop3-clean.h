/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The end of a POP3 session: what may go is deleted on the server, and QUIT decides. */
#pragma once

#include "pop3-session.h"
#include "sync-pop3-plan.h"

G_BEGIN_DECLS

/**
 * sync_pop3_clean:
 *
 * Everything that was received must have been committed. DELE goes out for messages alone whose row in the store is whole at this
 * moment or that were removed here; the store forgets them when QUIT was acknowledged, and not before. Also forgets what the server
 * has no more. The session is closed afterwards, come what may.
 *
 * Returns: %FALSE with the errors of the store, or of a connection if messages were to be deleted
 */
gboolean sync_pop3_clean (SyncPass *pass, Pop3Session *session, SyncPop3Plan *plan, GCancellable *cancellable, GError **error);

G_END_DECLS
