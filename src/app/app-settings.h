/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person may choose once for all accounts. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Neither may be longer. */
#define APP_SETTINGS_MAX_SECONDS 60

#define APP_TYPE_SETTINGS (app_settings_get_type ())
G_DECLARE_FINAL_TYPE (AppSettings, app_settings, APP, SETTINGS, GObject)

/* Properties (guint, read and write, notify; 0 to APP_SETTINGS_MAX_SECONDS): undo-send-seconds: how long a message that was sent can be
 * taken back, 0 sends at once; mark-seen-seconds: how long a message has to be shown until it counts as read.
 * Properties (gboolean, likewise): quote-first: an answer is written under what it answers; mark-seen: what was shown for so long counts as read by
 * itself; write-rich: a new message is written with formatting, while an answer is as what it answers.
 * Property spelling-languages (strv, likewise): AppSpelling's "chosen". */

/* app_settings_new: kept by GSettings where the schema is installed (or GSETTINGS_SCHEMA_DIR has it); without it the defaults count and a
 * change holds for this run. Never fails. Main thread. */
AppSettings *app_settings_new (void);

guint app_settings_get_undo_send_seconds (AppSettings *self);
guint app_settings_get_mark_seen_seconds (AppSettings *self);
gboolean app_settings_get_quote_first (AppSettings *self);
gboolean app_settings_get_mark_seen (AppSettings *self);
gboolean app_settings_get_write_rich (AppSettings *self);

G_END_DECLS
