/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One clock goes on while the machine sleeps, the other stands still. */
#include "sync-wake.h"

#include <time.h>

#define SLEPT_USEC (5 * G_USEC_PER_SEC) /* a nap that short no connection minds */

struct _SyncWake
{
  SyncWakeClock clock;
  SyncWakeFunc func;
  gpointer data;
  gint64 slept;
  guint timer;
};

static gint64
read_clock (clockid_t id)
{
  struct timespec now;

  return clock_gettime (id, &now) == 0 ? (gint64) now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000 : 0;
}

static gint64
get_slept (gpointer data)
{
  return read_clock (CLOCK_BOOTTIME) - read_clock (CLOCK_MONOTONIC);
}

static gboolean
on_look (gpointer data)
{
  SyncWake *self = data;
  gint64 slept = self->clock (self->data);
  gboolean has_slept = slept - self->slept >= SLEPT_USEC;

  self->slept = slept;
  if (has_slept)
    self->func (self->data);
  return G_SOURCE_CONTINUE;
}

SyncWake *
sync_wake_new (SyncWakeClock clock, guint interval_ms, SyncWakeFunc func, gpointer data)
{
  SyncWake *self = g_new0 (SyncWake, 1);

  self->clock = clock ? clock : get_slept;
  self->func = func;
  self->data = data;
  self->slept = self->clock (data);
  self->timer = interval_ms % 1000 == 0 ? g_timeout_add_seconds (interval_ms / 1000, on_look, self) : g_timeout_add (interval_ms, on_look, self);
  return self;
}

void
sync_wake_free (SyncWake *self)
{
  g_source_remove (self->timer);
  g_free (self);
}
