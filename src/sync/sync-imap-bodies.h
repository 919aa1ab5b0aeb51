/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whole messages where only headers are. */
#pragma once

#include "sync-imap-context.h"

G_BEGIN_DECLS

/* sync_imap_bodies_run: all that the settings ask for, newest first, of one mailbox; selects it only when there are any. Memory is bounded by
 * the batches, however many there are. Ends early when sync_imap_should_stop (). */
gboolean sync_imap_bodies_run (SyncImapContext *self, SyncImapFolder *folder, GError **error);

/* sync_imap_bodies_fetch: these of one mailbox, whatever the settings say; those that the server does not give are passed over */
gboolean sync_imap_bodies_fetch (SyncImapContext *self, const StoreImapFolder *folder, const gint64 *ids, gsize n_ids, GError **error);

G_END_DECLS
