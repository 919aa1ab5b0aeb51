/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an IMAP server sends, into the store. */
#pragma once

#include "sync-imap-context.h"
#include "sync-imap-stream.h"

G_BEGIN_DECLS

/* SyncImapKeepFunc: writes one arrival, in the transaction of its batch; %FALSE with @error takes the whole batch back */
typedef gboolean (*SyncImapKeepFunc) (SyncImapContext *context, const SyncImapArrival *arrival, gpointer data, GError **error);

/**
 * sync_imap_receive:
 * @plan: for the mailbox that is selected
 *
 * Receives in a thread of its own and writes in this one, in batches: each is a transaction, synced to disk. What has come is whole, whatever
 * happens to the connection after it, and is written. Refusals go into the report. Ends early when sync_imap_should_stop ().
 */
gboolean sync_imap_receive (SyncImapContext *self, SyncImapPlan *plan, SyncImapKeepFunc keep, gpointer data, GError **error);

/* sync_imap_report_error: @refusal is copied; a server that refuses everything says the same each time, so only so many are kept */
void sync_imap_report_error (SyncImapContext *self, const GError *refusal);

G_END_DECLS
