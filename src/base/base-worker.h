/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One named thread with one queue of jobs. What a job makes (session, parser, database handle) stays in its thread. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define BASE_TYPE_WORKER (base_worker_get_type ())
G_DECLARE_FINAL_TYPE (BaseWorker, base_worker, BASE, WORKER, GObject)

/**
 * base_worker_new:
 * @name: the thread's name, at most 15 bytes are shown
 *
 * Starts the thread.
 *
 * Returns: (transfer full): stop it with base_worker_stop () before the last unref
 */
BaseWorker *base_worker_new (const char *name);

/**
 * base_worker_push:
 * @task: (transfer none): kept until @func has run; @func must return its value exactly once
 * @func: run in the worker's thread, first in, first out. A task whose cancellable is already cancelled is returned
 *   as cancelled without running @func. The last reference is dropped in the task's own context.
 *
 * Any thread. After base_worker_stop () the task is returned as cancelled.
 */
void base_worker_push (BaseWorker *self, GTask *task, GTaskThreadFunc func);

/* base_worker_push_first: the same, ahead of everything that waits (open this message now) */
void base_worker_push_first (BaseWorker *self, GTask *task, GTaskThreadFunc func);

/* base_worker_has_jobs: any thread; whether somebody waits: a long pass asks between two batches */
gboolean base_worker_has_jobs (BaseWorker *self);

/* base_worker_is_current: whether the caller is the worker's own thread; for g_assert () on owners */
gboolean base_worker_is_current (BaseWorker *self);

/**
 * base_worker_get_wake:
 *
 * A cancellable that pushing a job cancels, and that starting a job resets: a job that waits on purpose (IDLE) waits
 * with it, and so never keeps another job waiting. It is cancelled under the worker's lock: what is connected to it must
 * not push jobs itself.
 */
GCancellable *base_worker_get_wake (BaseWorker *self);

/**
 * base_worker_stop:
 *
 * Lets the running job end (cancel its task's cancellable first if it should end soon), returns all waiting tasks as
 * cancelled, joins the thread. Not from the worker's own thread. May be called twice.
 */
void base_worker_stop (BaseWorker *self);

G_END_DECLS
