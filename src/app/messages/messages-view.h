/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The message table of the open folder. */
#pragma once

#include <gtk/gtk.h>

#include "app-state.h"
#include "model-folder.h"
#include "model-message-list.h"

G_BEGIN_DECLS

#define MESSAGES_TYPE_VIEW (messages_view_get_type ())
G_DECLARE_FINAL_TYPE (MessagesView, messages_view, MESSAGES, VIEW, GtkWidget)

/* Signals: "selection-changed" (); "opened" (gint64 id): a double click or Return */

void messages_view_set_list (MessagesView *self, ModelMessageList *list, AppState *state);

/* messages_view_set_context_menu: for the right button and the Menu key: actions of the group "message" */
void messages_view_set_context_menu (MessagesView *self, GMenuModel *menu);

/* messages_view_show_folder: (nullable) folder */
void messages_view_show_folder (MessagesView *self, ModelFolder *folder);
/* messages_view_get_folder: (nullable): whose messages are shown; %NULL during a search, when they may be of any */
ModelFolder *messages_view_get_folder (MessagesView *self);

guint messages_view_get_n_selected (MessagesView *self);

/* messages_view_dup_selected: (transfer full): of gint64, in the order shown; loads no rows */
GArray *messages_view_dup_selected (MessagesView *self);

/* messages_view_is_first_flagged: what "flag" toggles by: the first of the selected */
gboolean messages_view_is_first_flagged (MessagesView *self);

/* messages_view_select: that one alone, scrolled into view; %FALSE when it is not in the list */
gboolean messages_view_select (MessagesView *self, gint64 id);

void messages_view_select_all (MessagesView *self);

/**
 * messages_view_set_is_narrow:
 * @is_narrow: few columns; the reader is on another page, and one click asks for it
 * @has_back: the folders are on another page too: a button leads there
 */
void messages_view_set_is_narrow (MessagesView *self, gboolean is_narrow, gboolean has_back);

G_END_DECLS
