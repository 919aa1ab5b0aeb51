/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a person is in the list, while messages come, go and are folded: what follows a message that left is chosen next, so that reading goes on. */
#pragma once

#include <gtk/gtk.h>

#include "model-message-list.h"

G_BEGIN_DECLS

#define MESSAGES_TYPE_CURSOR (messages_cursor_get_type ())
G_DECLARE_FINAL_TYPE (MessagesCursor, messages_cursor, MESSAGES, CURSOR, GObject) /* main thread */

/* messages_cursor_new: @selection: of @list. Signal "changed": what is selected is another, or the selected messages left and nothing followed. */
MessagesCursor *messages_cursor_new (ModelMessageList *list, GtkSelectionModel *selection);

/* messages_cursor_get_position: GTK_INVALID_LIST_POSITION where nothing was selected yet */
guint messages_cursor_get_position (MessagesCursor *self);

/* messages_cursor_forget: another folder is opened */
void messages_cursor_forget (MessagesCursor *self);

G_END_DECLS
