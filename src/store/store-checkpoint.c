/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Takes the write-ahead log into the database beside those who write.
 *
 * A passive checkpoint asks nobody to wait: it takes what was committed when it began and no reader still needs. Writers go on at the end of the
 * log meanwhile, so under a steady stream it never gets to the end; and only when all of it is taken in is the log used from its beginning again.
 * That is why, past PAGES_AT_MOST, the committing thread takes in the rest itself, most of which is done by then. */
#include "store-checkpoint.h"

#include "base-worker.h"

#define PAGES_WORTH_IT 1000 /* 8 MB */
#define PAGES_AT_MOST 5000  /* 40 MB */

struct _StoreCheckpoint
{
  BaseWorker *worker;
  char *path;
  sqlite3 *handle; /* the worker's thread, and who joined it; NULL until its first job */
  int is_asked;    /* atomic: a job waits or runs */
  int is_stopped;  /* atomic */
};

StoreCheckpoint *
store_checkpoint_new (const char *path)
{
  StoreCheckpoint *self = g_atomic_rc_box_new0 (StoreCheckpoint);

  self->worker = base_worker_new ("checkpoint");
  self->path = g_strdup (path);
  return self;
}

StoreCheckpoint *
store_checkpoint_ref (StoreCheckpoint *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear (StoreCheckpoint *self)
{
  g_object_unref (self->worker);
  g_free (self->path);
}

void
store_checkpoint_unref (StoreCheckpoint *self)
{
  g_atomic_rc_box_release_full (self, (GDestroyNotify) clear);
}

/* A handle knows of the log from its first read on; before that a checkpoint does nothing. */
static void
open_handle (StoreCheckpoint *self)
{
  if (sqlite3_open_v2 (self->path, &self->handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK
      || sqlite3_exec (self->handle, "SELECT 1 FROM sqlite_schema LIMIT 1", NULL, NULL, NULL) != SQLITE_OK)
    g_clear_pointer (&self->handle, sqlite3_close);
}

/* What fails here (a full disk) fails for the next who commits as well, and is told there. */
static void
take_in (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  StoreCheckpoint *self = data;

  if (!self->handle)
    open_handle (self);
  if (self->handle)
    sqlite3_wal_checkpoint_v2 (self->handle, "main", SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
  g_atomic_int_set (&self->is_asked, 0);
  g_task_return_boolean (task, TRUE);
}

void
store_checkpoint_stop (StoreCheckpoint *self)
{
  g_atomic_int_set (&self->is_stopped, 1);
  base_worker_stop (self->worker);
  g_clear_pointer (&self->handle, sqlite3_close);
}

static void
ask (StoreCheckpoint *self)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, NULL, NULL);

  g_task_set_task_data (task, self, NULL); /* store_checkpoint_stop () waits for it */
  base_worker_push (self->worker, task, take_in);
}

static int
on_commit (gpointer data, sqlite3 *handle, const char *schema, int n_pages)
{
  StoreCheckpoint *self = data;

  if (n_pages < PAGES_WORTH_IT)
    return SQLITE_OK;
  if (n_pages >= PAGES_AT_MOST || g_atomic_int_get (&self->is_stopped))
    sqlite3_wal_checkpoint_v2 (handle, schema, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL); /* nothing is done while the other is at it */
  else if (g_atomic_int_compare_and_exchange (&self->is_asked, 0, 1))
    ask (self);
  return SQLITE_OK;
}

void
store_checkpoint_watch (StoreCheckpoint *self, sqlite3 *handle)
{
  sqlite3_wal_hook (handle, on_commit, self);
}
