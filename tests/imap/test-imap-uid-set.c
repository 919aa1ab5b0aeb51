/* SPDX-License-Identifier: GPL-3.0-or-later */
/* UID sets, there and back. */
#include "imap-uid-set.h"

#include <string.h>

static void
test_format (void)
{
  const guint32 uids[] = { 1, 2, 3, 7, 9, 10, 4294967294u, 4294967295u };
  g_auto (GStrv) sets = imap_uid_set_format (uids, G_N_ELEMENTS (uids), 8000);
  g_auto (GStrv) none = imap_uid_set_format (NULL, 0, 8000);

  g_assert_cmpuint (g_strv_length (sets), ==, 1);
  g_assert_cmpstr (sets[0], ==, "1:3,7,9:10,4294967294:4294967295");
  g_assert_cmpuint (g_strv_length (none), ==, 0);
}

static void
test_format_splits (void)
{
  const guint32 uids[] = { 1, 3, 5, 7, 9 };
  g_auto (GStrv) sets = imap_uid_set_format (uids, G_N_ELEMENTS (uids), 3);

  g_assert_cmpuint (g_strv_length (sets), ==, 3);
  g_assert_cmpstr (sets[0], ==, "1,3");
  g_assert_cmpstr (sets[2], ==, "9");
}

static void
test_parse_keeps_order (void)
{
  g_autoptr (GArray) uids = imap_uid_set_parse ("304,319:321,9:8", 100);
  const guint32 expected[] = { 304, 319, 320, 321, 9, 8 };

  g_assert_nonnull (uids);
  g_assert_cmpmem (uids->data, uids->len * 4, expected, sizeof expected);
}

static void
test_parse_refuses (void)
{
  static const char *const nonsense[] = { "", "0", "1:", ":1", "1,", "1,,2", "*", "1:*", "a", "1 2", "4294967296", "1:4294967295", "-1" };

  for (gsize i = 0; i < G_N_ELEMENTS (nonsense); i++)
    if (imap_uid_set_parse (nonsense[i], 100000))
      g_error ("«%s» was taken for a set", nonsense[i]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/imap/uid-set/runs-are-joined", test_format);
  g_test_add_func ("/imap/uid-set/long-sets-are-split", test_format_splits);
  g_test_add_func ("/imap/uid-set/order-of-the-text-is-kept", test_parse_keeps_order);
  g_test_add_func ("/imap/uid-set/nonsense-and-absurd-ranges-are-refused", test_parse_refuses);
  return g_test_run ();
}
