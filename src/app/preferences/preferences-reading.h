/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How mail is shown, and when it counts as read: a group of rows. */
#pragma once

#include <adwaita.h>

#include "app-settings.h"

G_BEGIN_DECLS

#define PREFERENCES_TYPE_READING (preferences_reading_get_type ())
G_DECLARE_FINAL_TYPE (PreferencesReading, preferences_reading, PREFERENCES, READING, AdwPreferencesGroup)

/**
 * preferences_reading_set_models: once; what is chosen counts at once
 * @choices: (nullable): the window's switches that its menus have too: reading-pane ("right", "below", "off"), conversations, group-by-day and
 *   plain-text (booleans); rows of those that are not in it are hidden
 */
void preferences_reading_set_models (PreferencesReading *self, AppSettings *settings, GActionGroup *choices);

G_END_DECLS
