/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The writing side of SyncStatus, for the engine alone. Main thread. */
#pragma once

#include "account.h"
#include "sync-status.h"

G_BEGIN_DECLS

SyncStatus *sync_status_new (gint64 account);

/* sync_status_set_progress: of one direction; both may be busy at a time */
void sync_status_set_progress (SyncStatus *self, AccountDirection direction, SyncPhase phase, guint done, guint total, gint64 bytes);

/* sync_status_set_result: how a pass ended at @now (seconds since 1970); @problem (nullable) is copied */
void sync_status_set_result (SyncStatus *self, AccountDirection direction, const GError *problem, gint64 now);

/* sync_status_set_alert: @alert (nullable): none was said, which leaves the last one */
void sync_status_set_alert (SyncStatus *self, const char *alert);

G_END_DECLS
