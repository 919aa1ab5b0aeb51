/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A message at the server whose UID nobody has told. */
#pragma once

#include "sync-imap-replay.h"

G_BEGIN_DECLS

/**
 * sync_imap_replay_find:
 * @floor: UIDs below are not meant
 * @others: (nullable): set of UIDs that are not meant either
 * @uid: (out): in @folder, of the message that @operation is about; 0 when there is none
 *
 * By Message-ID, and in any case by the header (store_replay_load_digest ()): a wrong message would be lost. Only of what was put there (APPEND)
 * the Message-ID is enough. What is another message already (store_replay_is_taken ()) is not meant.
 */
gboolean sync_imap_replay_find (SyncImapReplay *self, gint64 folder, const StoreOperation *operation, guint32 floor, GHashTable *others, guint32 *uid,
                                 GError **error);


G_END_DECLS
