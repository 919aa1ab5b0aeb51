/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One trial login. */
#include "sync-check.h"

#include "sync-job.h"

struct _SyncCheck
{
  Account *account;          /* a copy: the wizard's may change meanwhile */
  AccountDirection direction;
  AccountSecrets *secrets;
  BaseTrace *trace;
  BaseWorker *worker;
  GTask *task;
  GCancellable *cancellable;
  gulong cancelled_handler;
  SyncCheckEnded ended;
  gpointer data;
};

static void
end (SyncCheck *self, GError *error)
{
  GTask *task = g_steal_pointer (&self->task);

  g_cancellable_disconnect (g_task_get_cancellable (task), self->cancelled_handler);
  self->ended (self, self->data);
  if (error)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
  g_object_unref (task);
}

static void
on_job_ended (GObject *source, GAsyncResult *result, gpointer data)
{
  GError *error = NULL;

  sync_job_finish (result, &error);
  end (data, error);
}

static void
push (SyncCheck *self, const char *password)
{
  SyncJob *job = sync_job_new (SYNC_JOB_CHECK, self->account, self->direction, password, NULL, self->trace, NULL);

  sync_job_push (job, self->worker, FALSE, self->cancellable, on_job_ended, self);
}

static void
on_password (GObject *source, GAsyncResult *result, gpointer data)
{
  SyncCheck *self = data;
  GError *error = NULL;
  char *password = account_secrets_lookup_finish (self->secrets, result, &error);

  if (password)
    push (self, password);
  else
    end (self, error);
  account_secrets_free_password (password);
}

static void
on_cancelled (GCancellable *cancellable, gpointer data)
{
  g_cancellable_cancel (data);
}

SyncCheck *
sync_check_new (Account *account, AccountDirection direction, const char *password, AccountSecrets *secrets, BaseTrace *trace,
                GTask *task, SyncCheckEnded ended, gpointer data)
{
  SyncCheck *self = g_new0 (SyncCheck, 1);

  self->account = account_copy (account);
  self->direction = direction;
  self->secrets = g_object_ref (secrets);
  self->trace = trace ? g_object_ref (trace) : NULL;
  self->worker = base_worker_new ("check");
  self->task = task;
  self->cancellable = g_cancellable_new ();
  self->ended = ended;
  self->data = data;
  if (g_task_get_cancellable (task))
    self->cancelled_handler = g_cancellable_connect (g_task_get_cancellable (task), G_CALLBACK (on_cancelled),
                                                     g_object_ref (self->cancellable), g_object_unref);

  if (password || (direction == ACCOUNT_OUTGOING && !account_get_outgoing_authenticates (account)))
    push (self, password);
  else
    account_secrets_lookup_async (secrets, self->account, direction, self->cancellable, on_password, self);
  return self;
}

void
sync_check_stop (SyncCheck *self)
{
  g_cancellable_cancel (self->cancellable);
  base_worker_stop (self->worker);
}

void
sync_check_free (SyncCheck *self)
{
  base_worker_stop (self->worker);
  g_object_unref (self->worker);
  g_object_unref (self->account);
  g_object_unref (self->secrets);
  g_clear_object (&self->trace);
  g_object_unref (self->cancellable);
  g_free (self);
}
