/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sizes, columns and what was open last: window.ini. Losing it loses nothing of value, so errors are only logged. */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define APP_TYPE_STATE (app_state_get_type ())
G_DECLARE_FINAL_TYPE (AppState, app_state, APP, STATE, GObject) /* main thread */

AppState *app_state_new (const char *path);

int app_state_get_int (AppState *self, const char *group, const char *key, int fallback);
void app_state_set_int (AppState *self, const char *group, const char *key, int value);

char *app_state_dup_text (AppState *self, const char *group, const char *key); /* (nullable) (transfer full) */
void app_state_set_text (AppState *self, const char *group, const char *key, const char *value);

/* app_state_count: how many keys are in @group; app_state_clear: none any more */
guint app_state_count (AppState *self, const char *group);
void app_state_clear (AppState *self, const char *group);

/* app_state_save: writes the file when something changed; the last unref does too */
void app_state_save (AppState *self);

G_END_DECLS
