/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What runs in a worker's thread, and how its progress gets to the main thread. */
#include "sync-job.h"

#include "base-error.h"
#include "store-database.h"
#include "store-folders.h"
#include "store-messages.h"
#include "store-outbox.h"
#include "sync-outbox.h"
#include "sync-report.h"

#define TELL_INTERVAL (G_USEC_PER_SEC / 10)

static void
sync_job_free (SyncJob *self)
{
  g_clear_object (&self->store);
  g_clear_object (&self->trace);
  g_clear_object (&self->status);
  g_clear_pointer (&self->login, mail_login_unref);
  g_clear_pointer (&self->report, sync_report_free);
  g_clear_pointer (&self->link, sync_imap_link_unref);
  g_free (self->trace_tag);
  g_main_context_unref (self->context);
  g_free (self);
}

static const char *
get_protocol_word (Account *account, AccountDirection direction)
{
  if (direction == ACCOUNT_OUTGOING)
    return "SMTP";
  return account_get_protocol (account) == ACCOUNT_IMAP ? "IMAP" : "POP3";
}

SyncJob *
sync_job_new (SyncJobKind kind, Account *account, AccountDirection direction, const char *password,
              Store *store, BaseTrace *trace, SyncStatus *status)
{
  SyncJob *self = g_new0 (SyncJob, 1);

  self->kind = kind;
  self->direction = direction;
  self->account = account_get_id (account);
  self->store = store ? g_object_ref (store) : NULL;
  self->trace = trace ? g_object_ref (trace) : NULL;
  self->trace_tag = g_strdup_printf ("%s %s", account_get_title (account), get_protocol_word (account, direction));
  self->login = kind == SYNC_JOB_PEEK || kind == SYNC_JOB_WAIT ? NULL : account_dup_login (account, direction, password);
  self->settings = (SyncPop3Settings) { account_get_leave (account), account_get_leave_days (account), account_get_headers_above (account) };
  self->has_server_folders = account_get_protocol (account) == ACCOUNT_IMAP;
  self->is_imap = direction == ACCOUNT_INCOMING && account_get_protocol (account) == ACCOUNT_IMAP;
  self->imap = (SyncImapSettings) { .keep_days = account_get_keep_days (account), .headers_above = account_get_headers_above (account),
                                      .watches = account_get_watches (account) };
  self->status = status ? g_object_ref (status) : NULL;
  self->report = sync_report_new (self->account);
  self->context = g_main_context_ref_thread_default ();
  return self;
}

typedef struct
{
  SyncStatus *status;
  AccountDirection direction;
  SyncPhase phase;
  guint done;
  guint total;
  gint64 bytes;
} Note;

static void
note_free (gpointer data)
{
  Note *note = data;

  g_object_unref (note->status);
  g_free (note);
}

static gboolean
on_note (gpointer data)
{
  const Note *note = data;

  sync_status_set_progress (note->status, note->direction, note->phase, note->done, note->total, note->bytes);
  return G_SOURCE_REMOVE;
}

/* In the worker. Of the notes of one phase those go on that come a tenth of a second after the last, and the first that says all is done. */
static void
on_progress (SyncPhase phase, guint done, guint total, gint64 bytes, gpointer data)
{
  SyncJob *self = data;
  gint64 now = g_get_monotonic_time ();
  gboolean is_other = phase != self->last_phase;
  gboolean is_last = total > 0 && done == total && (is_other || !self->has_told_last);
  g_autoptr (GSource) source = NULL;
  Note *note;

  if (!is_other && !is_last && now - self->last_told < TELL_INTERVAL)
    return;
  self->has_told_last = total > 0 && done == total;
  self->last_phase = phase;
  self->last_told = now;

  note = g_new (Note, 1);
  *note = (Note) { g_object_ref (self->status), self->direction, phase, done, total, bytes };
  /* of the priority of the job's own return, so that no note arrives after it */
  source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, on_note, note, note_free);
  g_source_attach (source, self->context);
}

static gboolean
peek (SyncJob *self, StoreDatabase *database, GError **error)
{
  g_autoptr (GPtrArray) items = store_outbox_list (database, self->account, error);

  if (!items)
    return FALSE;
  for (guint i = 0; i < items->len; i++)
    {
      const StoreOutboxItem *item = g_ptr_array_index (items, i);

      if (item->state == STORE_OUTBOX_SENDING)
        self->is_unsettled = TRUE;
    }
  self->due = sync_outbox_next_due (database, self->account, error);
  return self->due >= 0;
}

