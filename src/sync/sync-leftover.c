/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Folders of an account that is no more. */
#include "sync-leftover.h"

#include "store-folders.h"
#include "store.h"

typedef struct
{
  gint64 account;
  char *title;
} Leftover;

static void
leftover_free (gpointer data)
{
  Leftover *leftover = data;

  g_free (leftover->title);
  g_free (leftover);
}

static gpointer
put_away (StoreDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  const Leftover *leftover = data;

  store_folders_remove_account (database, leftover->account, leftover->title, TRUE, error);
  return NULL;
}

void
sync_leftover_put_away (Store *store, Account *account)
{
  Leftover *leftover = g_new (Leftover, 1);

  *leftover = (Leftover) { account_get_id (account), g_strdup (account_get_title (account)) };
  store_run_async (store, put_away, leftover, leftover_free, NULL, NULL, NULL, NULL);
}
