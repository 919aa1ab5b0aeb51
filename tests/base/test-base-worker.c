/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One thread, one queue: order, waking, stopping. */
#include "base-worker.h"

typedef struct
{
  BaseWorker *worker;
  GString *log;      /* the jobs' letters, in the order they ran */
  int n_answers;
  int n_cancelled;
  GCancellable *gate; /* a job that waits for it holds the queue up */
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->worker = base_worker_new ("test");
  f->log = g_string_new (NULL);
  f->gate = g_cancellable_new ();
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  base_worker_stop (f->worker);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (f->worker);
  g_object_unref (f->gate);
  g_string_free (f->log, TRUE);
}

static void
on_answer (GObject *source, GAsyncResult *result, gpointer data)
{
  Fixture *f = data;
  g_autoptr (GError) error = NULL;

  g_task_propagate_boolean (G_TASK (result), &error);
  f->n_answers++;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    f->n_cancelled++;
}

static void
run_letter (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Fixture *f = g_object_get_data (G_OBJECT (task), "fixture");

  g_assert_true (base_worker_is_current (f->worker));
  g_string_append (f->log, data);
  g_task_return_boolean (task, TRUE);
}

static void
run_gate (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Fixture *f = g_object_get_data (G_OBJECT (task), "fixture");

  while (!g_cancellable_is_cancelled (f->gate))
    g_usleep (500);
  g_assert_true (base_worker_is_current (f->worker)); /* also while stopping */
  g_task_return_boolean (task, TRUE);
}

static void
run_idle (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Fixture *f = g_object_get_data (G_OBJECT (task), "fixture");

  g_assert_false (g_cancellable_is_cancelled (base_worker_get_wake (f->worker)));
  g_cancellable_cancel (f->gate); /* tells the test that waiting has begun */
  while (!g_cancellable_is_cancelled (base_worker_get_wake (f->worker)))
    g_usleep (500);
  g_string_append (f->log, "idle;");
  g_task_return_boolean (task, TRUE);
}

static void
push (Fixture *f, const char *letter, GTaskThreadFunc func, gboolean is_first, GCancellable *cancellable)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, on_answer, f);

  g_object_set_data (G_OBJECT (task), "fixture", f);
  g_task_set_task_data (task, (gpointer) letter, NULL);
  if (is_first)
    base_worker_push_first (f->worker, task, func);
  else
    base_worker_push (f->worker, task, func);
}

static void
wait_for (Fixture *f, int n_answers)
{
  while (f->n_answers < n_answers)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_order (Fixture *f, gconstpointer data)
{
  push (f, NULL, run_gate, FALSE, NULL);
  push (f, "a", run_letter, FALSE, NULL);
  push (f, "b", run_letter, FALSE, NULL);
  push (f, "c", run_letter, TRUE, NULL);
  push (f, "d", run_letter, TRUE, NULL);
  g_assert_true (base_worker_has_jobs (f->worker));
  g_cancellable_cancel (f->gate);
  wait_for (f, 5);
  g_assert_cmpstr (f->log->str, ==, "dcab");
  g_assert_false (base_worker_has_jobs (f->worker));
  g_assert_false (base_worker_is_current (f->worker));
}

static void
test_cancelled_job (Fixture *f, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  push (f, NULL, run_gate, FALSE, NULL);
  push (f, "a", run_letter, FALSE, cancellable);
  push (f, "b", run_letter, FALSE, NULL);
  g_cancellable_cancel (cancellable);
  g_cancellable_cancel (f->gate);
  wait_for (f, 3);
  g_assert_cmpstr (f->log->str, ==, "b");
  g_assert_cmpint (f->n_cancelled, ==, 1);
}

static void
test_wake (Fixture *f, gconstpointer data)
{
  push (f, NULL, run_idle, FALSE, NULL);
  while (!g_cancellable_is_cancelled (f->gate))
    g_usleep (500);
  push (f, "a", run_letter, FALSE, NULL);
  wait_for (f, 2);
  g_assert_cmpstr (f->log->str, ==, "idle;a");
}

/* Pushing a job must not wake that very job. */
static void
test_no_needless_wake (Fixture *f, gconstpointer data)
{
  for (int i = 1; i <= 300; i++)
    {
      push (f, "", run_letter, FALSE, NULL);
      wait_for (f, i);
      g_assert_false (g_cancellable_is_cancelled (base_worker_get_wake (f->worker)));
    }
}

static gpointer
open_gate_later (gpointer gate)
{
  g_usleep (30000);
  g_cancellable_cancel (gate);
  return NULL;
}

static void
test_stop (Fixture *f, gconstpointer data)
{
  GThread *thread;

  push (f, NULL, run_gate, FALSE, NULL);
  push (f, "a", run_letter, FALSE, NULL);
  push (f, "b", run_letter, FALSE, NULL);
  g_usleep (5000); /* the first is running now */
  thread = g_thread_new ("gate", open_gate_later, f->gate);
  base_worker_stop (f->worker);
  base_worker_stop (f->worker);
  push (f, "c", run_letter, FALSE, NULL);
  wait_for (f, 4);
  g_assert_cmpstr (f->log->str, ==, "");
  g_assert_cmpint (f->n_cancelled, >=, 3);
  g_thread_join (thread);
}

static void
note_thread (gpointer slot, GObject *gone)
{
  *(GThread **) slot = g_thread_self ();
}

static void
run_slowly (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_task_return_boolean (task, TRUE);
  g_usleep (20000); /* the answer is delivered meanwhile */
}

static void
test_last_reference (Fixture *f, gconstpointer data)
{
  GObject *source = g_object_new (G_TYPE_OBJECT, NULL);
  GTask *task = g_task_new (source, NULL, on_answer, f);
  GThread *thread = NULL;

  g_object_weak_ref (source, note_thread, &thread);
  g_object_unref (source);
  base_worker_push (f->worker, task, run_slowly);
  g_object_unref (task);
  while (!thread)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (thread == g_thread_self ());
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  ADD ("/base/worker/jobs/run-in-order-but-first-ones-before", test_order);
  ADD ("/base/worker/cancelled-job/is-not-run", test_cancelled_job);
  ADD ("/base/worker/pushed-job/wakes-who-waits-on-purpose", test_wake);
  ADD ("/base/worker/pushed-job/does-not-wake-itself", test_no_needless_wake);
  ADD ("/base/worker/stop/returns-all-that-wait-as-cancelled", test_stop);
  ADD ("/base/worker/last-reference/is-dropped-where-the-answer-goes", test_last_reference);
  return g_test_run ();
}
