/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One named thread with one queue of GTasks. */
#include "base-worker.h"

typedef struct
{
  GTask *task;
  GTaskThreadFunc func;
} Job;

struct _BaseWorker
{
  GObject parent_instance;

  GThread *thread; /* atomic; NULL once it is joined */
  GCancellable *wake;

  /* any thread, under lock */
  GMutex lock;
  GCond filled;
  GQueue jobs;
  gboolean is_stopping;
  gboolean is_joined;
};

G_DEFINE_FINAL_TYPE (BaseWorker, base_worker, G_TYPE_OBJECT)

static void
return_cancelled (GTask *task)
{
  g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Cancelled");
}

static Job *
wait_for_job (BaseWorker *self)
{
  Job *job = NULL;

  g_mutex_lock (&self->lock);
  while (!self->is_stopping && g_queue_is_empty (&self->jobs))
    g_cond_wait (&self->filled, &self->lock);
  if (!self->is_stopping)
    {
      job = g_queue_pop_head (&self->jobs);
      if (g_queue_is_empty (&self->jobs))
        g_cancellable_reset (self->wake);
    }
  g_mutex_unlock (&self->lock);
  return job;
}

/* The last reference to a task, and with it perhaps the last one to its source object, must not be dropped here: whoever
 * owns this worker would then be finalized, and stop the worker, in the worker's own thread. It goes where the answer went. */
static gboolean
on_given_back (gpointer task)
{
  return G_SOURCE_REMOVE; /* dropping the source drops the task */
}

static void
give_back (GTask *task)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, g_task_get_priority (task) - 1); /* the answer, if still waiting, goes last and drops it */
  g_source_set_callback (source, on_given_back, task, g_object_unref);
  g_source_attach (source, g_task_get_context (task));
}

static gpointer
run (gpointer data)
{
  BaseWorker *self = data;
  Job *job;

  while ((job = wait_for_job (self)))
    {
      GTask *task = job->task;

      if (!g_task_return_error_if_cancelled (task))
        job->func (task, g_task_get_source_object (task), g_task_get_task_data (task), g_task_get_cancellable (task));
      g_free (job);
      give_back (task);
    }
  return NULL;
}

static void
base_worker_finalize (GObject *object)
{
  BaseWorker *self = BASE_WORKER (object);

  base_worker_stop (self);
  g_object_unref (self->wake);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->filled);
  G_OBJECT_CLASS (base_worker_parent_class)->finalize (object);
}

static void
base_worker_class_init (BaseWorkerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = base_worker_finalize;
}

static void
base_worker_init (BaseWorker *self)
{
  g_mutex_init (&self->lock);
  g_cond_init (&self->filled);
  g_queue_init (&self->jobs);
  self->wake = g_cancellable_new ();
}

BaseWorker *
base_worker_new (const char *name)
{
  BaseWorker *self = g_object_new (BASE_TYPE_WORKER, NULL);

  g_atomic_pointer_set (&self->thread, g_thread_new (name, run, self));
  return self;
}

static void
push (BaseWorker *self, GTask *task, GTaskThreadFunc func, gboolean is_first)
{
  Job *job = g_new (Job, 1);

  job->task = g_object_ref (task);
  job->func = func;

  g_mutex_lock (&self->lock);
  if (self->is_stopping)
    g_clear_pointer (&job, g_free);
  else if (is_first)
    g_queue_push_head (&self->jobs, job);
  else
    g_queue_push_tail (&self->jobs, job);
  if (job)
    g_cancellable_cancel (self->wake); /* under lock: after it, the worker may have begun this job and reset wake for it */
  g_cond_signal (&self->filled);
  g_mutex_unlock (&self->lock);

  if (!job)
    {
      return_cancelled (task);
      g_object_unref (task);
    }
}

void
base_worker_push (BaseWorker *self, GTask *task, GTaskThreadFunc func)
{
  push (self, task, func, FALSE);
}

void
base_worker_push_first (BaseWorker *self, GTask *task, GTaskThreadFunc func)
{
  push (self, task, func, TRUE);
}

gboolean
base_worker_has_jobs (BaseWorker *self)
{
  gboolean has_jobs;

  g_mutex_lock (&self->lock);
  has_jobs = !g_queue_is_empty (&self->jobs);
  g_mutex_unlock (&self->lock);
  return has_jobs;
}

gboolean
base_worker_is_current (BaseWorker *self)
{
  return g_thread_self () == g_atomic_pointer_get (&self->thread);
}

GCancellable *
base_worker_get_wake (BaseWorker *self)
{
  return self->wake;
}

void
base_worker_stop (BaseWorker *self)
{
  gboolean was_joined;
  Job *job;

  g_assert (!base_worker_is_current (self));
  g_mutex_lock (&self->lock);
  self->is_stopping = TRUE;
  was_joined = self->is_joined;
  self->is_joined = TRUE;
  g_cancellable_cancel (self->wake);
  g_cond_signal (&self->filled);
  g_mutex_unlock (&self->lock);
  if (was_joined || !self->thread)
    return;

  g_thread_join (self->thread); /* till then a running job may ask whether the thread is its own */
  g_atomic_pointer_set (&self->thread, NULL);
  while ((job = g_queue_pop_head (&self->jobs)))
    {
      return_cancelled (job->task);
      g_object_unref (job->task);
      g_free (job);
    }
}
