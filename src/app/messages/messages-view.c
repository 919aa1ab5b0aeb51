/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The messages of the open folder: a table, or where that has no room, rows of two lines. */
#include "messages-view.h"

#include "app-names.h"
#include "base-config.h"
#include "folders-row.h"
#include "messages-columns.h"
#include "messages-cursor.h"
#include "messages-empty.h"
#include "messages-folders.h"
#include "messages-header.h"
#include "messages-keys.h"
#include "messages-pointer.h"
#include "messages-portion.h"
#include "messages-row.h"
#include "messages-scroll.h"
#include "messages-selection.h"

#include <adwaita.h>
#include <glib/gi18n.h>

/* A folder that takes longer than this to open says so; before, nothing flickers. */
#define LOADING_DELAY_MS 250

/* Less wide than this, the chips are icons; and less than that, a message has two lines, which a table with a column more has sooner. */
#define NARROW_WIDTH 700
#define COMPACT_WIDTH 640 /* the columns of a new folder, and a subject of some words */
#define FOLDER_WIDTH 150
#define SEARCH_WIDTH 180 /* of what a search adds to the chips */

struct _MessagesView
{
  GtkWidget parent_instance;

  ModelMessageList *list;
  MessagesColumns *columns;
  MessagesCursor *cursor;
  MessagesPortion *portion;
  ModelFolder *folder;
  ModelFolder *account;      /* the row that the folder is under */
  gboolean opens_at_once;    /* the reader is on another page, and one click asks for it */
  gboolean is_narrow;
  gboolean is_compact;
  int width;                 /* as last laid out */
  guint width_source;
  guint loading_source;
  GtkWidget *context_menu;

  GtkWidget *box;
  MessagesHeader *header;
  GtkStack *stack;
  GtkColumnView *table;
  GtkListView *rows;
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

static void on_toggle_conversation (GtkWidget *widget, const char *name, GVariant *parameter);
static void on_context_menu (GtkWidget *widget, const char *name, GVariant *parameter);

static gboolean
is_outgoing (ModelFolder *folder)
{
  MailRole role = folder ? model_folder_get_role (folder) : MAIL_ROLE_NONE;

  return role == MAIL_ROLE_SENT || role == MAIL_ROLE_DRAFTS || role == MAIL_ROLE_OUTBOX;
}

/* What is looked at is either of them: the other has no model, and so costs nothing. */
static GtkWidget *
get_list (MessagesView *self)
{
  return self->is_compact ? GTK_WIDGET (self->rows) : GTK_WIDGET (self->table);
}

/* Whether what is shown may be of any folder, so that it is said of which */
static gboolean
is_mixed (MessagesView *self)
{
  return self->list && (model_message_list_get_search (self->list) || (self->folder && model_folder_get_id (self->folder) < 0));
}

static gboolean
wants_lines (MessagesView *self, int width)
{
  return width < COMPACT_WIDTH + (is_mixed (self) ? FOLDER_WIDTH : 0);
}

static gboolean
wants_icons (MessagesView *self, int width)
{
  return width < NARROW_WIDTH + (self->list && model_message_list_get_search (self->list) ? SEARCH_WIDTH : 0);
}

static void
show_count (MessagesView *self)
{
  messages_header_set_count (self->header, self->list ? g_list_model_get_n_items (G_LIST_MODEL (self->list)) : 0, messages_view_get_n_selected (self),
                             self->list && model_message_list_is_partial (self->list));
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
        messages_empty_show (self->empty, self->receive, self->folder, self->list);
      gtk_stack_set_visible_child_name (self->stack, is_empty ? "empty" : self->is_compact ? "rows" : "list");
    }
  show_count (self);
}

static void
on_selection_changed (MessagesView *self)
{
  show_count (self);
  g_signal_emit (self, signals[SELECTION_CHANGED], 0);
}

static void
on_items_changed (MessagesView *self, guint position, guint removed, guint added)
{
  if (position == 0 && added > removed && g_list_model_get_n_items (G_LIST_MODEL (self->selection)) > added)
    messages_scroll_stay_on_top (get_list (self));
  show_page (self);
}

static void
on_activate (GtkWidget *list, guint position, MessagesView *self)
{
  gint64 id = model_message_list_get_id (self->list, position);

  if (id)
    g_signal_emit (self, signals[OPENED], 0, id);
}

