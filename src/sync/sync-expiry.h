/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mail that has been in Deleted or Junk for as many days as its account says goes for good, in the shadow, and the log says what went. */
#pragma once

#include "account-list.h"
#include "base-trace.h"

G_BEGIN_DECLS

typedef struct _Store Store;

#define SYNC_TYPE_EXPIRY (sync_expiry_get_type ())
G_DECLARE_FINAL_TYPE (SyncExpiry, sync_expiry, SYNC, EXPIRY, GObject) /* main thread */

/* sync_expiry_new: @trace: (nullable): what is told what went */
SyncExpiry *sync_expiry_new (Store *store, AccountList *accounts, BaseTrace *trace);

/**
 * sync_expiry_start:
 *
 * Looks once a minute after the start, then every hour, in the store's worker, some messages at a time, so that whoever writes meanwhile
 * hardly waits. Nothing is read or written for accounts that keep such mail, which all do at first. Servers hear of it as of what a person
 * deleted for good.
 */
void sync_expiry_start (SyncExpiry *self);

/* sync_expiry_stop: no look any more, the messages in hand excepted; call before the store is closed */
void sync_expiry_stop (SyncExpiry *self);

/**
 * sync_expiry_catch_up:
 * @now: seconds since 1970
 *
 * Blocks until all that is due is gone: for the CLI, in the main thread, instead of start and stop.
 *
 * Returns: how many messages went; -1 with @error
 */
int sync_expiry_catch_up (SyncExpiry *self, gint64 now, GError **error);

G_END_DECLS
