/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An operation that never ends by itself ends at its deadline. */
#include "net-deadline.h"

static void
on_cancelled (GCancellable *cancellable, GTask *task)
{
  if (!g_task_get_completed (task))
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Cancelled");
}

static void
start (NetDeadline *deadline)
{
  GTask *task = g_task_new (NULL, deadline->inner, net_deadline_done, deadline);

  g_cancellable_connect (deadline->inner, G_CALLBACK (on_cancelled), task, g_object_unref);
}

static int
end (NetDeadline *deadline)
{
  g_autoptr (GError) error = NULL;

  g_task_propagate_boolean (G_TASK (net_deadline_wait (deadline)), &error);
  net_deadline_end (deadline, &error);
  g_assert_true (error && error->domain == G_IO_ERROR);
  return error->code;
}

static void
test_late (void)
{
  gint64 before = g_get_monotonic_time ();
  NetDeadline deadline;

  net_deadline_begin (&deadline, 1, NULL);
  start (&deadline);
  g_assert_cmpint (end (&deadline), ==, G_IO_ERROR_TIMED_OUT);
  g_assert_cmpint (g_get_monotonic_time () - before, <, 3 * G_USEC_PER_SEC);
}

static gpointer
cancel_soon (gpointer cancellable)
{
  g_usleep (20000);
  g_cancellable_cancel (cancellable);
  return NULL;
}

static void
test_cancelled (void)
{
  g_autoptr (GCancellable) outer = g_cancellable_new ();
  GThread *thread = g_thread_new ("cancel", cancel_soon, outer);
  NetDeadline deadline;

  net_deadline_begin (&deadline, 60, outer);
  start (&deadline);
  g_assert_cmpint (end (&deadline), ==, G_IO_ERROR_CANCELLED);
  g_thread_join (thread);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/net/deadline/operation-without-end/times-out", test_late);
  g_test_add_func ("/net/deadline/cancelled-by-the-caller/is-cancelled", test_cancelled);
  return g_test_run ();
}
