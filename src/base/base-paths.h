/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a profile keeps its files. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define BASE_TYPE_PATHS (base_paths_get_type ())
G_DECLARE_FINAL_TYPE (BasePaths, base_paths, BASE, PATHS, GObject)

/**
 * base_paths_new:
 * @profile: (nullable): a folder that holds everything; %NULL for the XDG folders that app and CLI share
 *
 * Makes the folders, readable by this user alone. Any thread; immutable afterwards.
 *
 * Returns: (transfer full): or %NULL with %BASE_ERROR_FILE
 */
BasePaths *base_paths_new (const char *profile, GError **error);

const char *base_paths_get_database (BasePaths *self);    /* mail.sqlite */
const char *base_paths_get_accounts (BasePaths *self);    /* accounts.ini */
const char *base_paths_get_state (BasePaths *self);       /* window.ini: sizes and columns */
const char *base_paths_get_cache (BasePaths *self);       /* a folder */

/**
 * base_paths_get_profile_key:
 *
 * Returns: tells this profile's passwords in the Secret Service from another profile's: "default" or the
 *   profile's absolute path
 */
const char *base_paths_get_profile_key (BasePaths *self);

G_END_DECLS
