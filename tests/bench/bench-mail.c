/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Messages by the hundred thousand. */
#include "bench-mail.h"

#include "mail-address.h"
#include "mail-summary.h"
#include "store-database.h"
#include "store-folders.h"
#include "store-messages.h"

#include <glib/gstdio.h>
#include <string.h>

#define BATCH 5000
#define FIRST 1600000000 /* seconds since 1970 */

static void
add (StoreDatabase *database, gint64 folder, guint i, guint n)
{
  g_autoptr (MailSummary) summary = mail_summary_new ();
  g_autofree char *text = g_strdup_printf ("From: p%u@example.org\r\nSubject: message %u\r\n\r\nbody\r\n", i % 1000, i);
  g_autofree char *address = g_strdup_printf ("p%u@example.org", i % 1000);
  g_autofree char *name = g_strdup_printf ("Person the %uth", i % 1000);
  g_autoptr (GBytes) source = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;

  g_free (summary->subject);
  summary->subject = g_strdup_printf ("message %u of many, and what it is about", (guint) ((guint64) i * 7919 % n));
  g_ptr_array_add (summary->from, mail_address_new (name, address));
  summary->received = summary->date = FIRST + (gint64) i * 60;
  summary->flags = i % 7 ? MAIL_FLAG_SEEN : i % 5 ? 0 : MAIL_FLAG_FLAGGED;
  summary->has_attachments = i % 11 == 0;
  summary->is_whole = TRUE;
  summary->size = 25000;
  if (store_messages_add (database, folder, source, summary, &error) < 0)
    g_error ("%s", error->message);
}

void
bench_mail_fill (StoreDatabase *database, gint64 folder, guint n)
{
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < n; i++)
    {
      if (i % BATCH == 0 && !store_database_begin (database, &error))
        g_error ("%s", error->message);
      add (database, folder, i, n);
      if ((i % BATCH == BATCH - 1 || i == n - 1) && !store_database_commit (database, &error))
        g_error ("%s", error->message);
    }
}

gint64
bench_mail_make_folder (Store *store, guint n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StoreDatabase) database = store_open (store, &error);
  gint64 folder = database ? store_folders_create (database, STORE_LOCAL_ACCOUNT, "Big", MAIL_ROLE_NONE, &error) : -1;

  if (folder < 0)
    g_error ("%s", error->message);
  bench_mail_fill (database, folder, n);
  return folder;
}

void
bench_mail_remove (const char *file)
{
  static const char *const endings[] = { "", "-wal", "-shm", ".lock", "-search", "-search-wal", "-search-shm" };
  g_autofree char *path = g_path_get_dirname (file);

  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *gone = g_strconcat (file, endings[i], NULL);

      g_unlink (gone);
    }
  g_rmdir (path);
}
