/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Messages on their way. */
#include "sync-pop3-stream.h"

#include "mime-received.h"
#include "mime-summary.h"

/* What may be under way is counted in coins: one for each 64 KiB of a message, but never more than there are. */
#define COIN_BYTES (64 * 1024)
#define N_COINS 256

struct _SyncPop3Stream
{
  Pop3Session *session;
  const Pop3Request *requests;
  gsize n_requests;
  gint64 now;

  GThread *thread;
  GAsyncQueue *arrivals;     /* of SyncPop3Arrival; the end is `end` */
  GAsyncQueue *coins;        /* of nothing in particular */
  SyncPop3Arrival end;
  gboolean has_ended;

  GCancellable *cancellable; /* our own, cancelled with the caller's */
  GCancellable *outer;
  gulong outer_id;

  gboolean is_done;          /* the thread's, until it is joined */
  GError *error;
};

static void
arrival_free (SyncPop3Arrival *arrival)
{
  g_clear_pointer (&arrival->source, g_bytes_unref);
  g_clear_pointer (&arrival->summary, mail_summary_unref);
  g_clear_error (&arrival->refusal);
  g_free (arrival);
}

static SyncPop3Arrival *
arrival_new (const Pop3Request *request, gsize index, const Pop3Retrieved *answer, gint64 now)
{
  SyncPop3Arrival *self = g_new0 (SyncPop3Arrival, 1);

  self->request = index;
  self->weight = 1;
  if (answer->source == NULL)
    {
      self->refusal = g_error_copy (answer->refusal);
      return self;
    }
  self->source = g_bytes_ref (answer->source);
  self->weight = (guint) CLAMP (g_bytes_get_size (answer->source) / COIN_BYTES, 1, N_COINS);
  self->size = answer->size;
  self->is_too_large = answer->is_too_large;
  self->is_whole = !answer->is_too_large && !request->only_headers;
  pop3_digest_headers (self->source, &self->digest);
  self->summary = mime_summary_new (self->source, self->is_whole, mime_received_get_time (self->source, now));
  if (!self->is_whole)
    self->summary->size = MAX (request->size, self->size);
  return self;
}

/* In the stream's thread. */
static gboolean
on_retrieved (gsize index, const Pop3Retrieved *answer, gpointer data, GError **error)
{
  SyncPop3Stream *self = data;
  SyncPop3Arrival *arrival;

  if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
    return FALSE;
  arrival = arrival_new (&self->requests[index], index, answer, self->now);
  for (guint i = 0; i < arrival->weight; i++)
    g_async_queue_pop (self->coins);
  g_async_queue_push (self->arrivals, arrival);
  return TRUE;
}

static gpointer
receive (gpointer data)
{
  SyncPop3Stream *self = data;

  pop3_session_adopt (self->session);
  self->is_done = pop3_retrieve (self->session, self->requests, self->n_requests, on_retrieved, self, self->cancellable, &self->error);
  g_async_queue_push (self->arrivals, &self->end);
  return NULL;
}

static void
on_outer_cancelled (GCancellable *outer, gpointer cancellable)
{
  g_cancellable_cancel (cancellable);
}

SyncPop3Stream *
sync_pop3_stream_new (Pop3Session *session, const Pop3Request *requests, gsize n_requests, gint64 now, GCancellable *cancellable)
{
  SyncPop3Stream *self = g_new0 (SyncPop3Stream, 1);

  self->session = session;
  self->requests = requests;
  self->n_requests = n_requests;
  self->now = now;
  self->arrivals = g_async_queue_new ();
  self->coins = g_async_queue_new ();
  for (guint i = 0; i < N_COINS; i++)
    g_async_queue_push (self->coins, self);
  self->cancellable = g_cancellable_new ();
  self->outer = cancellable;
  if (cancellable != NULL)
    self->outer_id = g_cancellable_connect (cancellable, G_CALLBACK (on_outer_cancelled), g_object_ref (self->cancellable), g_object_unref);
  self->thread = g_thread_new ("pop3-stream", receive, self);
  return self;
}

SyncPop3Arrival *
sync_pop3_stream_next (SyncPop3Stream *self, guint64 patience, gboolean *is_end)
{
  SyncPop3Arrival *arrival = self->has_ended ? &self->end : g_async_queue_timeout_pop (self->arrivals, patience);

  self->has_ended = arrival == &self->end;
  *is_end = self->has_ended;
  return self->has_ended ? NULL : arrival;
}

void
sync_pop3_stream_release (SyncPop3Stream *self, SyncPop3Arrival *arrival)
{
  for (guint i = 0; i < arrival->weight; i++)
    g_async_queue_push (self->coins, self);
  arrival_free (arrival);
}

gboolean
sync_pop3_stream_finish (SyncPop3Stream *self, GError **error)
{
  gboolean is_done;

  if (!self->has_ended)
    g_cancellable_cancel (self->cancellable);
  while (!self->has_ended)
    {
      SyncPop3Arrival *arrival = sync_pop3_stream_next (self, G_USEC_PER_SEC, &self->has_ended);

      if (arrival != NULL)
        sync_pop3_stream_release (self, arrival);
    }
  g_thread_join (self->thread);
  pop3_session_adopt (self->session);
  if (self->outer_id != 0)
    g_cancellable_disconnect (self->outer, self->outer_id);
  is_done = self->is_done;
  if (!is_done)
    g_propagate_error (error, g_steal_pointer (&self->error));
  g_async_queue_unref (self->arrivals);
  g_async_queue_unref (self->coins);
  g_object_unref (self->cancellable);
  g_free (self);
  return is_done;
}
