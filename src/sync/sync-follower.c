/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Work that follows the store. */
#include "sync-follower.h"

struct _SyncFollower
{
  GObject parent_instance;

  Store *store;
  const SyncFollowing *following;
  gpointer owner;
  BaseWorker *worker;         /* NULL before the start and after the stop */
  GCancellable *cancellable;
  gboolean is_running;
  gboolean is_wanted;         /* something changed while it ran */
};

G_DEFINE_FINAL_TYPE (SyncFollower, sync_follower, G_TYPE_OBJECT)

static void push_job (SyncFollower *self);

/* In the thread */

static void
run_job (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  SyncFollower *self = SYNC_FOLLOWER (source);
  GError *error = NULL;

  if (self->following->work (self->owner, data, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
close_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  SyncFollower *self = SYNC_FOLLOWER (source);

  self->following->close (self->owner);
  g_async_queue_push (data, GINT_TO_POINTER (TRUE));
  g_task_return_boolean (task, TRUE);
}

/* In the main thread */

static void
on_done (GObject *source, GAsyncResult *result, gpointer data)
{
  SyncFollower *self = SYNC_FOLLOWER (source);
  g_autoptr (GError) error = NULL;

  self->is_running = FALSE;
  if (!g_task_propagate_boolean (G_TASK (result), &error) && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_message ("%s: %s", self->following->complaint, error->message);
  if (self->following->ended && self->worker)
    self->following->ended (self->owner);
  if (self->is_wanted && self->worker)
    push_job (self);
}

static void
push_job (SyncFollower *self)
{
  g_autoptr (GTask) task = NULL;

  self->is_wanted = self->is_running;
  if (self->is_running)
    return;
  self->is_running = TRUE;
  task = g_task_new (self, self->cancellable, on_done, NULL);
  g_task_set_source_tag (task, push_job);
  if (self->following->begin)
    g_task_set_task_data (task, self->following->begin (self->owner), self->following->free_job);
  base_worker_push (self->worker, task, run_job);
}

static void
on_store_changed (StoreChanges *changes, GPtrArray *list, SyncFollower *self)
{
  if (store_changes_contain (list, self->following->kinds))
    push_job (self);
}

void
sync_follower_start (SyncFollower *self)
{
  if (self->worker || sync_follower_is_stopping (self))
    return;
  self->worker = base_worker_new (self->following->name);
  g_signal_connect_object (store_get_changes (self->store), "changed", G_CALLBACK (on_store_changed), self, 0);
  push_job (self);
}

void
sync_follower_stop (SyncFollower *self)
{
  g_autoptr (GAsyncQueue) closed = NULL;
  g_autoptr (GTask) task = NULL;

  g_cancellable_cancel (self->cancellable);
  if (!self->worker)
    return;
  g_signal_handlers_disconnect_by_data (store_get_changes (self->store), self);
  closed = g_async_queue_new ();
  task = g_task_new (self, NULL, NULL, NULL);
  g_task_set_source_tag (task, sync_follower_stop);
  g_task_set_task_data (task, closed, NULL);
  base_worker_push (self->worker, task, close_thread);
  g_async_queue_pop (closed);
  base_worker_stop (self->worker);
  g_clear_object (&self->worker); /* not before its thread has ended, which asks it whether there are jobs */
}

void
sync_follower_push (SyncFollower *self, GTask *task, GTaskThreadFunc func)
{
  if (self->worker)
    base_worker_push (self->worker, task, func);
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Nothing is done any more.");
}

gboolean
sync_follower_has_jobs (SyncFollower *self)
{
  return base_worker_has_jobs (self->worker);
}

gboolean
sync_follower_is_stopping (SyncFollower *self)
{
  return g_cancellable_is_cancelled (self->cancellable);
}

static void
sync_follower_dispose (GObject *object)
{
  g_clear_object (&SYNC_FOLLOWER (object)->store);
  G_OBJECT_CLASS (sync_follower_parent_class)->dispose (object);
}

static void
sync_follower_finalize (GObject *object)
{
  g_clear_object (&SYNC_FOLLOWER (object)->cancellable);
  G_OBJECT_CLASS (sync_follower_parent_class)->finalize (object);
}

static void
sync_follower_class_init (SyncFollowerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sync_follower_dispose;
  G_OBJECT_CLASS (klass)->finalize = sync_follower_finalize;
}

static void
sync_follower_init (SyncFollower *self)
{
  self->cancellable = g_cancellable_new ();
}

SyncFollower *
sync_follower_new (Store *store, const SyncFollowing *following, gpointer owner)
{
  SyncFollower *self = g_object_new (SYNC_TYPE_FOLLOWER, NULL);

  self->store = g_object_ref (store);
  self->following = following;
  self->owner = owner;
  return self;
}
