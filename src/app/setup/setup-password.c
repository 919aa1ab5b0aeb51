/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keeps a password: in memory first, then in the keyring, which may ask for its own password before. */
#include "setup-password.h"

#include "base-error.h"

#include <glib/gi18n.h>

typedef struct
{
  Account *account;
  AccountDirection direction;
} Keeping;

static void
keeping_free (Keeping *self)
{
  g_object_unref (self->account);
  g_free (self);
}

static void
on_stored (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Keeping *keeping = g_task_get_task_data (task);
  GError *error = NULL;

  if (!account_secrets_store_finish (ACCOUNT_SECRETS (source), result, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  account_secrets_remember (ACCOUNT_SECRETS (source), keeping->account, keeping->direction, NULL);
  g_task_return_boolean (task, TRUE);
}

void
setup_password_keep_async (AccountSecrets *secrets, Account *account, AccountDirection direction, const char *password,
                           GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (secrets, cancellable, callback, user_data);
  Keeping *keeping = g_new (Keeping, 1);

  keeping->account = g_object_ref (account);
  keeping->direction = direction;
  g_task_set_source_tag (task, setup_password_keep_async);
  g_task_set_task_data (task, keeping, (GDestroyNotify) keeping_free);
  account_secrets_remember (secrets, account, direction, password);
  account_secrets_store_async (secrets, account, direction, password, cancellable, on_stored, task);
}

gboolean
setup_password_keep_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

char *
setup_password_describe_failure (const GError *error)
{
  if (g_error_matches (error, BASE_ERROR, BASE_ERROR_NO_SECRET_SERVICE))
    return g_strdup (_("This computer has no keyring that could keep the password. Posthorn uses it until you close it, writes it nowhere, and asks for it next time."));
  if (g_error_matches (error, BASE_ERROR, BASE_ERROR_KEYRING_LOCKED))
    return g_strdup (_("The keyring stayed locked, so it does not keep the password. Posthorn uses it until you close it, and asks for it next time."));
  return g_strdup (_("The keyring did not take the password. Posthorn uses it until you close it, and asks for it next time."));
}
