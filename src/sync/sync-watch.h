/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Waiting for news between the passes of one lane (IDLE): when a wait begins, and when what ended it is worth a pass. Main thread. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _SyncWatch SyncWatch;

/* SyncWatchPush: starts a wait that @cancellable ends; @callback as with sync_job_push () */
typedef void (*SyncWatchPush) (gpointer owner, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);

/* SyncWatchNews: a pass is worth while */
typedef void (*SyncWatchNews) (gpointer owner);

/* sync_watch_new: @owner: borrowed; kept alive while a wait is under way. Off at first. */
SyncWatch *sync_watch_new (GObject *owner, SyncWatchPush push, SyncWatchNews news);
void sync_watch_free (SyncWatch *self);

/* sync_watch_set_on: waits at once where the last pass has gone well, else once one has */
void sync_watch_set_on (SyncWatch *self, gboolean is_on);

/* sync_watch_begin_pass, sync_watch_end_pass: nobody waits in between. @is_good: the connection is there to wait on */
void sync_watch_begin_pass (SyncWatch *self);
void sync_watch_end_pass (SyncWatch *self, gboolean is_good);

/* sync_watch_stop: for good */
void sync_watch_stop (SyncWatch *self);

G_END_DECLS
