/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The store's worker: jobs in order, results and errors back in the main thread, closing waits for what was asked. */
#include "store-fixture.h"
#include "store-private.h"

#include "base-error.h"

typedef struct
{
  StoreFixture base;
  GString *log;
  guint n_waiting;
  GThread *main_thread;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  store_fixture_set_up (&self->base, NULL);
  store_fixture_inbox (&self->base);
  self->log = g_string_new (NULL);
  self->main_thread = g_thread_self ();
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  store_fixture_tear_down (&self->base, NULL);
  g_string_free (self->log, TRUE);
}

static gpointer
make_folder (StoreDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  gint64 id = store_folders_create (database, 0, data, MAIL_ROLE_NONE, error);

  return id > 0 ? g_strdup_printf ("made %s", (char *) data) : NULL;
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer data)
{
  Fixture *self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *words = store_run_finish (STORE_STORE (source), result, &error);

  g_assert_true (g_thread_self () == self->main_thread);
  g_string_append_printf (self->log, "%s; ", words ? words : error ? base_error_get_word (error) : "nothing");
  self->n_waiting--;
}

static void
run (Fixture *self, StoreFunc func, const char *name, GCancellable *cancellable)
{
  self->n_waiting++;
  store_run_async (self->base.store, func, g_strdup (name), g_free, g_free, cancellable, on_done, self);
}

static void
wait_for_all (Fixture *self)
{
  while (self->n_waiting > 0)
    g_main_context_iteration (NULL, TRUE);
}

static gpointer
do_nothing (StoreDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  return NULL;
}

static void
test_in_order (Fixture *self, gconstpointer data)
{
  run (self, make_folder, "a", NULL);
  run (self, make_folder, "a/b", NULL);
  run (self, make_folder, "a", NULL);
  run (self, do_nothing, "", NULL);
  wait_for_all (self);
  g_assert_cmpstr (self->log->str, ==, "made a; made a/b; exists; nothing; ");
}

static gpointer
make_and_cancel (StoreDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  gpointer result = make_folder (database, data, cancellable, error);

  g_cancellable_cancel (cancellable);
  return result;
}

static void
test_cancelled (Fixture *self, gconstpointer data)
{
  g_autoptr (GCancellable) before = g_cancellable_new ();
  g_autoptr (GCancellable) after = g_cancellable_new ();

  g_cancellable_cancel (before);
  run (self, make_folder, "never", before);
  run (self, make_and_cancel, "done", after);
  wait_for_all (self);
  g_assert_cmpstr (self->log->str, ==, "cancelled; made done; ");
}

static void
test_close_waits (Fixture *self, gconstpointer data)
{
  for (int i = 0; i < 20; i++)
    {
      g_autofree char *name = g_strdup_printf ("folder %d", i);

      run (self, make_folder, name, NULL);
    }
  store_fixture_close (&self->base);
  wait_for_all (self);
  store_fixture_open (&self->base);
  g_assert_cmpint (store_fixture_count (&self->base, "SELECT count (*) FROM folder WHERE account = 0"), ==, 20);
}

#define TEST(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  TEST ("/store/run/jobs/come-back-in-order", test_in_order);
  TEST ("/store/run/cancelled-after-it-was-done/is-told-as-done", test_cancelled);
  TEST ("/store/close/runs-what-was-asked-before", test_close_waits);
  return g_test_run ();
}
