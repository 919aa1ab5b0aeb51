/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One at a time, whichever process: the app and posthorn-cli may run on the same profile. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _StoreDatabase StoreDatabase;
typedef struct _SyncLock SyncLock;

/**
 * sync_lock_take:
 * @what: the lock file's ending: "outbox" locks byte @account of "mail.sqlite-outbox"
 * @patience_s: how long to wait for whoever has it
 *
 * Blocks. The kernel drops the lock when its process dies, so that what a dead one left behind can be told from what a living one has in
 * hand. A database without a file (a test's) needs none.
 *
 * Returns: (transfer full): or %NULL with %BASE_ERROR_TRY_LATER, _FILE, or %G_IO_ERROR_CANCELLED
 */
SyncLock *sync_lock_take (StoreDatabase *database, const char *what, gint64 account, guint patience_s,
                          GCancellable *cancellable, GError **error);
void sync_lock_free (SyncLock *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyncLock, sync_lock_free)

G_END_DECLS
