/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether new mail is told, for each account: a group of rows. */
#pragma once

#include <adwaita.h>

#include "account-list.h"
#include "app-state.h"

G_BEGIN_DECLS

#define PREFERENCES_TYPE_NEWS (preferences_news_get_type ())
G_DECLARE_FINAL_TYPE (PreferencesNews, preferences_news, PREFERENCES, NEWS, AdwPreferencesGroup)

/* preferences_news_set_models: once; it follows the list */
void preferences_news_set_models (PreferencesNews *self, AppState *state, AccountList *accounts);

G_END_DECLS
