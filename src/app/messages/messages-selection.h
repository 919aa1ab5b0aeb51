/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is selected in the message list, by ids: the rows themselves are not loaded for it. */
#pragma once

#include <gtk/gtk.h>

#include "model-message-list.h"
#include "model-message.h"

G_BEGIN_DECLS

/* messages_selection_count: rows; a conversation that is not open is one */
guint messages_selection_count (GtkSelectionModel *selection);

/* messages_selection_get_first: its position; GTK_INVALID_LIST_POSITION for none */
guint messages_selection_get_first (GtkSelectionModel *selection);

/* messages_selection_dup_ids: (transfer full): of gint64, in the order shown; @with_folded: with what the rows stand for */
GArray *messages_selection_dup_ids (GtkSelectionModel *selection, ModelMessageList *list, gboolean with_folded);

/* messages_selection_dup_first: (nullable) (transfer full): that message, read if need be */
ModelMessage *messages_selection_dup_first (GtkSelectionModel *selection, ModelMessageList *list);

G_END_DECLS
