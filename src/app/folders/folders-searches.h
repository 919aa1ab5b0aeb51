/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is looked for, kept as a folder, and such a folder deleted with a way back: the actions of the group "search". */
#pragma once

#include <adwaita.h>

#include "folders-view.h"
#include "model-message-list.h"

G_BEGIN_DECLS

#define FOLDERS_TYPE_SEARCHES (folders_searches_get_type ())
G_DECLARE_FINAL_TYPE (FoldersSearches, folders_searches, FOLDERS, SEARCHES, GObject)

/* Actions: save (asks for a name; enabled while something is looked for), delete (x: the folder's id) */

FoldersSearches *folders_searches_new (FoldersView *view, ModelFolderTree *tree, ModelMessageList *list, AdwToastOverlay *toasts);
GActionGroup *folders_searches_get_group (FoldersSearches *self);

G_END_DECLS
