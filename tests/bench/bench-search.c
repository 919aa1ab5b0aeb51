/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bench-search PROFILE [MAILDIR]: puts the mail of a maildir into a profile's inbox and indexes it (without one: looks at what is there), then
 * says how long the first 50 rows of a search take, in this process. Prints figures; asserts no time. */
#include "base-paths.h"
#include "mime-summary.h"
#include "store-folders.h"
#include "store-messages.h"
#include "store-database.h"
#include "store-search.h"
#include "sync-index.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define ROWS 50
#define ROUNDS 15

static const char *const queries[][2] = {
  { "rare word", "mahahetra" }, { "common word", "the" }, { "two common words", "people water" }, { "phrase", "\"of the\"" },
  { "rare phrase", "\"people could people\"" }, { "prefix, 2 letters", "st*" }, { "prefix, 3 letters", "mah*" },
  { "prefix, 5 letters", "mahah*" }, { "from:", "from:perf OR from:example" }, { "from: a person", "from:nozu" }, { "CJK, 2 characters", "会議" },
  { "CJK, 1 character", "会" }, { "CJK, 4 characters", "明日 午後" }, { "diacritics", "schone grusse" }, { "not", "the -of" },
  { "attachment", "has:attachment" }, { "attachment name", "attachment:pdf" }, { "unread", "is:unread" }, { "flagged with a word", "the is:flagged" },
  { "typed: m", "m" }, { "typed: ma", "ma" }, { "typed: mah", "mah" }, { "typed: maha", "maha" }, { "typed: t", "t" }, { "typed: th", "th" }, { "typed: the", "the" },
  { "typed: the p", "the p" }, { "typed: the pe", "the pe" }, { "typed: the peo", "the peo" }, { "typed: the people", "the people" },
  { "best: common word", "the" }, { "best: two words", "people water" }, { "best: typed", "the peo" },
  { "several operators", "from:nozu has:attachment after:2020-06 -is:flagged the" },
  { "size", "larger:1M" }, { "before", "the before:2021-01" }, { "nothing", "mahahetra the xyzzy" },
};

static void
stop_on (GError *error)
{
  if (error)
    g_error ("%s", error->message);
}

static double
since (gint64 start)
{
  return (g_get_monotonic_time () - start) / 1000.0;
}

/* Of this process: what a search costs on a machine that has other things to do too */
static double
processor (clock_t start)
{
  return (double) (clock () - start) * 1000 / CLOCKS_PER_SEC;
}

static gint64
prepare_inbox (StoreDatabase *database)
{
  g_autoptr (GError) error = NULL;
  gint64 inbox;

  store_folders_prepare_account (database, 1, &error);
  stop_on (error);
  inbox = store_folders_find_role (database, 1, MAIL_ROLE_INBOX, &error);
  stop_on (error);
  return inbox;
}

/* The file's name begins with the second it was received. */
static void
add (StoreDatabase *database, gint64 inbox, const char *path, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MailSummary) summary = NULL;
  g_autoptr (GBytes) source = NULL;
  char *data;
  gsize size;

  g_file_get_contents (path, &data, &size, &error);
  stop_on (error);
  source = g_bytes_new_take (data, size);
  summary = mime_summary_new (source, TRUE, g_ascii_strtoll (name, NULL, 10));
  summary->flags = (summary->received / 3150) % 97 == 0 ? MAIL_FLAG_FLAGGED : (summary->received / 3150) % 3 ? MAIL_FLAG_SEEN : 0;
  store_messages_add (database, inbox, source, summary, &error);
  stop_on (error);
}

static void
fill (StoreDatabase *database, const char *maildir)
{
  g_autofree char *folder = g_build_filename (maildir, "cur", NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  GDir *dir = g_dir_open (folder, 0, &error);
  gint64 inbox = prepare_inbox (database);
  gint64 start = g_get_monotonic_time ();

  stop_on (error);
  for (const char *name = g_dir_read_name (dir); name; name = g_dir_read_name (dir))
    g_ptr_array_add (names, g_strdup (name));
  g_dir_close (dir);
  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *path = g_build_filename (folder, g_ptr_array_index (names, i), NULL);

      if (i % 200 == 0)
        store_database_begin (database, &error);
      stop_on (error);
      add (database, inbox, path, g_ptr_array_index (names, i));
      if (i % 200 == 199 || i + 1 == names->len)
        store_database_commit (database, &error);
      stop_on (error);
    }
  g_print ("%u messages put into the store in %.1f s\n", names->len, since (start) / 1000);
}

