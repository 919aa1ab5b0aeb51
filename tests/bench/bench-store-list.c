/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long a folder of 100,000 messages takes to open, to scroll, and to mark. Prints figures; asserts no time. */
#include "mail-address.h"
#include "store-database.h"
#include "store-folders.h"
#include "store-messages.h"
#include "store-pop3.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

static const char *const words[] = { "figures", "flat", "Porto", "invoice", "meeting", "Zürich", "lunch", "report", "garden", "train" };

static double
since (gint64 start)
{
  return (g_get_monotonic_time () - start) / 1000.0;
}

static void
stop_on (GError *error)
{
  if (error)
    g_error ("%s", error->message);
}

static MailSummary *
make_summary (guint i)
{
  MailSummary *summary = mail_summary_new ();

  summary->message_id = g_strdup_printf ("%08x.%u@example.org", i * 2654435761u, i);
  g_free (summary->subject);
  summary->subject = g_strdup_printf ("%s%s about %s number %u", i % 3 ? "" : "Re: ", words[i % 10], words[(i / 10) % 10], i % 5000);
  g_ptr_array_add (summary->from, mail_address_new (words[(i * 7) % 10], "somebody@example.org"));
  g_ptr_array_add (summary->to, mail_address_new ("Ana Ruiz", "ana@example.net"));
  summary->date = 1600000000 + (i * 7919) % 100000 * 600;
  summary->received = 1600000000 + (gint64) i * 600;
  summary->flags = i % 4 ? MAIL_FLAG_SEEN : 0;
  return summary;
}

static void
fill (StoreDatabase *database, gint64 folder, guint n)
{
  g_autoptr (GError) error = NULL;
  gint64 start = g_get_monotonic_time ();

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (MailSummary) summary = make_summary (i);
      g_autofree char *text = g_strdup_printf ("Message-ID: <%s>\r\n\r\nNothing much to say, %u times over.\r\n", summary->message_id, i);
      g_autoptr (GBytes) source = g_bytes_new (text, strlen (text));
      g_autofree char *uidl = g_strdup_printf ("%08x%08x", i, i * 2654435761u);
      StorePop3Entry entry = { .uidl = uidl, .first_seen = 1, .size = 1 };

      if (i % 100 == 0)
        store_database_begin (database, &error);
      entry.message = store_messages_add (database, folder, source, summary, &error);
      if (!error)
        store_pop3_add (database, 1, &entry, &error);
      if (!error && i % 100 == 99)
        store_database_commit (database, &error);
      stop_on (error);
    }
  g_print ("add %u small messages, 100 a commit: %.0f/s\n", n, n / since (start) * 1000);
}

static void
list (StoreDatabase *database, StoreQuery query, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) first = NULL;
  g_autoptr (GArray) second = NULL;
  gint64 start = g_get_monotonic_time ();
  double cold;

  first = store_messages_list_ids (database, &query, &error);
  stop_on (error);
  cold = since (start);
  start = g_get_monotonic_time ();
  second = store_messages_list_ids (database, &query, &error);
  g_print ("list %s: %u ids, first %.1f ms, again %.1f ms\n", name, first->len, cold, since (start));
}

static void
show (StoreDatabase *database, gint64 folder)
{
  StoreQuery query = { .folder = folder };
  g_autoptr (GArray) ids = store_messages_list_ids (database, &query, NULL);
  gint64 start = g_get_monotonic_time ();
  double worst = 0;

  for (guint i = 0; i < 100; i++)
    {
      gint64 one = g_get_monotonic_time ();
      guint position = (i * 7919) % (ids->len - 100);
      g_autoptr (GPtrArray) rows = store_messages_get_rows (database, &g_array_index (ids, gint64, position), 100, NULL);

      worst = MAX (worst, since (one));
    }
  g_print ("100 rows: %.2f ms on average, %.2f ms at most\n", since (start) / 100, worst);
}

static void
mark_and_load (StoreDatabase *database, gint64 folder)
{
  StoreQuery query = { .folder = folder };
  g_autoptr (GArray) ids = store_messages_list_ids (database, &query, NULL);
  gint64 start = g_get_monotonic_time ();
  g_autoptr (GHashTable) uidls = NULL;

  uidls = store_pop3_load (database, 1, NULL);
  g_print ("load %u UIDLs: %.0f ms\n", g_hash_table_size (uidls), since (start));
  start = g_get_monotonic_time ();
  store_messages_set_flags (database, (gint64 *) ids->data, ids->len, MAIL_FLAG_SEEN, 0, NULL);
  g_print ("mark all as read: %.0f ms\n", since (start));
  start = g_get_monotonic_time ();
  store_messages_delete (database, (gint64 *) ids->data, 10000, NULL);
  g_print ("delete 10,000: %.0f ms\n", since (start));
}

static void
measure (StoreDatabase *database, guint n)
{
  static const char *const names[] = { "by received", "by date", "by from", "by to", "by subject", "by size" };
  gint64 folder;

  store_folders_prepare_account (database, 1, NULL);
  folder = store_folders_find_role (database, 1, MAIL_ROLE_INBOX, NULL);
  fill (database, folder, n);
  for (StoreSort sort = STORE_SORT_RECEIVED; sort <= STORE_SORT_SIZE; sort++)
    list (database, (StoreQuery) { .folder = folder, .sort = sort }, names[sort]);
  list (database, (StoreQuery) { .folder = folder, .sort = STORE_SORT_FROM, .only_unread = TRUE }, "by from, unread");
  show (database, folder);
  mark_and_load (database, folder);
}

int
main (int argc, char **argv)
{
  g_autofree char *folder = g_dir_make_tmp ("posthorn-bench-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "mail.sqlite", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (Store) store = store_new (path, &error);
  StoreDatabase *database = store ? store_open (store, &error) : NULL;
  struct rusage usage;

  stop_on (error);
  measure (database, argc > 1 ? atoi (argv[1]) : 100000);
  getrusage (RUSAGE_SELF, &usage);
  g_print ("peak memory: %ld MB\n", usage.ru_maxrss / 1024);
  store_database_free (database);
  store_close (store);
  g_remove (path);
  g_rmdir (folder);
  return 0;
}
