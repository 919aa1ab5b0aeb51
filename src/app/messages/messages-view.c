/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The message table of the open folder. */
#include "messages-view.h"

#include "app-names.h"
#include "base-config.h"
#include "folders-row.h"
#include "messages-cell.h"
#include "messages-columns.h"
#include "messages-empty.h"
#include "search-filter.h"

#include <adwaita.h>
#include <glib/gi18n.h>

/* A folder that takes longer than this to open says so; before, nothing flickers. */
#define LOADING_DELAY_MS 250

struct _MessagesView
{
  GtkWidget parent_instance;

  ModelMessageList *list;
  MessagesColumns *columns;
  ModelFolder *folder;
  guint position;            /* where the selection was: what follows a deleted message is chosen next */
  gboolean is_narrow;
  guint loading_source;
  guint top_source;
  GtkWidget *context_menu;

  GtkWidget *box;
  GtkWidget *back;
  GtkWidget *header;
  SearchFilter *filter;
  GtkLabel *title;
  GtkLabel *count;
  GtkStack *stack;
  GtkColumnView *table;
  GtkMultiSelection *selection;
  AdwStatusPage *empty;
  GtkWidget *receive;
  GtkLabel *loading;
  MessagesColumnSet column_set;
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

static void
settle_columns (MessagesView *self)
{
  if (self->columns)
    messages_columns_settle (self->columns, is_outgoing (messages_view_get_folder (self)), self->is_narrow);
}

static void
show_empty (MessagesView *self)
{
  MessagesEmpty empty = messages_empty_describe_list (self->folder, self->list);
  const char *search = self->list ? model_message_list_get_search (self->list) : NULL;
  g_autofree char *escaped = g_markup_escape_text (search ? search : "", -1);
  g_autoptr (GString) text = g_string_new (empty.text);

  g_string_replace (text, "%s", escaped, 1);
  adw_status_page_set_icon_name (self->empty, empty.icon);
  adw_status_page_set_title (self->empty, empty.title);
  adw_status_page_set_description (self->empty, text->str);
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

/* The list in the table knows how to; the table itself does not. */
static void
scroll_to (MessagesView *self, guint position)
{
  GtkWidget *list = gtk_widget_get_first_child (GTK_WIDGET (self->table));

  while (list && !GTK_IS_LIST_VIEW (list))
    list = gtk_widget_get_next_sibling (list);
  if (list)
    gtk_widget_activate_action (list, "list.scroll-to-item", "u", position);
}

static gboolean
on_stay_on_top (gpointer data)
{
  MessagesView *self = data;

  self->top_source = 0;
  scroll_to (self, 0);
  return G_SOURCE_REMOVE;
}

/* Who looks at the newest goes on doing so: by itself the table would keep what it shows in its place, and new mail would come in above it, unseen.
 * Before the next frame, but after the table has heard of the rows. */
static void
stay_on_top (MessagesView *self)
{
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->table));

  if (!self->top_source && adjustment && gtk_adjustment_get_value (adjustment) <= 0)
    self->top_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, on_stay_on_top, self, NULL);
}

