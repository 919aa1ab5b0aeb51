/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The receiving half of an IMAP pass. */
#include "sync-imap-stream.h"

#include "imap-structure.h"
#include "mime-summary.h"

struct _SyncImapStream
{
  ImapSession *session;
  SyncImapPlan *plan;
  SyncStream *stream;
  int must_stop;          /* atomic */
  SyncImapAllAskedFunc all_asked;
  gpointer all_asked_data;

  /* the receiving thread's */
  SyncStream *receiving;
  gint64 begun;
};

static void
arrival_free (gpointer data)
{
  SyncImapArrival *self = data;

  g_clear_error (&self->refusal);
  g_clear_pointer (&self->source, g_bytes_unref);
  g_clear_pointer (&self->summary, mail_summary_unref);
  g_free (self->object_id);
  g_free (self->thread_id);
  g_free (self);
}

/* Gmail's are numbers */
static char *
dup_id (guint64 gmail, const char *id)
{
  return gmail > 0 ? g_strdup_printf ("gmail:%" G_GUINT64_FORMAT, gmail) : g_strdup (id);
}

static SyncImapArrival *
arrival_new (const ImapFetch *fetch, guint index)
{
  SyncImapArrival *self = g_new0 (SyncImapArrival, 1);
  gboolean is_whole = fetch->body && g_bytes_get_size (fetch->body) > 0;

  self->index = index;
  self->uid = fetch->uid;
  self->modseq = fetch->modseq;
  self->source = g_bytes_ref (is_whole ? fetch->body : fetch->header);
  self->object_id = dup_id (fetch->gmail_message, fetch->email_id);
  self->thread_id = dup_id (fetch->gmail_thread, fetch->thread_id);
  self->summary = mime_summary_new (self->source, is_whole, fetch->internal_date);
  self->summary->flags = fetch->flags;
  self->summary->received = fetch->internal_date;
  if (!is_whole)
    {
      self->summary->size = MIN (fetch->size, (guint64) G_MAXINT64);
      if (fetch->structure)
        self->summary->has_attachments = imap_structure_has_attachments (fetch->structure);
    }
  return self;
}

static gboolean
next (ImapRequest *request, gpointer data)
{
  SyncImapStream *self = data;

  if (g_atomic_int_get (&self->must_stop))
    return FALSE;
  if (sync_imap_plan_next (self->plan, g_get_monotonic_time () - self->begun, request))
    return TRUE;
  self->all_asked (self->all_asked_data);
  return FALSE;
}

/* When the stream is to end, the next read says so. */
static void
on_fetch (const ImapFetch *fetch, gpointer data)
{
  SyncImapStream *self = data;
  SyncImapArrival *arrival;
  guint index;

  if (!sync_imap_plan_accept (self->plan, fetch, &index))
    return;
  arrival = arrival_new (fetch, index);
  sync_stream_push (self->receiving, arrival, g_bytes_get_size (arrival->source), NULL);
}

static gboolean
on_set (guint index, const GError *refusal, gpointer data, GError **error)
{
  SyncImapStream *self = data;
  SyncImapArrival *arrival;

  if (!refusal || sync_imap_plan_refused (self->plan, index))
    return TRUE;
  arrival = g_new0 (SyncImapArrival, 1);
  arrival->refusal = g_error_copy (refusal);
  return sync_stream_push (self->receiving, arrival, 0, error);
}

static gboolean
receive (SyncStream *stream, gpointer data, GCancellable *cancellable, GError **error)
{
  SyncImapStream *self = data;

  self->receiving = stream;
  self->begun = g_get_monotonic_time ();
  imap_retrieve_adopt (self->session);
  return imap_retrieve_each (self->session, next, on_fetch, on_set, self, cancellable, error);
}

SyncImapStream *
sync_imap_stream_new (ImapSession *session, SyncImapPlan *plan, SyncImapAllAskedFunc all_asked, gpointer data, GCancellable *cancellable)
{
  SyncImapStream *self = g_new0 (SyncImapStream, 1);

  self->session = session;
  self->plan = plan;
  self->all_asked = all_asked;
  self->all_asked_data = data;
  self->stream = sync_stream_new ("imap-stream", receive, self, arrival_free, cancellable);
  return self;
}

SyncImapArrival *
sync_imap_stream_next (SyncImapStream *self, guint64 patience, gboolean *is_end)
{
  return sync_stream_next (self->stream, patience, is_end);
}

void
sync_imap_stream_release (SyncImapStream *self, SyncImapArrival *arrival)
{
  sync_stream_release (self->stream, arrival);
}

void
sync_imap_stream_stop (SyncImapStream *self)
{
  g_atomic_int_set (&self->must_stop, TRUE);
}

gboolean
sync_imap_stream_finish (SyncImapStream *self, GError **error)
{
  gboolean is_done = sync_stream_finish (self->stream, error);

  imap_retrieve_adopt (self->session);
  g_free (self);
  return is_done;
}
