/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Blocks on one asynchronous GIO operation for a limited time: looking up, connecting and shaking hands have no deadline
 * of their own that a slow or hostile server could not stretch. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct
{
  GCancellable *inner; /* give this to the operation */

  /*< private >*/
  GMainContext *context;
  GSource *timer;
  GCancellable *outer;
  gulong outer_id;
  GAsyncResult *result;
  gboolean is_late;
} NetDeadline;

/* net_deadline_begin: @outer: (nullable): cancels the operation too. Between begin and end the thread's default context is
 * a private one, so start the operation here. */
void net_deadline_begin (NetDeadline *self, guint seconds, GCancellable *outer);

/* net_deadline_done: the operation's callback, with the NetDeadline as its data */
void net_deadline_done (GObject *source, GAsyncResult *result, gpointer deadline);

/* net_deadline_wait: (transfer none): blocks until the operation has ended, well or cancelled; valid until _end () or _again () */
GAsyncResult *net_deadline_wait (NetDeadline *self);

/* net_deadline_again: ready for another operation within the same time */
void net_deadline_again (NetDeadline *self);

/* net_deadline_end: @error: (nullable) (inout): a cancellation by the clock becomes %G_IO_ERROR_TIMED_OUT */
void net_deadline_end (NetDeadline *self, GError **error);

G_END_DECLS
