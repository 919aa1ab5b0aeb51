/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the pointer does in a list of messages: opens the menu, drags, and clicks. */
#include "messages-pointer.h"

#include "messages-cell.h"
#include "messages-row.h"

struct _MessagesPointer
{
  GObject parent_instance;

  GtkWidget *widget;              /* weak, as the selection */
  GtkSelectionModel *selection;
  ModelMessageList *list;
  MessagesPointerDragFunc drag;
  gpointer data;
};

enum
{
  MENU,
  CLICKED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MessagesPointer, messages_pointer, G_TYPE_OBJECT)

static ModelMessage *
get_message_of (GtkWidget *widget)
{
  if (MESSAGES_IS_CELL (widget))
    return messages_cell_get_message (MESSAGES_CELL (widget));
  return messages_row_get_message (MESSAGES_ROW (widget));
}

/* (nullable): of the first cell in @widget, or of the row that it is */
static ModelMessage *
find_message_in (GtkWidget *widget)
{
  while (widget && !MESSAGES_IS_CELL (widget) && !MESSAGES_IS_ROW (widget))
    widget = gtk_widget_get_first_child (widget);
  return widget ? get_message_of (widget) : NULL;
}

static ModelMessage *
find_message_at (MessagesPointer *self, double x, double y)
{
  GtkWidget *widget = gtk_widget_pick (self->widget, x, y, GTK_PICK_DEFAULT);

  /* Between two cells is the row or the cell's frame: its first cell tells the same. */
  while (widget && widget != self->widget && !GTK_IS_LIST_VIEW (widget))
    {
      ModelMessage *message = find_message_in (widget);

      if (message)
        return message;
      widget = gtk_widget_get_parent (widget);
    }
  return NULL;
}

static gboolean
select_at (MessagesPointer *self, double x, double y)
{
  ModelMessage *message = find_message_at (self, x, y);
  guint position;

  if (!message || !model_message_list_find (self->list, model_message_get_id (message), &position))
    return FALSE;
  if (!gtk_selection_model_is_selected (self->selection, position))
    gtk_selection_model_select_item (self->selection, position, TRUE);
  return TRUE;
}

static void
on_right_click (GtkGestureClick *gesture, int n_press, double x, double y, MessagesPointer *self)
{
  if (!select_at (self, x, y))
    return;
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  g_signal_emit (self, signals[MENU], 0, x, y);
}

static void
on_click (GtkGestureClick *gesture, int n_press, double x, double y, MessagesPointer *self)
{
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));
  ModelMessage *message = n_press == 1 && !(state & (GDK_CONTROL_MASK | GDK_SHIFT_MASK)) ? find_message_at (self, x, y) : NULL;

  if (message)
    g_signal_emit (self, signals[CLICKED], 0, model_message_get_id (message));
}

static GdkContentProvider *
on_drag_prepare (GtkDragSource *source, double x, double y, MessagesPointer *self)
{
  g_autoptr (GArray) ids = NULL;

  if (!select_at (self, x, y))
    return NULL;
  ids = self->drag (self->data);
  return gdk_content_provider_new_typed (G_TYPE_ARRAY, ids);
}

static void
messages_pointer_dispose (GObject *object)
{
  MessagesPointer *self = MESSAGES_POINTER (object);

  g_clear_weak_pointer (&self->widget);
  g_clear_weak_pointer (&self->selection);
  g_clear_object (&self->list);
  G_OBJECT_CLASS (messages_pointer_parent_class)->dispose (object);
}

static void
messages_pointer_class_init (MessagesPointerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = messages_pointer_dispose;
  signals[MENU] = g_signal_new ("menu", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_DOUBLE, G_TYPE_DOUBLE);
  signals[CLICKED] = g_signal_new ("clicked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
}

static void
messages_pointer_init (MessagesPointer *self)
{
}

static void
add_click (MessagesPointer *self, guint button, const char *signal, GCallback callback)
{
  GtkGesture *gesture = gtk_gesture_click_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (gesture), button);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (gesture), GTK_PHASE_CAPTURE);
  g_signal_connect_object (gesture, signal, callback, self, 0);
  gtk_widget_add_controller (self->widget, GTK_EVENT_CONTROLLER (gesture));
}

MessagesPointer *
messages_pointer_new (GtkWidget *widget, ModelMessageList *list, GtkSelectionModel *selection, MessagesPointerDragFunc drag, gpointer data)
{
  MessagesPointer *self = g_object_new (MESSAGES_TYPE_POINTER, NULL);
  GtkDragSource *source = gtk_drag_source_new ();

  g_set_weak_pointer (&self->widget, widget);
  g_set_weak_pointer (&self->selection, selection);
  self->list = g_object_ref (list);
  self->drag = drag;
  self->data = data;
  add_click (self, GDK_BUTTON_SECONDARY, "pressed", G_CALLBACK (on_right_click));
  add_click (self, GDK_BUTTON_PRIMARY, "released", G_CALLBACK (on_click));
  gtk_drag_source_set_actions (source, GDK_ACTION_COPY | GDK_ACTION_MOVE);
  g_signal_connect_object (source, "prepare", G_CALLBACK (on_drag_prepare), self, 0);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (source));
  return self;
}

void
messages_pointer_focus (MessagesPointer *self, gint64 id)
{
  GtkWidget *list = GTK_IS_LIST_VIEW (self->widget) ? self->widget : gtk_widget_get_first_child (self->widget);

  while (list && !GTK_IS_LIST_VIEW (list))
    list = gtk_widget_get_next_sibling (list);
  for (GtkWidget *row = list ? gtk_widget_get_first_child (list) : NULL; row; row = gtk_widget_get_next_sibling (row))
    {
      ModelMessage *message = find_message_in (row);

      if (message && model_message_get_id (message) == id)
        {
          gtk_widget_grab_focus (row);
          return;
        }
    }
}
