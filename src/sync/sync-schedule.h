/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When which direction of which account is due by itself. Pure: the clock and the dice are the caller's. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* One direction's past, all zero at first. Times are seconds since 1970. */
typedef struct
{
  gint64 ended;        /* when the last pass ended; 0: none yet */
  guint failures;      /* in a row */
  guint wait;          /* seconds from @ended that a failure puts the next pass off at least */
  gboolean is_blocked; /* only a person can help (a password): no pass by itself until they have */
  gint64 logged_in;    /* the last login at a server that wants time to pass between two (POP3's LOGIN-DELAY) */
  guint login_delay;   /* seconds: so much time */
} SyncSchedule;

/**
 * sync_schedule_note:
 * @error: (nullable): how the pass failed
 * @random: from 0 up to 1: so that many clients of a server that came back do not all come back at once
 *
 * Failures double the wait from one minute up to an hour, give or take a fifth. A pass that was cancelled counts as ended, not as failed.
 */
void sync_schedule_note (SyncSchedule *self, const GError *error, gint64 now, double random);

/* sync_schedule_note_login: @delay: seconds that the server wants to pass before the next one; 0: it said nothing, or there was no login */
void sync_schedule_note_login (SyncSchedule *self, guint delay, gint64 now);

/* sync_schedule_may_log_in: whether the server would not mind one now. A person's own Send/Receive need not ask. */
gboolean sync_schedule_may_log_in (const SyncSchedule *self, gint64 now);

/* sync_schedule_unblock: a person did something about it: the past is forgotten but for the time */
void sync_schedule_unblock (SyncSchedule *self);

/**
 * sync_schedule_next_receive:
 * @check_minutes: 0: only by hand
 *
 * Returns: when the next pass is due, never before @now; 0 for never
 */
gint64 sync_schedule_next_receive (const SyncSchedule *self, guint check_minutes, gint64 now);

/**
 * sync_schedule_next_send:
 * @due: when the next message of the Outbox wants to go; 0 when none does
 *
 * Returns: as above
 */
gint64 sync_schedule_next_send (const SyncSchedule *self, gint64 due, gint64 now);

/* sync_schedule_needs_person: whether it makes no sense to try the same again without a person's doing */
gboolean sync_schedule_needs_person (const GError *error);

/* sync_schedule_needs_password: whether another password could help */
gboolean sync_schedule_needs_password (const GError *error);

G_END_DECLS
