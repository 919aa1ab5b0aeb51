/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How fast 10,000 messages of 230 MB together are stored, durably, 100 a commit. Prints figures; asserts no time. */
#include "mail-address.h"
#include "store-check.h"
#include "store-database.h"
#include "store-folders.h"
#include "store-messages.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <sys/resource.h>

#define MEAN_BYTES 23000

static void
stop_on (GError *error)
{
  if (error)
    g_error ("%s", error->message);
}

static double
since (gint64 start)
{
  return (g_get_monotonic_time () - start) / 1000000.0;
}

/* Many small ones and a few large, no two alike */
static GBytes *
make_source (guint i)
{
  gsize size = i % 10 < 8 ? MEAN_BYTES / 5 + i % 1000 : MEAN_BYTES * 4 + i % 10000;
  guint32 *data = g_malloc (size + 4);
  guint32 state = i * 2654435761u + 1;

  for (gsize k = 0; k * 4 < size; k++)
    data[k] = state = state * 1664525u + 1013904223u;
  return g_bytes_new_take (data, size);
}

static gint64
fill (StoreDatabase *database, gint64 folder, guint n)
{
  g_autoptr (GError) error = NULL;
  gint64 bytes = 0;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (MailSummary) summary = mail_summary_new ();
      g_autoptr (GBytes) source = make_source (i);

      summary->message_id = g_strdup_printf ("%08x.%u@example.org", i * 2654435761u, i);
      g_free (summary->subject);
      summary->subject = g_strdup_printf ("About number %u", i % 777);
      g_ptr_array_add (summary->from, mail_address_new ("Somebody", "somebody@example.org"));
      g_ptr_array_add (summary->to, mail_address_new ("Ana Ruiz", "ana@example.net"));
      summary->received = summary->date = 1600000000 + i;
      bytes += g_bytes_get_size (source);
      if (i % 100 == 0)
        store_database_begin (database, &error);
      if (!error)
        store_messages_add (database, folder, source, summary, &error);
      if (!error && i % 100 == 99)
        store_database_commit (database, &error);
      stop_on (error);
    }
  return bytes;
}

int
main (int argc, char **argv)
{
  g_autofree char *folder = g_dir_make_tmp ("posthorn-bench-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "mail.sqlite", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (Store) store = store_new (path, &error);
  g_autoptr (StoreDatabase) database = store ? store_open (store, &error) : NULL;
  g_autoptr (GPtrArray) faults = NULL;
  guint n = argc > 1 ? atoi (argv[1]) / 100 * 100 : 10000;
  struct rusage usage;
  gint64 start, bytes, inbox;

  stop_on (error);
  store_folders_prepare_account (database, 1, NULL);
  inbox = store_folders_find_role (database, 1, MAIL_ROLE_INBOX, NULL);
  start = g_get_monotonic_time ();
  bytes = fill (database, inbox, n);
  g_print ("add %u messages of %.0f MB, 100 a commit: %.2f s, %.0f/s\n", n, bytes / 1e6, since (start), n / since (start));
  getrusage (RUSAGE_SELF, &usage);
  g_print ("peak memory: %ld MB\n", usage.ru_maxrss / 1024);
  start = g_get_monotonic_time ();
  faults = store_check (database, NULL, NULL, NULL, NULL, &error);
  stop_on (error);
  g_print ("check: %.2f s, %u faults\n", since (start), faults->len);
  g_clear_pointer (&database, store_database_free);
  store_close (store);
  g_remove (path);
  g_rmdir (folder);
  return 0;
}
