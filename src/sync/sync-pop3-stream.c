/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Messages on their way. */
#include "sync-pop3-stream.h"

#include "mime-received.h"
#include "mime-summary.h"

struct _SyncPop3Stream
{
  Pop3Session *session;
  const Pop3Request *requests;
  gsize n_requests;
  gint64 now;
  SyncStream *stream;
  SyncStream *receiving; /* the same, as its own thread knows it */
};

static void
arrival_free (gpointer data)
{
  SyncPop3Arrival *arrival = data;

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
  if (answer->source == NULL)
    {
      self->refusal = g_error_copy (answer->refusal);
      return self;
    }
  self->source = g_bytes_ref (answer->source);
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

  return sync_stream_push (self->receiving, arrival_new (&self->requests[index], index, answer, self->now),
                           answer->source ? g_bytes_get_size (answer->source) : 0, error);
}

static gboolean
receive (SyncStream *stream, gpointer data, GCancellable *cancellable, GError **error)
{
  SyncPop3Stream *self = data;

  self->receiving = stream;
  pop3_session_adopt (self->session);
  return pop3_retrieve (self->session, self->requests, self->n_requests, on_retrieved, self, cancellable, error);
}

SyncPop3Stream *
sync_pop3_stream_new (Pop3Session *session, const Pop3Request *requests, gsize n_requests, gint64 now, GCancellable *cancellable)
{
  SyncPop3Stream *self = g_new0 (SyncPop3Stream, 1);

  self->session = session;
  self->requests = requests;
  self->n_requests = n_requests;
  self->now = now;
  self->stream = sync_stream_new ("pop3-stream", receive, self, arrival_free, cancellable);
  return self;
}

SyncPop3Arrival *
sync_pop3_stream_next (SyncPop3Stream *self, guint64 patience, gboolean *is_end)
{
  return sync_stream_next (self->stream, patience, is_end);
}

void
sync_pop3_stream_release (SyncPop3Stream *self, SyncPop3Arrival *arrival)
{
  sync_stream_release (self->stream, arrival);
}

gboolean
sync_pop3_stream_finish (SyncPop3Stream *self, GError **error)
{
  gboolean is_done = sync_stream_finish (self->stream, error);

  pop3_session_adopt (self->session);
  g_free (self);
  return is_done;
}
