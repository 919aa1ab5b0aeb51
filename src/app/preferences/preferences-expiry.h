/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lets a person choose after how many days mail in Deleted and in Junk goes for good. */
#pragma once

#include <adwaita.h>

#include "account.h"

G_BEGIN_DECLS

#define PREFERENCES_TYPE_EXPIRY (preferences_expiry_get_type ())
G_DECLARE_FINAL_TYPE (PreferencesExpiry, preferences_expiry, PREFERENCES, EXPIRY, AdwPreferencesGroup)

/* preferences_expiry_set_account: what is edited; once */
void preferences_expiry_set_account (PreferencesExpiry *self, Account *account);

G_END_DECLS
