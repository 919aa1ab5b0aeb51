/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An account goes: its passwords, its mail out of the store (or under "On this computer"), and at once its settings. */
#include "model-removal.h"

#include "store-folders.h"

typedef struct
{
  Store *store;
  gboolean keep_mail;
  AccountList *accounts;
  AccountSecrets *secrets;
  Account *account;
} Removal;

typedef struct
{
  gint64 account;
  char *title;
  gboolean keep_mail;
} MailRemoval;

static void
removal_free (gpointer data)
{
  Removal *removal = data;

  g_object_unref (removal->store);
  g_object_unref (removal->accounts);
  g_object_unref (removal->secrets);
  g_object_unref (removal->account);
  g_free (removal);
}

static void
mail_removal_free (gpointer data)
{
  MailRemoval *removal = data;

  g_free (removal->title);
  g_free (removal);
}

static gpointer
remove_mail (StoreDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  const MailRemoval *removal = data;

  store_folders_remove_account (database, removal->account, removal->title, removal->keep_mail, error);
  return NULL;
}

/* At once after the mail: a pass that began between the two would make its folders anew. */
static void
on_mail_removed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Removal *removal = g_task_get_task_data (task);
  GError *error = NULL;

  store_run_finish (STORE_STORE (source), result, &error);
  if (error || !account_list_remove (removal->accounts, account_get_id (removal->account), &error))
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
on_password_cleared (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Removal *removal = g_task_get_task_data (task);
  MailRemoval *mail = g_new0 (MailRemoval, 1);
  g_autoptr (GError) error = NULL;

  /* A keyring that does not answer must not keep an account alive. */
  if (!account_secrets_clear_finish (ACCOUNT_SECRETS (source), result, &error))
    g_message ("The password of a removed account stays in the keyring: %s", error->message);
  mail->account = account_get_id (removal->account);
  mail->title = g_strdup (account_get_title (removal->account));
  mail->keep_mail = removal->keep_mail;
  store_run_async (removal->store, remove_mail, mail, mail_removal_free, NULL, NULL, on_mail_removed, g_steal_pointer (&task));
}

void
model_removal_run_async (Store *store, AccountList *accounts, AccountSecrets *secrets, Account *account, gboolean keep_mail,
                         GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (store, NULL, callback, user_data);
  Removal *removal = g_new0 (Removal, 1);

  removal->store = g_object_ref (store);
  removal->keep_mail = keep_mail;
  removal->accounts = g_object_ref (accounts);
  removal->secrets = g_object_ref (secrets);
  removal->account = g_object_ref (account);
  g_task_set_task_data (task, removal, removal_free);
  account_secrets_clear_async (secrets, account, NULL, on_password_cleared, task);
}
