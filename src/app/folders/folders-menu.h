/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All mailboxes as a menu: where a message can be moved or copied to. */
#pragma once

#include "model-folder-tree.h"

G_BEGIN_DECLS

/**
 * folders_menu_new:
 * @action: a detailed action's name that takes a folder's id (x), as "message.move"
 *
 * A section an account, with its title; follows the tree for as long as the menu lives.
 *
 * Returns: (transfer full)
 */
GMenuModel *folders_menu_new (ModelFolderTree *tree, const char *action);

G_END_DECLS
