/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A message in two lines, for where a table has no room. */
#pragma once

#include <gtk/gtk.h>

#include "model-message.h"

G_BEGIN_DECLS

#define MESSAGES_TYPE_ROW (messages_row_get_type ())
G_DECLARE_FINAL_TYPE (MessagesRow, messages_row, MESSAGES, ROW, GtkWidget)

GtkWidget *messages_row_new (void);

/**
 * messages_row_show:
 * @message: (nullable)
 * @is_outgoing: one's own mail: whom it is to is shown, not from
 * @has_folder: in which folder it is is said too (messages-folders.h)
 */
void messages_row_show (MessagesRow *self, ModelMessage *message, gboolean is_outgoing, gboolean has_folder);

ModelMessage *messages_row_get_message (MessagesRow *self); /* (nullable) */

G_END_DECLS
