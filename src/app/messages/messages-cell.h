/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One cell of the message table. */
#pragma once

#include <gtk/gtk.h>

#include "model-message.h"

G_BEGIN_DECLS

typedef enum
{
  MESSAGES_CELL_STATUS,      /* unread, answered, forwarded, only the headers here */
  MESSAGES_CELL_FLAG,
  MESSAGES_CELL_ATTACHMENT,
  MESSAGES_CELL_FROM,
  MESSAGES_CELL_TO,
  MESSAGES_CELL_SUBJECT,
  MESSAGES_CELL_FOLDER,      /* of an attached list (messages-folders.h) */
  MESSAGES_CELL_RECEIVED,
  MESSAGES_CELL_SIZE,
} MessagesCellKind;

#define MESSAGES_TYPE_CELL (messages_cell_get_type ())
G_DECLARE_FINAL_TYPE (MessagesCell, messages_cell, MESSAGES, CELL, GtkWidget)

/* messages_cell_make_factory: (transfer full): of a column's cells, for a list of ModelMessage */
GtkListItemFactory *messages_cell_make_factory (MessagesCellKind kind);

ModelMessage *messages_cell_get_message (MessagesCell *self); /* (nullable) */

G_END_DECLS
