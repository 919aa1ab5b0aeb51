/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One row of the folder tree: icon, name, what is wrong with the account, unread count; of a folded one also that of what is inside. */
#pragma once

#include <gtk/gtk.h>

#include "model-folder.h"

G_BEGIN_DECLS

#define FOLDERS_TYPE_ROW (folders_row_get_type ())
G_DECLARE_FINAL_TYPE (FoldersRow, folders_row, FOLDERS, ROW, GtkWidget)

/* Properties: folder (ModelFolder, nullable), list-row (GtkTreeListRow, nullable): where it stands in the tree. What is dropped on it:
 * folders-dragging.h. A name that was edited activates folder.rename-to (xs). */

/**
 * folders_row_edit_name:
 * @typed: (nullable): what was tried in vain
 * @sentence: (nullable): why
 */
void folders_row_edit_name (FoldersRow *self, const char *typed, const char *sentence);

/* folders_row_get_icon: for a folder of that role, wherever folders are shown */
const char *folders_row_get_icon (MailRole role);

/* folders_row_get_title: (transfer none): the row's words: a role's translated name, an account's title, "On this computer" */
const char *folders_row_get_title (ModelFolder *folder);

G_END_DECLS
