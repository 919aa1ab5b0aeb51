/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A private main context, a timer in it, and a cancellable that both the timer and the caller can pull. */
#include "net-deadline.h"

#include <string.h>

static gboolean
on_late (gpointer data)
{
  NetDeadline *self = data;

  self->is_late = TRUE;
  g_cancellable_cancel (self->inner);
  return G_SOURCE_REMOVE;
}

static void
on_outer_cancelled (GCancellable *outer, GCancellable *inner)
{
  g_cancellable_cancel (inner);
}

void
net_deadline_begin (NetDeadline *self, guint seconds, GCancellable *outer)
{
  memset (self, 0, sizeof *self);
  self->inner = g_cancellable_new ();
  self->context = g_main_context_new ();
  g_main_context_push_thread_default (self->context);
  self->timer = g_timeout_source_new_seconds (seconds);
  g_source_set_callback (self->timer, on_late, self, NULL);
  g_source_attach (self->timer, self->context);
  if (outer)
    {
      self->outer = g_object_ref (outer);
      self->outer_id = g_cancellable_connect (outer, G_CALLBACK (on_outer_cancelled), g_object_ref (self->inner),
                                              g_object_unref);
    }
}

void
net_deadline_done (GObject *source, GAsyncResult *result, gpointer deadline)
{
  NetDeadline *self = deadline;

  g_set_object (&self->result, result);
}

GAsyncResult *
net_deadline_wait (NetDeadline *self)
{
  while (!self->result)
    g_main_context_iteration (self->context, TRUE);
  return self->result;
}

void
net_deadline_again (NetDeadline *self)
{
  g_clear_object (&self->result);
}

void
net_deadline_end (NetDeadline *self, GError **error)
{
  if (self->outer)
    {
      g_cancellable_disconnect (self->outer, self->outer_id);
      g_object_unref (self->outer);
    }
  if (self->is_late && error && g_error_matches (*error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_clear_error (error);
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "No answer in time");
    }
  g_source_destroy (self->timer);
  g_source_unref (self->timer);
  g_clear_object (&self->result);

  /* The attempts that lost a race to the one that connected end here, not in a context that nobody runs any more. */
  while (g_main_context_iteration (self->context, FALSE))
    ;
  g_main_context_pop_thread_default (self->context);
  g_main_context_unref (self->context);
  g_object_unref (self->inner);
}
