/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The message table of the open folder. */
#include "messages-view.h"

#include "app-names.h"
#include "base-config.h"
#include "folders-row.h"
#include "messages-cell.h"
#include "messages-empty.h"
#include "messages-sort.h"

#include <adwaita.h>
#include <glib/gi18n.h>

/* A folder that takes longer than this to open says so; before, nothing flickers. */
#define LOADING_DELAY_MS 250

/* No column but the subject is wider in a narrow window. */
#define NARROW_WIDTH 124

struct _MessagesView
{
  GtkWidget parent_instance;

  ModelMessageList *list;
  AppState *state;
  ModelFolder *folder;
  guint position;            /* where the selection was: what follows a deleted message is chosen next */
  gboolean is_narrow;
  gboolean is_settling;      /* the columns are set up by us */
  guint loading_source;
  GtkWidget *context_menu;

  GtkWidget *box;
  GtkWidget *back;
  GtkLabel *title;
  GtkLabel *count;
  GtkStack *stack;
  GtkColumnView *table;
  GtkMultiSelection *selection;
  AdwStatusPage *empty;
  GtkWidget *receive;
  GtkLabel *loading;
  GtkColumnViewColumn *column_status;
  GtkColumnViewColumn *column_flag;
  GtkColumnViewColumn *column_attachment;
  GtkColumnViewColumn *column_from;
  GtkColumnViewColumn *column_to;
  GtkColumnViewColumn *column_subject;
  GtkColumnViewColumn *column_received;
  GtkColumnViewColumn *column_size;
};

enum
{
  SELECTION_CHANGED,
  OPENED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MessagesView, messages_view, GTK_TYPE_WIDGET)

static gboolean
is_outgoing (ModelFolder *folder)
{
  MailRole role = folder ? model_folder_get_role (folder) : MAIL_ROLE_NONE;

  return role == MAIL_ROLE_SENT || role == MAIL_ROLE_DRAFTS || role == MAIL_ROLE_OUTBOX;
}

static const struct
{
  const char *name;
  gsize offset;
  int width;
} widths[] = {
  { "from-width", G_STRUCT_OFFSET (MessagesView, column_from), 190 },
  { "to-width", G_STRUCT_OFFSET (MessagesView, column_to), 190 },
  { "received-width", G_STRUCT_OFFSET (MessagesView, column_received), 130 },
  { "size-width", G_STRUCT_OFFSET (MessagesView, column_size), 90 },
};

/* A column that is hidden gives up its width: GTK 4.8 counts it all the same. */
static void
show_column (MessagesView *self, GtkColumnViewColumn *column, gboolean is_shown)
{
  int width = 34;

  for (gsize i = 0; i < G_N_ELEMENTS (widths); i++)
    if (G_STRUCT_MEMBER (GtkColumnViewColumn *, self, widths[i].offset) == column)
      width = self->state ? app_state_get_int (self->state, "messages", widths[i].name, widths[i].width) : widths[i].width;
  if (self->is_narrow)
    width = MIN (width, NARROW_WIDTH);
  gtk_column_view_column_set_visible (column, is_shown);
  gtk_column_view_column_set_fixed_width (column, is_shown ? CLAMP (width, 30, 2000) : -1);
}

static void
settle_columns (MessagesView *self)
{
  gboolean outgoing = is_outgoing (self->folder);

  self->is_settling = TRUE;
  show_column (self, self->column_from, !outgoing);
  show_column (self, self->column_to, outgoing);
  show_column (self, self->column_size, !self->is_narrow);
  show_column (self, self->column_flag, !self->is_narrow);
  show_column (self, self->column_received, TRUE);
  self->is_settling = FALSE;
}

static void
show_empty (MessagesView *self)
{
  MessagesEmpty empty = messages_empty_describe (self->folder);

  adw_status_page_set_icon_name (self->empty, empty.icon);
  adw_status_page_set_title (self->empty, empty.title);
  adw_status_page_set_description (self->empty, empty.text);
  gtk_widget_set_visible (self->receive, empty.can_receive);
}

static void
show_count (MessagesView *self)
{
  guint n = self->list ? g_list_model_get_n_items (G_LIST_MODEL (self->list)) : 0;
  guint n_selected = messages_view_get_n_selected (self);
  g_autofree char *text = NULL;

  if (n_selected > 1)
    text = g_strdup_printf (ngettext ("%u of %u selected", "%u of %u selected", n_selected), n_selected, n);
  else if (n)
    text = g_strdup_printf (ngettext ("%u message", "%u messages", n), n);
  gtk_label_set_text (self->count, text ? text : "");
}

