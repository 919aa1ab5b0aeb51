/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Messages of one POP3 session into the store, in batches that are each whole. */
#pragma once

#include "pop3-session.h"
#include "sync-pop3-plan.h"

G_BEGIN_DECLS

/**
 * sync_pop3_look:
 *
 * Looks at the headers of what the plan is unsure about, then lets it decide.
 *
 * Returns: %FALSE with the errors of a connection
 */
gboolean sync_pop3_look (SyncPass *pass, Pop3Session *session, SyncPop3Plan *plan, GCancellable *cancellable, GError **error);

/**
 * sync_pop3_receive:
 * @folder: where new messages go
 *
 * Gets what the plan needs. A message, its unique-id and the renames that belong to it are committed in one transaction, some hundred
 * messages at a time; no transaction is open while the network is waited for. What arrived complete before a failure of the
 * network is committed too.
 *
 * Single messages that the server refuses, or that are too large, are said in the report and do not end it.
 *
 * Returns: %FALSE with the errors of a connection or of the store
 */
gboolean sync_pop3_receive (SyncPass *pass, Pop3Session *session, SyncPop3Plan *plan, gint64 folder,
                            GCancellable *cancellable, GError **error);

G_END_DECLS
