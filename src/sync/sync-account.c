/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One account's two lanes and their past. */
#include "sync-account.h"

#include "store-pending.h"
#include "store.h"
#include "sync-outbox.h"
#include "sync-report.h"
#include "sync-schedule.h"
#include "sync-status-writer.h"

#define TELL_CHANGES_MS 1000 /* what is undone at once need not be told */

struct _SyncAccount
{
  GObject parent_instance;

  Account *account;
  Store *store;
  SyncStatus *status;

  /* by AccountDirection */
  SyncLane *lanes[2];
  SyncSchedule schedules[2];
  gboolean was_asked[2]; /* for a password */
  guint changes_timer;   /* changes made here wait to be told */

  gboolean is_watching;  /* as far as the engine is concerned */
};

G_DEFINE_FINAL_TYPE (SyncAccount, sync_account, G_TYPE_OBJECT)

enum
{
  PASSWORD_NEEDED,
  RESCHEDULED,
  NEWS,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

typedef struct
{
  SyncOptions options;
  gint64 began; /* monotonic */
  SyncReport *report;
} Run;

static void
run_free (gpointer data)
{
  Run *run = data;

  g_clear_pointer (&run->report, sync_report_free);
  g_free (run);
}

/* With one password for both servers one question is enough. */
static AccountDirection
get_question (SyncAccount *self, AccountDirection direction)
{
  return account_get_same_password (self->account) ? ACCOUNT_INCOMING : direction;
}

static gint64
get_now (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

static void
note_login (SyncAccount *self, AccountDirection direction)
{
  sync_schedule_note_login (&self->schedules[direction], sync_lane_get_login_delay (self->lanes[direction]), get_now ());
}

static void
note_end (SyncAccount *self, AccountDirection direction, const GError *error)
{
  AccountDirection question = get_question (self, direction);

  sync_schedule_note (&self->schedules[direction], error, get_now (), g_random_double ());
  note_login (self, direction);
  if (sync_schedule_needs_password (error) && !self->was_asked[question])
    {
      self->was_asked[question] = TRUE;
      g_signal_emit (self, signals[PASSWORD_NEEDED], 0, (int) direction, error);
    }
  g_signal_emit (self, signals[RESCHEDULED], 0);
}

static void
on_receive_ended (SyncLane *lane, const GError *error, SyncAccount *self)
{
  note_end (self, ACCOUNT_INCOMING, error);
}

static void
on_send_ended (SyncLane *lane, const GError *error, SyncAccount *self)
{
  note_end (self, ACCOUNT_OUTGOING, error);
}

static void
on_news (SyncLane *lane, SyncAccount *self)
{
  g_signal_emit (self, signals[NEWS], 0);
}

static void
unblock (SyncAccount *self, AccountDirection direction)
{
  sync_schedule_unblock (&self->schedules[direction]);
  self->was_asked[get_question (self, direction)] = FALSE;
}

/* Other settings may work where the old ones did not. */
static void
on_settings_changed (Account *account, GParamSpec *pspec, SyncAccount *self)
{
  unblock (self, ACCOUNT_INCOMING);
  unblock (self, ACCOUNT_OUTGOING);
  sync_account_set_watching (self, self->is_watching);
  g_signal_emit (self, signals[RESCHEDULED], 0);
}

static void
end_run (GTask *task)
{
  Run *run = g_task_get_task_data (task);

  run->report->seconds = (g_get_monotonic_time () - run->began) / (double) G_USEC_PER_SEC;
  g_task_return_pointer (task, g_steal_pointer (&run->report), (GDestroyNotify) sync_report_free);
  g_object_unref (task);
}

static gboolean
was_cancelled (const SyncReport *report)
{
  for (guint i = 0; i < report->errors->len; i++)
    if (g_error_matches (g_ptr_array_index (report->errors, i), G_IO_ERROR, G_IO_ERROR_CANCELLED))
      return TRUE;
  return FALSE;
}

static void
on_received (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  Run *run = g_task_get_task_data (task);
  g_autoptr (SyncReport) report = sync_lane_run_finish (SYNC_LANE (source), result);

  sync_report_add (run->report, report);
  end_run (task);
}

static void
receive (GTask *task)
{
  SyncAccount *self = g_task_get_source_object (task);
  Run *run = g_task_get_task_data (task);

  if (run->options & SYNC_NO_RECEIVING)
    end_run (task);
  else
    sync_lane_run_async (self->lanes[ACCOUNT_INCOMING], run->options, g_task_get_cancellable (task), on_received, task);
}

static void
on_sent (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  Run *run = g_task_get_task_data (task);
  g_autoptr (SyncReport) report = sync_lane_run_finish (SYNC_LANE (source), result);

  sync_report_add (run->report, report);
  if (was_cancelled (report))
    end_run (task);
  else
    receive (task);
}

static SyncOptions
leave_out_blocked (SyncAccount *self, SyncOptions options, gboolean is_person)
{
  if (self->schedules[ACCOUNT_INCOMING].is_blocked)
    options |= SYNC_NO_RECEIVING;
  if (self->schedules[ACCOUNT_OUTGOING].is_blocked)
    options |= SYNC_NO_SENDING;
  if (!is_person && !sync_schedule_may_log_in (&self->schedules[ACCOUNT_INCOMING], get_now ()))
    options |= SYNC_NO_RECEIVING;
  return options;
}

void
sync_account_run_async (SyncAccount *self, SyncOptions options, gboolean is_person,
                        GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Run *run = g_new0 (Run, 1);

  g_task_set_source_tag (task, sync_account_run_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, run, run_free);
  if (is_person && !(options & SYNC_NO_SENDING))
    unblock (self, ACCOUNT_OUTGOING);
  if (is_person && !(options & SYNC_NO_RECEIVING))
    unblock (self, ACCOUNT_INCOMING);
  run->options = leave_out_blocked (self, options, is_person);
  run->began = g_get_monotonic_time ();
  run->report = sync_report_new (account_get_id (self->account));
  if (run->options & SYNC_NO_SENDING)
    receive (task);
  else
    sync_lane_run_async (self->lanes[ACCOUNT_OUTGOING], run->options, cancellable, on_sent, task);
}

SyncReport *
sync_account_run_finish (SyncAccount *self, GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}

static void
on_fetched (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  SyncAccount *self = g_task_get_source_object (task);
  GError *error = NULL;

  note_login (self, ACCOUNT_INCOMING);
  if (sync_lane_fetch_body_finish (SYNC_LANE (source), result, &error))
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  if (sync_schedule_needs_password (error))
    note_end (self, ACCOUNT_INCOMING, error);
  g_task_return_error (task, error);
}

void
sync_account_fetch_body_async (SyncAccount *self, gint64 message, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, sync_account_fetch_body_async);
  sync_lane_fetch_body_async (self->lanes[ACCOUNT_INCOMING], message, cancellable, on_fetched, task);
}

gboolean
sync_account_fetch_body_finish (SyncAccount *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

Account *
sync_account_get_account (SyncAccount *self)
{
  return self->account;
}

SyncStatus *
sync_account_get_status (SyncAccount *self)
{
  return self->status;
}

gint64
sync_account_next_receive (SyncAccount *self, gint64 now)
{
  if (sync_lane_is_busy (self->lanes[ACCOUNT_INCOMING]))
    return 0;
  return sync_schedule_next_receive (&self->schedules[ACCOUNT_INCOMING], account_get_check_minutes (self->account), now);
}

gint64
sync_account_next_send (SyncAccount *self, gint64 now)
{
  g_autoptr (GError) error = NULL;
  gint64 due;

  if (sync_lane_is_busy (self->lanes[ACCOUNT_OUTGOING]))
    return 0;
  due = sync_outbox_next_due (store_get_reader (self->store), account_get_id (self->account), &error);
  if (error)
    g_debug ("%s", error->message);
  return sync_schedule_next_send (&self->schedules[ACCOUNT_OUTGOING], MAX (due, 0), now);
}

static gboolean
on_changes_time (gpointer data)
{
  SyncAccount *self = data;

  /* a pass that runs may have begun before them */
  if (sync_lane_is_busy (self->lanes[ACCOUNT_INCOMING]))
    return G_SOURCE_CONTINUE;
  self->changes_timer = 0;
  sync_account_run_async (self, SYNC_BY_ITSELF | SYNC_NO_SENDING, FALSE, NULL, NULL, NULL);
  return G_SOURCE_REMOVE;
}

void
sync_account_note_changes (SyncAccount *self)
{
  const SyncSchedule *schedule = &self->schedules[ACCOUNT_INCOMING];

  if (account_get_protocol (self->account) == ACCOUNT_IMAP && self->changes_timer == 0 && schedule->failures == 0 && !schedule->is_blocked
      && store_pending_count (store_get_reader (self->store), account_get_id (self->account), NULL) > 0)
    self->changes_timer = g_timeout_add (TELL_CHANGES_MS, on_changes_time, self);
}

void
sync_account_set_watching (SyncAccount *self, gboolean is_watching)
{
  self->is_watching = is_watching;
  sync_lane_set_watching (self->lanes[ACCOUNT_INCOMING], is_watching && account_get_watches (self->account));
}

void
sync_account_set_open_folder (SyncAccount *self, gint64 folder)
{
  sync_lane_set_open_folder (self->lanes[ACCOUNT_INCOMING], folder);
}

gboolean
sync_account_is_busy (SyncAccount *self)
{
  return sync_lane_is_busy (self->lanes[ACCOUNT_INCOMING]) || sync_lane_is_busy (self->lanes[ACCOUNT_OUTGOING]);
}

void
sync_account_cancel (SyncAccount *self)
{
  g_clear_handle_id (&self->changes_timer, g_source_remove); /* what was to be told waits for the next pass */
  sync_lane_cancel (self->lanes[ACCOUNT_OUTGOING]);
  sync_lane_cancel (self->lanes[ACCOUNT_INCOMING]);
}

void
sync_account_stop (SyncAccount *self)
{
  sync_account_cancel (self);
  sync_lane_stop (self->lanes[ACCOUNT_OUTGOING]);
  sync_lane_stop (self->lanes[ACCOUNT_INCOMING]);
}

static void
sync_account_dispose (GObject *object)
{
  SyncAccount *self = SYNC_ACCOUNT (object);

  g_clear_handle_id (&self->changes_timer, g_source_remove);
  if (self->account)
    g_signal_handlers_disconnect_by_data (self->account, self);
  for (gsize i = 0; i < G_N_ELEMENTS (self->lanes); i++)
    if (self->lanes[i])
      {
        g_signal_handlers_disconnect_by_data (self->lanes[i], self);
        g_clear_object (&self->lanes[i]);
      }
  g_clear_object (&self->account);
  g_clear_object (&self->store);
  g_clear_object (&self->status);
  G_OBJECT_CLASS (sync_account_parent_class)->dispose (object);
}

static void
sync_account_class_init (SyncAccountClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sync_account_dispose;
  signals[PASSWORD_NEEDED] = g_signal_new ("password-needed", SYNC_TYPE_ACCOUNT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                           G_TYPE_NONE, 2, G_TYPE_INT, G_TYPE_ERROR);
  signals[NEWS] = g_signal_new ("news", SYNC_TYPE_ACCOUNT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[RESCHEDULED] = g_signal_new ("rescheduled", SYNC_TYPE_ACCOUNT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
sync_account_init (SyncAccount *self)
{
}

SyncAccount *
sync_account_new (Account *account, Store *store, AccountSecrets *secrets, BaseTrace *trace)
{
  SyncAccount *self = g_object_new (SYNC_TYPE_ACCOUNT, NULL);

  self->account = g_object_ref (account);
  self->store = g_object_ref (store);
  self->status = sync_status_new (account_get_id (account));
  for (gsize i = 0; i < G_N_ELEMENTS (self->lanes); i++)
    self->lanes[i] = sync_lane_new (account, i, store, secrets, trace, self->status);
  g_signal_connect (self->lanes[ACCOUNT_INCOMING], "ended", G_CALLBACK (on_receive_ended), self);
  g_signal_connect (self->lanes[ACCOUNT_INCOMING], "news", G_CALLBACK (on_news), self);
  g_signal_connect (self->lanes[ACCOUNT_OUTGOING], "ended", G_CALLBACK (on_send_ended), self);
  g_signal_connect (account, "notify", G_CALLBACK (on_settings_changed), self);
  return self;
}
