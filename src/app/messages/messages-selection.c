/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is selected in the message list, by ids. */
#include "messages-selection.h"

guint
messages_selection_count (GtkSelectionModel *selection)
{
  GtkBitset *selected = gtk_selection_model_get_selection (selection);
  guint n = (guint) gtk_bitset_get_size (selected);

  gtk_bitset_unref (selected);
  return n;
}

guint
messages_selection_get_first (GtkSelectionModel *selection)
{
  GtkBitset *selected = gtk_selection_model_get_selection (selection);
  guint first = gtk_bitset_is_empty (selected) ? GTK_INVALID_LIST_POSITION : gtk_bitset_get_minimum (selected);

  gtk_bitset_unref (selected);
  return first;
}

GArray *
messages_selection_dup_ids (GtkSelectionModel *selection, ModelMessageList *list, gboolean with_folded)
{
  GtkBitset *selected = gtk_selection_model_get_selection (selection);
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  GtkBitsetIter iter;
  guint position;

  for (gboolean is_valid = gtk_bitset_iter_init_first (&iter, selected, &position); is_valid;
       is_valid = gtk_bitset_iter_next (&iter, &position))
    {
      gint64 id = model_message_list_get_id (list, position);

      if (id)
        g_array_append_val (ids, id);
      if (id && with_folded)
        model_message_list_add_folded (list, id, ids);
    }
  gtk_bitset_unref (selected);
  return ids;
}

ModelMessage *
messages_selection_dup_first (GtkSelectionModel *selection, ModelMessageList *list)
{
  guint first = messages_selection_get_first (selection);

  return first == GTK_INVALID_LIST_POSITION ? NULL : g_list_model_get_item (G_LIST_MODEL (list), first);
}
