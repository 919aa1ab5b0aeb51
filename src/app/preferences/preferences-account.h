/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One account's settings as a page. */
#pragma once

#include <adwaita.h>

#include "account-list.h"
#include "account-secrets.h"
#include "preferences-accounts.h"
#include "sync-engine.h"

G_BEGIN_DECLS

#define PREFERENCES_TYPE_ACCOUNT (preferences_account_get_type ())
G_DECLARE_FINAL_TYPE (PreferencesAccount, preferences_account, PREFERENCES, ACCOUNT, AdwBin)

/* Signal "back": the page is done with, and may be thrown away. */

/* preferences_account_new: edits a copy of @account: nothing counts before it is saved */
PreferencesAccount *preferences_account_new (Account *account, AccountList *accounts, AccountSecrets *secrets, SyncEngine *engine,
                                             PreferencesRemoveAccountFunc remove, gpointer remove_data);

/* preferences_account_leave: back, or, when something is not saved, the question first */
void preferences_account_leave (PreferencesAccount *self);
gboolean preferences_account_is_changed (PreferencesAccount *self);

G_END_DECLS
