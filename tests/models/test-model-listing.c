/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a message list is made of: conversations, sections by date, and the runs from one order to another. Pure. */
#include "model-days.h"
#include "model-listing.h"
#include "model-runs.h"

#include <string.h>

#define DAY (24 * 3600)

static GArray *
make_ids (const char *text)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (; *text; text++)
    g_array_append_val (ids, (gint64) { *text });
  return ids;
}

static char *
to_text (GArray *ids)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < ids->len; i++)
    g_string_append_c (text, (char) g_array_index (ids, gint64, i));
  return g_string_free (text, FALSE);
}

/* Ids are letters; those of @same are in thread 1, those of @others in thread 2 */
static ModelListing *
make_listing (const char *ids, const char *same, const char *others)
{
  g_autoptr (GHashTable) threads = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  gint64 one = 1, two = 2;

  for (const char *p = same; *p; p++)
    g_hash_table_insert (threads, g_memdup2 (&(gint64) { *p }, sizeof (gint64)), g_memdup2 (&one, sizeof one));
  for (const char *p = others; *p; p++)
    g_hash_table_insert (threads, g_memdup2 (&(gint64) { *p }, sizeof (gint64)), g_memdup2 (&two, sizeof two));
  return model_listing_new (make_ids (ids), NULL, threads);
}

static void
assert_shown (ModelListing *listing, gint64 open, const char *expected)
{
  g_autoptr (GHashTable) expanded = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr (GArray) ids = NULL;
  g_autofree char *text = NULL;

  if (open)
    g_hash_table_add (expanded, &open);
  ids = model_listing_flatten (listing, expanded);
  text = to_text (ids);
  g_assert_cmpstr (text, ==, expected);
}

static void
test_conversations (void)
{
  g_autoptr (ModelListing) listing = make_listing ("abcdefg", "bdg", "ce");

  assert_shown (listing, 0, "abcf");
  assert_shown (listing, 1, "abdgcf");
  assert_shown (listing, 2, "abcef");
  g_assert_null (model_listing_find (listing, 'a'));
  g_assert_cmpuint (model_listing_find (listing, 'g')->rest->len, ==, 2);
  g_assert_cmpint (model_listing_find (listing, 'g')->head, ==, 'b');
}

static void
test_alone (void)
{
  g_autoptr (ModelListing) listing = make_listing ("abc", "bx", "");

  assert_shown (listing, 1, "abc");
  g_assert_null (model_listing_find (listing, 'b'));
}

static void
test_removal (void)
{
  g_autoptr (ModelListing) listing = make_listing ("abcdefg", "bdg", "ce");
  g_autoptr (GArray) heads = make_ids ("abc");
  g_autoptr (GArray) rest = make_ids ("dg");

  model_listing_remove (listing, heads);
  assert_shown (listing, 0, "def");
  assert_shown (listing, 1, "dgef");
  model_listing_remove (listing, rest);
  assert_shown (listing, 1, "ef");
}

static gint64
at (GTimeZone *zone, int year, int month, int day, int hour)
{
  g_autoptr (GDateTime) time = g_date_time_new (zone, year, month, day, hour, 0, 0);

  return g_date_time_to_unix (time);
}

static void
test_days (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Berlin");
  gint64 now = at (zone, 2026, 11, 22, 14);

  g_assert_cmpint (model_days_find_start (now, now, zone), ==, at (zone, 2026, 11, 22, 0));
  g_assert_cmpint (model_days_find_start (now + 5 * DAY, now, zone), ==, at (zone, 2026, 11, 22, 0));
  g_assert_cmpint (model_days_find_start (at (zone, 2026, 11, 21, 23), now, zone), ==, at (zone, 2026, 11, 21, 0));
  g_assert_cmpint (model_days_find_start (at (zone, 2026, 11, 16, 1), now, zone), ==, at (zone, 2026, 11, 16, 0));
  g_assert_cmpint (model_days_find_start (at (zone, 2026, 11, 15, 1), now, zone), ==, at (zone, 2026, 11, 9, 0));
  g_assert_cmpint (model_days_find_start (at (zone, 2026, 11, 9, 1), now, zone), ==, at (zone, 2026, 11, 9, 0));
  g_assert_cmpint (model_days_find_start (at (zone, 2026, 11, 8, 1), now, zone), ==, at (zone, 2026, 11, 1, 0));
  g_assert_cmpint (model_days_find_start (at (zone, 2026, 10, 25, 2), now, zone), ==, at (zone, 2026, 10, 1, 0)); /* clocks were set back */
  g_assert_cmpint (model_days_find_start (G_MAXINT64, now, zone), ==, 0);
}

static void
assert_sections (gboolean is_ascending)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  gint64 now = at (zone, 2026, 11, 22, 14);
  const gint64 times[] = { now + DAY, now - 60, now - DAY, now - DAY - 60, now - 9 * DAY, now - 40 * DAY, now - 41 * DAY, now - 400 * DAY, -5000 };
  const char *firsts = is_ascending ? "bdeghi" : "acefhi";
  g_autoptr (GArray) received = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (ModelListing) listing = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (times); i++)
    g_array_append_val (received, times[is_ascending ? G_N_ELEMENTS (times) - 1 - i : i]);
  listing = model_listing_new (make_ids (is_ascending ? "ihgfedcba" : "abcdefghi"), g_array_ref (received), NULL);
  model_listing_set_day (listing, now, zone);
  for (const char *p = "abcdefghi"; *p; p++)
    g_assert_cmpint (model_listing_get_section (listing, *p) != 0, ==, strchr (firsts, *p) != NULL);
}

static void
test_sections (void)
{
  assert_sections (FALSE);
  assert_sections (TRUE);
}

static void
on_run (guint position, guint removed, const gint64 *added, guint n_added, gpointer data)
{
  GArray *ids = data;

  if (removed)
    g_array_remove_range (ids, position, removed);
  if (n_added)
    g_array_insert_vals (ids, position, added, n_added);
}

static void
test_runs (void)
{
  const char *const texts[] = { "", "a", "abc", "cba", "abcdef", "bdf", "xaybzc", "fedcba", "acbdfe" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (texts); j++)
      {
        g_autoptr (GArray) ids = make_ids (texts[i]);
        g_autoptr (GArray) wanted = make_ids (texts[j]);
        g_autofree char *text = NULL;

        model_runs_walk (ids, wanted, FALSE, on_run, ids);
        text = to_text (ids);
        g_assert_cmpstr (text, ==, texts[j]);
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/listing/conversations/stand-where-their-first-does", test_conversations);
  g_test_add_func ("/model/listing/a-thread-of-one-here/is-no-conversation", test_alone);
  g_test_add_func ("/model/listing/what-is-gone/leaves-the-next-in-its-place", test_removal);
  g_test_add_func ("/model/listing/days/are-the-calendar's", test_days);
  g_test_add_func ("/model/listing/sections/begin-at-their-first", test_sections);
  g_test_add_func ("/model/listing/runs/lead-from-any-order-to-any", test_runs);
  return g_test_run ();
}
