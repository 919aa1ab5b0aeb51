/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The machine's sleep, noticed. */
#include "sync-wake.h"

typedef struct
{
  gint64 slept;
  guint n_looks, n_woken;
} Machine;

static gint64
look (gpointer data)
{
  Machine *self = data;

  self->n_looks++;
  return self->slept;
}

static void
on_woken (gpointer data)
{
  ((Machine *) data)->n_woken++;
}

static void
wait_for_looks (Machine *self, guint n)
{
  for (guint until = self->n_looks + n; self->n_looks < until;)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_slept (void)
{
  Machine machine = { 7 * G_USEC_PER_SEC, 0, 0 };
  SyncWake *wake = sync_wake_new (look, 1, on_woken, &machine);

  wait_for_looks (&machine, 2);
  g_assert_cmpuint (machine.n_woken, ==, 0); /* what was slept before is of no interest */
  machine.slept += 3600 * (gint64) G_USEC_PER_SEC;
  wait_for_looks (&machine, 3);
  g_assert_cmpuint (machine.n_woken, ==, 1);
  machine.slept += 6 * G_USEC_PER_SEC;
  wait_for_looks (&machine, 2);
  g_assert_cmpuint (machine.n_woken, ==, 2);
  sync_wake_free (wake);
}

/* The two clocks are not read in the same moment. */
static void
test_awake (void)
{
  Machine machine = { 0 };
  SyncWake *wake = sync_wake_new (look, 1, on_woken, &machine);

  for (guint i = 0; i < 4; i++)
    {
      machine.slept = i % 2 ? 400 : -400;
      wait_for_looks (&machine, 1);
    }
  g_assert_cmpuint (machine.n_woken, ==, 0);
  sync_wake_free (wake);
}

static void
test_kernels_clock (void)
{
  Machine machine = { 0 };
  SyncWake *wake = sync_wake_new (NULL, 1, on_woken, &machine);

  for (guint i = 0; i < 20; i++)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (machine.n_woken, ==, 0);
  sync_wake_free (wake);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/wake/after-a-sleep/is-told-once", test_slept);
  g_test_add_func ("/sync/wake/awake/tells-nothing", test_awake);
  g_test_add_func ("/sync/wake/kernels-clock/has-not-slept-in-a-test", test_kernels_clock);
  return g_test_run ();
}
