/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the engine is doing for one account, as numbers and facts that app/ puts into words. Main thread only. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  SYNC_IDLE,
  SYNC_WAITING,     /* for its turn, or for the keyring */
  SYNC_CONNECTING,
  SYNC_LOGGING_IN,
  SYNC_LISTING,     /* asking what is new */
  SYNC_RECEIVING,   /* done of total messages */
  SYNC_CLEANING,    /* removing from the server what may go */
  SYNC_SENDING,     /* done of total messages */
} SyncPhase;

#define SYNC_TYPE_STATUS (sync_status_get_type ())
G_DECLARE_FINAL_TYPE (SyncStatus, sync_status, SYNC, STATUS, GObject)

/* Properties (read-only, notify): account (gint64), phase, done (guint), total (guint), bytes (gint64 received or sent in this pass),
 * fraction (double, -1 when unknown), problem (GError boxed, nullable: the last pass's failure in receiving; gone when a pass
 * succeeds), send-problem (the same for sending), last-success (gint64 seconds since 1970, 0 never),
 * alert (string, nullable: the last that the server wanted the person to read; notified when it is another). */
gint64 sync_status_get_account (SyncStatus *self);
SyncPhase sync_status_get_phase (SyncStatus *self);
guint sync_status_get_done (SyncStatus *self);
guint sync_status_get_total (SyncStatus *self);
gint64 sync_status_get_bytes (SyncStatus *self);
double sync_status_get_fraction (SyncStatus *self);
const GError *sync_status_get_problem (SyncStatus *self);      /* (nullable) */
const GError *sync_status_get_send_problem (SyncStatus *self); /* (nullable) */
const char *sync_status_get_alert (SyncStatus *self);          /* (nullable) */

G_END_DECLS
