/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands where in the folder tree: favourites and their order, folders in other folders. */
#pragma once

#include <adwaita.h>

#include "folders-view.h"

G_BEGIN_DECLS

#define FOLDERS_TYPE_PLACES (folders_places_get_type ())
G_DECLARE_FINAL_TYPE (FoldersPlaces, folders_places, FOLDERS, PLACES, GObject)

/**
 * folders_places_new:
 * @group: gets the actions; what does not apply to the selected folder is off
 * @toasts: where Undo is offered and failures are told
 *
 * About the selected folder: add-favourite, remove-favourite, favourite-up, favourite-down, and move, which asks where to. About the one that is named:
 * add-favourite-of (x), remove-favourite-of (x), place-favourite (xx: its place among them, 0 the first), move-into (xx: its new parent's id, 0: the top
 * of its account).
 */
FoldersPlaces *folders_places_new (FoldersView *view, ModelFolderTree *tree, GActionMap *group, AdwToastOverlay *toasts);

G_END_DECLS
