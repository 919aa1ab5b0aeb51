/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Messages of one POP3 session into the store. */
#include "sync-pop3-receive.h"

#include "base-error.h"
#include "pop3-retrieve.h"
#include "sync-pop3-keep.h"
#include "sync-pop3-stream.h"

/* One commit, and with it one wait for the disk, for so much: enough to make commits cheap, little enough to lose to a crash. What came
 * is not kept waiting for what comes slowly. */
#define BATCH_MESSAGES 100
#define BATCH_BYTES (8 * 1024 * 1024)
#define PATIENCE (G_USEC_PER_SEC / 4)

/* Refusals that are told one by one; a server that refuses everything says the same each time. */
#define ERROR_LIMIT 20

typedef struct
{
  SyncPass *pass;
  SyncPop3Plan *plan;
  gint64 folder;

  GArray *wanted;       /* of guint: index of the message of each request */
  GArray *without_top;  /* of guint: TOP was refused, so the whole of it is asked for */
  GArray *batch;        /* of SyncPop3Delivery */
  gsize batch_bytes;
  guint done, total;
  gint64 bytes_before;
} Receiver;

static void
receiver_clear (Receiver *self)
{
  g_clear_pointer (&self->wanted, g_array_unref);
  g_clear_pointer (&self->without_top, g_array_unref);
  g_clear_pointer (&self->batch, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Receiver, receiver_clear)

static SyncPop3Message *
get_message (SyncPop3Plan *plan, guint index)
{
  return &g_array_index (plan->messages, SyncPop3Message, index);
}

static void
tell_progress (Receiver *self, Pop3Session *session)
{
  if (self->pass->progress != NULL)
    self->pass->progress (SYNC_RECEIVING, self->done, self->total, pop3_session_get_bytes_in (session) - self->bytes_before,
                          self->pass->progress_data);
}

static void
report_error (SyncPass *pass, const GError *error)
{
  if (pass->report != NULL && pass->report->errors != NULL && pass->report->errors->len < ERROR_LIMIT)
    g_ptr_array_add (pass->report->errors, g_error_copy (error));
}

static void
release_batch (Receiver *self, SyncPop3Stream *stream)
{
  for (guint i = 0; i < self->batch->len; i++)
    sync_pop3_stream_release (stream, (SyncPop3Arrival *) g_array_index (self->batch, SyncPop3Delivery, i).arrival);
  g_array_set_size (self->batch, 0);
  self->batch_bytes = 0;
}

static gboolean
write_batch (Receiver *self, SyncPop3Stream *stream, GError **error)
{
  gboolean is_written = self->batch->len == 0 || sync_pop3_keep (self->pass, self->plan, self->folder, self->batch, error);

  release_batch (self, stream);
  return is_written;
}

static void
take_refusal (Receiver *self, guint index, const GError *refusal)
{
  SyncPop3Message *message = get_message (self->plan, index);

  if (message->need == SYNC_POP3_HEADERS)
    {
      /* TOP is optional in RFC 1939, and some that announce it cannot do it for every message. */
      message->need = SYNC_POP3_WHOLE;
      g_array_append_val (self->without_top, index);
    }
  else
    report_error (self->pass, refusal);
}

static void
take_arrival (Receiver *self, SyncPop3Stream *stream, SyncPop3Arrival *arrival)
{
  guint index = g_array_index (self->wanted, guint, arrival->request);
  SyncPop3Delivery delivery = { get_message (self->plan, index), arrival };

  self->done++;
  if (arrival->source == NULL)
    {
      take_refusal (self, index, arrival->refusal);
      sync_pop3_stream_release (stream, arrival);
      return;
    }
  g_array_append_val (self->batch, delivery);
  self->batch_bytes += g_bytes_get_size (arrival->source);
}

/* What stands in the batch is complete, whatever happens to the connection later: it is written, and need not come again. */
static gboolean
write_stream (Receiver *self, Pop3Session *session, SyncPop3Stream *stream, GError **error)
{
  gboolean is_end = FALSE;

  while (!is_end)
    {
      SyncPop3Arrival *arrival = sync_pop3_stream_next (stream, PATIENCE, &is_end);

      if (arrival != NULL)
        take_arrival (self, stream, arrival);
      tell_progress (self, session);
      if (arrival != NULL && self->batch->len < BATCH_MESSAGES && self->batch_bytes < BATCH_BYTES)
        continue;
      if (!write_batch (self, stream, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
retrieve (Receiver *self, Pop3Session *session, GCancellable *cancellable, GError **error)
{
  g_autoptr (GArray) requests = g_array_new (FALSE, FALSE, sizeof (Pop3Request));
  SyncPop3Stream *stream;

  for (guint i = 0; i < self->wanted->len; i++)
    {
      const SyncPop3Message *message = get_message (self->plan, g_array_index (self->wanted, guint, i));
      Pop3Request request = { message->number, message->need == SYNC_POP3_HEADERS, message->size };

      g_array_append_val (requests, request);
    }
  stream = sync_pop3_stream_new (session, (const Pop3Request *) (gpointer) requests->data, requests->len, self->pass->now, cancellable);
  if (write_stream (self, session, stream, error))
    return sync_pop3_stream_finish (stream, error);
  sync_pop3_stream_finish (stream, NULL);
  return FALSE;
}

/* Bodies that somebody waits for come first. */
static void
list_wanted (Receiver *self)
{
  for (guint round = 0; round < 2; round++)
    for (guint i = 0; i < self->plan->messages->len; i++)
      {
        SyncPop3Need need = get_message (self->plan, i)->need;

        if (need != SYNC_POP3_NOTHING && (need == SYNC_POP3_BODY) == (round == 0))
          g_array_append_val (self->wanted, i);
      }
  self->total = self->wanted->len;
}

gboolean
sync_pop3_receive (SyncPass *pass, Pop3Session *session, SyncPop3Plan *plan, gint64 folder, GCancellable *cancellable, GError **error)
{
  g_auto (Receiver) self = { .pass = pass, .plan = plan, .folder = folder };

  self.wanted = g_array_new (FALSE, FALSE, sizeof (guint));
  self.without_top = g_array_new (FALSE, FALSE, sizeof (guint));
  self.batch = g_array_new (FALSE, FALSE, sizeof (SyncPop3Delivery));
  self.bytes_before = pop3_session_get_bytes_in (session);
  if (!sync_pop3_keep_names (pass, plan, error))
    return FALSE;
  list_wanted (&self);
  if (self.total == 0)
    return TRUE;
  if (!retrieve (&self, session, cancellable, error))
    return FALSE;
  if (self.without_top->len == 0)
    return TRUE;
  g_array_unref (self.wanted);
  self.wanted = g_array_ref (self.without_top);
  self.done -= self.wanted->len;
  return retrieve (&self, session, cancellable, error);
}

typedef struct
{
  SyncPop3Plan *plan;
  GArray *unsure;
  guint n_answered;
} Look;

static gboolean
on_looked (gsize request, const Pop3Retrieved *answer, gpointer data, GError **error)
{
  Look *look = data;
  Pop3Digest digest;

  if (answer->source == NULL)
    return TRUE;
  pop3_digest_headers (answer->source, &digest);
  sync_pop3_plan_set_digest (look->plan, g_array_index (look->unsure, guint, request), &digest);
  look->n_answered++;
  return TRUE;
}

gboolean
sync_pop3_look (SyncPass *pass, Pop3Session *session, SyncPop3Plan *plan, GCancellable *cancellable, GError **error)
{
  g_autoptr (GArray) unsure = sync_pop3_plan_list_unsure (plan);
  g_autoptr (GArray) requests = g_array_new (FALSE, FALSE, sizeof (Pop3Request));
  Look look = { plan, unsure, 0 };

  for (guint i = 0; i < unsure->len; i++)
    {
      Pop3Request request = { get_message (plan, g_array_index (unsure, guint, i))->number, TRUE, -1 };

      g_array_append_val (requests, request);
    }
  if (!pop3_retrieve (session, (const Pop3Request *) (gpointer) requests->data, requests->len, on_looked, &look, cancellable, error))
    return FALSE;
  if (unsure->len > 0 && look.n_answered == 0)
    plan->has_top = FALSE;
  sync_pop3_plan_match (plan);
  return TRUE;
}