static gboolean
on_loading_slow (gpointer data)
{
  MessagesView *self = data;

  self->loading_source = 0;
  gtk_stack_set_visible_child_name (self->stack, "loading");
  return G_SOURCE_REMOVE;
}

static void
show_page (MessagesView *self)
{
  gboolean is_loading = self->list && model_message_list_is_loading (self->list);

  if (!is_loading)
    g_clear_handle_id (&self->loading_source, g_source_remove);
  if (is_loading && !self->loading_source)
    self->loading_source = g_timeout_add (LOADING_DELAY_MS, on_loading_slow, self);
  if (!is_loading)
    {
      gboolean is_empty = !self->list || !g_list_model_get_n_items (G_LIST_MODEL (self->list));

      if (is_empty)
        show_empty (self);
      gtk_stack_set_visible_child_name (self->stack, is_empty ? "empty" : "list");
    }
  show_count (self);
}

static void
on_selection_changed (MessagesView *self)
{
  GtkBitset *selected = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));

  if (!gtk_bitset_is_empty (selected))
    self->position = gtk_bitset_get_minimum (selected);
  gtk_bitset_unref (selected);
  show_count (self);
  g_signal_emit (self, signals[SELECTION_CHANGED], 0);
}

/* After the selected messages left (deleted, moved), the one that follows is selected, so that reading goes on. */
static void
on_items_changed (MessagesView *self, guint position, guint removed, guint added)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->selection));
  gboolean was_there = self->position >= position && self->position < position + removed;

  if (model_message_list_is_loading (self->list) || !self->folder)
    self->position = GTK_INVALID_LIST_POSITION;
  else if (self->position != GTK_INVALID_LIST_POSITION && self->position >= position + removed)
    self->position += added - removed;
  else if (was_there && !messages_view_get_n_selected (self))
    {
      if (n && !added)
        {
          self->position = MIN (position, n - 1);
          gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), self->position, TRUE);
        }
      else
        self->position = GTK_INVALID_LIST_POSITION;
      g_signal_emit (self, signals[SELECTION_CHANGED], 0);
    }
  show_page (self);
}

static void
on_activate (GtkColumnView *table, guint position, MessagesView *self)
{
  gint64 id = model_message_list_get_id (self->list, position);

  if (id)
    g_signal_emit (self, signals[OPENED], 0, id);
}

static ModelMessage *
find_message_at (MessagesView *self, double x, double y)
{
  GtkWidget *widget = gtk_widget_pick (GTK_WIDGET (self->table), x, y, GTK_PICK_DEFAULT);

  /* Between two cells is the row or the cell's frame: its first cell tells the same. */
  while (widget && widget != GTK_WIDGET (self->table) && !GTK_IS_LIST_VIEW (widget))
    {
      GtkWidget *inner = widget;

      while (inner && !MESSAGES_IS_CELL (inner))
        inner = gtk_widget_get_first_child (inner);
      if (inner)
        return messages_cell_get_message (MESSAGES_CELL (inner));
      widget = gtk_widget_get_parent (widget);
    }
  return NULL;
}

/* A message under the pointer that is not selected is selected alone, so that what is done is done to what was pointed at. */
static gboolean
select_at (MessagesView *self, double x, double y)
{
  ModelMessage *message = find_message_at (self, x, y);
  guint position;

  if (!message || !model_message_list_find (self->list, model_message_get_id (message), &position))
    return FALSE;
  if (!gtk_selection_model_is_selected (GTK_SELECTION_MODEL (self->selection), position))
    gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), position, TRUE);
  return TRUE;
}

