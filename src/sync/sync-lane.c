/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One direction of one account: who waits for its pass, the password, the jobs of its worker. */
#include "sync-lane.h"

#include "base-error.h"
#include "sync-job.h"
#include "sync-report.h"
#include "sync-waiter.h"
#include "sync-watch.h"

#define FETCH_PATIENCE_MS 1500 /* a pass in which little is new has ended by then */

typedef struct
{
  SyncOptions options;
  SyncReport *report;
  GCancellable *cancellable;
  GPtrArray *waiters;       /* of SyncWaiter */
  gboolean is_cancelled;    /* by somebody who meant it */
  gboolean has_job;         /* its job is with the worker */
  gboolean is_interrupted;  /* for a body that somebody waits for, or another folder: goes on afterwards */
} Pass;

typedef struct
{
  SyncLane *lane; /* owned */
  GTask *task;
  gint64 message;
  GCancellable *cancellable;
  GSource *cancel_source;
  guint patience;
} Fetch;

struct _SyncLane
{
  GObject parent_instance;

  Account *account;
  AccountDirection direction;
  Store *store;
  AccountSecrets *secrets;
  BaseTrace *trace;
  SyncStatus *status;

  BaseWorker *worker;        /* NULL until there is work */
  Pass *pass;                /* NULL while idle */
  GPtrArray *next_waiters;   /* of SyncWaiter: for the pass after this one */
  SyncOptions next_options;
  GPtrArray *fetches;        /* of Fetch, borrowed: each ends by itself */
  gboolean is_stopped;
  guint login_delay;

  /* IMAP */
  SyncImapLink *link;            /* of the worker */
  BaseWorker *errand_worker;     /* NULL until there is work */
  SyncImapLink *errand_link;
  gint64 open_folder;
  SyncWatch *watch;
};

G_DEFINE_FINAL_TYPE (SyncLane, sync_lane, G_TYPE_OBJECT)

static guint ended_signal, news_signal;

static void start_pass (SyncLane *self, SyncOptions options, GPtrArray *waiters);
static void look_up_password (SyncLane *self);

static gboolean
is_imap (SyncLane *self)
{
  return self->direction == ACCOUNT_INCOMING && account_get_protocol (self->account) == ACCOUNT_IMAP;
}

static BaseWorker *
get_worker (SyncLane *self)
{
  if (!self->worker)
    {
      g_autofree char *name = g_strdup_printf ("%s %" G_GINT64_FORMAT, self->direction == ACCOUNT_INCOMING ? "receive" : "send",
                                               account_get_id (self->account));

      self->worker = base_worker_new (name);
    }
  return self->worker;
}

static BaseWorker *
get_errand_worker (SyncLane *self)
{
  if (!self->errand_worker)
    {
      g_autofree char *name = g_strdup_printf ("errand %" G_GINT64_FORMAT, account_get_id (self->account));

      self->errand_worker = base_worker_new (name);
    }
  return self->errand_worker;
}

static SyncJob *
new_job (SyncLane *self, SyncJobKind kind, const char *password)
{
  SyncJob *job = sync_job_new (kind, self->account, self->direction, password, self->store, self->trace,
                               kind == SYNC_JOB_PEEK || kind == SYNC_JOB_WAIT ? NULL : self->status);

  job->imap.open_folder = self->open_folder;
  job->link = is_imap (self) ? sync_imap_link_ref (self->link) : NULL;
  return job;
}

/* Waiters */

static void
return_cancelled (SyncWaiter *waiter)
{
  sync_waiter_return_cancelled (waiter, account_get_id (SYNC_LANE (waiter->owner)->account));
}

static void
cancel_pass (SyncLane *self)
{
  if (!self->pass)
    return;
  self->pass->is_cancelled = TRUE;
  g_cancellable_cancel (self->pass->cancellable);
}

static gboolean
on_waiter_cancelled (GCancellable *cancellable, gpointer data)
{
  SyncWaiter *waiter = data;
  SyncLane *self = waiter->owner;
  guint position;

  if (self->pass && self->pass->waiters->len == 1 && g_ptr_array_find (self->pass->waiters, waiter, NULL))
    {
      cancel_pass (self);
      return G_SOURCE_REMOVE;
    }
  return_cancelled (waiter);
  if (self->pass && g_ptr_array_find (self->pass->waiters, waiter, &position))
    g_ptr_array_remove_index (self->pass->waiters, position);
  else if (g_ptr_array_find (self->next_waiters, waiter, &position))
    g_ptr_array_remove_index (self->next_waiters, position);
  return G_SOURCE_REMOVE;
}

