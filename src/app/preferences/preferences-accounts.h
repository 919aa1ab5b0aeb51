/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The preferences: a list of the accounts, a page of settings for each, and what counts for all of them. */
#pragma once

#include <adwaita.h>

#include "account-list.h"
#include "account-secrets.h"
#include "app-settings.h"
#include "app-state.h"
#include "sync-engine.h"

G_BEGIN_DECLS

/**
 * PreferencesRemoveAccountFunc:
 * @account: still in the list and alive during the call
 * @keep_mail: its folders stay, under "On this computer"; otherwise its mail goes too
 * @callback: what the remover calls when it has ended; its GAsyncResult is a GTask that propagates a boolean
 *
 * What becomes of the mail, which this screen knows nothing of: takes the mail out of the store and then the account, its passwords
 * included, out of the list.
 */
typedef void (*PreferencesRemoveAccountFunc) (Account *account, gboolean keep_mail, GAsyncReadyCallback callback, gpointer callback_data,
                                              gpointer data);

/**
 * preferences_accounts_present:
 * @parent: has the actions app.rules and app.contacts
 * @choices: (nullable): see preferences_reading_set_models ()
 * @data: must live as long as @parent
 *
 * Brings the one window to the front when it is open already.
 */
void preferences_accounts_present (GtkWindow *parent, GActionGroup *choices, AppSettings *settings, AppState *state, AccountList *accounts, AccountSecrets *secrets, SyncEngine *engine,
                                   PreferencesRemoveAccountFunc remove, gpointer data);

G_END_DECLS
