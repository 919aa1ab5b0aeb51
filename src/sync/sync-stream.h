/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A thread that receives from a server while the pass's own thread writes to the disk: either alone waits for the other half of the time.
 * What it hands over is immutable, and of bounded size however slow the disk is. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _SyncStream SyncStream;

/* The first field of what is handed over */
typedef struct
{
  /*< private >*/
  guint weight;
} SyncStreamItem;

/* SyncStreamFunc: what the thread does: calls sync_stream_push () for each thing that comes. Returns %FALSE with @error. */
typedef gboolean (*SyncStreamFunc) (SyncStream *self, gpointer data, GCancellable *cancellable, GError **error);

/**
 * sync_stream_new:
 * @name: of the thread
 * @data: the thread's alone until sync_stream_finish ()
 * @free_item: any thread
 * @cancellable: (nullable): ends it
 *
 * About 16 MiB, or one larger thing, are received ahead of sync_stream_release ().
 */
SyncStream *sync_stream_new (const char *name, SyncStreamFunc func, gpointer data, GDestroyNotify free_item, GCancellable *cancellable);

/* sync_stream_push: in the stream's thread: hands over @item (transfer full), which begins with a SyncStreamItem and holds @size bytes of mail;
 * waits while too much is under way. %FALSE with @error, and @item is freed, when the stream is to end. */
gboolean sync_stream_push (SyncStream *self, gpointer item, gsize size, GError **error);

/**
 * sync_stream_next:
 * @is_end: (out): nothing comes any more; ask sync_stream_finish () how it ended
 *
 * Returns: (transfer none) (nullable): the next item, for sync_stream_release () to take back; %NULL when none came in @patience microseconds
 *   or at the end
 */
gpointer sync_stream_next (SyncStream *self, guint64 patience, gboolean *is_end);

/* sync_stream_release: @item is written or not wanted */
void sync_stream_release (SyncStream *self, gpointer item);

/**
 * sync_stream_finish:
 *
 * Stops it if it has not ended, waits for its thread and frees everything; all items must have been released.
 *
 * Returns: %FALSE with the error of the SyncStreamFunc
 */
gboolean sync_stream_finish (SyncStream *self, GError **error);

G_END_DECLS
