/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rules that a POP3 mailbox is put under before anything is received: "don't download" and "delete from the server". */
#pragma once

#include "pop3-session.h"
#include "sync-pop3-plan.h"

G_BEGIN_DECLS

/**
 * sync_pop3_rules_apply:
 *
 * After sync_pop3_look () and before sync_pop3_receive (). Looks at the headers (TOP) of what is new, if there is an enabled rule that acts at the
 * server, and a server that has TOP; all that it decides stands in the plan then, and what is to be deleted also in the store, committed.
 *
 * Rules go in their order, up to one that stops. "Don't download" is done when its rule fits; "delete" only when no rule above it fits or might
 * fit once the text is here, and when it is the only thing that its rule wants. A rule that needs the text decides nothing here, and what
 * could be a message that is known under another name is received.
 *
 * Returns: %FALSE with the errors of a connection or of the store
 */
gboolean sync_pop3_rules_apply (SyncPass *pass, Pop3Session *session, SyncPop3Plan *plan, GCancellable *cancellable, GError **error);

G_END_DECLS
