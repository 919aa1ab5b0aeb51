/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of what the status bar says of one account, of several at once, and of none. */
#include "screen-test.h"
#include "status-words.h"
#include "sync-status-writer.h"

typedef struct
{
  Screen screen;
  Account *work;
  Account *home;
  SyncStatus *work_status;
  SyncStatus *home_status;
  GPtrArray *busy;
} WordsTest;

static Account *
add_account (WordsTest *test, const char *title, const char *email)
{
  g_autoptr (Account) account = account_copy (screen_add_account (&test->screen, title, email));

  g_object_set (account, "title", title, NULL);
  g_assert_true (account_list_save (test->screen.accounts, account, NULL));
  return account_list_find_email (test->screen.accounts, email);
}

static void
set_up (WordsTest *test, gconstpointer data)
{
  screen_set_up (&test->screen, data);
  test->work = add_account (test, "Work", "me@example.org");
  test->home = add_account (test, "Home", "me@example.net");
  test->work_status = sync_status_new (account_get_id (test->work));
  test->home_status = sync_status_new (account_get_id (test->home));
  test->busy = g_ptr_array_new ();
}

static void
tear_down (WordsTest *test, gconstpointer data)
{
  g_ptr_array_unref (test->busy);
  g_object_unref (test->work_status);
  g_object_unref (test->home_status);
  screen_tear_down (&test->screen, data);
}

static void
assert_together (WordsTest *test, const char *expected)
{
  g_autofree char *words = status_words_together (test->busy, test->screen.accounts);

  g_assert_cmpstr (words, ==, expected);
}

static void
test_one (WordsTest *test, gconstpointer data)
{
  sync_status_set_progress (test->work_status, ACCOUNT_INCOMING, SYNC_RECEIVING, 34, 210, 2100000);
  g_ptr_array_add (test->busy, test->work_status);
  assert_together (test, "Receiving 34 of 210 from Work · 2.1\302\240MB");
}

static void
test_two_that_receive (WordsTest *test, gconstpointer data)
{
  sync_status_set_progress (test->work_status, ACCOUNT_INCOMING, SYNC_RECEIVING, 34, 210, 2000000);
  sync_status_set_progress (test->home_status, ACCOUNT_INCOMING, SYNC_RECEIVING, 6, 40, 100000);
  g_ptr_array_add (test->busy, test->work_status);
  g_ptr_array_add (test->busy, test->home_status);
  assert_together (test, "Receiving 40 of 250 from 2 accounts · 2.1\302\240MB");
}

static void
test_what_matters_most (WordsTest *test, gconstpointer data)
{
  sync_status_set_progress (test->work_status, ACCOUNT_INCOMING, SYNC_CONNECTING, 0, 0, 0);
  sync_status_set_progress (test->home_status, ACCOUNT_OUTGOING, SYNC_SENDING, 1, 3, 0);
  g_ptr_array_add (test->busy, test->work_status);
  g_ptr_array_add (test->busy, test->home_status);
  assert_together (test, "Sending 2 of 3 through Home · and 1 more account");
}

static void
test_none (WordsTest *test, gconstpointer data)
{
  assert_together (test, NULL);
}

/* No thousands are parted in the language of the tests. */
static void
test_index (WordsTest *test, gconstpointer data)
{
  g_autofree char *here = status_words_index (12000, 100000, FALSE);
  g_autofree char *offline = status_words_index (12000, 100000, TRUE);

  g_assert_cmpstr (here, ==, "Preparing search: 12000 of 100000");
  g_assert_cmpstr (offline, ==, "Offline · preparing search: 12000 of 100000");
}

int
main (int argc, char **argv)
{
  screen_test_init (&argc, &argv);
#define ADD(path, func) g_test_add ("/app/status-words/" path, WordsTest, NULL, set_up, func, tear_down)
  ADD ("one-account/says-how-far-it-is", test_one);
  ADD ("two-that-receive/are-added-up", test_two_that_receive);
  ADD ("two-that-do-different-things/say-what-matters-most", test_what_matters_most);
  ADD ("nobody-busy/says-nothing", test_none);
  ADD ("search-index/says-how-far-it-is", test_index);
  return g_test_run ();
}
