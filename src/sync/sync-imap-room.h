/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How much room mail has and takes at an IMAP server, kept for the window and the CLI (store-room.h). */
#pragma once

#include "sync-imap-context.h"

G_BEGIN_DECLS

/* sync_imap_room_run: asks for the quota of a new session or when anything changed, and for the sizes of the folders in the context's "changed";
 * at the end of a pass, when the server has looked at the messages anyway. Mostly two round trips, none where neither is offered. */
gboolean sync_imap_room_run (SyncImapContext *self, GError **error);

G_END_DECLS