/* Passes */

static void
pass_free (Pass *pass)
{
  sync_report_free (pass->report);
  g_object_unref (pass->cancellable);
  g_ptr_array_unref (pass->waiters);
  g_free (pass);
}

static void
start_next_pass (SyncLane *self)
{
  GPtrArray *waiters = g_steal_pointer (&self->next_waiters);

  self->next_waiters = g_ptr_array_new_with_free_func (sync_waiter_free);
  if (waiters->len > 0)
    start_pass (self, self->next_options, waiters);
  else
    g_ptr_array_unref (waiters);
}

static void
end_pass (SyncLane *self, GError *error)
{
  g_autoptr (SyncLane) alive = g_object_ref (self);
  Pass *pass = g_steal_pointer (&self->pass);
  gboolean is_good = error == NULL;

  /* a password that was refused is not tried again as if it were good */
  if (g_error_matches (error, BASE_ERROR, BASE_ERROR_WRONG_PASSWORD))
    account_secrets_remember (self->secrets, self->account, self->direction, NULL);
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    sync_status_set_result (self->status, self->direction, error, g_get_real_time () / G_USEC_PER_SEC);
  sync_status_set_alert (self->status, pass->report->alert);
  sync_status_set_progress (self->status, self->direction, SYNC_IDLE, 0, 0, 0);
  self->login_delay = pass->report->login_delay;
  g_signal_emit (self, ended_signal, 0, error);

  sync_report_take_error (pass->report, error);
  for (guint i = 0; i < pass->waiters->len; i++)
    sync_waiter_return (g_ptr_array_index (pass->waiters, i), pass->report);
  pass_free (pass);
  start_next_pass (self);
  if (!self->pass)
    sync_watch_end_pass (self->watch, is_good);
}

static void
on_passed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SyncLane) self = data;
  Pass *pass = self->pass;
  GError *error = NULL;

  pass->has_job = FALSE;
  sync_job_finish (result, &error);
  sync_report_add (pass->report, sync_job_get (result)->report);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) && pass->is_interrupted && !pass->is_cancelled)
    {
      g_clear_error (&error);
      g_object_unref (pass->cancellable);
      pass->cancellable = g_cancellable_new ();
      pass->is_interrupted = FALSE;
      look_up_password (self);
      return;
    }
  if (!error && pass->is_interrupted && !pass->is_cancelled && is_imap (self))
    {
      pass->is_interrupted = FALSE;
      look_up_password (self);
      return;
    }
  end_pass (self, error);
}

static void
push_pass (SyncLane *self, const char *password)
{
  SyncJob *job = new_job (self, self->direction == ACCOUNT_INCOMING ? SYNC_JOB_RECEIVE : SYNC_JOB_SEND, password);

  job->options = self->pass->options;
  self->pass->has_job = TRUE;
  if (job->link)
    sync_imap_link_begin (job->link);
  sync_job_push (job, get_worker (self), FALSE, self->pass->cancellable, on_passed, g_object_ref (self));
}

static void
on_password (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SyncLane) self = data;
  GError *error = NULL;
  char *password = account_secrets_lookup_finish (self->secrets, result, &error);

  if (password)
    push_pass (self, password);
  else
    end_pass (self, error);
  account_secrets_free_password (password);
}

static void
look_up_password (SyncLane *self)
{
  if (self->direction == ACCOUNT_OUTGOING && !account_get_outgoing_authenticates (self->account))
    push_pass (self, NULL);
  else
    account_secrets_lookup_async (self->secrets, self->account, self->direction, self->pass->cancellable, on_password, g_object_ref (self));
}

/* A person's Send/Receive does not wait for a back-off; see sync_outbox_run (). Nothing to send needs no password. */
static void
on_peeked (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SyncLane) self = data;
  const SyncJob *job = sync_job_get (result);
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  GError *error = NULL;

  if (!sync_job_finish (result, &error))
    end_pass (self, error);
  else if (job->is_unsettled || (job->due > 0 && (job->due <= now || !(self->pass->options & SYNC_BY_ITSELF))))
    look_up_password (self);
  else
    end_pass (self, NULL);
}

static void
start_pass (SyncLane *self, SyncOptions options, GPtrArray *waiters)
{
  Pass *pass = g_new0 (Pass, 1);

  pass->options = options;
  pass->report = sync_report_new (account_get_id (self->account));
  pass->cancellable = g_cancellable_new ();
  pass->waiters = waiters;
  self->pass = pass;
  sync_watch_begin_pass (self->watch);
  sync_status_set_progress (self->status, self->direction, SYNC_WAITING, 0, 0, 0);

  if (self->direction == ACCOUNT_OUTGOING)
    sync_job_push (new_job (self, SYNC_JOB_PEEK, NULL), get_worker (self), FALSE, pass->cancellable, on_peeked, g_object_ref (self));
  else
    look_up_password (self);
}

