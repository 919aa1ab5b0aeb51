/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Messages of the selected mailbox that are not here yet: what a list shows of them, and the whole of them where all is kept. */
#pragma once

#include "sync-imap-context.h"

G_BEGIN_DECLS

/**
 * sync_imap_summaries_fetch:
 * @uids: ascending: not here yet
 *
 * Newest first, as sync-imap-plan.h has it: what does not come whole is left to sync-imap-bodies.h. A nameless message (new UIDVALIDITY) that is
 * recognised gets its name instead of coming twice. Ends early when sync_imap_should_stop ().
 */
gboolean sync_imap_summaries_fetch (SyncImapContext *self, SyncImapFolder *folder, const guint32 *uids, gsize n_uids, GError **error);

/**
 * sync_imap_summaries_fetch_all:
 * @is_complete: (out): that many messages came
 *
 * All @n_messages of a mailbox of which nothing is here, without waiting for a list of their UIDs.
 */
gboolean sync_imap_summaries_fetch_all (SyncImapContext *self, SyncImapFolder *folder, guint32 n_messages, guint32 uidnext, gboolean *is_complete,
                                        GError **error);

G_END_DECLS
