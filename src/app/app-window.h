/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The main window: wires folders, messages, reader and status together; knows none of their work. */
#pragma once

#include <adwaita.h>

#include "app-parts.h"

G_BEGIN_DECLS

#define APP_TYPE_WINDOW (app_window_get_type ())
G_DECLARE_FINAL_TYPE (AppWindow, app_window, APP, WINDOW, AdwApplicationWindow)

/* Actions: win.fetch-body (x), win.open (x), win.back, win.next-pane, win.previous-pane, win.reading-pane (s: below, right, off); those of app-transfer.h,
 * app-outbox.h, app-place.h and app-unread.h; and those of the groups "message" (messages-actions.h) and "folder" (folders-actions.h). */
/* app_window_get_choices: (transfer none): the group "arrange": what menus and preferences have alike: reading-pane, conversations, group-by-day,
 * plain-text; empty once the window is gone */
GActionGroup *app_window_get_choices (AppWindow *self);

AppWindow *app_window_new (GtkApplication *application, const AppParts *parts);

/* app_window_find: (nullable): the one of the application */
AppWindow *app_window_find (GtkApplication *application);

/* app_window_show_sending: a composer has put message @id into the Outbox, to go in @delay seconds: a toast with Undo */
void app_window_show_sending (AppWindow *self, gint64 id, guint delay);

void app_window_add_toast (AppWindow *self, AdwToast *toast); /* toast (transfer full) */

/* app_window_show_notice, _show_error: a toast */
void app_window_show_notice (AppWindow *self, const char *text);
void app_window_show_error (AppWindow *self, const GError *error);

G_END_DECLS
