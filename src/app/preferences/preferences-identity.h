/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One identity of an account: a row that unfolds into its fields. */
#pragma once

#include <adwaita.h>

#include "account-identity.h"

G_BEGIN_DECLS

#define PREFERENCES_TYPE_IDENTITY (preferences_identity_get_type ())
G_DECLARE_FINAL_TYPE (PreferencesIdentity, preferences_identity, PREFERENCES, IDENTITY, AdwExpanderRow)

/* Signal "changed": a field was edited. Signal "remove": a person wants it gone.
 * @is_own: the account's own, whose name and address stand elsewhere and which cannot be removed */
PreferencesIdentity *preferences_identity_new (const AccountIdentityValue *value, gboolean is_own);

void preferences_identity_get_value (PreferencesIdentity *self, AccountIdentityValue *value); /* value: cleared and filled */

/* preferences_identity_check: whether mail could come from it; where not, a sentence stands in it and it unfolds */
gboolean preferences_identity_check (PreferencesIdentity *self);

G_END_DECLS
