/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a conversation's row says of the others: "▸3", and shows them when it is pressed. */
#pragma once

#include <gtk/gtk.h>

#include "model-message.h"

G_BEGIN_DECLS

#define MESSAGES_TYPE_MORE (messages_more_get_type ())
G_DECLARE_FINAL_TYPE (MessagesMore, messages_more, MESSAGES, MORE, GtkWidget)

/**
 * messages_more_show:
 * @more: (inout) (nullable): made when it is first needed, at the beginning of @box
 *
 * Pressed, it activates messages.toggle-conversation with the message's id.
 */
void messages_more_show (MessagesMore **more, GtkBox *box, ModelMessage *message);

G_END_DECLS
