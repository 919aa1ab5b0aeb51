/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Messages that are only here put on the server. */
#pragma once

#include "sync-imap-replay.h"

G_BEGIN_DECLS

/* sync_imap_replay_append_run: @operations and FALSE as in sync-imap-replay-mail.h */
gboolean sync_imap_replay_append_run (SyncImapReplay *self, GPtrArray *operations, GError **error);

G_END_DECLS
