/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window that says what a folder is: where, how much is in it, how large. */
#pragma once

#include <adwaita.h>

#include "model-folder-edit.h"

G_BEGIN_DECLS

#define FOLDERS_TYPE_PROPERTIES (folders_properties_get_type ())
G_DECLARE_FINAL_TYPE (FoldersProperties, folders_properties, FOLDERS, PROPERTIES, AdwWindow)

/**
 * folders_properties_new:
 * @account: (nullable): whose it is; %NULL on this computer
 * @facts: read, not kept
 *
 * Follows @folder's counts for as long as it is open.
 */
GtkWindow *folders_properties_new (GtkWindow *parent, ModelFolder *folder, Account *account, const ModelFolderFacts *facts);

G_END_DECLS
