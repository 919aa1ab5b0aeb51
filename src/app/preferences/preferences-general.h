/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What counts for all accounts: a group of rows. */
#pragma once

#include <adwaita.h>

#include "app-settings.h"

G_BEGIN_DECLS

#define PREFERENCES_TYPE_GENERAL (preferences_general_get_type ())
G_DECLARE_FINAL_TYPE (PreferencesGeneral, preferences_general, PREFERENCES, GENERAL, AdwPreferencesGroup)

/* preferences_general_set_settings: once; what is chosen counts at once */
void preferences_general_set_settings (PreferencesGeneral *self, AppSettings *settings);

G_END_DECLS
