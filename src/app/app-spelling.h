/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The languages in which spelling is checked: those with a dictionary, and which of them a person has chosen. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define APP_TYPE_SPELLING (app_spelling_get_type ())
G_DECLARE_FINAL_TYPE (AppSpelling, app_spelling, APP, SPELLING, GObject)

/* What stands for the person's own languages while nothing was chosen */
#define APP_SPELLING_OWN "*"

/* Property "chosen" (strv, read and write, notify): as "de_DE"; { APP_SPELLING_OWN } for those of the desktop; none: nothing is checked. What is
 * not installed is kept all the same. Main thread. */

/* app_spelling_new: @installed: (nullable): %NULL: app_dictionaries_list () */
AppSpelling *app_spelling_new (const char *const *installed);

const char *const *app_spelling_get_installed (AppSpelling *self);

/* app_spelling_dup_languages: (transfer full): in which it is checked now */
char **app_spelling_dup_languages (AppSpelling *self);

/* app_spelling_get_actions: (transfer none): one for each that is installed, by its tag, with a boolean state: to be inserted as "spelling".
 * app_spelling_get_menu: (transfer none): all of them by their names, or that there are none */
GActionGroup *app_spelling_get_actions (AppSpelling *self);
GMenuModel *app_spelling_get_menu (AppSpelling *self);

G_END_DECLS
