/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How messages are written and sent: a group of rows. */
#pragma once

#include <adwaita.h>

#include "app-settings.h"

G_BEGIN_DECLS

#define PREFERENCES_TYPE_WRITING (preferences_writing_get_type ())
G_DECLARE_FINAL_TYPE (PreferencesWriting, preferences_writing, PREFERENCES, WRITING, AdwPreferencesGroup)

/* preferences_writing_set_settings: once; what is chosen counts at once */
void preferences_writing_set_settings (PreferencesWriting *self, AppSettings *settings);

G_END_DECLS
