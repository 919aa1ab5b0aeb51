/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tasks that wait for a pass. */
#include "sync-waiter.h"

#include "sync-report.h"

GSource *
sync_waiter_watch (GCancellable *cancellable, GCancellableSourceFunc func, gpointer data)
{
  GSource *source;

  if (!cancellable)
    return NULL;
  source = g_cancellable_source_new (cancellable);
  g_source_set_callback (source, G_SOURCE_FUNC (func), data, NULL);
  g_source_attach (source, g_main_context_get_thread_default ());
  return source;
}

SyncWaiter *
sync_waiter_new (gpointer owner, GTask *task, GCancellableSourceFunc on_cancelled)
{
  SyncWaiter *self = g_new0 (SyncWaiter, 1);

  self->owner = owner;
  self->task = g_object_ref (task);
  self->cancel_source = sync_waiter_watch (g_task_get_cancellable (task), on_cancelled, self);
  return self;
}

void
sync_waiter_free (gpointer waiter)
{
  SyncWaiter *self = waiter;

  if (self->cancel_source)
    {
      g_source_destroy (self->cancel_source);
      g_source_unref (self->cancel_source);
    }
  g_clear_object (&self->task);
  g_free (self);
}

void
sync_waiter_return (SyncWaiter *self, const SyncReport *report)
{
  SyncReport *copy = sync_report_new (report->account);

  sync_report_add (copy, report);
  g_task_return_pointer (self->task, copy, (GDestroyNotify) sync_report_free);
}

void
sync_waiter_return_cancelled (SyncWaiter *self, gint64 account)
{
  g_autoptr (SyncReport) report = sync_report_new (account);

  sync_report_take_error (report, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "Cancelled"));
  sync_waiter_return (self, report);
}
