/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Takes the write-ahead log into the database in a thread of its own, beside those who write: of a long import that is two fifths of the writing,
 * and nobody needs to wait for it. */
#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

typedef struct _StoreCheckpoint StoreCheckpoint;

/* store_checkpoint_new: (transfer full): of the database at @path. The thread starts here, its handle is opened when there is work. */
StoreCheckpoint *store_checkpoint_new (const char *path);

/**
 * store_checkpoint_watch:
 * @handle: one that writes to the same file; closed before the caller's reference is dropped
 *
 * From now on commits by @handle only say that there is work, in place of SQLite's own checkpoint within the commit. Where the log grows faster
 * than it is taken in, or after store_checkpoint_stop (), the committing thread takes in what is left, so that the log has an end. Any thread.
 */
void store_checkpoint_watch (StoreCheckpoint *self, sqlite3 *handle);

/* store_checkpoint_stop: waits for the work that was begun, closes the handle, ends the thread; once, not in a thread that still commits */
void store_checkpoint_stop (StoreCheckpoint *self);

/* Any thread; stopped before the last reference goes */
StoreCheckpoint *store_checkpoint_ref (StoreCheckpoint *self);
void store_checkpoint_unref (StoreCheckpoint *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreCheckpoint, store_checkpoint_unref)

G_END_DECLS
