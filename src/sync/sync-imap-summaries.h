/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Messages of the selected mailbox that are not here yet: their headers and what a list shows of them. */
#pragma once

#include "sync-imap-context.h"

G_BEGIN_DECLS

/**
 * sync_imap_summaries_fetch:
 * @uids: ascending: not here yet
 *
 * Newest first: 200, which is what a person sees, then the rest in batches, each committed by itself. A nameless message (new UIDVALIDITY)
 * that is recognised gets its name instead of coming twice. Ends early when sync_imap_should_stop ().
 */
gboolean sync_imap_summaries_fetch (SyncImapContext *self, SyncImapFolder *folder, const guint32 *uids, gsize n_uids, GError **error);

/* sync_imap_report_error: @refusal is copied; a server that refuses everything says the same each time, so only so many are kept */
void sync_imap_report_error (SyncImapContext *self, const GError *refusal);

G_END_DECLS
