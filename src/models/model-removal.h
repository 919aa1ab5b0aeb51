/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An account goes: its passwords, its mail out of the store (or under "On this computer"), and at once its settings. */
#pragma once

#include "account-list.h"
#include "account-secrets.h"

G_BEGIN_DECLS

typedef struct _Store Store;

/**
 * model_removal_run_async:
 * @keep_mail: its folders come to this computer, under its title; otherwise they go with their mail
 * @callback: its GAsyncResult is a GTask that propagates a boolean
 *
 * Main thread. Stop the account's workers first. When the store fails, the account stays, without its passwords.
 */
void model_removal_run_async (Store *store, AccountList *accounts, AccountSecrets *secrets, Account *account, gboolean keep_mail,
                              GAsyncReadyCallback callback, gpointer user_data);

G_END_DECLS
