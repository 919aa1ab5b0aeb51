/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One direction of one account: its worker thread, and one pass at a time. Main thread. */
#pragma once

#include <gio/gio.h>

#include "account-secrets.h"
#include "base-trace.h"
#include "sync-engine.h"

G_BEGIN_DECLS

typedef struct _Store Store;

#define SYNC_TYPE_LANE (sync_lane_get_type ())
G_DECLARE_FINAL_TYPE (SyncLane, sync_lane, SYNC, LANE, GObject)

/* Signal "ended" (GError, nullable): a pass is over; before those who asked for it hear of it. Signal "news" (): while it is watching: a pass is
 * worth while. */
SyncLane *sync_lane_new (Account *account, AccountDirection direction, Store *store, AccountSecrets *secrets,
                         BaseTrace *trace, SyncStatus *status);

/**
 * sync_lane_run_async:
 *
 * Receiving that runs already is joined. Sending that runs already may have looked into the Outbox too early: another pass follows
 * it. Cancelling takes the caller out, and ends the pass when nobody else waits for it.
 */
void sync_lane_run_async (SyncLane *self, SyncOptions options, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);

/* sync_lane_run_finish: (transfer full): never %NULL; how the pass failed is among the report's errors */
SyncReport *sync_lane_run_finish (SyncLane *self, GAsyncResult *result);

/**
 * sync_lane_fetch_body_async:
 *
 * Ahead of what waits. A pass that runs is given a moment to end (it may bring the body itself), then it is interrupted, the body is
 * fetched, and the pass goes on from what it has committed: POP3 has room for one session only (RFC 1939 §3). IMAP has a second connection
 * for this, which disturbs nobody.
 */
void sync_lane_fetch_body_async (SyncLane *self, gint64 message, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean sync_lane_fetch_body_finish (SyncLane *self, GAsyncResult *result, GError **error);

/* sync_lane_set_watching: IMAP: the connection waits for news between passes (IDLE); at once when the last pass has gone well */
void sync_lane_set_watching (SyncLane *self, gboolean is_watching);

/* sync_lane_set_open_folder: IMAP: what a person looks at is served first; a pass that runs goes on with it. 0: none */
void sync_lane_set_open_folder (SyncLane *self, gint64 folder);

/* sync_lane_get_login_delay: what the server of the pass or the body that ended last said; see SyncReport */
guint sync_lane_get_login_delay (SyncLane *self);

gboolean sync_lane_is_busy (SyncLane *self);

/* sync_lane_cancel: everything that runs or waits */
void sync_lane_cancel (SyncLane *self);

/* sync_lane_stop: cancels and joins the thread; whatever is asked for afterwards is cancelled */
void sync_lane_stop (SyncLane *self);

G_END_DECLS
