/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows at the top of the folder tree that a person put there. */
#pragma once

#include "model-folder-tree.h"

G_BEGIN_DECLS

/* model_folder_favourites_settle: @favourites, the row "Favourites", holds a row for each that the store lists; rows that stay are kept */
void model_folder_favourites_settle (ModelFolder *favourites, ModelFolderTree *tree);

/* model_folder_favourites_find: (nullable) (transfer none): the second row of the folder of that id */
ModelFolder *model_folder_favourites_find (ModelFolder *favourites, gint64 id);

G_END_DECLS
