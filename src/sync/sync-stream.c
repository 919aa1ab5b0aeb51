/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is under way between two threads. */
#include "sync-stream.h"

/* What may be under way is counted in coins: one for each 16 KiB, but never more than there are. */
#define COIN_BYTES (16 * 1024)
#define N_COINS 1024

struct _SyncStream
{
  SyncStreamFunc func;
  gpointer data;
  GDestroyNotify free_item;

  GThread *thread;
  GAsyncQueue *items;        /* of SyncStreamItem; the end is `end` */
  GAsyncQueue *coins;        /* of nothing in particular */
  SyncStreamItem end;
  gboolean has_ended;

  GCancellable *cancellable; /* our own, cancelled with the caller's */
  GCancellable *outer;
  gulong outer_id;

  gboolean is_done;          /* the thread's, until it is joined */
  GError *error;
};

static gpointer
run (gpointer data)
{
  SyncStream *self = data;

  self->is_done = self->func (self, self->data, self->cancellable, &self->error);
  g_async_queue_push (self->items, &self->end);
  return NULL;
}

static void
on_outer_cancelled (GCancellable *outer, gpointer cancellable)
{
  g_cancellable_cancel (cancellable);
}

SyncStream *
sync_stream_new (const char *name, SyncStreamFunc func, gpointer data, GDestroyNotify free_item, GCancellable *cancellable)
{
  SyncStream *self = g_new0 (SyncStream, 1);

  self->func = func;
  self->data = data;
  self->free_item = free_item;
  self->items = g_async_queue_new ();
  self->coins = g_async_queue_new ();
  for (guint i = 0; i < N_COINS; i++)
    g_async_queue_push (self->coins, self);
  self->cancellable = g_cancellable_new ();
  self->outer = cancellable;
  if (cancellable)
    self->outer_id = g_cancellable_connect (cancellable, G_CALLBACK (on_outer_cancelled), g_object_ref (self->cancellable), g_object_unref);
  self->thread = g_thread_new (name, run, self);
  return self;
}

gboolean
sync_stream_push (SyncStream *self, gpointer item, gsize size, GError **error)
{
  SyncStreamItem *head = item;

  if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
    {
      self->free_item (item);
      return FALSE;
    }
  head->weight = (guint) CLAMP (size / COIN_BYTES, 1, N_COINS);
  for (guint i = 0; i < head->weight; i++)
    g_async_queue_pop (self->coins);
  g_async_queue_push (self->items, item);
  return TRUE;
}

gpointer
sync_stream_next (SyncStream *self, guint64 patience, gboolean *is_end)
{
  gpointer item = self->has_ended ? &self->end : g_async_queue_timeout_pop (self->items, patience);

  self->has_ended = item == &self->end;
  *is_end = self->has_ended;
  return self->has_ended ? NULL : item;
}

void
sync_stream_release (SyncStream *self, gpointer item)
{
  guint weight = ((SyncStreamItem *) item)->weight;

  for (guint i = 0; i < weight; i++)
    g_async_queue_push (self->coins, self);
  self->free_item (item);
}

gboolean
sync_stream_finish (SyncStream *self, GError **error)
{
  gboolean is_done;

  if (!self->has_ended)
    g_cancellable_cancel (self->cancellable);
  while (!self->has_ended)
    {
      gpointer item = sync_stream_next (self, G_USEC_PER_SEC, &self->has_ended);

      if (item)
        sync_stream_release (self, item);
    }
  g_thread_join (self->thread);
  if (self->outer_id != 0)
    g_cancellable_disconnect (self->outer, self->outer_id);
  is_done = self->is_done;
  if (!is_done)
    g_propagate_error (error, g_steal_pointer (&self->error));
  g_async_queue_unref (self->items);
  g_async_queue_unref (self->coins);
  g_object_unref (self->cancellable);
  g_free (self);
  return is_done;
}
