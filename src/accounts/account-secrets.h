/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Passwords: in the Secret Service and nowhere else. Where there is none, a password lives in memory until the program ends. */
#pragma once

#include "account.h"

G_BEGIN_DECLS

#define ACCOUNT_TYPE_SECRETS (account_secrets_get_type ())
G_DECLARE_FINAL_TYPE (AccountSecrets, account_secrets, ACCOUNT, SECRETS, GObject) /* main thread */

/**
 * account_secrets_new:
 * @profile_key: base_paths_get_profile_key ()
 */
AccountSecrets *account_secrets_new (const char *profile_key);

/**
 * account_secrets_lookup_async:
 *
 * Looks in memory (account_secrets_remember ()), then at POSTHORN_PASSWORD_FILE_<ID>, then in the Secret Service, by
 * asynchronous calls alone: a locked keyring shows its own prompt and blocks nobody; cancellable at any time. An account with same-password
 * has one entry that serves both directions.
 */
void account_secrets_lookup_async (AccountSecrets *self, Account *account, AccountDirection direction,
                                   GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);

/**
 * account_secrets_lookup_finish:
 *
 * Returns: (transfer full): wipe with account_secrets_free_password (); or %NULL with %BASE_ERROR_NO_PASSWORD, _NO_SECRET_SERVICE, _KEYRING_LOCKED
 */
char *account_secrets_lookup_finish (AccountSecrets *self, GAsyncResult *result, GError **error);
void account_secrets_free_password (char *password); /* (nullable) */

/* account_secrets_store_async: fails with %BASE_ERROR_NO_SECRET_SERVICE or _KEYRING_LOCKED; the caller may then only remember it */
void account_secrets_store_async (AccountSecrets *self, Account *account, AccountDirection direction, const char *password,
                                  GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean account_secrets_store_finish (AccountSecrets *self, GAsyncResult *result, GError **error);

/* account_secrets_clear_async: both directions */
void account_secrets_clear_async (AccountSecrets *self, Account *account,
                                  GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean account_secrets_clear_finish (AccountSecrets *self, GAsyncResult *result, GError **error);

/* account_secrets_remember: for this run alone; %NULL forgets (after a refusal) */
void account_secrets_remember (AccountSecrets *self, Account *account, AccountDirection direction, const char *password);

G_END_DECLS