/* After the selected messages left (deleted, moved), the one that follows is selected, so that reading goes on. */
static void
on_items_changed (MessagesView *self, guint position, guint removed, guint added)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->selection));
  gboolean was_there = self->position >= position && self->position < position + removed;

  if (position == 0 && added > removed && n > added)
    stay_on_top (self);

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
  gboolean is_ascending;
  ModelSort sort = messages_columns_get_sort (self->columns, &is_ascending);

  model_message_list_show (self->list, self->folder ? model_folder_get_id (self->folder) : 0, sort, is_ascending);
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
  g_clear_handle_id (&self->top_source, g_source_remove);
  g_clear_pointer (&self->context_menu, gtk_widget_unparent);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->list);
  g_clear_object (&self->columns);
  g_clear_object (&self->folder);
  G_OBJECT_CLASS (messages_view_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  static const struct { const char *name; gsize offset; } columns[] = {
    { "column_status", G_STRUCT_OFFSET (MessagesView, column_set.status) },
    { "column_flag", G_STRUCT_OFFSET (MessagesView, column_set.flag) },
    { "column_attachment", G_STRUCT_OFFSET (MessagesView, column_set.attachment) },
    { "column_from", G_STRUCT_OFFSET (MessagesView, column_set.from) },
    { "column_to", G_STRUCT_OFFSET (MessagesView, column_set.to) },
    { "column_subject", G_STRUCT_OFFSET (MessagesView, column_set.subject) },
    { "column_received", G_STRUCT_OFFSET (MessagesView, column_set.received) },
    { "column_size", G_STRUCT_OFFSET (MessagesView, column_set.size) },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
    gtk_widget_class_bind_template_child_full (widget_class, columns[i].name, FALSE, (gssize) columns[i].offset);
  gtk_widget_class_bind_template_child (widget_class, MessagesView, box);
  gtk_widget_class_bind_template_child (widget_class, MessagesView, back);
  gtk_widget_class_bind_template_child (widget_class, MessagesView, header);
  gtk_widget_class_bind_template_child (widget_class, MessagesView, filter);
  gtk_widget_class_bind_template_child (widget_class, MessagesView, title);
  gtk_widget_class_bind_template_child (widget_class, MessagesView, count);
  gtk_widget_class_bind_template_child (widget_class, MessagesView, stack);
  gtk_widget_class_bind_template_child (widget_class, MessagesView, table);
  gtk_widget_class_bind_template_child (widget_class, MessagesView, selection);
  gtk_widget_class_bind_template_child (widget_class, MessagesView, empty);
  gtk_widget_class_bind_template_child (widget_class, MessagesView, receive);
  gtk_widget_class_bind_template_child (widget_class, MessagesView, loading);
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
  g_type_ensure (SEARCH_TYPE_FILTER);
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

static void
show_title (MessagesView *self)
{
  if (self->list && model_message_list_get_search (self->list))
    gtk_label_set_text (self->title, _("Search Results"));
  else
    gtk_label_set_text (self->title, self->folder ? folders_row_get_title (self->folder) : "");
}

static void
on_search_changed (MessagesView *self)
{
  show_title (self);
  settle_columns (self);
  show_page (self);
}

void
messages_view_set_list (MessagesView *self, ModelMessageList *list, AppState *state)
{
  g_return_if_fail (MESSAGES_IS_VIEW (self) && !self->list);

  self->list = g_object_ref (list);
  gtk_label_set_text (self->loading, _("Opening the folder…"));
  self->columns = messages_columns_new (self->table, &self->column_set, state);
  g_signal_connect_object (self->columns, "sort-changed", G_CALLBACK (show_list), self, G_CONNECT_SWAPPED);
  settle_columns (self);
  gtk_multi_selection_set_model (self->selection, G_LIST_MODEL (list));
  g_signal_connect_object (list, "notify::is-loading", G_CALLBACK (show_page), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (list, "notify::search", G_CALLBACK (on_search_changed), self, G_CONNECT_SWAPPED);
  search_filter_set_list (self->filter, list);
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
  if (self->folder)
    g_signal_handlers_disconnect_by_func (self->folder, show_title, self);
  g_set_object (&self->folder, folder);
  if (folder) /* it may be renamed while it is open */
    g_signal_connect_object (folder, "notify::name", G_CALLBACK (show_title), self, G_CONNECT_SWAPPED);
  self->position = GTK_INVALID_LIST_POSITION;
  show_list (self);
  show_title (self);
  settle_columns (self);
  show_page (self);
  g_signal_emit (self, signals[SELECTION_CHANGED], 0);
}

ModelFolder *
messages_view_get_folder (MessagesView *self)
{
  return self->list && model_message_list_get_search (self->list) ? NULL : self->folder;
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
  scroll_to (self, position);
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
  search_filter_set_is_narrow (self->filter, is_narrow);
  settle_columns (self);
}
