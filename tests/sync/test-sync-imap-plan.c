/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is asked for in which order, and which answers count. */
#include "sync-imap-plan.h"

#include <string.h>

#define H "(UID BODY.PEEK[HEADER])"
#define W "(UID BODY.PEEK[])"
#define LATE (60 * G_USEC_PER_SEC)

static SyncImapPlan *
by_uids (SyncImapPlanKind kind, guint n)
{
  g_autofree guint32 *uids = g_new (guint32, MAX (n, 1));

  for (guint i = 0; i < n; i++)
    uids[i] = 10 * (i + 1);
  return sync_imap_plan_new (kind, uids, n, H, W);
}

static void
assert_next (SyncImapPlan *plan, gint64 elapsed, const char *set, const char *items, gboolean is_numbers)
{
  ImapRequest request = { 0 };

  g_assert_true (sync_imap_plan_next (plan, elapsed, &request));
  g_assert_cmpstr (request.set, ==, set);
  g_assert_cmpstr (request.items, ==, items);
  g_assert_cmpint (request.is_numbers, ==, is_numbers);
  g_free (request.set);
}

static void
assert_end (SyncImapPlan *plan, gint64 elapsed)
{
  ImapRequest request = { 0 };

  g_assert_false (sync_imap_plan_next (plan, elapsed, &request));
}

static gboolean
accept (SyncImapPlan *plan, guint32 sequence, guint32 uid, gboolean is_whole)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("Subject: x\r\n\r\n", 14);
  ImapFetch fetch = { .sequence = sequence, .uid = uid };
  guint index;

  *(is_whole ? &fetch.body : &fetch.header) = bytes;
  return sync_imap_plan_accept (plan, &fetch, &index);
}

static void
test_rows_first (void)
{
  g_autoptr (SyncImapPlan) plan = sync_imap_plan_new_by_numbers (SYNC_IMAP_PLAN_ROWS_FIRST, 230, 1000, H, W);
  static const char *const sets[] = { "206:230", "181:205", "156:180", "131:155", "106:130", "81:105", "56:80", "31:55", "6:30", "1:5" };

  assert_next (plan, 0, "31:230", H, TRUE);
  for (gsize i = 0; i < G_N_ELEMENTS (sets); i++)
    assert_next (plan, 0, sets[i], W, TRUE);
  assert_end (plan, 0);
  g_assert_true (sync_imap_plan_has_asked_all (plan));
}

static void
test_slow_line (void)
{
  g_autoptr (SyncImapPlan) plan = sync_imap_plan_new_by_numbers (SYNC_IMAP_PLAN_ROWS_FIRST, 1000, 5000, H, W);

  assert_next (plan, 0, "801:1000", H, TRUE);
  assert_next (plan, 0, "976:1000", W, TRUE);
  assert_next (plan, LATE, "301:800", H, TRUE);
  assert_next (plan, LATE, "1:300", H, TRUE);
  assert_end (plan, LATE);
  g_assert_false (sync_imap_plan_has_asked_all (plan));
}

/* Whole messages came that have no header asked for: theirs is not asked for again. */
static void
test_late_in_the_middle (void)
{
  g_autoptr (SyncImapPlan) plan = sync_imap_plan_new_by_numbers (SYNC_IMAP_PLAN_ROWS_FIRST, 300, 5000, H, W);

  assert_next (plan, 0, "101:300", H, TRUE);
  for (guint i = 0; i < 10; i++)
    {
      ImapRequest request;

      g_assert_true (sync_imap_plan_next (plan, 0, &request));
      g_free (request.set);
    }
  assert_next (plan, LATE, "1:50", H, TRUE);
  assert_end (plan, LATE);
}

static void
test_headers_only (void)
{
  g_autoptr (SyncImapPlan) plan = by_uids (SYNC_IMAP_PLAN_HEADERS, 3);

  assert_next (plan, 0, "10,20,30", H, FALSE);
  assert_end (plan, 0);
}

static void
test_whole_only (void)
{
  g_autoptr (SyncImapPlan) plan = by_uids (SYNC_IMAP_PLAN_WHOLE, 2);

  assert_next (plan, LATE, "10,20", W, FALSE);
  assert_end (plan, LATE);
}

static void
test_nothing (void)
{
  g_autoptr (SyncImapPlan) plan = by_uids (SYNC_IMAP_PLAN_ROWS_FIRST, 0);

  assert_end (plan, 0);
  g_assert_true (sync_imap_plan_is_complete (plan));
}

