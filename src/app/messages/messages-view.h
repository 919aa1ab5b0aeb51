/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The messages of the open folder: a table, or where that has no room, rows of two lines. */
#pragma once

#include <gtk/gtk.h>

#include "app-state.h"
#include "model-folder-tree.h"
#include "model-message-list.h"
#include "model-message.h"

G_BEGIN_DECLS

#define MESSAGES_TYPE_VIEW (messages_view_get_type ())
G_DECLARE_FINAL_TYPE (MessagesView, messages_view, MESSAGES, VIEW, GtkWidget)

/* Signals: "selection-changed" (); "opened" (gint64 id): a double click or Return */

void messages_view_set_list (MessagesView *self, ModelMessageList *list, AppState *state);

/* messages_view_set_tree: where mail is of many folders, they are called as there */
void messages_view_set_tree (MessagesView *self, ModelFolderTree *tree);

/* messages_view_set_context_menu: for the right button and the Menu key: actions of the group "message" */
void messages_view_set_context_menu (MessagesView *self, GMenuModel *menu);

/* messages_view_show_folder: (nullable) folder; (nullable) account: the row that it is under */
void messages_view_show_folder (MessagesView *self, ModelFolder *folder, ModelFolder *account);
/* messages_view_get_folder: (nullable): whose messages are shown; %NULL during a search, when they may be of any */
ModelFolder *messages_view_get_folder (MessagesView *self);

/* messages_view_get_n_selected: rows; a conversation that is not open is one */
guint messages_view_get_n_selected (MessagesView *self);

/* messages_view_dup_selected: (transfer full): of gint64, in the order shown, with what the rows stand for; loads no rows.
 * messages_view_dup_selected_rows: without */
GArray *messages_view_dup_selected (MessagesView *self);
GArray *messages_view_dup_selected_rows (MessagesView *self);

/* messages_view_dup_first: (nullable) (transfer full): the first of the selected */
ModelMessage *messages_view_dup_first (MessagesView *self);

/* messages_view_select: that one alone, scrolled into view; %FALSE when it is not in the list */
gboolean messages_view_select (MessagesView *self, gint64 id);

void messages_view_select_all (MessagesView *self);

/**
 * messages_view_set_opens_at_once:
 * @opens_at_once: the reader is on another page, and one click asks for it
 * @has_back: the folders are on another page too: a button leads there
 */
void messages_view_set_opens_at_once (MessagesView *self, gboolean opens_at_once, gboolean has_back);

G_END_DECLS
