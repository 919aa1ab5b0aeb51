/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a person is in the list. */
#include "messages-cursor.h"

#include "messages-selection.h"

struct _MessagesCursor
{
  GObject parent_instance;

  ModelMessageList *list;
  GtkSelectionModel *selection;
  guint position;            /* where the selection was */
  gint64 current;            /* what was selected there */
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MessagesCursor, messages_cursor, G_TYPE_OBJECT)

static void
on_selection_changed (MessagesCursor *self)
{
  guint first = messages_selection_get_first (self->selection);

  if (first != GTK_INVALID_LIST_POSITION)
    {
      self->position = first;
      self->current = model_message_list_get_id (self->list, first);
    }
  g_signal_emit (self, signals[CHANGED], 0);
}

/* After the selected messages left (deleted, moved) */
static void
select_next (MessagesCursor *self, guint position, guint added)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->selection));

  if (n && !added)
    {
      self->position = MIN (position, n - 1);
      gtk_selection_model_select_item (self->selection, self->position, TRUE);
    }
  else
    self->position = GTK_INVALID_LIST_POSITION;
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_items_changed (MessagesCursor *self, guint position, guint removed, guint added)
{
  gboolean was_there = self->position >= position && self->position < position + removed;

  if (model_message_list_is_loading (self->list))
    self->position = GTK_INVALID_LIST_POSITION;
  else if (self->position != GTK_INVALID_LIST_POSITION && self->position >= position + removed)
    self->position += added - removed;
  else if (was_there && !messages_selection_count (self->selection))
    select_next (self, position, added);
}

/* What is read may be folded into its conversation, because an answer to it came: it is unfolded rather than lost sight of. */
static void
on_rearranged (MessagesCursor *self)
{
  guint position;

  if (!self->current || messages_selection_count (self->selection) || model_message_list_find (self->list, self->current, &position)
      || !model_message_list_set_expanded (self->list, self->current, TRUE))
    return;
  if (model_message_list_find (self->list, self->current, &position))
    gtk_selection_model_select_item (self->selection, position, TRUE);
}

static void
messages_cursor_dispose (GObject *object)
{
  MessagesCursor *self = MESSAGES_CURSOR (object);

  g_clear_object (&self->list);
  g_clear_object (&self->selection);
  G_OBJECT_CLASS (messages_cursor_parent_class)->dispose (object);
}

static void
messages_cursor_class_init (MessagesCursorClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = messages_cursor_dispose;
  signals[CHANGED] = g_signal_new ("changed", MESSAGES_TYPE_CURSOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
messages_cursor_init (MessagesCursor *self)
{
  self->position = GTK_INVALID_LIST_POSITION;
}

MessagesCursor *
messages_cursor_new (ModelMessageList *list, GtkSelectionModel *selection)
{
  MessagesCursor *self = g_object_new (MESSAGES_TYPE_CURSOR, NULL);

  self->list = g_object_ref (list);
  self->selection = g_object_ref (selection);
  g_signal_connect_object (selection, "selection-changed", G_CALLBACK (on_selection_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (selection, "items-changed", G_CALLBACK (on_items_changed), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (list, "rearranged", G_CALLBACK (on_rearranged), self, G_CONNECT_SWAPPED);
  return self;
}

guint
messages_cursor_get_position (MessagesCursor *self)
{
  return self->position;
}

void
messages_cursor_forget (MessagesCursor *self)
{
  self->position = GTK_INVALID_LIST_POSITION;
  self->current = 0;
}