static void
popup_at (MessagesView *self, double x, double y)
{
  graphene_point_t point;

  if (!self->context_menu || !messages_view_get_n_selected (self))
    return;
  if (!gtk_widget_compute_point (GTK_WIDGET (self->table), GTK_WIDGET (self), &GRAPHENE_POINT_INIT ((float) x, (float) y), &point))
    return;
  gtk_popover_set_pointing_to (GTK_POPOVER (self->context_menu), &(GdkRectangle) { (int) point.x, (int) point.y, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (self->context_menu));
}

static void
on_right_click (GtkGestureClick *gesture, int n_press, double x, double y, MessagesView *self)
{
  if (!select_at (self, x, y))
    return;
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  popup_at (self, x, y);
}

static void
on_click (GtkGestureClick *gesture, int n_press, double x, double y, MessagesView *self)
{
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));
  ModelMessage *message;

  if (!self->is_narrow || n_press != 1 || (state & (GDK_CONTROL_MASK | GDK_SHIFT_MASK)))
    return;
  message = find_message_at (self, x, y);
  if (message && messages_view_select (self, model_message_get_id (message)))
    g_signal_emit (self, signals[OPENED], 0, model_message_get_id (message));
}

static void
on_context_menu (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MessagesView *self = MESSAGES_VIEW (widget);

  popup_at (self, gtk_widget_get_width (GTK_WIDGET (self->table)) / 3.0, 60);
}

static GdkContentProvider *
on_drag_prepare (GtkDragSource *source, double x, double y, MessagesView *self)
{
  g_autoptr (GArray) ids = NULL;

  if (!select_at (self, x, y))
    return NULL;
  ids = messages_view_dup_selected (self);
  return gdk_content_provider_new_typed (G_TYPE_ARRAY, ids);
}

static void
show_list (MessagesView *self)
{
  GtkSorter *sorter = gtk_column_view_get_sorter (self->table);
  ModelSort sort = MODEL_SORT_RECEIVED;
  gboolean is_ascending = FALSE;

  messages_sort_read (sorter, &sort, &is_ascending);
  /* One column shows whom a message is from or, where all are one's own, to. */
  if (is_outgoing (self->folder) && sort == MODEL_SORT_FROM)
    sort = MODEL_SORT_TO;
  else if (!is_outgoing (self->folder) && sort == MODEL_SORT_TO)
    sort = MODEL_SORT_FROM;
  model_message_list_show (self->list, self->folder ? model_folder_get_id (self->folder) : 0, sort, is_ascending);
}

static void
on_sort_changed (MessagesView *self)
{
  ModelSort sort;
  gboolean is_ascending;

  if (self->is_settling || !self->list)
    return;
  if (messages_sort_read (gtk_column_view_get_sorter (self->table), &sort, &is_ascending))
    {
      app_state_set_int (self->state, "messages", "sort", sort);
      app_state_set_int (self->state, "messages", "ascending", is_ascending);
    }
  show_list (self);
}

static GtkColumnViewColumn *
find_column (MessagesView *self, ModelSort sort)
{
  switch (sort)
    {
    case MODEL_SORT_FROM:
      return self->column_from;
    case MODEL_SORT_TO:
      return self->column_to;
    case MODEL_SORT_SUBJECT:
      return self->column_subject;
    case MODEL_SORT_SIZE:
      return self->column_size;
    case MODEL_SORT_DATE:
    case MODEL_SORT_RECEIVED:
    default:
      return self->column_received;
    }
}

static void
set_sorter (GtkColumnViewColumn *column, ModelSort sort)
{
  g_autoptr (GtkSorter) sorter = messages_sort_new (sort);

  gtk_column_view_column_set_sorter (column, sorter);
}

static void
on_width_changed (GtkColumnViewColumn *column, GParamSpec *pspec, MessagesView *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (widths) && !self->is_settling; i++)
    if (G_STRUCT_MEMBER (GtkColumnViewColumn *, self, widths[i].offset) == column)
      app_state_set_int (self->state, "messages", widths[i].name, gtk_column_view_column_get_fixed_width (column));
}

static void
set_up_columns (MessagesView *self)
{
  ModelSort sort = (ModelSort) app_state_get_int (self->state, "messages", "sort", MODEL_SORT_RECEIVED);
  gboolean is_ascending = app_state_get_int (self->state, "messages", "ascending", FALSE);

  self->is_settling = TRUE;
  set_sorter (self->column_from, MODEL_SORT_FROM);
  set_sorter (self->column_to, MODEL_SORT_TO);
  set_sorter (self->column_subject, MODEL_SORT_SUBJECT);
  set_sorter (self->column_received, MODEL_SORT_RECEIVED);
  set_sorter (self->column_size, MODEL_SORT_SIZE);
  gtk_column_view_sort_by_column (self->table, find_column (self, sort), is_ascending ? GTK_SORT_ASCENDING : GTK_SORT_DESCENDING);
  for (gsize i = 0; i < G_N_ELEMENTS (widths); i++)
    {
      GtkColumnViewColumn *column = G_STRUCT_MEMBER (GtkColumnViewColumn *, self, widths[i].offset);

      g_signal_connect_object (column, "notify::fixed-width", G_CALLBACK (on_width_changed), self, 0);
    }
  g_signal_connect_object (gtk_column_view_get_sorter (self->table), "changed", G_CALLBACK (on_sort_changed), self, G_CONNECT_SWAPPED);
  self->is_settling = FALSE;
  settle_columns (self);
}