void
sync_lane_run_async (SyncLane *self, SyncOptions options, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (GPtrArray) waiters = NULL;
  SyncWaiter *waiter;

  g_task_set_source_tag (task, sync_lane_run_async);
  g_task_set_check_cancellable (task, FALSE);
  waiter = sync_waiter_new (self, task, on_waiter_cancelled);
  if (self->is_stopped)
    {
      return_cancelled (waiter);
      sync_waiter_free (waiter);
    }
  else if (!self->pass)
    {
      waiters = g_ptr_array_new_with_free_func (sync_waiter_free);
      g_ptr_array_add (waiters, waiter);
      start_pass (self, options, g_steal_pointer (&waiters));
    }
  else if (self->direction == ACCOUNT_INCOMING && !self->pass->is_cancelled)
    g_ptr_array_add (self->pass->waiters, waiter);
  else
    {
      /* what one of them does not want left out is done */
      self->next_options = self->next_waiters->len > 0 ? self->next_options & options : options;
      g_ptr_array_add (self->next_waiters, waiter);
    }
}

SyncReport *
sync_lane_run_finish (SyncLane *self, GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}

/* Bodies */

static void
fetch_end (Fetch *fetch, GError *error)
{
  g_clear_handle_id (&fetch->patience, g_source_remove);
  if (fetch->cancel_source)
    {
      g_source_destroy (fetch->cancel_source);
      g_source_unref (fetch->cancel_source);
    }
  g_ptr_array_remove (fetch->lane->fetches, fetch);
  if (error)
    g_task_return_error (fetch->task, error);
  else
    g_task_return_boolean (fetch->task, TRUE);
  g_object_unref (fetch->cancellable);
  g_object_unref (fetch->task);
  g_object_unref (fetch->lane);
  g_free (fetch);
}

static void
on_fetched (GObject *source, GAsyncResult *result, gpointer data)
{
  Fetch *fetch = data;
  GError *error = NULL;

  sync_job_finish (result, &error);
  fetch->lane->login_delay = sync_job_get (result)->report->login_delay;
  fetch_end (fetch, error);
}

static gboolean
on_patience_ended (gpointer data)
{
  Fetch *fetch = data;
  Pass *pass = fetch->lane->pass;

  fetch->patience = 0;
  /* not where the two logins that this takes would come too soon for the server */
  if (pass && pass->has_job && !pass->is_interrupted && fetch->lane->login_delay == 0)
    {
      pass->is_interrupted = TRUE;
      g_cancellable_cancel (pass->cancellable);
    }
  return G_SOURCE_REMOVE;
}

static void
on_fetch_password (GObject *source, GAsyncResult *result, gpointer data)
{
  Fetch *fetch = data;
  SyncLane *self = fetch->lane;
  GError *error = NULL;
  char *password = account_secrets_lookup_finish (self->secrets, result, &error);
  SyncJob *job;

  if (!password || self->is_stopped)
    {
      account_secrets_free_password (password);
      fetch_end (fetch, error ? error : g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "Cancelled"));
      return;
    }
  job = new_job (self, SYNC_JOB_FETCH_BODY, password);
  account_secrets_free_password (password);
  g_clear_object (&job->status); /* the pass, if one runs, has the status */
  job->message = fetch->message;
  if (job->link)
    {
      sync_imap_link_unref (job->link);
      job->link = sync_imap_link_ref (self->errand_link);
      sync_job_push (job, get_errand_worker (self), TRUE, fetch->cancellable, on_fetched, fetch);
      return;
    }
  sync_job_push (job, get_worker (self), TRUE, fetch->cancellable, on_fetched, fetch);
  if (self->pass)
    fetch->patience = g_timeout_add (FETCH_PATIENCE_MS, on_patience_ended, fetch);
}

static gboolean
on_fetch_cancelled (GCancellable *cancellable, gpointer data)
{
  Fetch *fetch = data;

  g_cancellable_cancel (fetch->cancellable);
  return G_SOURCE_REMOVE;
}

