/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Work that follows the store: a thread of its own, one job whenever something changed, one at a time. */
#pragma once

#include <gio/gio.h>

#include "base-worker.h"
#include "store-changes.h"

G_BEGIN_DECLS

typedef struct
{
  const char *name;                         /* the thread's, at most 15 bytes */
  const char *complaint;                    /* "…: %s", for the log, with why a job failed */
  StoreChangeKind kinds;                    /* what calls for a job */
  gpointer (*begin) (gpointer owner);       /* (nullable): main thread: what the job needs of the main thread's objects */
  GDestroyNotify free_job;                  /* (nullable): what begin () made */
  gboolean (*work) (gpointer owner, gpointer job, GCancellable *cancellable, GError **error); /* in the thread */
  void (*close) (gpointer owner);           /* in the thread, at its end: lets go of what belongs to it */
  void (*ended) (gpointer owner);           /* (nullable): main thread: after each job, done or failed; not after a stop */
} SyncFollowing;

#define SYNC_TYPE_FOLLOWER (sync_follower_get_type ())
G_DECLARE_FINAL_TYPE (SyncFollower, sync_follower, SYNC, FOLLOWER, GObject) /* main thread */

/**
 * sync_follower_new:
 * @following: static
 * @owner: borrowed: stops the follower before it goes
 */
SyncFollower *sync_follower_new (Store *store, const SyncFollowing *following, gpointer owner);

/* sync_follower_start: a job now, and one after each change, however many come while one runs. What fails is tried again with the next. */
void sync_follower_start (SyncFollower *self);

/* sync_follower_stop: cancels, closes, joins the thread; for good. May be called twice, and without a start. */
void sync_follower_stop (SyncFollower *self);

/* sync_follower_push: another task for the same thread, in its turn; cancelled when there is no thread */
void sync_follower_push (SyncFollower *self, GTask *task, GTaskThreadFunc func);

/* sync_follower_has_jobs: in the thread: whether somebody waits for it */
gboolean sync_follower_has_jobs (SyncFollower *self);

/* sync_follower_is_stopping: any thread */
gboolean sync_follower_is_stopping (SyncFollower *self);

G_END_DECLS
