/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The saved searches as rows of the folder tree, under the quick views, and how much of what they find is unread. */
#pragma once

#include "model-folder.h"

G_BEGIN_DECLS

typedef struct _Store Store;

#define MODEL_TYPE_FOLDER_SEARCHES (model_folder_searches_get_type ())
G_DECLARE_FINAL_TYPE (ModelFolderSearches, model_folder_searches, MODEL, FOLDER_SEARCHES, GObject) /* main thread */

/**
 * model_folder_searches_new:
 * @views: the row that they become the last children of
 *
 * Reads them at once, and follows the store: rows of searches that stay keep their ModelFolder. Unread mail is counted in the searching
 * thread, one search after the other and each as a search of its own, so that who types waits for one at most; after changes, and not
 * before ten times what the last counting took has passed.
 */
ModelFolderSearches *model_folder_searches_new (Store *store, ModelFolder *views);

/* model_folder_searches_find: (nullable) (transfer none): the row of that id */
ModelFolder *model_folder_searches_find (ModelFolderSearches *self, gint64 id);

/* Signal "changed": rows came or went, or have other names */


G_END_DECLS