void
sync_lane_fetch_body_async (SyncLane *self, gint64 message, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  Fetch *fetch = g_new0 (Fetch, 1);

  fetch->lane = g_object_ref (self);
  fetch->task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (fetch->task, sync_lane_fetch_body_async);
  fetch->message = message;
  fetch->cancellable = g_cancellable_new ();
  fetch->cancel_source = sync_waiter_watch (cancellable, on_fetch_cancelled, fetch);
  g_ptr_array_add (self->fetches, fetch);
  account_secrets_lookup_async (self->secrets, self->account, self->direction, fetch->cancellable, on_fetch_password, fetch);
}

gboolean
sync_lane_fetch_body_finish (SyncLane *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* Waiting for news */

static void
push_wait (gpointer owner, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  SyncLane *self = owner;

  sync_job_push (new_job (self, SYNC_JOB_WAIT, NULL), get_worker (self), FALSE, cancellable, callback, data);
}

static void
tell_news (gpointer owner)
{
  g_signal_emit (owner, news_signal, 0);
}

void
sync_lane_set_watching (SyncLane *self, gboolean is_watching)
{
  sync_watch_set_on (self->watch, is_watching && is_imap (self));
}

void
sync_lane_set_open_folder (SyncLane *self, gint64 folder)
{
  if (self->open_folder == folder)
    return;
  self->open_folder = folder;
  if (folder != 0 && is_imap (self) && self->pass && self->pass->has_job)
    {
      self->pass->is_interrupted = TRUE;
      sync_imap_link_ask_to_end (self->link);
    }
}

/* The whole lane */

guint
sync_lane_get_login_delay (SyncLane *self)
{
  return self->login_delay;
}

gboolean
sync_lane_is_busy (SyncLane *self)
{
  return self->pass || self->fetches->len > 0;
}

void
sync_lane_cancel (SyncLane *self)
{
  GPtrArray *waiters = g_steal_pointer (&self->next_waiters);

  self->next_waiters = g_ptr_array_new_with_free_func (sync_waiter_free);
  for (guint i = 0; i < waiters->len; i++)
    return_cancelled (g_ptr_array_index (waiters, i));
  g_ptr_array_unref (waiters);
  for (guint i = 0; i < self->fetches->len; i++)
    g_cancellable_cancel (((Fetch *) g_ptr_array_index (self->fetches, i))->cancellable);
  cancel_pass (self);
}

void
sync_lane_stop (SyncLane *self)
{
  self->is_stopped = TRUE;
  sync_lane_cancel (self);
  sync_watch_stop (self->watch);
  if (self->worker)
    base_worker_stop (self->worker);
  if (self->errand_worker)
    base_worker_stop (self->errand_worker);
}

static void
sync_lane_finalize (GObject *object)
{
  SyncLane *self = SYNC_LANE (object);

  if (self->worker)
    {
      base_worker_stop (self->worker);
      g_object_unref (self->worker);
    }
  if (self->errand_worker)
    {
      base_worker_stop (self->errand_worker);
      g_object_unref (self->errand_worker);
    }
  sync_watch_free (self->watch);
  sync_imap_link_unref (self->link); /* after the workers: theirs are the sessions in them */
  sync_imap_link_unref (self->errand_link);
  g_ptr_array_unref (self->next_waiters);
  g_ptr_array_unref (self->fetches);
  g_object_unref (self->account);
  g_object_unref (self->store);
  g_object_unref (self->secrets);
  g_clear_object (&self->trace);
  g_object_unref (self->status);
  G_OBJECT_CLASS (sync_lane_parent_class)->finalize (object);
}

static void
sync_lane_class_init (SyncLaneClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sync_lane_finalize;
  news_signal = g_signal_new ("news", SYNC_TYPE_LANE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  ended_signal = g_signal_new ("ended", SYNC_TYPE_LANE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
sync_lane_init (SyncLane *self)
{
  self->next_waiters = g_ptr_array_new_with_free_func (sync_waiter_free);
  self->fetches = g_ptr_array_new ();
  self->link = sync_imap_link_new ();
  self->errand_link = sync_imap_link_new ();
  self->watch = sync_watch_new (G_OBJECT (self), push_wait, tell_news);
}

SyncLane *
sync_lane_new (Account *account, AccountDirection direction, Store *store, AccountSecrets *secrets, BaseTrace *trace, SyncStatus *status)
{
  SyncLane *self = g_object_new (SYNC_TYPE_LANE, NULL);

  self->account = g_object_ref (account);
  self->direction = direction;
  self->store = g_object_ref (store);
  self->secrets = g_object_ref (secrets);
  self->trace = trace ? g_object_ref (trace) : NULL;
  self->status = g_object_ref (status);
  return self;
}
