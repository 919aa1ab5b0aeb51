/* SPDX-License-Identifier: GPL-3.0-or-later */
/* In which languages spelling is checked: a row that opens to one for each dictionary. */
#pragma once

#include <adwaita.h>

#include "app-spelling.h"

G_BEGIN_DECLS

#define PREFERENCES_TYPE_SPELLING (preferences_spelling_get_type ())
G_DECLARE_FINAL_TYPE (PreferencesSpelling, preferences_spelling, PREFERENCES, SPELLING, AdwExpanderRow)

void preferences_spelling_set_spelling (PreferencesSpelling *self, AppSpelling *spelling); /* once */

G_END_DECLS
