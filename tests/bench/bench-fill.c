/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bench-fill PROFILE N: N small messages into the Inbox of a profile's first account: for bench-start.py. */
#include "base-paths.h"
#include "bench-mail.h"
#include "store-database.h"
#include "store-folders.h"

#include <stdlib.h>

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BasePaths) paths = argc == 3 ? base_paths_new (argv[1], &error) : NULL;
  g_autoptr (Store) store = paths ? store_new (base_paths_get_database (paths), &error) : NULL;
  g_autoptr (StoreDatabase) database = store ? store_open (store, &error) : NULL;
  gint64 inbox = -1;

  if (database && store_folders_prepare_account (database, 1, &error))
    inbox = store_folders_find_role (database, 1, MAIL_ROLE_INBOX, &error);
  if (inbox <= 0)
    {
      g_printerr ("bench-fill PROFILE N: %s\n", error ? error->message : "no Inbox");
      return 2;
    }
  bench_mail_fill (database, inbox, (guint) atoi (argv[2]));
  g_clear_pointer (&database, store_database_free);
  store_close (store);
  return 0;
}
