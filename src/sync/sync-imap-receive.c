/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The writing half of an IMAP pass. */
#include "sync-imap-receive.h"

#include "store-database.h"
#include "sync-imap-room.h"

/* One commit for so much: enough to make commits cheap, little enough to lose to a crash. What came is not kept
 * waiting for what comes slowly. */
#define FIRST_MESSAGES 200
#define BATCH_MESSAGES 500
#define BATCH_BYTES (8 * 1024 * 1024)
#define READY_BYTES (2 * 1024 * 1024)       /* worth a commit when nothing else is there: what is written early is not left for the end */
#define BATCH_USEC (G_USEC_PER_SEC / 2)
#define PATIENCE (G_USEC_PER_SEC / 50)      /* with something to write */
#define LONG_PATIENCE (G_USEC_PER_SEC / 4)  /* without */
#define MAX_REPORTED 20

typedef struct
{
  SyncImapContext *context;
  SyncImapStream *stream;
  SyncImapKeepFunc keep;
  gpointer data;
  GPtrArray *batch;     /* of SyncImapArrival, to be released */
  gsize batch_bytes;
  gint64 batch_begun;   /* monotonic */
  guint n_rows, n_whole, total;
  gint64 bytes;         /* of the session, before; and what came since, about */
} Receiver;

void
sync_imap_report_error (SyncImapContext *self, const GError *refusal)
{
  GPtrArray *errors = self->pass->report ? self->pass->report->errors : NULL;

  if (errors && errors->len < MAX_REPORTED)
    g_ptr_array_add (errors, g_error_copy (refusal));
}

static void
release_batch (Receiver *self)
{
  for (guint i = 0; i < self->batch->len; i++)
    sync_imap_stream_release (self->stream, g_ptr_array_index (self->batch, i));
  g_ptr_array_set_size (self->batch, 0);
  self->batch_bytes = 0;
}

static gboolean
keep_batch (Receiver *self, GError **error)
{
  StoreDatabase *database = self->context->pass->database;

  if (!store_database_begin_whole (database, STORE_SAFE_LATER, error))
    return FALSE;
  for (guint i = 0; i < self->batch->len; i++)
    if (!self->keep (self->context, g_ptr_array_index (self->batch, i), self->data, error))
      {
        store_database_rollback (database);
        return FALSE;
      }
  return store_database_commit (database, error);
}

/* The session is the other thread's for now. */
static void
tell (Receiver *self)
{
  const SyncPass *pass = self->context->pass;

  for (guint i = 0; i < self->batch->len; i++)
    {
      const SyncImapArrival *arrival = g_ptr_array_index (self->batch, i);

      self->n_whole += arrival->summary->is_whole != 0;
      self->n_rows += arrival->summary->is_whole == 0;
    }
  self->bytes += self->batch_bytes;
  if (!pass->progress)
    return;
  if (self->n_whole > 0)
    pass->progress (SYNC_RECEIVING, MIN (self->n_whole, self->total), self->total, self->bytes, pass->progress_data);
  else
    pass->progress (SYNC_LISTING, self->n_rows, self->total, self->bytes, pass->progress_data);
}

static gboolean
write_batch (Receiver *self, GError **error)
{
  gboolean is_written = TRUE;

  if (self->batch->len > 0)
    {
      is_written = keep_batch (self, error);
      if (is_written)
        tell (self);
      release_batch (self);
    }
  if (is_written && sync_imap_should_stop (self->context))
    sync_imap_stream_stop (self->stream);
  return is_written;
}

static void
take (Receiver *self, SyncImapArrival *arrival)
{
  if (arrival->refusal)
    {
      sync_imap_report_error (self->context, arrival->refusal);
      sync_imap_stream_release (self->stream, arrival);
      return;
    }
  if (self->batch->len == 0)
    self->batch_begun = g_get_monotonic_time ();
  g_ptr_array_add (self->batch, arrival);
  self->batch_bytes += g_bytes_get_size (arrival->source);
}

static gboolean
is_full (const Receiver *self)
{
  return self->batch->len >= (self->n_rows + self->n_whole == 0 ? FIRST_MESSAGES : BATCH_MESSAGES) || self->batch_bytes >= BATCH_BYTES
         || (self->batch->len > 0 && g_get_monotonic_time () - self->batch_begun > BATCH_USEC);
}

static guint64
get_patience (const Receiver *self)
{
  if (self->batch->len == 0)
    return LONG_PATIENCE;
  return self->batch_bytes < READY_BYTES ? PATIENCE : 0;
}

static gboolean
write_all (Receiver *self, GError **error)
{
  gboolean is_end = FALSE;

  while (!is_end)
    {
      SyncImapArrival *arrival = sync_imap_stream_next (self->stream, get_patience (self), &is_end);

      if (arrival)
        take (self, arrival);
      if ((!arrival || is_full (self)) && !write_batch (self, error))
        return FALSE;
    }
  return TRUE;
}

/* In the stream's thread */
static void
on_all_asked (gpointer data)
{
  SyncImapContext *context = data;

  if (context->mailbox)
    sync_imap_room_ask (context, context->mailbox);
}

gboolean
sync_imap_receive (SyncImapContext *context, SyncImapPlan *plan, SyncImapKeepFunc keep, gpointer data, GError **error)
{
  g_autoptr (GPtrArray) batch = g_ptr_array_new ();
  Receiver self = { .context = context, .keep = keep, .data = data, .batch = batch };

  self.total = sync_imap_plan_get_size (plan);
  self.bytes = imap_session_get_bytes_in (context->session);
  self.stream = sync_imap_stream_new (context->session, plan, on_all_asked, context, context->cancellable);
  if (write_all (&self, error))
    return sync_imap_stream_finish (self.stream, error);
  sync_imap_stream_finish (self.stream, NULL);
  return FALSE;
}
