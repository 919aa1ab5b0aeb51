/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the pointer does in a list of messages: opens the menu, drags, and clicks. */
#pragma once

#include <gtk/gtk.h>

#include "model-message-list.h"

G_BEGIN_DECLS

#define MESSAGES_TYPE_POINTER (messages_pointer_get_type ())
G_DECLARE_FINAL_TYPE (MessagesPointer, messages_pointer, MESSAGES, POINTER, GObject)

/* MessagesPointerDragFunc: (transfer full): of gint64: the messages that are dragged, now that what the pointer is on is selected */
typedef GArray *(*MessagesPointerDragFunc) (gpointer data);

/**
 * messages_pointer_new:
 * @widget: a GtkColumnView or GtkListView of MessagesCell or MessagesRow
 * @data: of @drag; must outlive the object
 *
 * A message under the pointer that is not selected is selected alone, so that what is done is done to what was pointed at.
 *
 * Signals: "menu" (double x, double y): the right button, at that place of @widget; "clicked" (gint64 id): once, with no key held
 */
MessagesPointer *messages_pointer_new (GtkWidget *widget, ModelMessageList *list, GtkSelectionModel *selection, MessagesPointerDragFunc drag,
                                       gpointer data);

/* messages_pointer_focus: the keyboard's focus to the row of message @id, where it is in view; GTK's lists move it by keys alone */
void messages_pointer_focus (MessagesPointer *self, gint64 id);

G_END_DECLS
