/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One pass over an account's Outbox: what is due goes out by SMTP, once. */
#pragma once

#include "sync-pass.h"

G_BEGIN_DECLS

/**
 * sync_outbox_run:
 * @sent_folder: where the copy is kept; 0: none
 *
 * Connects only when something is due. Each message goes through QUEUED, SENDING (committed before MAIL FROM), then gone to
 * @sent_folder; or FAILED with its reason and each recipient's answer; or MAYBE_SENT when the connection was cut after the last dot
 * and before its answer: such a one is never sent again by itself. A message found SENDING at the start was in the hands of a process
 * that died: MAYBE_SENT too if its DATA had begun to go out, else QUEUED again. Temporary refusals (4xx, no network) stay QUEUED with a later not_before.
 *
 * Returns: %FALSE with @error when no more could be sent (connection, login); failures of single messages are in the report
 */
gboolean sync_outbox_run (SyncPass *pass, gint64 sent_folder, GCancellable *cancellable, GError **error);

/* sync_outbox_check: logs in and QUITs; database and report may be %NULL */
gboolean sync_outbox_check (SyncPass *pass, GCancellable *cancellable, GError **error);

/* sync_outbox_next_due: when the next QUEUED message of @account wants to go: seconds since 1970; 0 when none does; -1 with @error */
gint64 sync_outbox_next_due (StoreDatabase *database, gint64 account, GError **error);

G_END_DECLS
