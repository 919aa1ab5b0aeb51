/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands over the list: where one is, the chips, how many messages, and how they are arranged. */
#pragma once

#include <gtk/gtk.h>

#include "model-message-list.h"

G_BEGIN_DECLS

#define MESSAGES_TYPE_HEADER (messages_header_get_type ())
G_DECLARE_FINAL_TYPE (MessagesHeader, messages_header, MESSAGES, HEADER, GtkWidget)

void messages_header_set_list (MessagesHeader *self, ModelMessageList *list);
void messages_header_set_title (MessagesHeader *self, const char *title);
void messages_header_set_count (MessagesHeader *self, guint n, guint n_selected, gboolean is_partial);

/* messages_header_set_is_narrow: the chips are icons, the count gives way */
void messages_header_set_is_narrow (MessagesHeader *self, gboolean is_narrow);

/* messages_header_set_has_back: the folders are on another page: a button leads there */
void messages_header_set_has_back (MessagesHeader *self, gboolean has_back);

/* messages_header_get_columns_menu: (transfer none): which columns there are, for the table's heads too; actions of messages-columns.h */
GMenuModel *messages_header_get_columns_menu (MessagesHeader *self);

G_END_DECLS
