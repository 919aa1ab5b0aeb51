/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was done to messages, told to the server. */
#pragma once

#include "sync-imap-replay.h"

G_BEGIN_DECLS

/* All of these: @operations are of one kind, folder, target and flags, in order. FALSE ends the replay: the connection is lost, the store cannot
 * write, somebody cancelled. What one operation comes to is no failure. */
gboolean sync_imap_replay_mail_mark (SyncImapReplay *self, GPtrArray *operations, GError **error);
gboolean sync_imap_replay_mail_transfer (SyncImapReplay *self, GPtrArray *operations, GError **error); /* MOVE, COPY */
gboolean sync_imap_replay_mail_delete (SyncImapReplay *self, GPtrArray *operations, GError **error);

G_END_DECLS