static gboolean
send_outbox (SyncJob *self, SyncPass *pass, GCancellable *cancellable, GError **error)
{
  gint64 sent = store_folders_need_role (pass->database, self->account, MAIL_ROLE_SENT, error);

  return sent >= 0 && sync_outbox_run (pass, sent, cancellable, error);
}

static gboolean
fetch_body (SyncJob *self, SyncPass *pass, GCancellable *cancellable, GError **error)
{
  g_autoptr (MailSummary) summary = store_messages_get (pass->database, self->message, error);

  if (!summary)
    return FALSE;
  if (summary->is_whole)
    return TRUE;
  return self->is_imap ? sync_imap_fetch_body (pass, &self->link->session, self->message, cancellable, error)
                       : sync_pop3_fetch_body (pass, self->message, cancellable, error);
}

static gboolean
receive (SyncJob *self, SyncPass *pass, GCancellable *cancellable, GError **error)
{
  if (!self->is_imap)
    return sync_pop3_run (pass, &self->settings, cancellable, error);
  return sync_imap_run (pass, &self->imap, &self->link->session, sync_imap_link_must_end, self->link, cancellable, error);
}

/* An IMAP account has the folders that its server has. */
static gboolean
prepare_folders (SyncJob *self, StoreDatabase *database, GError **error)
{
  return (self->has_server_folders || store_folders_prepare_account (database, self->account, error))
         && store_folders_prepare_account (database, STORE_LOCAL_ACCOUNT, error);
}

static gboolean
run_with_database (SyncJob *self, SyncPass *pass, GCancellable *cancellable, GError **error)
{
  g_autoptr (StoreDatabase) database = store_open (self->store, error);

  if (!database || !prepare_folders (self, database, error))
    return FALSE;
  pass->database = database;
  switch (self->kind)
    {
    case SYNC_JOB_PEEK:
      return peek (self, database, error);
    case SYNC_JOB_SEND:
      return send_outbox (self, pass, cancellable, error);
    case SYNC_JOB_RECEIVE:
      return receive (self, pass, cancellable, error);
    case SYNC_JOB_FETCH_BODY:
      return fetch_body (self, pass, cancellable, error);
    case SYNC_JOB_WAIT:
      return sync_imap_wait (pass, &self->link->session, base_worker_get_wake (self->worker), cancellable, error);
    case SYNC_JOB_CHECK:
      break;
    }
  g_return_val_if_reached (FALSE);
}

static gboolean
run_check (SyncJob *self, SyncPass *pass, GCancellable *cancellable, GError **error)
{
  if (self->is_imap)
    return sync_imap_check (pass, cancellable, error);
  return self->direction == ACCOUNT_INCOMING ? sync_pop3_check (pass, cancellable, error) : sync_outbox_check (pass, cancellable, error);
}

/* A full disk or a damaged store has nothing to do with the server that was just being talked to. */
static gboolean
is_about_server (const GError *error)
{
  return error && error->domain == BASE_ERROR && error->code >= BASE_ERROR_WRONG_PASSWORD && error->code < BASE_ERROR_DISK_FULL;
}

static void
run (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  SyncJob *self = data;
  GError *error = NULL;
  SyncPass pass = {
    .account = self->account,
    .login = self->login,
    .trace = self->trace,
    .trace_tag = self->trace_tag,
    .options = self->options,
    .now = g_get_real_time () / G_USEC_PER_SEC,
    .progress = self->status ? on_progress : NULL,
    .progress_data = self,
    .report = self->report,
  };

  if (self->kind == SYNC_JOB_CHECK ? run_check (self, &pass, cancellable, &error) : run_with_database (self, &pass, cancellable, &error))
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  if (self->login && is_about_server (error))
    base_error_set_server (error, mail_login_get_host (self->login), mail_login_get_port (self->login),
                           mail_security_to_word (mail_login_get_security (self->login)));
  g_task_return_error (task, error);
}

void
sync_job_push (SyncJob *job, BaseWorker *worker, gboolean is_first,
               GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  job->worker = worker;
  g_task_set_source_tag (task, sync_job_push);
  g_task_set_task_data (task, job, (GDestroyNotify) sync_job_free);
  g_task_set_check_cancellable (task, FALSE); /* what was done counts even when it was cancelled too late */
  if (is_first)
    base_worker_push_first (worker, task, run);
  else
    base_worker_push (worker, task, run);
}

SyncJob *
sync_job_get (GAsyncResult *result)
{
  return g_task_get_task_data (G_TASK (result));
}

gboolean
sync_job_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
