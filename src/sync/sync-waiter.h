/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Somebody who waits for the end of a pass, and may stop waiting before. */
#pragma once

#include "sync-engine.h"

G_BEGIN_DECLS

typedef struct
{
  gpointer owner;         /* borrowed: the task holds it */
  GTask *task;
  GSource *cancel_source; /* NULL without a cancellable */
} SyncWaiter;

/* sync_waiter_new: @on_cancelled is called with the waiter, in the main context of the caller, when the task's cancellable is cancelled */
SyncWaiter *sync_waiter_new (gpointer owner, GTask *task, GCancellableSourceFunc on_cancelled);
void sync_waiter_free (gpointer waiter);

/* sync_waiter_return: a copy of @report; once */
void sync_waiter_return (SyncWaiter *self, const SyncReport *report);
void sync_waiter_return_cancelled (SyncWaiter *self, gint64 account);

/* sync_waiter_watch: (transfer full) (nullable): the source that calls @func; %NULL without @cancellable */
GSource *sync_waiter_watch (GCancellable *cancellable, GCancellableSourceFunc func, gpointer data);

G_END_DECLS
