/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A body that a person wants to see, and who has it. */
#include "sync-body.h"

#include "store-folders.h"
#include "store-messages.h"
#include "store-pop3.h"

/* 0 when the folder is not a server's; -1 with @error */
static gint64
find_imap_account (StoreDatabase *database, gint64 folder, GError **error)
{
  g_autoptr (StoreFolder) found = store_folders_get (database, folder, error);

  if (!found)
    return -1;
  return found->is_remote ? found->account : 0;
}

/* In the store's worker: marks the body as wanted, so that it comes with the next pass even when fetching it now fails. */
static gpointer
want_body (StoreDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  gint64 message = *(gint64 *) data;
  g_autoptr (MailSummary) summary = store_messages_get (database, message, error);
  gint64 account;

  if (!summary)
    return NULL;
  if (summary->is_whole)
    return g_memdup2 (&(gint64) { 0 }, sizeof (gint64));
  account = find_imap_account (database, summary->folder, error);
  if (account < 0)
    return NULL;
  if (account == 0)
    account = store_pop3_find_account (database, message, error);
  else
    return g_memdup2 (&account, sizeof account);
  if (account < 0 || !store_pop3_want_body (database, message, error))
    return NULL;
  return g_memdup2 (&account, sizeof account);
}

void
sync_body_want_async (Store *store, gint64 message, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  store_run_async (store, want_body, g_memdup2 (&message, sizeof message), g_free, g_free, cancellable, callback, user_data);
}

gint64
sync_body_want_finish (Store *store, GAsyncResult *result, GError **error)
{
  g_autofree gint64 *account = store_run_finish (store, result, error);

  return account ? *account : -1;
}
