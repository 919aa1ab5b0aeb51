/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The search index built in the shadow of all else: a thread of its own that gives way to every other, and writes a file of its own. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _Store Store;

#define SYNC_TYPE_INDEX (sync_index_get_type ())
G_DECLARE_FINAL_TYPE (SyncIndex, sync_index, SYNC, INDEX, GObject) /* main thread */

SyncIndex *sync_index_new (Store *store);

/* sync_index_start: catches up from now on, and whenever mail came, changed or went. What fails is tried again with the next change. */
void sync_index_start (SyncIndex *self);

/**
 * sync_index_get_progress:
 * @done: (out): messages indexed since it began to catch up
 * @total: (out): of how many
 *
 * Signal "progress-changed" tells when it is another, some times a second at most.
 *
 * Returns: whether so much waits that a person may want to know; a few new messages are indexed before anybody could read of it
 */
gboolean sync_index_get_progress (SyncIndex *self, guint *done, guint *total);

/* sync_index_stop: ends after the message in hand, joins the thread; call before the store is closed */
void sync_index_stop (SyncIndex *self);

/* SyncIndexProgress: @done of @total messages, those in hand counted, in the thread that builds */
typedef void (*SyncIndexProgress) (gint64 done, gint64 total, gpointer data);

/**
 * sync_index_catch_up:
 * @tidies: whether its pieces are merged too: a sixth of the time again for searches that are a little faster. Without, only so many of a size that become one
 * @progress: (nullable)
 *
 * Blocks until all that is in the store can be found: for the CLI, in any thread. Another process may build at the same time.
 */
gboolean sync_index_catch_up (Store *store, gboolean tidies, SyncIndexProgress progress, gpointer data, GCancellable *cancellable, GError **error);

G_END_DECLS
