/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A window for one message of a folder, beside the main window: the reading pane alone, with all that can be done to the message. What is in no
 * folder is reader-window.h's. */
#pragma once

#include <adwaita.h>

#include "app-parts.h"
#include "messages-actions.h"

G_BEGIN_DECLS

#define APP_TYPE_MESSAGE_WINDOW (app_message_window_get_type ())
G_DECLARE_FINAL_TYPE (AppMessageWindow, app_message_window, APP, MESSAGE_WINDOW, AdwApplicationWindow)

/**
 * app_message_window_open:
 * @parts: held as long as it is open
 * @main: where a move or a deletion in it can be taken back, as it closes then
 *
 * Presents the one that shows message @id already, or a new one. Actions: win.fetch-body (x), and those of the group "message".
 */
void app_message_window_open (GtkApplication *application, const AppParts *parts, MessagesActions *main, gint64 id);

G_END_DECLS
