/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was done to folders, told to the server. */
#pragma once

#include "sync-imap-replay.h"

G_BEGIN_DECLS

/* sync_imap_replay_folders_run: FALSE as in sync-imap-replay-mail.h */
gboolean sync_imap_replay_folders_run (SyncImapReplay *self, const StoreOperation *operation, GError **error);

G_END_DECLS