static void
messages_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  MessagesView *self = MESSAGES_VIEW (widget);

  gtk_widget_size_allocate (self->box, &(GtkAllocation) { 0, 0, width, height }, baseline);
  if (self->context_menu)
    gtk_popover_present (GTK_POPOVER (self->context_menu));
}

static void
messages_view_measure (GtkWidget *widget, GtkOrientation orientation, int for_size,
                       int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  gtk_widget_measure (MESSAGES_VIEW (widget)->box, orientation, for_size, minimum, natural, minimum_baseline, natural_baseline);
}

static gboolean
messages_view_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (MESSAGES_VIEW (widget)->table));
}

/* Tab leaves the list, and does not go through every row of it: arrows do that. (Newer GTKs have a property for it.) */
static gboolean
messages_view_focus (GtkWidget *widget, GtkDirectionType direction)
{
  GtkWidget *list = GTK_WIDGET (MESSAGES_VIEW (widget)->table);
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));

  if ((direction == GTK_DIR_TAB_FORWARD || direction == GTK_DIR_TAB_BACKWARD) && focus && gtk_widget_is_ancestor (focus, list))
    return GDK_EVENT_PROPAGATE;
  return GTK_WIDGET_CLASS (messages_view_parent_class)->focus (widget, direction);
}

static void
messages_view_dispose (GObject *object)
{
  MessagesView *self = MESSAGES_VIEW (object);

  g_clear_handle_id (&self->loading_source, g_source_remove);
  g_clear_pointer (&self->context_menu, gtk_widget_unparent);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->list);
  g_clear_object (&self->state);
  g_clear_object (&self->folder);
  G_OBJECT_CLASS (messages_view_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, MessagesView, box);
  gtk_widget_class_bind_template_child (widget_class, MessagesView, back);
  gtk_widget_class_bind_template_child (widget_class, MessagesView, title);
  gtk_widget_class_bind_template_child (widget_class, MessagesView, count);
  gtk_widget_class_bind_template_child (widget_class, MessagesView, stack);
  gtk_widget_class_bind_template_child (widget_class, MessagesView, table);
  gtk_widget_class_bind_template_child (widget_class, MessagesView, selection);
  gtk_widget_class_bind_template_child (widget_class, MessagesView, empty);
  gtk_widget_class_bind_template_child (widget_class, MessagesView, receive);
  gtk_widget_class_bind_template_child (widget_class, MessagesView, loading);
  gtk_widget_class_bind_template_child (widget_class, MessagesView, column_status);
  gtk_widget_class_bind_template_child (widget_class, MessagesView, column_flag);
  gtk_widget_class_bind_template_child (widget_class, MessagesView, column_attachment);
  gtk_widget_class_bind_template_child (widget_class, MessagesView, column_from);
  gtk_widget_class_bind_template_child (widget_class, MessagesView, column_to);
  gtk_widget_class_bind_template_child (widget_class, MessagesView, column_subject);
  gtk_widget_class_bind_template_child (widget_class, MessagesView, column_received);
  gtk_widget_class_bind_template_child (widget_class, MessagesView, column_size);
}