static void
popup_at (MessagesView *self, double x, double y)
{
  graphene_point_t point;

  if (!self->context_menu || !messages_view_get_n_selected (self))
    return;
  if (!gtk_widget_compute_point (get_list (self), GTK_WIDGET (self), &GRAPHENE_POINT_INIT ((float) x, (float) y), &point))
    return;
  gtk_popover_set_pointing_to (GTK_POPOVER (self->context_menu), &(GdkRectangle) { (int) point.x, (int) point.y, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (self->context_menu));
}

static void
on_clicked (MessagesView *self, gint64 id)
{
  if (self->opens_at_once && messages_view_select (self, id))
    g_signal_emit (self, signals[OPENED], 0, id);
}

static void
show_list (MessagesView *self)
{
  gboolean is_ascending;
  ModelSort sort = messages_columns_get_sort (self->columns, &is_ascending);

  model_message_list_show (self->list, self->folder ? model_folder_get_id (self->folder) : 0, sort, is_ascending);
}

/* Who presses a head wants that order, and no other. */
static void
on_sort_changed (MessagesView *self)
{
  if (model_message_list_get_search (self->list) && model_message_list_is_best_first (self->list))
    gtk_widget_activate_action (GTK_WIDGET (self), "arrange.best-first", NULL);
  show_list (self);
}

static void
show_in (MessagesView *self, gboolean is_compact)
{
  GtkSelectionModel *model = GTK_SELECTION_MODEL (self->selection);
  gboolean has_focus = gtk_widget_get_focus_child (GTK_WIDGET (self->stack)) != NULL;

  self->is_compact = is_compact;
  gtk_column_view_set_model (self->table, is_compact ? NULL : model);
  gtk_list_view_set_model (self->rows, is_compact ? model : NULL);
  show_page (self);
  if (self->cursor && messages_cursor_get_position (self->cursor) != GTK_INVALID_LIST_POSITION)
    messages_scroll_to (get_list (self), messages_cursor_get_position (self->cursor));
  if (has_focus)
    gtk_widget_grab_focus (get_list (self));
}

static gboolean
on_width_due (gpointer data)
{
  MessagesView *self = data;

  self->width_source = 0;
  self->is_narrow = wants_icons (self, self->width);
  messages_header_set_is_narrow (self->header, self->is_narrow);
  if (self->is_compact != wants_lines (self, self->width))
    show_in (self, !self->is_compact);
  return G_SOURCE_REMOVE;
}

/* The rows of two lines, bound here because they have to know whose mail the folder has */
static void
on_row_setup (MessagesView *self, GtkListItem *item)
{
  gtk_list_item_set_child (item, messages_row_new ());
}

static void
on_row_bind (MessagesView *self, GtkListItem *item)
{
  messages_row_show (MESSAGES_ROW (gtk_list_item_get_child (item)), gtk_list_item_get_item (item), is_outgoing (messages_view_get_folder (self)),
                     is_mixed (self));
}

static void
on_row_unbind (MessagesView *self, GtkListItem *item)
{
  messages_row_show (MESSAGES_ROW (gtk_list_item_get_child (item)), NULL, FALSE, FALSE);
}

static void
messages_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  MessagesView *self = MESSAGES_VIEW (widget);

  if (wants_icons (self, width) != self->is_narrow || wants_lines (self, width) != self->is_compact)
    if (!self->width_source)
      self->width_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, on_width_due, self, NULL); /* not amid a layout */
  self->width = width;
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
  return gtk_widget_grab_focus (get_list (MESSAGES_VIEW (widget)));
}

