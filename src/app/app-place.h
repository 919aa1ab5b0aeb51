/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a person is in the main window: which folder is open, and which message of it is to be shown. */
#pragma once

#include <gtk/gtk.h>

#include "app-panes.h"
#include "app-parts.h"
#include "folders-view.h"
#include "messages-view.h"

G_BEGIN_DECLS

#define APP_TYPE_PLACE (app_place_get_type ())
G_DECLARE_FINAL_TYPE (AppPlace, app_place, APP, PLACE, GObject)

/**
 * app_place_new:
 * @window: gets the actions win.go-inbox, win.go-folder, which asks for it, and win.show-message ((xx): a folder's id, and that of a message in it, or 0)
 * @folders: what is selected there is shown in @messages, told the engine, and kept for the next start
 */
AppPlace *app_place_new (GtkApplicationWindow *window, const AppParts *parts, AppPanes *panes, FoldersView *folders, MessagesView *messages);

/* app_place_open_some: what was open last, else an Inbox; nothing where a folder is open already */
void app_place_open_some (AppPlace *self);

/* app_place_open_folder: %FALSE when it is not in the tree */
gboolean app_place_open_folder (AppPlace *self, ModelFolder *folder);

/* app_place_read: that message of what is open, as soon as the list has it, in front where not all panes are shown; one that is folded into a
 * conversation unfolds it */
void app_place_read (AppPlace *self, gint64 id);

G_END_DECLS
