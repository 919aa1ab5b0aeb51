/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Quotas and sizes by the server's last word. */
#include "store-fixture.h"
#include "store-folders.h"
#include "store-private.h"
#include "store-room.h"

static void
assert_quota (StoreFixture *self, gint64 account, gint64 used, gint64 limit)
{
  g_autoptr (GError) error = NULL;
  StoreQuota quota;

  store_room_get_quota (self->database, account, &quota, &error);
  g_assert_no_error (error);
  g_assert_cmpint (quota.used, ==, used);
  g_assert_cmpint (quota.limit, ==, limit);
}

static void
set_quota (StoreFixture *self, gint64 account, gint64 used, gint64 limit)
{
  const StoreQuota quota = { used, limit };
  g_autoptr (GError) error = NULL;

  store_room_set_quota (self->database, account, &quota, &error);
  g_assert_no_error (error);
}

static void
test_quota (StoreFixture *self, gconstpointer data)
{
  assert_quota (self, 1, 0, 0);
  set_quota (self, 1, 5, 10);
  set_quota (self, 2, 7, 7000000000);
  assert_quota (self, 1, 5, 10);
  assert_quota (self, 2, 7, 7000000000);
  set_quota (self, 1, 11, 10);
  assert_quota (self, 1, 11, 10);
  set_quota (self, 1, 0, 0);
  assert_quota (self, 1, 0, 0);
}

static void
test_account_goes (StoreFixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  set_quota (self, 1, 5, 10);
  store_folders_remove_account (self->database, 1, "Work", FALSE, &error);
  g_assert_no_error (error);
  assert_quota (self, 1, 0, 0);
}

static void
test_limit (StoreFixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 limit = -1;

  g_assert_true (store_room_get_limit (self->database, 1, &limit, &error));
  g_assert_cmpint (limit, ==, 0);
  g_assert_true (store_room_note_limit (self->database, 1, 26214400, &error));
  g_assert_true (store_room_note_limit (self->database, 1, 26214400, &error));
  g_assert_true (store_room_get_limit (self->database, 1, &limit, &error));
  g_assert_cmpint (limit, ==, 26214400);
  g_assert_true (store_folders_remove_account (self->database, 1, "Work", FALSE, &error));
  g_assert_true (store_room_get_limit (self->database, 1, &limit, &error));
  g_assert_no_error (error);
  g_assert_cmpint (limit, ==, 0);
}

static void
test_size (StoreFixture *self, gconstpointer data)
{
  gint64 inbox = store_fixture_inbox (self);
  g_autoptr (GError) error = NULL;
  gint64 size = 0;

  g_assert_true (store_room_get_size (self->database, inbox, &size, &error));
  g_assert_cmpint (size, ==, -1);
  g_assert_true (store_room_set_size (self->database, inbox, 5000000000, &error));
  g_assert_true (store_room_get_size (self->database, inbox, &size, &error));
  g_assert_no_error (error);
  g_assert_cmpint (size, ==, 5000000000);
  g_assert_true (store_room_get_size (self->database, 99999, &size, &error));
  g_assert_cmpint (size, ==, -1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add ("/store/room/" path, StoreFixture, NULL, store_fixture_set_up, func, store_fixture_tear_down)
  ADD ("quota-comes-back-until-it-is-gone", test_quota);
  ADD ("limit/is-the-servers-last-word", test_limit);
  ADD ("quota-goes-with-its-account", test_account_goes);
  ADD ("size-of-a-folder-comes-back", test_size);
  return g_test_run ();
}
