/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the keyboard is in the main window: goes round its panes, and comes back to one of them when a menu closes. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define APP_TYPE_FOCUS (app_focus_get_type ())
G_DECLARE_FINAL_TYPE (AppFocus, app_focus, APP, FOCUS, GObject)

/**
 * app_focus_new:
 * @window: owns the result, and lets go of it before it goes itself
 * @panes: borrowed: three parts of @window, in their order
 * @menu: the main menu's button: who closes the menu goes on where the keyboard was before
 */
AppFocus *app_focus_new (GtkWindow *window, GtkWidget *const panes[3], GtkMenuButton *menu);

/* app_focus_go_round: to the next pane that is shown, or the one before */
void app_focus_go_round (AppFocus *self, gboolean is_backward);

G_END_DECLS