/* Tab leaves the list, and does not go through every row of it: arrows do that. (Newer GTKs have a property for it.) */
static gboolean
messages_view_focus (GtkWidget *widget, GtkDirectionType direction)
{
  GtkWidget *list = get_list (MESSAGES_VIEW (widget));
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
  g_clear_handle_id (&self->width_source, g_source_remove);
  g_clear_pointer (&self->context_menu, gtk_widget_unparent);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->list);
  g_clear_object (&self->columns);
  g_clear_object (&self->cursor);
  g_clear_object (&self->portion);
  g_clear_object (&self->folder);
  g_clear_object (&self->account);
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
    { "column_folder", G_STRUCT_OFFSET (MessagesView, column_set.folder) },
    { "column_received", G_STRUCT_OFFSET (MessagesView, column_set.received) },
    { "column_size", G_STRUCT_OFFSET (MessagesView, column_set.size) },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
    gtk_widget_class_bind_template_child_full (widget_class, columns[i].name, FALSE, (gssize) columns[i].offset);
  gtk_widget_class_bind_template_child (widget_class, MessagesView, box);
  gtk_widget_class_bind_template_child (widget_class, MessagesView, header);
  gtk_widget_class_bind_template_child (widget_class, MessagesView, stack);
  gtk_widget_class_bind_template_child (widget_class, MessagesView, table);
  gtk_widget_class_bind_template_child (widget_class, MessagesView, rows);
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

  g_type_ensure (MESSAGES_TYPE_HEADER);
  gtk_widget_class_set_template_from_resource (widget_class, POSTHORN_RESOURCE_PATH "/ui/messages/messages-view.ui");
  bind_children (widget_class);
  /* of the class, so that what is inside knows from the beginning that there are actions here */
  gtk_widget_class_install_action (widget_class, "messages.toggle-conversation", "x", on_toggle_conversation);
  gtk_widget_class_install_action (widget_class, "messages.context-menu", NULL, on_context_menu);
  gtk_widget_class_bind_template_callback (widget_class, on_items_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_row_setup);
  gtk_widget_class_bind_template_callback (widget_class, on_row_bind);
  gtk_widget_class_bind_template_callback (widget_class, on_row_unbind);
}

static void
messages_view_init (MessagesView *self)
{
  self->width = NARROW_WIDTH;
  gtk_widget_init_template (GTK_WIDGET (self));
  app_names_inside (GTK_WIDGET (self->table), GTK_TYPE_LIST_VIEW, _("Messages"));
  messages_empty_show (self->empty, self->receive, NULL, NULL);
  gtk_stack_set_visible_child_name (self->stack, "empty");
}

static void
show_title (MessagesView *self)
{
  g_autofree char *title = NULL;

  if (self->list && model_message_list_get_search (self->list))
    title = g_strdup (_("Search Results"));
  else if (self->folder && self->account)
    /* Translators: a folder and its account: "Inbox — Work" */
    title = g_strdup_printf (_("%s — %s"), folders_row_get_title (self->folder), folders_row_get_title (self->account));
  messages_header_set_title (self->header, title ? title : self->folder ? folders_row_get_title (self->folder) : "");
}

static void
settle_columns (MessagesView *self)
{
  ModelFolder *folder = messages_view_get_folder (self);

  messages_columns_show_folder (self->columns, folder ? model_folder_get_id (folder) : 0, is_outgoing (folder));
}

static void
on_search_changed (MessagesView *self)
{
  show_title (self);
  settle_columns (self);
  show_page (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self)); /* a table or lines: that depends on it too */
}

/* The first one is gone to before the others go away, or the focus would fall on whatever comes after them. */
static void
fold (MessagesView *self, gint64 id, gboolean is_expanded)
{
  gint64 head = is_expanded ? 0 : model_message_list_set_expanded (self->list, id, TRUE);

  if (head && head != id && messages_view_select (self, head))
    messages_pointer_focus (g_object_get_data (G_OBJECT (get_list (self)), "messages-pointer"), head);
  model_message_list_set_expanded (self->list, id, is_expanded);
}

static void
on_toggle_conversation (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MessagesView *self = MESSAGES_VIEW (widget);
  gint64 id = g_variant_get_int64 (parameter);
  guint position;

  if (model_message_list_find (self->list, id, &position))
    {
      g_autoptr (ModelMessage) message = g_list_model_get_item (G_LIST_MODEL (self->list), position);

      fold (self, id, !model_message_get_place (message)->is_expanded);
    }
}

static void
on_context_menu (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MessagesView *self = MESSAGES_VIEW (widget);

  popup_at (self, gtk_widget_get_width (get_list (self)) / 3.0, 60);
}

/* By letters: the keyboard goes on from there. */
static void
on_going_to (MessagesView *self, gint64 id)
{
  if (messages_view_select (self, id))
    messages_pointer_focus (g_object_get_data (G_OBJECT (get_list (self)), "messages-pointer"), id);
}

