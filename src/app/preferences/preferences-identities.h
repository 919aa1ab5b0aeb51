/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The identities of an account: its own signature, and more addresses to write from. */
#pragma once

#include <adwaita.h>

#include "account.h"

G_BEGIN_DECLS

#define PREFERENCES_TYPE_IDENTITIES (preferences_identities_get_type ())
G_DECLARE_FINAL_TYPE (PreferencesIdentities, preferences_identities, PREFERENCES, IDENTITIES, AdwPreferencesGroup)

/* preferences_identities_set_account: shows them and writes every change into @account, once */
void preferences_identities_set_account (PreferencesIdentities *self, Account *account);

/* preferences_identities_check: see preferences_identity_check (): of all */
gboolean preferences_identities_check (PreferencesIdentities *self);

G_END_DECLS
