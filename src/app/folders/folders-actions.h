/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be done to the selected folder: the actions of the group "folder". */
#pragma once

#include <adwaita.h>

#include "folders-view.h"

G_BEGIN_DECLS

#define FOLDERS_TYPE_ACTIONS (folders_actions_get_type ())
G_DECLARE_FINAL_TYPE (FoldersActions, folders_actions, FOLDERS, ACTIONS, GObject)

/**
 * folders_actions_new:
 * @toasts: where failures are told
 *
 * The group: new, rename, rename-to (xs), delete, empty, mark-read, properties, and those of folders-places.h. What does not apply to the selected folder is off.
 */
FoldersActions *folders_actions_new (FoldersView *view, ModelFolderTree *tree, AdwToastOverlay *toasts);

GActionGroup *folders_actions_get_group (FoldersActions *self); /* (transfer none) */

G_END_DECLS
