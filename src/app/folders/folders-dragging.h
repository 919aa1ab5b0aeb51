/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What may be dropped on a row of the folder tree, and what is done then: messages, folders, favourites. */
#pragma once

#include <gtk/gtk.h>

#include "model-folder-tree.h"

G_BEGIN_DECLS

/* folders_dragging_attach: rows inside @widget are of that tree from now on */
void folders_dragging_attach (GtkWidget *widget, ModelFolderTree *tree);

/**
 * folders_dragging_get_action:
 * @target: of a row's widget
 * @onto: what the row shows
 *
 * Messages (GArray) go into any folder but the Outbox, and onto the views that have a meaning for them. A folder (ModelFolder) goes among the
 * favourites, or into another folder or to the top of its account where it may be moved to; a favourite to another place among them.
 *
 * Returns: 0: it may not be dropped there
 */
GdkDragAction folders_dragging_get_action (GtkDropTarget *target, ModelFolder *onto);

/* folders_dragging_drop: activates message.move, message.copy, message.flag, message.mark-unread, folder.add-favourite-of (x),
 * folder.place-favourite (xx: its id, the place) or folder.move-into (xx: its id, its new parent's); %FALSE where nothing may be dropped */
gboolean folders_dragging_drop (GtkDropTarget *target, const GValue *value, ModelFolder *onto);

/* folders_dragging_leave: @favourite was dropped where nothing wants it: outside of the tree it activates folder.remove-favourite-of (x); %FALSE where it
 * was not that far */
gboolean folders_dragging_leave (GtkWidget *row, GdkDrag *drag, ModelFolder *favourite);

G_END_DECLS
