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

  GThread *thread;
  GCancellable *wake;

  /* any thread, under lock */
  GMutex lock;
  GCond filled;
  GQueue jobs;
  gboolean is_stopping;
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

static gpointer
run (gpointer data)
{
  BaseWorker *self = data;
  Job *job;

  while ((job = wait_for_job (self)))
    {
      g_autoptr (GTask) task = job->task;

      if (!g_task_return_error_if_cancelled (task))
        job->func (task, g_task_get_source_object (task), g_task_get_task_data (task), g_task_get_cancellable (task));
      g_free (job);
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

  self->thread = g_thread_new (name, run, self);
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
  g_cond_signal (&self->filled);
  g_mutex_unlock (&self->lock);

  if (job)
    g_cancellable_cancel (self->wake);
  else
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
  return g_thread_self () == self->thread;
}

GCancellable *
base_worker_get_wake (BaseWorker *self)
{
  return self->wake;
}

void
base_worker_stop (BaseWorker *self)
{
  GThread *thread;
  Job *job;

  g_assert (!base_worker_is_current (self));
  g_mutex_lock (&self->lock);
  self->is_stopping = TRUE;
  thread = g_steal_pointer (&self->thread);
  g_cond_signal (&self->filled);
  g_mutex_unlock (&self->lock);
  if (!thread)
    return;

  g_cancellable_cancel (self->wake);
  g_thread_join (thread);
  while ((job = g_queue_pop_head (&self->jobs)))
    {
      return_cancelled (job->task);
      g_object_unref (job->task);
      g_free (job);
    }
}
