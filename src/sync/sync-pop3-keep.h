/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What arrived by POP3, into the store: recognised or new, message and unique-id in one transaction. */
#pragma once

#include "sync-pop3-plan.h"
#include "sync-pop3-stream.h"

G_BEGIN_DECLS

typedef struct
{
  SyncPop3Message *message;
  const SyncPop3Arrival *arrival; /* with a source */
} SyncPop3Delivery;

/* sync_pop3_keep_names: renames, and sizes that the server changed its word about, before anything arrives */
gboolean sync_pop3_keep_names (SyncPass *pass, SyncPop3Plan *plan, GError **error);

/* sync_pop3_keep_refused: @indexes: of guint: new messages, with their digests set, that a rule wants off the server: noted as such in one
 * transaction, before any DELE; they need nothing then */
gboolean sync_pop3_keep_refused (SyncPass *pass, SyncPop3Plan *plan, const GArray *indexes, GError **error);

/**
 * sync_pop3_keep:
 * @deliveries: of SyncPop3Delivery
 *
 * All of it in one transaction. Counts what is new in the pass's report once it is committed.
 */
gboolean sync_pop3_keep (SyncPass *pass, SyncPop3Plan *plan, gint64 folder, GArray *deliveries, GError **error);

G_END_DECLS
