/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From one unread message to the next, through all folders. */
#pragma once

#include <adwaita.h>

#include "app-place.h"

G_BEGIN_DECLS

#define APP_TYPE_UNREAD (app_unread_get_type ())
G_DECLARE_FINAL_TYPE (AppUnread, app_unread, APP, UNREAD, GObject)

/**
 * app_unread_new:
 * @window: gets the actions win.next-unread and win.previous-unread
 * @toasts: where the end is told, and failures
 *
 * First all of what is open, once round its end; then the next folder that has unread mail, which opens. A search or a view is all there is while it
 * is open.
 */
AppUnread *app_unread_new (GtkApplicationWindow *window, const AppParts *parts, AppPlace *place, MessagesView *messages, AdwToastOverlay *toasts);

G_END_DECLS
