/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keeps a password that was typed: usable at once, and in the keyring where there is one. */
#pragma once

#include "account-secrets.h"

G_BEGIN_DECLS

/**
 * setup_password_keep_async:
 *
 * From the call on the password is known for this run; when the keyring has taken it, it is known from there.
 *
 * finish fails with %BASE_ERROR_NO_SECRET_SERVICE, _KEYRING_LOCKED or %G_IO_ERROR_CANCELLED: it is then known for this run alone
 */
void setup_password_keep_async (AccountSecrets *secrets, Account *account, AccountDirection direction, const char *password,
                                GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean setup_password_keep_finish (GAsyncResult *result, GError **error);

/* setup_password_describe_failure: (transfer full): a sentence for a person whose keyring did not take it */
char *setup_password_describe_failure (const GError *error);

G_END_DECLS
