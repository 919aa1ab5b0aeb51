/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How much room mail has and takes at an IMAP server, kept for the window and the CLI (store-room.h). */
#pragma once

#include "sync-imap-context.h"

G_BEGIN_DECLS

/* sync_imap_room_ask: the quota and the size of that mailbox, when all its messages have been asked for: a server has looked at them then, and the answer
 * comes behind them. The thread that has the session. */
void sync_imap_room_ask (SyncImapContext *self, const char *wire_name);

/* sync_imap_room_run: at the end of a pass: asks for the quota of a new session or when anything changed, and for the sizes of the folders in the
 * context's "changed", as far as they were not asked for; waits, and writes. At most one round trip, none where neither is offered. An interrupted
 * pass asks for nothing more. */
gboolean sync_imap_room_run (SyncImapContext *self, GError **error);

G_END_DECLS
