/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The profile's mail: makes the file, holds the main thread's reader, the worker and the hub of changes. */
#include "store-private.h"

#include "base-error.h"
#include "base-worker.h"
#include "store-index-file.h"
#include "store-index-repair.h"
#include "store-watch.h"

struct _Store
{
  GObject parent_instance;

  char *path;            /* immutable, any thread */
  StoreChanges *changes;
  StoreCheckpoint *checkpoint;
  StoreWatch *watch;     /* of other processes' commits */
  BaseWorker *worker;
  BaseWorker *searcher;  /* NULL until somebody searches */
  StoreDatabase *reader; /* main thread */
  StoreDatabase *writer; /* the worker's thread; NULL until its first job */
  StoreDatabase *finder; /* the searcher's thread, likewise */
};

G_DEFINE_FINAL_TYPE (Store, store, G_TYPE_OBJECT)

typedef struct
{
  StoreFunc func;
  gpointer data;
  GDestroyNotify data_free;
  GDestroyNotify result_free;
} Job;

static void
job_free (Job *job)
{
  if (job->data_free && job->data)
    job->data_free (job->data);
  g_free (job);
}

static gboolean
prepare_file (const char *path, GError **error)
{
  g_autoptr (StoreDatabase) database = NULL;

  if (!store_database_make_file (path, error))
    return FALSE;
  database = store_database_new (path, STORE_DATABASE_WRITER, NULL, error);
  return database && store_schema_prepare (database, path, error);
}

Store *
store_new (const char *path, GError **error)
{
  g_autoptr (Store) self = NULL;

  if (!prepare_file (path, error))
    return NULL;
  self = g_object_new (STORE_TYPE_STORE, NULL);
  self->path = g_strdup (path);
  self->reader = store_database_new (path, STORE_DATABASE_READER, NULL, error);
  if (!self->reader)
    return NULL;
  self->watch = store_watch_new (self->changes, path, self->reader);
  self->worker = base_worker_new ("store");
  self->checkpoint = store_checkpoint_new (path);
  return g_steal_pointer (&self);
}

StoreDatabase *
store_open (Store *self, GError **error)
{
  StoreDatabase *database = store_database_new (self->path, STORE_DATABASE_WRITER, self->changes, error);

  if (database && self->checkpoint)
    store_database_share_checkpoint (database, self->checkpoint);
  return database;
}

StoreDatabase *
store_open_finder (Store *self, GError **error)
{
  g_autoptr (StoreDatabase) database = store_database_new (self->path, STORE_DATABASE_READER, NULL, error);

  return database && store_index_file_attach (database, error) ? g_steal_pointer (&database) : NULL;
}

StoreDatabase *
store_get_reader (Store *self)
{
  return self->reader;
}

StoreChanges *
store_get_changes (Store *self)
{
  return self->changes;
}

/* In the worker's thread, while nobody waits: deleted mail gives its space back, a piece at a time. */
static void
tidy (Store *self)
{
  gboolean is_more = TRUE;

  while (is_more && !base_worker_has_jobs (self->worker))
    if (!store_database_reclaim (self->writer, &is_more, NULL))
      return;
}

static void
run_job (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Store *self = STORE_STORE (source);
  Job *job = data;
  GError *error = NULL;
  gpointer result;

  if (!self->writer)
    self->writer = store_open (self, &error);
  if (!self->writer)
    {
      g_task_return_error (task, error);
      return;
    }
  result = job->func (self->writer, job->data, cancellable, &error);
  if (error)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, result, job->result_free);
  tidy (self);
}

/* A damaged index is made anew, and whoever builds it is told; who searches is told why there is nothing yet. */
static void
repair_index (Store *self, GError **error)
{
  if (!store_index_repair (self->finder, *error))
    return;
  g_clear_error (error);
  g_set_error (error, BASE_ERROR, BASE_ERROR_INDEX_RENEWED, "The search index was damaged and is made anew; the mail is untouched.");
  store_changes_push (self->changes, NULL, 0, STORE_CHANGED_EVERYTHING);
}

/* Likewise in the searcher's thread */
static void
run_search (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Store *self = STORE_STORE (source);
  Job *job = data;
  GError *error = NULL;
  gpointer result = NULL;

  if (!self->finder)
    self->finder = store_open_finder (self, &error);
  if (self->finder)
    result = job->func (self->finder, job->data, cancellable, &error);
  if (error && self->finder)
    repair_index (self, &error);
  if (error)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, result, job->result_free);
}

static GTask *
make_task (Store *self, StoreFunc func, gpointer data, GDestroyNotify data_free, GDestroyNotify result_free,
           GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Job *job = g_new (Job, 1);

  job->func = func;
  job->data = data;
  job->data_free = data_free;
  job->result_free = result_free;
  /* What was committed is told as done, even if somebody cancelled a moment later. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, job, (GDestroyNotify) job_free);
  return task;
}

void
store_run_async (Store *self, StoreFunc func, gpointer data, GDestroyNotify data_free, GDestroyNotify result_free,
                 GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = make_task (self, func, data, data_free, result_free, cancellable, callback, user_data);

  g_task_set_source_tag (task, store_run_async);
  base_worker_push (self->worker, task, run_job);
}

void
store_search_async (Store *self, StoreFunc func, gpointer data, GDestroyNotify data_free, GDestroyNotify result_free,
                    GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = make_task (self, func, data, data_free, result_free, cancellable, callback, user_data);

  g_task_set_source_tag (task, store_search_async);
  if (!self->searcher)
    self->searcher = base_worker_new ("search");
  base_worker_push (self->searcher, task, run_search);
}

gpointer
store_run_finish (Store *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
close_handle (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Store *self = STORE_STORE (source);

  g_clear_pointer (base_worker_is_current (self->worker) ? &self->writer : &self->finder, store_database_free);
  g_async_queue_push (data, GINT_TO_POINTER (TRUE));
  g_task_return_boolean (task, TRUE);
}

static void
close_worker (Store *self, BaseWorker *worker)
{
  g_autoptr (GAsyncQueue) done = g_async_queue_new ();
  g_autoptr (GTask) task = g_task_new (self, NULL, NULL, NULL);

  /* The last job of the queue; its answer says that all before it are done. */
  g_task_set_task_data (task, done, NULL);
  base_worker_push (worker, task, close_handle);
  g_async_queue_pop (done);
  base_worker_stop (worker);
}

void
store_close (Store *self)
{
  if (self->searcher)
    close_worker (self, self->searcher);
  g_clear_object (&self->searcher);
  if (self->worker)
    close_worker (self, self->worker);
  g_clear_object (&self->worker);
  if (self->checkpoint)
    store_checkpoint_stop (self->checkpoint);
  g_clear_pointer (&self->checkpoint, store_checkpoint_unref);
  g_clear_pointer (&self->watch, store_watch_free);
  store_changes_stop (self->changes);
  g_clear_pointer (&self->reader, store_database_free);
}

static void
store_dispose (GObject *object)
{
  store_close (STORE_STORE (object));
  G_OBJECT_CLASS (store_parent_class)->dispose (object);
}

static void
store_finalize (GObject *object)
{
  Store *self = STORE_STORE (object);

  g_clear_object (&self->changes);
  g_free (self->path);
  G_OBJECT_CLASS (store_parent_class)->finalize (object);
}

static void
store_class_init (StoreClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = store_dispose;
  G_OBJECT_CLASS (klass)->finalize = store_finalize;
}

static void
store_init (Store *self)
{
  self->changes = store_changes_new ();
}
