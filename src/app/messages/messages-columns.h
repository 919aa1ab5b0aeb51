/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The columns of the message table: which are shown, in what order, how wide, and which one a person sorts by; remembered for each folder. */
#pragma once

#include <gtk/gtk.h>

#include "app-state.h"
#include "model-message-list.h"

G_BEGIN_DECLS

/* The table's own, from its template */
typedef struct
{
  GtkColumnViewColumn *status;
  GtkColumnViewColumn *flag;
  GtkColumnViewColumn *attachment;
  GtkColumnViewColumn *from;
  GtkColumnViewColumn *to;
  GtkColumnViewColumn *subject;
  GtkColumnViewColumn *folder;
  GtkColumnViewColumn *received;
  GtkColumnViewColumn *size;
} MessagesColumnSet;

#define MESSAGES_TYPE_COLUMNS (messages_columns_get_type ())
G_DECLARE_FINAL_TYPE (MessagesColumns, messages_columns, MESSAGES, COLUMNS, GObject)

/* Signal "sort-changed" (): a person chose another order; not emitted by showing another folder. A head that is clicked is sorted by. */
MessagesColumns *messages_columns_new (GtkColumnView *table, const MessagesColumnSet *set, AppState *state);

/**
 * messages_columns_get_actions:
 *
 * Returns: (transfer none): show-status, show-flag, …, show-size (boolean states; the subject is always shown); sort (s: from, to, subject,
 *   received, size) and order (s: ascending, descending)
 */
GActionGroup *messages_columns_get_actions (MessagesColumns *self);

/* messages_columns_set_menu: what the right button opens on the heads */
void messages_columns_set_menu (MessagesColumns *self, GMenuModel *menu);

/**
 * messages_columns_show_folder:
 * @folder: its id, by which its columns are remembered; 0: a search, whose columns nobody remembers. In which folder a message is is shown
 *   in searches and in views, whose mail is of many
 * @is_outgoing: one's own mail: whom it is to is shown, not from, unless a person chose otherwise
 */
void messages_columns_show_folder (MessagesColumns *self, gint64 folder, gboolean is_outgoing);

ModelSort messages_columns_get_sort (MessagesColumns *self, gboolean *is_ascending);

G_END_DECLS
