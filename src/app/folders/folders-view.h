/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The folder tree. */
#pragma once

#include <gtk/gtk.h>

#include "model-folder-tree.h"

G_BEGIN_DECLS

#define FOLDERS_TYPE_VIEW (folders_view_get_type ())
G_DECLARE_FINAL_TYPE (FoldersView, folders_view, FOLDERS, VIEW, GtkWidget)

/* Property: selected (ModelFolder, nullable, read-only, notify): the mailbox that is open */

void folders_view_set_tree (FoldersView *self, ModelFolderTree *tree);

ModelFolder *folders_view_get_selected (FoldersView *self);

/* folders_view_get_pointed: (nullable): the row that is selected, be it an account's: what the context menu is about. Signal
 * "pointed-changed" */
ModelFolder *folders_view_get_pointed (FoldersView *self);

/* folders_view_set_context_menu: opens by the right button, the Menu key and Shift+F10, for the row that is then selected; F2 activates
 * folder.rename */
void folders_view_set_context_menu (FoldersView *self, GMenuModel *menu);

/* folders_view_edit_name: the selected row's, where it stands; @typed and @sentence as for folders_row_edit_name (); %FALSE when the row is out of
 * sight */
gboolean folders_view_edit_name (FoldersView *self, const char *typed, const char *sentence);

/* folders_view_select: opens what is folded above it; %FALSE when it is not in the tree */
gboolean folders_view_select (FoldersView *self, ModelFolder *folder);

G_END_DECLS
