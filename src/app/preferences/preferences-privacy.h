/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What mail may tell others about you: a group of rows. */
#pragma once

#include <adwaita.h>

#include "app-state.h"

G_BEGIN_DECLS

#define PREFERENCES_TYPE_PRIVACY (preferences_privacy_get_type ())
G_DECLARE_FINAL_TYPE (PreferencesPrivacy, preferences_privacy, PREFERENCES, PRIVACY, AdwPreferencesGroup)

/* preferences_privacy_set_state: once */
void preferences_privacy_set_state (PreferencesPrivacy *self, AppState *state);

G_END_DECLS
