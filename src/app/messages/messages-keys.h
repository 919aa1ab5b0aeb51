/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keys of the message list that GTK's lists do not know: Right and Left open and fold a conversation, letters go to what begins with them. */
#pragma once

#include <gtk/gtk.h>

#include "model-message-list.h"

G_BEGIN_DECLS

#define MESSAGES_TYPE_KEYS (messages_keys_get_type ())
G_DECLARE_FINAL_TYPE (MessagesKeys, messages_keys, MESSAGES, KEYS, GObject)

/**
 * messages_keys_new:
 * @owner: the keys are its own and its children's
 *
 * Signals: "going-to" (gint64 id): that message is to be selected; "folding" (gint64 id, gboolean is_expanded): its conversation is to be shown
 * so, and then its first message selected, where that is another one.
 */
MessagesKeys *messages_keys_new (GtkWidget *owner, ModelMessageList *list, GtkSelectionModel *selection);

G_END_DECLS
