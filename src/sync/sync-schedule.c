/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Arithmetic of intervals, back-off and blocks. */
#include "sync-schedule.h"

#include "base-error.h"

#define FIRST_WAIT 60
#define LONGEST_WAIT 3600
#define JITTER 0.2
#define SEND_GAP 2 /* seconds between two passes over the Outbox: whatever it says of itself, no loop comes of it */

gboolean
sync_schedule_needs_password (const GError *error)
{
  return g_error_matches (error, BASE_ERROR, BASE_ERROR_WRONG_PASSWORD)
         || g_error_matches (error, BASE_ERROR, BASE_ERROR_NO_PASSWORD)
         || g_error_matches (error, BASE_ERROR, BASE_ERROR_NO_SECRET_SERVICE)
         || g_error_matches (error, BASE_ERROR, BASE_ERROR_KEYRING_LOCKED);
}

gboolean
sync_schedule_needs_person (const GError *error)
{
  return sync_schedule_needs_password (error)
         || g_error_matches (error, BASE_ERROR, BASE_ERROR_LOGIN_REFUSED)
         || g_error_matches (error, BASE_ERROR, BASE_ERROR_NOT_AVAILABLE);
}

static guint
compute_wait (guint failures, double random)
{
  guint doublings = MIN (failures - 1, 6);
  double wait = MIN (FIRST_WAIT << doublings, LONGEST_WAIT);

  return (guint) (wait * (1 - JITTER + 2 * JITTER * random));
}

/* But for the times. */
static void
forget (SyncSchedule *self)
{
  *self = (SyncSchedule) { .ended = self->ended, .logged_in = self->logged_in, .login_delay = self->login_delay };
}

void
sync_schedule_note (SyncSchedule *self, const GError *error, gint64 now, double random)
{
  self->ended = now;
  if (!error)
    forget (self);
  else if (sync_schedule_needs_person (error))
    self->is_blocked = TRUE;
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      self->failures++;
      self->wait = compute_wait (self->failures, random);
    }
}

void
sync_schedule_unblock (SyncSchedule *self)
{
  forget (self);
}

/* A clock that was set back must not put anything off for longer than it was meant. */
static gint64
get_ended (const SyncSchedule *self, gint64 now)
{
  return MIN (self->ended, now);
}

void
sync_schedule_note_login (SyncSchedule *self, guint delay, gint64 now)
{
  if (delay == 0)
    return;
  self->login_delay = delay;
  self->logged_in = now;
}

static gint64
get_next_login (const SyncSchedule *self, gint64 now)
{
  return self->login_delay == 0 ? 0 : MIN (self->logged_in, now) + self->login_delay;
}

gboolean
sync_schedule_may_log_in (const SyncSchedule *self, gint64 now)
{
  return get_next_login (self, now) <= now;
}

gint64
sync_schedule_next_receive (const SyncSchedule *self, guint check_minutes, gint64 now)
{
  gint64 wait, next;

  if (check_minutes == 0 || self->is_blocked)
    return 0;
  wait = self->failures > 0 ? self->wait : (gint64) check_minutes * 60;
  next = self->ended == 0 ? now : MAX (now, get_ended (self, now) + wait);
  return MAX (next, get_next_login (self, now));
}

gint64
sync_schedule_next_send (const SyncSchedule *self, gint64 due, gint64 now)
{
  if (due == 0 || self->is_blocked)
    return 0;
  due = MAX (due, get_ended (self, now) + (self->failures > 0 ? self->wait : SEND_GAP));
  return MAX (due, now);
}
