/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When passes are due. */
#include "sync-schedule.h"

#include "base-error.h"

#define NOW G_GINT64_CONSTANT (1700000000)

static void
note (SyncSchedule *schedule, int code, gint64 now, double random)
{
  g_autoptr (GError) error = g_error_new_literal (BASE_ERROR, code, "No");

  sync_schedule_note (schedule, error, now, random);
}

static void
test_first_at_once (void)
{
  const SyncSchedule schedule = { 0 };

  g_assert_cmpint (sync_schedule_next_receive (&schedule, 10, NOW), ==, NOW);
}

static void
test_by_hand (void)
{
  const SyncSchedule schedule = { 0 };

  g_assert_cmpint (sync_schedule_next_receive (&schedule, 0, NOW), ==, 0);
}

static void
test_interval (void)
{
  SyncSchedule schedule = { 0 };

  sync_schedule_note (&schedule, NULL, NOW, 0);
  g_assert_cmpint (sync_schedule_next_receive (&schedule, 10, NOW + 5), ==, NOW + 600);
  g_assert_cmpint (sync_schedule_next_receive (&schedule, 10, NOW + 700), ==, NOW + 700);
}

static void
test_back_off (void)
{
  static const gint64 waits[] = { 60, 120, 240, 480, 960, 1920, 3600, 3600, 3600 };
  SyncSchedule schedule = { 0 };

  for (gsize i = 0; i < G_N_ELEMENTS (waits); i++)
    {
      note (&schedule, BASE_ERROR_NETWORK, NOW, 0.5);
      g_assert_cmpint (sync_schedule_next_receive (&schedule, 10, NOW), ==, NOW + waits[i]);
    }
}

static void
test_many_failures (void)
{
  SyncSchedule schedule = { 0 };

  for (int i = 0; i < 100; i++)
    note (&schedule, BASE_ERROR_TIMED_OUT, NOW, 0.999);
  g_assert_cmpint (sync_schedule_next_receive (&schedule, 10, NOW), <=, NOW + 3600 * 6 / 5);
}

static void
test_jitter (void)
{
  SyncSchedule early = { 0 }, late = { 0 };

  note (&early, BASE_ERROR_TRY_LATER, NOW, 0.0);
  note (&late, BASE_ERROR_TRY_LATER, NOW, 0.999);
  g_assert_cmpint (sync_schedule_next_receive (&early, 10, NOW), ==, NOW + 48);
  g_assert_cmpint (sync_schedule_next_receive (&late, 10, NOW), ==, NOW + 71);
}

static void
test_success_forgets (void)
{
  SyncSchedule schedule = { 0 };

  note (&schedule, BASE_ERROR_NETWORK, NOW, 0.5);
  note (&schedule, BASE_ERROR_NETWORK, NOW, 0.5);
  sync_schedule_note (&schedule, NULL, NOW, 0);
  note (&schedule, BASE_ERROR_NETWORK, NOW, 0.5);
  g_assert_cmpint (sync_schedule_next_receive (&schedule, 10, NOW), ==, NOW + 60);
}

static void
test_password_blocks (void)
{
  static const int codes[] = { BASE_ERROR_WRONG_PASSWORD, BASE_ERROR_NO_PASSWORD, BASE_ERROR_NO_SECRET_SERVICE,
                               BASE_ERROR_KEYRING_LOCKED, BASE_ERROR_LOGIN_REFUSED };

  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      SyncSchedule schedule = { 0 };

      note (&schedule, codes[i], NOW, 0);
      g_assert_cmpint (sync_schedule_next_receive (&schedule, 10, NOW + 100000), ==, 0);
      g_assert_cmpint (sync_schedule_next_send (&schedule, 1, NOW + 100000), ==, 0);
    }
}

static void
test_unblock (void)
{
  SyncSchedule schedule = { 0 };

  note (&schedule, BASE_ERROR_WRONG_PASSWORD, NOW, 0);
  sync_schedule_unblock (&schedule);
  g_assert_cmpint (sync_schedule_next_receive (&schedule, 10, NOW + 1), ==, NOW + 600);
}