/* What the table and the rows of two lines have in common */
static void
attend (MessagesView *self, GtkWidget *list)
{
  GtkSelectionModel *selection = GTK_SELECTION_MODEL (self->selection);
  MessagesKeys *keys = messages_keys_new (list, self->list, selection);
  MessagesPointer *pointer = messages_pointer_new (list, self->list, selection, (MessagesPointerDragFunc) messages_view_dup_selected, self);

  g_object_set_data_full (G_OBJECT (list), "messages-keys", keys, g_object_unref);
  g_object_set_data_full (G_OBJECT (list), "messages-pointer", pointer, g_object_unref);
  g_signal_connect_object (pointer, "menu", G_CALLBACK (popup_at), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (pointer, "clicked", G_CALLBACK (on_clicked), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (keys, "going-to", G_CALLBACK (on_going_to), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (keys, "folding", G_CALLBACK (fold), self, G_CONNECT_SWAPPED);
}

void
messages_view_set_list (MessagesView *self, ModelMessageList *list, AppState *state)
{
  g_return_if_fail (MESSAGES_IS_VIEW (self) && !self->list);

  self->list = g_object_ref (list);
  gtk_label_set_text (self->loading, _("Opening the folder…"));
  self->columns = messages_columns_new (self->table, &self->column_set, state);
  messages_columns_set_menu (self->columns, messages_header_get_columns_menu (self->header));
  g_signal_connect_object (self->columns, "sort-changed", G_CALLBACK (on_sort_changed), self, G_CONNECT_SWAPPED);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "columns", messages_columns_get_actions (self->columns));
  settle_columns (self);
  self->portion = messages_portion_new (G_LIST_MODEL (list), GTK_WIDGET (self));
  gtk_multi_selection_set_model (self->selection, G_LIST_MODEL (self->portion));
  g_signal_connect_object (list, "notify::is-loading", G_CALLBACK (show_page), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (list, "notify::search", G_CALLBACK (on_search_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (list, "rearranged", G_CALLBACK (show_page), self, G_CONNECT_SWAPPED);
  self->cursor = messages_cursor_new (list, GTK_SELECTION_MODEL (self->selection));
  g_signal_connect_object (self->cursor, "changed", G_CALLBACK (on_selection_changed), self, G_CONNECT_SWAPPED);
  messages_header_set_list (self->header, list);
  attend (self, GTK_WIDGET (self->table));
  attend (self, GTK_WIDGET (self->rows));
}

void
messages_view_set_tree (MessagesView *self, ModelFolderTree *tree)
{
  messages_folders_attach (GTK_WIDGET (self), tree);
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
messages_view_show_folder (MessagesView *self, ModelFolder *folder, ModelFolder *account)
{
  if (folder && folder == self->folder)
    return;
  if (self->folder)
    g_signal_handlers_disconnect_by_func (self->folder, show_title, self);
  if (self->account)
    g_signal_handlers_disconnect_by_func (self->account, show_title, self);
  g_set_object (&self->folder, folder);
  g_set_object (&self->account, account);
  if (folder) /* it may be renamed while it is open */
    g_signal_connect_object (folder, "notify::name", G_CALLBACK (show_title), self, G_CONNECT_SWAPPED);
  if (account)
    g_signal_connect_object (account, "notify::name", G_CALLBACK (show_title), self, G_CONNECT_SWAPPED);
  messages_cursor_forget (self->cursor);
  messages_columns_show_folder (self->columns, folder ? model_folder_get_id (folder) : 0, is_outgoing (folder));
  show_list (self);
  show_title (self);
  show_page (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
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
  return messages_selection_count (GTK_SELECTION_MODEL (self->selection));
}

GArray *
messages_view_dup_selected (MessagesView *self)
{
  return messages_selection_dup_ids (GTK_SELECTION_MODEL (self->selection), self->list, TRUE);
}

GArray *
messages_view_dup_selected_rows (MessagesView *self)
{
  return messages_selection_dup_ids (GTK_SELECTION_MODEL (self->selection), self->list, FALSE);
}

ModelMessage *
messages_view_dup_first (MessagesView *self)
{
  return messages_selection_dup_first (GTK_SELECTION_MODEL (self->selection), self->list);
}

gboolean
messages_view_select (MessagesView *self, gint64 id)
{
  guint position;

  if (!model_message_list_find (self->list, id, &position))
    return FALSE;
  messages_portion_complete (self->portion);
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), position, TRUE);
  messages_scroll_to (get_list (self), position);
  return TRUE;
}

void
messages_view_select_all (MessagesView *self)
{
  messages_portion_complete (self->portion);
  gtk_selection_model_select_all (GTK_SELECTION_MODEL (self->selection));
}

void
messages_view_set_opens_at_once (MessagesView *self, gboolean opens_at_once, gboolean has_back)
{
  self->opens_at_once = opens_at_once;
  messages_header_set_has_back (self->header, has_back);
}
