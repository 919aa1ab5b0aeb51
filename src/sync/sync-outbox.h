/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One pass over an account's Outbox: what is due goes out by SMTP, once. */
#pragma once

#include "sync-pass.h"

G_BEGIN_DECLS

/* After a refusal "for the moment" (4xx) the next try waits 1, 5, 15, then 60 minutes; five days of these and a person is asked. */
#define SYNC_OUTBOX_MAX_ATTEMPTS 123

/**
 * sync_outbox_run:
 * @sent_folder: where the copy is kept; 0: none
 *
 * Connects only when something is due; one connection and one login serve all messages. One pass an account at a time, other
 * processes included (a lock beside the database): a second one waits a minute for its turn, then fails with %BASE_ERROR_TRY_LATER.
 *
 * A message is QUEUED until all of it but the last dot is at the server: cut, cancelled or killed before that, it is not sent and
 * is tried again. Then, in one transaction that fails when a person has meanwhile taken it back, it becomes SENDING with those
 * recipients SENDING that the server named good; only after that commit the dot goes out. Its answer makes it sent (ACCEPTED,
 * gone to @sent_folder), put off (4xx) or FAILED (5xx). No answer makes it MAYBE_SENT, and so does being found SENDING at the
 * start: it was in the hands of a process that died. Such a one is never sent again by itself.
 *
 * Refused recipients are kept as REFUSED with the server's words, and never keep the message from the others. While some are
 * REFUSED and the rest ACCEPTED the message stays in the Outbox, FAILED with %BASE_ERROR_SOME_RECIPIENTS_REFUSED, for the refused
 * ones alone: its copy went to @sent_folder (and what it answers was marked) with the first acceptance, in the same transaction.
 * A recipient put off (4xx) stays WAITING and is tried again alone. Only WAITING recipients are ever sent to.
 *
 * Respects not_before, except that a back-off (not_before of an item with an error) counts for %SYNC_BY_ITSELF alone.
 *
 * Returns: %FALSE with @error when no more could be sent (connection, login, store, cancelled): what was due is then put off with that
 *   reason. Failures of single messages are in the report.
 */
gboolean sync_outbox_run (SyncPass *pass, gint64 sent_folder, GCancellable *cancellable, GError **error);

/* sync_outbox_check: logs in and QUITs; database and report may be %NULL */
gboolean sync_outbox_check (SyncPass *pass, GCancellable *cancellable, GError **error);

/* sync_outbox_next_due: when the next QUEUED message of @account wants to go: seconds since 1970, 1 for at once; 0 when
 * none does; -1 with @error */
gint64 sync_outbox_next_due (StoreDatabase *database, gint64 account, GError **error);

G_END_DECLS