static void
messages_view_class_init (MessagesViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = messages_view_dispose;
  widget_class->size_allocate = messages_view_size_allocate;
  widget_class->measure = messages_view_measure;
  widget_class->grab_focus = messages_view_grab_focus;
  widget_class->focus = messages_view_focus;

  signals[SELECTION_CHANGED] = g_signal_new ("selection-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                             G_TYPE_NONE, 0);
  signals[OPENED] = g_signal_new ("opened", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_INT64);

  g_type_ensure (MESSAGES_TYPE_CELL);
  gtk_widget_class_set_template_from_resource (widget_class, POSTHORN_RESOURCE_PATH "/ui/messages/messages-view.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_selection_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_items_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_right_click);
  gtk_widget_class_bind_template_callback (widget_class, on_click);
  gtk_widget_class_bind_template_callback (widget_class, on_drag_prepare);
  gtk_widget_class_install_action (widget_class, "messages.context-menu", NULL, on_context_menu);
}

static void
messages_view_init (MessagesView *self)
{
  self->position = GTK_INVALID_LIST_POSITION;
  gtk_widget_init_template (GTK_WIDGET (self));
  app_names_inside (GTK_WIDGET (self->table), GTK_TYPE_LIST_VIEW, _("Messages"));
  show_empty (self);
  gtk_stack_set_visible_child_name (self->stack, "empty");
}

void
messages_view_set_list (MessagesView *self, ModelMessageList *list, AppState *state)
{
  g_return_if_fail (MESSAGES_IS_VIEW (self) && !self->list);

  self->list = g_object_ref (list);
  self->state = g_object_ref (state);
  gtk_label_set_text (self->loading, _("Opening the folder…"));
  set_up_columns (self);
  gtk_multi_selection_set_model (self->selection, G_LIST_MODEL (list));
  g_signal_connect_object (list, "notify::is-loading", G_CALLBACK (show_page), self, G_CONNECT_SWAPPED);
}

void
messages_view_set_context_menu (MessagesView *self, GMenuModel *menu)
{
  g_clear_pointer (&self->context_menu, gtk_widget_unparent);
  self->context_menu = gtk_popover_menu_new_from_model (menu);
  gtk_popover_set_has_arrow (GTK_POPOVER (self->context_menu), FALSE);
  gtk_widget_set_halign (self->context_menu, GTK_ALIGN_START);
  gtk_widget_set_parent (self->context_menu, GTK_WIDGET (self));
}

void
messages_view_show_folder (MessagesView *self, ModelFolder *folder)
{
  if (folder && folder == self->folder)
    return;
  g_set_object (&self->folder, folder);
  self->position = GTK_INVALID_LIST_POSITION;
  gtk_label_set_text (self->title, folder ? folders_row_get_title (folder) : "");
  settle_columns (self);
  show_list (self);
  show_page (self);
  g_signal_emit (self, signals[SELECTION_CHANGED], 0);
}

ModelFolder *
messages_view_get_folder (MessagesView *self)
{
  return self->folder;
}

guint
messages_view_get_n_selected (MessagesView *self)
{
  GtkBitset *selected = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  guint n = (guint) gtk_bitset_get_size (selected);

  gtk_bitset_unref (selected);
  return n;
}

GArray *
messages_view_dup_selected (MessagesView *self)
{
  GtkBitset *selected = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  GtkBitsetIter iter;
  guint position;

  for (gboolean is_valid = gtk_bitset_iter_init_first (&iter, selected, &position); is_valid;
       is_valid = gtk_bitset_iter_next (&iter, &position))
    {
      gint64 id = model_message_list_get_id (self->list, position);

      if (id)
        g_array_append_val (ids, id);
    }
  gtk_bitset_unref (selected);
  return ids;
}

gboolean
messages_view_is_first_flagged (MessagesView *self)
{
  GtkBitset *selected = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  g_autoptr (ModelMessage) message = NULL;

  if (!gtk_bitset_is_empty (selected))
    message = g_list_model_get_item (G_LIST_MODEL (self->list), gtk_bitset_get_minimum (selected));
  gtk_bitset_unref (selected);
  return message && (model_message_get_flags (message) & MAIL_FLAG_FLAGGED);
}

gboolean
messages_view_select (MessagesView *self, gint64 id)
{
  guint position;

  if (!model_message_list_find (self->list, id, &position))
    return FALSE;
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), position, TRUE);
  gtk_widget_activate_action (GTK_WIDGET (self->table), "list.scroll-to-item", "u", position);
  return TRUE;
}

void
messages_view_select_all (MessagesView *self)
{
  gtk_selection_model_select_all (GTK_SELECTION_MODEL (self->selection));
}

void
messages_view_set_is_narrow (MessagesView *self, gboolean is_narrow, gboolean has_back)
{
  self->is_narrow = is_narrow;
  gtk_widget_set_visible (self->back, has_back);
  settle_columns (self);
}