static void
build (Store *store, const char *path)
{
  g_autofree char *index = g_strconcat (path, "-search", NULL);
  g_autoptr (GError) error = NULL;
  GStatBuf mail_status, index_status;
  gint64 start = g_get_monotonic_time ();
  clock_t cpu = clock ();

  sync_index_catch_up (store, TRUE, NULL, NULL, NULL, &error);
  stop_on (error);
  if (g_stat (path, &mail_status) == 0 && g_stat (index, &index_status) == 0)
    g_print ("index complete in %.1f s (%.1f s of processor); %.0f MB beside %.0f MB of mail\n", since (start) / 1000,
             processor (cpu) / 1000, index_status.st_size / 1e6, mail_status.st_size / 1e6);
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  const double *one = a, *other = b;

  return *one < *other ? -1 : *one > *other;
}

/* @what: "typed: …": as the window understands it, whose last word may grow; "best: …": likewise, and by weight */
static guint
search_once (StoreDatabase *database, const char *what, const char *text, guint limit)
{
  gboolean is_best = g_str_has_prefix (what, "best"), is_typed = is_best || g_str_has_prefix (what, "typed");
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autoptr (MailQuery) query = mail_query_parse (text, is_typed, g_get_real_time () / G_USEC_PER_SEC, zone);
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) ids = store_search_ids (database, &(StoreSearch) { .query = query, .best_first = is_best, .limit = limit }, NULL, &error);
  g_autoptr (GPtrArray) rows = NULL;

  stop_on (error);
  rows = store_messages_get_rows (database, (const gint64 *) ids->data, MIN (ids->len, ROWS), &error);
  stop_on (error);
  return ids->len;
}

static void
measure (StoreDatabase *database, const char *what, const char *text)
{
  double times[ROUNDS], costs[ROUNDS], first, all;
  gint64 start = g_get_monotonic_time ();
  clock_t clock_start;
  guint n;

  search_once (database, what, text, ROWS);
  first = since (start);
  for (int i = 0; i < ROUNDS; i++)
    {
      start = g_get_monotonic_time ();
      clock_start = clock ();
      search_once (database, what, text, ROWS);
      times[i] = since (start);
      costs[i] = processor (clock_start);
    }
  qsort (times, ROUNDS, sizeof *times, compare_doubles);
  qsort (costs, ROUNDS, sizeof *costs, compare_doubles);
  start = g_get_monotonic_time ();
  n = search_once (database, what, text, 0);
  all = since (start);
  g_print ("%-20s %-24s %7u hits  first time %7.1f  then median %7.2f  best %7.2f  processor %7.2f  all hits %7.1f ms\n", what, text, n, first,
           times[ROUNDS / 2], times[0], costs[ROUNDS / 2], all);
}

int
main (int argc, char *argv[])
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BasePaths) paths = NULL;
  g_autoptr (Store) store = NULL;
  g_autoptr (StoreDatabase) database = NULL;
  g_autoptr (StoreDatabase) finder = NULL;

  if (argc < 2 || argc > 3)
    {
      g_printerr ("Usage: bench-search PROFILE [MAILDIR]\n");
      return 2;
    }
  mime_init ();
  paths = base_paths_new (argv[1], &error);
  stop_on (error);
  store = store_new (base_paths_get_database (paths), &error);
  stop_on (error);
  database = store_open (store, &error);
  stop_on (error);
  if (argc == 3)
    fill (database, argv[2]);
  build (store, base_paths_get_database (paths));
  finder = store_search_open (store, &error);
  stop_on (error);
  for (gsize i = 0; i < G_N_ELEMENTS (queries); i++)
    measure (finder, queries[i][0], queries[i][1]);
  return 0;
}