/* The longest numbers there are: a set is one line that servers take. */
static void
test_line_length (void)
{
  g_autofree guint32 *uids = g_new (guint32, 700);
  g_autoptr (SyncImapPlan) plan = NULL;
  gsize n_named = 0;
  ImapRequest request;

  for (guint i = 0; i < 700; i++)
    uids[i] = 4000000000u + 2 * i;
  plan = sync_imap_plan_new (SYNC_IMAP_PLAN_HEADERS, uids, 700, H, NULL);
  while (sync_imap_plan_next (plan, 0, &request))
    {
      g_auto (GStrv) names = g_strsplit (request.set, ",", -1);

      g_assert_cmpuint (strlen (request.set), <=, 7000);
      n_named += g_strv_length (names);
      g_free (request.set);
    }
  g_assert_cmpuint (n_named, ==, 700);
}

static void
test_answers (void)
{
  g_autoptr (SyncImapPlan) plan = by_uids (SYNC_IMAP_PLAN_ROWS_FIRST, 2);

  g_assert_false (accept (plan, 1, 10, FALSE));
  assert_next (plan, 0, "10,20", H, FALSE);
  g_assert_false (accept (plan, 1, 10, TRUE));
  g_assert_false (accept (plan, 1, 11, FALSE));
  g_assert_false (accept (plan, 1, 0, FALSE));
  g_assert_true (accept (plan, 1, 10, FALSE));
  g_assert_false (accept (plan, 1, 10, FALSE));
  g_assert_false (sync_imap_plan_is_complete (plan));
  assert_next (plan, 0, "10,20", W, FALSE);
  g_assert_true (accept (plan, 1, 10, TRUE));
  g_assert_false (accept (plan, 1, 10, TRUE));
  g_assert_true (accept (plan, 2, 20, TRUE));
  g_assert_false (accept (plan, 2, 20, FALSE)); /* too late to be of use */
  g_assert_true (sync_imap_plan_is_complete (plan));
}

static void
test_answers_by_number (void)
{
  g_autoptr (SyncImapPlan) plan = sync_imap_plan_new_by_numbers (SYNC_IMAP_PLAN_ROWS_FIRST, 2, 50, H, W);

  assert_next (plan, 0, "1:2", H, TRUE);
  g_assert_false (accept (plan, 0, 7, FALSE));
  g_assert_false (accept (plan, 3, 7, FALSE));
  g_assert_false (accept (plan, 1, 50, FALSE)); /* came after the mailbox was opened */
  g_assert_true (accept (plan, 1, 7, FALSE));
  assert_next (plan, 0, "1:2", W, TRUE);
  g_assert_false (accept (plan, 1, 9, TRUE));   /* the numbers have moved */
  g_assert_true (accept (plan, 1, 7, TRUE));
  g_assert_false (sync_imap_plan_is_complete (plan));
}

/* Yahoo refuses a whole FETCH for one damaged message. */
static void
test_refused (void)
{
  g_autoptr (SyncImapPlan) plan = by_uids (SYNC_IMAP_PLAN_WHOLE, 4);

  assert_next (plan, 0, "10,20,30,40", W, FALSE);
  g_assert_true (accept (plan, 0, 40, TRUE));
  g_assert_true (sync_imap_plan_refused (plan, 0));
  assert_next (plan, 0, "30,40", W, FALSE);
  assert_next (plan, 0, "10,20", W, FALSE);
  g_assert_true (accept (plan, 0, 10, TRUE));
  g_assert_true (accept (plan, 0, 20, TRUE));
  g_assert_true (sync_imap_plan_refused (plan, 1));
  assert_next (plan, 0, "30", W, FALSE); /* 40 is there */
  g_assert_false (sync_imap_plan_refused (plan, 3));
  assert_end (plan, 0);
}

static void
test_all_refused (void)
{
  g_autoptr (SyncImapPlan) plan = by_uids (SYNC_IMAP_PLAN_HEADERS, 5000);
  ImapRequest request = { 0 };
  guint n = 0;

  for (; sync_imap_plan_next (plan, 0, &request); n++)
    {
      sync_imap_plan_refused (plan, n);
      g_clear_pointer (&request.set, g_free);
    }
  g_assert_cmpuint (n, <, 100);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add_func ("/sync/imap-plan/" path, func)
  ADD ("order/newest-rows-then-whole-messages", test_rows_first);
  ADD ("order/on-a-slow-line-all-rows-before-more-bodies", test_slow_line);
  ADD ("order/what-came-whole-needs-no-header", test_late_in_the_middle);
  ADD ("order/headers-alone", test_headers_only);
  ADD ("order/bodies-alone-whatever-the-time", test_whole_only);
  ADD ("order/of-nothing-is-nothing", test_nothing);
  ADD ("order/a-set-fits-a-line", test_line_length);
  ADD ("answers/count-once-and-when-asked-for", test_answers);
  ADD ("answers/by-number-keep-to-their-message", test_answers_by_number);
  ADD ("refused/is-asked-for-again-in-halves", test_refused);
  ADD ("refused-all/is-given-up", test_all_refused);
  return g_test_run ();
}
