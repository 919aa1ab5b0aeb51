/* SPDX-License-Identifier: GPL-3.0-or-later */
/* IMAP passes. An account has two connections, each with its own worker and session that stay open between passes: "news" (passes in
 * batches, IDLE between them) and "errand" (open this body now, replay changes, append to Sent). */
#pragma once

#include "sync-pass.h"

G_BEGIN_DECLS

typedef struct _ImapSession ImapSession;

typedef struct
{
  gint64 open_folder;    /* the one a person looks at: served first; 0 none */
  int keep_days;         /* bodies: -1 everything (the default), 0 when opened, n of the last n days */
  gint64 headers_above;  /* bytes: larger messages come when opened; 0 never that */
  gboolean watches;      /* IDLE on the Inbox between passes */
} SyncImapSettings;

/**
 * sync_imap_run:
 * @session: (inout): kept open by the worker from pass to pass; %NULL connects. On failure it is closed and %NULL.
 * @has_errands: (nullable): asked between batches: somebody waits for this connection, so end soon
 *
 * One pass: replays what waits, lists the folders, then for each: summaries newest first, flags, what is gone, bodies.
 *
 * Returns: %FALSE with @error when it ended early; what was committed stays
 */
gboolean sync_imap_run (SyncPass *pass, const SyncImapSettings *settings, ImapSession **session, gboolean (*has_errands) (gpointer), gpointer errands_data,
                        GCancellable *cancellable, GError **error);

/* sync_imap_wait: IDLE on the Inbox (NOOP every minute where the server has none) until news, @wake, or 28 minutes: then run again */
gboolean sync_imap_wait (SyncPass *pass, ImapSession **session, GCancellable *wake, GCancellable *cancellable, GError **error);

/* sync_imap_replay: only what waits to be told to the server, in order; failures of single operations are rolled back here, kept in the log,
 * and are in the report */
gboolean sync_imap_replay (SyncPass *pass, ImapSession **session, GCancellable *cancellable, GError **error);

/* sync_imap_fetch_body: one message, now */
gboolean sync_imap_fetch_body (SyncPass *pass, ImapSession **session, gint64 message, GCancellable *cancellable, GError **error);

/* sync_imap_check: logs in and out; database and report may be %NULL */
gboolean sync_imap_check (SyncPass *pass, GCancellable *cancellable, GError **error);

G_END_DECLS
