/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When a wait for news begins, and what comes of its end. */
#include "sync-watch.h"

#include "base-error.h"

typedef struct
{
  GObject *owner;
  SyncWatch *watch;
  guint n_waits;
  guint n_news;
  GTask *task;                 /* of the wait that is under way */
  GCancellable *cancellable;
} Fixture;

static Fixture *fixture;

static void
push (gpointer owner, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  g_assert_null (fixture->task);
  fixture->n_waits++;
  fixture->task = g_task_new (NULL, NULL, callback, data);
  g_set_object (&fixture->cancellable, cancellable);
}

static void
on_news (gpointer owner)
{
  fixture->n_news++;
}

/* The wait ends: with @code, or well */
static void
end_wait (Fixture *self, int code)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->task);

  if (code > 0)
    g_task_return_new_error (task, BASE_ERROR, code, "It ended.");
  else if (g_cancellable_is_cancelled (self->cancellable))
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Cancelled");
  else
    g_task_return_boolean (task, TRUE);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
set_up (Fixture *self, gconstpointer data)
{
  fixture = self;
  self->owner = g_object_new (G_TYPE_OBJECT, NULL);
  self->watch = sync_watch_new (self->owner, push, on_news);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  sync_watch_stop (self->watch);
  if (self->task)
    end_wait (self, 0);
  sync_watch_free (self->watch);
  g_clear_object (&self->cancellable);
  g_assert_finalize_object (self->owner);
}

static void
pass (Fixture *self, gboolean is_good)
{
  sync_watch_begin_pass (self->watch);
  sync_watch_end_pass (self->watch, is_good);
}

static void
test_after_pass (Fixture *self, gconstpointer data)
{
  sync_watch_set_on (self->watch, TRUE);
  g_assert_cmpuint (self->n_waits, ==, 0);
  pass (self, FALSE);
  g_assert_cmpuint (self->n_waits, ==, 0);
  pass (self, TRUE);
  g_assert_cmpuint (self->n_waits, ==, 1);
}

static void
test_on_between_passes (Fixture *self, gconstpointer data)
{
  pass (self, TRUE);
  g_assert_cmpuint (self->n_waits, ==, 0);
  sync_watch_set_on (self->watch, TRUE);
  g_assert_cmpuint (self->n_waits, ==, 1);
}

static void
test_off (Fixture *self, gconstpointer data)
{
  sync_watch_set_on (self->watch, TRUE);
  pass (self, TRUE);
  sync_watch_set_on (self->watch, FALSE);
  g_assert_true (g_cancellable_is_cancelled (self->cancellable));
  end_wait (self, 0);
  g_assert_cmpuint (self->n_news, ==, 0);
  g_assert_cmpuint (self->n_waits, ==, 1);
}

static void
test_off_and_on (Fixture *self, gconstpointer data)
{
  sync_watch_set_on (self->watch, TRUE);
  pass (self, TRUE);
  sync_watch_set_on (self->watch, FALSE);
  sync_watch_set_on (self->watch, TRUE);
  end_wait (self, 0);
  g_assert_cmpuint (self->n_waits, ==, 2);
}

static void
test_news (Fixture *self, gconstpointer data)
{
  sync_watch_set_on (self->watch, TRUE);
  pass (self, TRUE);
  end_wait (self, 0);
  while (self->n_news == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (self->n_news, ==, 1);
}

/* The server would not tell them once more. */
static void
test_news_while_off (Fixture *self, gconstpointer data)
{
  sync_watch_set_on (self->watch, TRUE);
  pass (self, TRUE);
  sync_watch_set_on (self->watch, FALSE);
  g_cancellable_reset (self->cancellable); /* it had ended when that came */
  end_wait (self, 0);
  g_usleep (1000);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (self->n_news, ==, 0);
  sync_watch_set_on (self->watch, TRUE);
  while (self->n_news == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (self->n_waits, ==, 1);
}

/* The connection broke: the pass that brings a new one comes after a while, and not at once. */
static void
test_broken (Fixture *self, gconstpointer data)
{
  sync_watch_set_on (self->watch, TRUE);
  pass (self, TRUE);
  end_wait (self, BASE_ERROR_NETWORK);
  g_assert_cmpuint (self->n_news, ==, 0);
  g_assert_cmpuint (self->n_waits, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define TEST(path, func) g_test_add ("/sync/watch/" path, Fixture, NULL, set_up, func, tear_down)
  TEST ("switched-on/waits-once-a-pass-has-gone-well", test_after_pass);
  TEST ("switched-on-between-passes/waits-at-once", test_on_between_passes);
  TEST ("switched-off/ends-the-wait", test_off);
  TEST ("switched-off-and-on/waits-again", test_off_and_on);
  TEST ("news/are-told", test_news);
  TEST ("news-while-switched-off/are-told-when-it-is-on-again", test_news_while_off);
  TEST ("broken/is-not-tried-at-once", test_broken);
  return g_test_run ();
}
