/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The columns of the message table: which are shown, how wide, and which one a person sorts by; remembered. */
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
  GtkColumnViewColumn *received;
  GtkColumnViewColumn *size;
} MessagesColumnSet;

#define MESSAGES_TYPE_COLUMNS (messages_columns_get_type ())
G_DECLARE_FINAL_TYPE (MessagesColumns, messages_columns, MESSAGES, COLUMNS, GObject)

/* Signal "sort-changed" (): a person clicked a column's head */
MessagesColumns *messages_columns_new (GtkColumnView *table, const MessagesColumnSet *set, AppState *state);

/**
 * messages_columns_settle:
 * @is_outgoing: one's own mail: whom it is to is shown, not from
 * @is_narrow: few columns
 */
void messages_columns_settle (MessagesColumns *self, gboolean is_outgoing, gboolean is_narrow);

/* messages_columns_get_sort: one column shows whom a message is from or, where all are one's own, to: the sort says which is meant */
ModelSort messages_columns_get_sort (MessagesColumns *self, gboolean *is_ascending);

G_END_DECLS
