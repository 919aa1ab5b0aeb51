/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All folders: the favourites if there are any, the quick views, then a list of accounts (and "On this computer" at the end), each with its children. */
#pragma once

#include "account-list.h"
#include "model-folder.h"

G_BEGIN_DECLS

typedef struct _Store Store;

#define MODEL_TYPE_FOLDER_TREE (model_folder_tree_get_type ())
G_DECLARE_FINAL_TYPE (ModelFolderTree, model_folder_tree, MODEL, FOLDER_TREE, GObject) /* a GListModel of ModelFolder; main thread */

/**
 * model_folder_tree_new:
 *
 * Reads the folder table at once (its counts are kept, nothing is counted) and follows the store and the accounts: rows that
 * stay keep their ModelFolder, so that nothing folds up while mail comes in.
 */
ModelFolderTree *model_folder_tree_new (Store *store, AccountList *accounts);

Store *model_folder_tree_get_store (ModelFolderTree *self); /* (transfer none) */

/* model_folder_tree_find: (nullable) (transfer none): the mailbox, view or saved search of that id */
ModelFolder *model_folder_tree_find (ModelFolderTree *self, gint64 id);

/* model_folder_tree_contains: whether that very row is still there, be it a favourite's second one */
gboolean model_folder_tree_contains (ModelFolderTree *self, ModelFolder *folder);

/* model_folder_tree_has_favourite: whether the folder of that id has a row at the top, too */
gboolean model_folder_tree_has_favourite (ModelFolderTree *self, gint64 id);

/* model_folder_tree_find_role: (nullable) (transfer none): an account's Inbox, the Outbox of account 0, … */
ModelFolder *model_folder_tree_find_role (ModelFolderTree *self, gint64 account, MailRole role);

/* model_folder_tree_find_parent: (nullable) (transfer none): of a mailbox, view or favourite; %NULL for accounts */
ModelFolder *model_folder_tree_find_parent (ModelFolderTree *self, ModelFolder *folder);

/* model_folder_tree_find_root: (nullable) (transfer none): the account's row, or the local one, that a mailbox is under */
ModelFolder *model_folder_tree_find_root (ModelFolderTree *self, ModelFolder *folder);

/* Signal "refreshed": something in the tree may have changed (after the rows have been told) */

G_END_DECLS