static void
test_cancelled (void)
{
  g_autoptr (GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "Cancelled");
  SyncSchedule schedule = { 0 };

  sync_schedule_note (&schedule, error, NOW, 0);
  g_assert_cmpint (sync_schedule_next_receive (&schedule, 10, NOW), ==, NOW + 600);
}

static void
test_clock_back (void)
{
  SyncSchedule schedule = { 0 };

  sync_schedule_note (&schedule, NULL, NOW + 1000000, 0);
  g_assert_cmpint (sync_schedule_next_receive (&schedule, 10, NOW), ==, NOW + 600);
}

static void
test_send (void)
{
  SyncSchedule schedule = { 0 };

  g_assert_cmpint (sync_schedule_next_send (&schedule, 0, NOW), ==, 0);
  g_assert_cmpint (sync_schedule_next_send (&schedule, 1, NOW), ==, NOW);
  g_assert_cmpint (sync_schedule_next_send (&schedule, NOW + 8, NOW), ==, NOW + 8);
}

static void
test_send_back_off (void)
{
  SyncSchedule schedule = { 0 };

  note (&schedule, BASE_ERROR_STORE, NOW, 0.5);
  g_assert_cmpint (sync_schedule_next_send (&schedule, 1, NOW), ==, NOW + 60);
  g_assert_cmpint (sync_schedule_next_send (&schedule, NOW + 900, NOW), ==, NOW + 900);
}

static void
test_send_gap (void)
{
  SyncSchedule schedule = { 0 };

  sync_schedule_note (&schedule, NULL, NOW, 0);
  g_assert_cmpint (sync_schedule_next_send (&schedule, 1, NOW), ==, NOW + 2);
}

static void
test_login_delay (void)
{
  SyncSchedule schedule = { 0 };

  sync_schedule_note (&schedule, NULL, NOW, 0);
  sync_schedule_note_login (&schedule, 900, NOW);
  g_assert_cmpint (sync_schedule_next_receive (&schedule, 1, NOW), ==, NOW + 900);
  g_assert_cmpint (sync_schedule_next_receive (&schedule, 20, NOW), ==, NOW + 1200);
  note (&schedule, BASE_ERROR_TRY_LATER, NOW + 10, 0.5);
  g_assert_cmpint (sync_schedule_next_receive (&schedule, 1, NOW + 10), ==, NOW + 900);
  sync_schedule_note (&schedule, NULL, NOW + 20, 0);
  sync_schedule_unblock (&schedule);
  g_assert_false (sync_schedule_may_log_in (&schedule, NOW + 899));
  g_assert_true (sync_schedule_may_log_in (&schedule, NOW + 900));
  g_assert_cmpint (sync_schedule_next_receive (&schedule, 1, NOW - 100000), <=, NOW - 100000 + 900);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/schedule/first-pass-is-due-at-once", test_first_at_once);
  g_test_add_func ("/sync/schedule/by-hand-is-never-due", test_by_hand);
  g_test_add_func ("/sync/schedule/success-waits-the-interval", test_interval);
  g_test_add_func ("/sync/schedule/failures-double-the-wait-to-an-hour", test_back_off);
  g_test_add_func ("/sync/schedule/a-hundred-failures-wait-no-longer", test_many_failures);
  g_test_add_func ("/sync/schedule/random-spreads-by-a-fifth", test_jitter);
  g_test_add_func ("/sync/schedule/success-forgets-failures", test_success_forgets);
  g_test_add_func ("/sync/schedule/password-trouble-blocks", test_password_blocks);
  g_test_add_func ("/sync/schedule/unblocked-is-due-again", test_unblock);
  g_test_add_func ("/sync/schedule/cancelling-is-no-failure", test_cancelled);
  g_test_add_func ("/sync/schedule/clock-set-back-delays-no-longer", test_clock_back);
  g_test_add_func ("/sync/schedule/no-login-sooner-than-the-server-wants", test_login_delay);
  g_test_add_func ("/sync/schedule/mail-goes-when-it-is-due", test_send);
  g_test_add_func ("/sync/schedule/failed-sending-waits", test_send_back_off);
  g_test_add_func ("/sync/schedule/due-mail-that-stays-makes-no-loop", test_send_gap);
  return g_test_run ();
}
