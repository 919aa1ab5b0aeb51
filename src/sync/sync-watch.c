/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One wait after the other, and not all the time. */
#include "sync-watch.h"

#include "sync-job.h"

#define RECONNECT_SECONDS 10 /* after a connection that was waiting has ended: no sooner than that after the last pass began */

struct _SyncWatch
{
  GObject *owner;
  SyncWatchPush push;
  SyncWatchNews news;
  gboolean is_on;
  gboolean has_pass;        /* one runs */
  gboolean was_good;        /* the last one */
  gboolean has_news;        /* that came when it was off */
  gboolean is_stopped;
  GCancellable *wait;       /* NULL while nobody waits for news */
  gint64 wait_began;        /* monotonic; likewise the next one */
  gint64 pass_began;
  guint n_short_waits;      /* in a row */
  guint timer;
};

static void start (SyncWatch *self);

static gboolean
on_time (gpointer data)
{
  SyncWatch *self = data;

  self->timer = 0;
  self->has_news = !self->is_on;
  if (self->is_on)
    self->news (self->owner);
  return G_SOURCE_REMOVE;
}

/* A server that always has something to say, or lets nobody wait, is not asked all the time. */
static guint
get_delay_ms (SyncWatch *self, gboolean has_failed, gint64 now)
{
  gint64 since_pass = (now - self->pass_began) / 1000;

  if (has_failed)
    return MAX (RECONNECT_SECONDS * 1000 - since_pass, 0);
  self->n_short_waits = now - self->wait_began < G_USEC_PER_SEC ? self->n_short_waits + 1 : 0;
  return self->n_short_waits <= 2 ? 0 : MIN (self->n_short_waits * 5, 60) * 1000;
}

static void
on_waited (GObject *source, GAsyncResult *result, gpointer data)
{
  SyncWatch *self = data;
  g_autoptr (GObject) owner = self->owner;
  g_autoptr (GError) error = NULL;
  gboolean is_good = sync_job_finish (result, &error);

  g_clear_object (&self->wait);
  if (self->is_stopped || self->has_pass)
    return;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      start (self); /* off, and on again before it had ended */
      return;
    }
  g_clear_handle_id (&self->timer, g_source_remove);
  self->timer = g_timeout_add (get_delay_ms (self, !is_good, g_get_monotonic_time ()), on_time, self);
}

static void
start (SyncWatch *self)
{
  if (!self->is_on || !self->was_good || self->wait || self->timer || self->has_pass || self->is_stopped)
    return;
  if (self->has_news)
    {
      self->timer = g_timeout_add (0, on_time, self);
      return;
    }
  self->wait = g_cancellable_new ();
  self->wait_began = g_get_monotonic_time ();
  g_object_ref (self->owner);
  self->push (self->owner, self->wait, on_waited, self);
}

void
sync_watch_set_on (SyncWatch *self, gboolean is_on)
{
  self->is_on = is_on;
  if (!is_on && self->wait)
    g_cancellable_cancel (self->wait);
  start (self);
}

void
sync_watch_begin_pass (SyncWatch *self)
{
  self->has_pass = TRUE;
  self->has_news = FALSE;
  self->pass_began = g_get_monotonic_time ();
  g_clear_handle_id (&self->timer, g_source_remove);
}

void
sync_watch_end_pass (SyncWatch *self, gboolean is_good)
{
  self->has_pass = FALSE;
  self->was_good = is_good;
  start (self);
}

void
sync_watch_stop (SyncWatch *self)
{
  self->is_stopped = TRUE;
  if (self->wait)
    g_cancellable_cancel (self->wait);
  g_clear_handle_id (&self->timer, g_source_remove);
}

SyncWatch *
sync_watch_new (GObject *owner, SyncWatchPush push, SyncWatchNews news)
{
  SyncWatch *self = g_new0 (SyncWatch, 1);

  self->owner = owner;
  self->push = push;
  self->news = news;
  return self;
}

void
sync_watch_free (SyncWatch *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_object (&self->wait);
  g_free (self);
}
