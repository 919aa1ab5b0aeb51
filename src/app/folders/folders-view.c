/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The folder tree. */
#include "folders-view.h"

#include "base-config.h"
#include "folders-dragging.h"
#include "folders-keys.h"
#include "folders-row.h"
#include "messages-scroll.h"

struct _FoldersView
{
  GtkWidget parent_instance;

  ModelFolderTree *tree;
  ModelFolder *selected;

  GtkWidget *scroller;
  GtkListView *list;
  GtkSingleSelection *selection;
  GtkWidget *context_menu;
  guint menu_source;          /* the menu has just closed, and gives the keyboard back */
  gboolean wants_editing;     /* as soon as it has */
};

enum
{
  PROP_0,
  PROP_SELECTED,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

enum
{
  POINTED_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FoldersView, folders_view, GTK_TYPE_WIDGET)

/* Rows without children have no arrow; the tree model makes them appear anew when that changes. */
static GListModel *
create_children (gpointer item, gpointer data)
{
  GListModel *children = model_folder_get_children (item);

  return g_list_model_get_n_items (children) ? g_object_ref (children) : NULL;
}

static ModelFolder *
get_folder_at (FoldersView *self, guint position)
{
  g_autoptr (GtkTreeListRow) row = g_list_model_get_item (G_LIST_MODEL (self->selection), position);
  g_autoptr (ModelFolder) folder = row ? gtk_tree_list_row_get_item (row) : NULL;

  return folder; /* the tree holds it */
}

static void
on_selected (FoldersView *self)
{
  ModelFolder *folder = get_folder_at (self, gtk_single_selection_get_selected (self->selection));

  g_signal_emit (self, signals[POINTED_CHANGED], 0);
  /* Rows that appear anew lose the selection for a moment: what is open stays open until another one is chosen. */
  if (!folder || folder == self->selected)
    return;
  g_set_object (&self->selected, folder);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SELECTED]);
}

static void
on_activate (GtkListView *list, guint position, FoldersView *self)
{
  g_autoptr (GtkTreeListRow) row = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  if (row && gtk_tree_list_row_is_expandable (row))
    gtk_tree_list_row_set_expanded (row, !gtk_tree_list_row_get_expanded (row));
}

/* The first favourite appears above what is seen: it is to be seen as well. */
static void
on_roots_changed (GListModel *roots, guint position, guint removed, guint added, FoldersView *self)
{
  if (position == 0 && added > removed)
    messages_scroll_stay_on_top (GTK_WIDGET (self->list));
}

static void
on_refreshed (FoldersView *self)
{
  ModelFolder *folder = self->selected;
  g_autoptr (ModelFolder) held = folder ? g_object_ref (folder) : NULL;

  if (!folder || (model_folder_get_kind (folder) != MODEL_FOLDER_MAILBOX && model_folder_get_kind (folder) != MODEL_FOLDER_SEARCH))
    return;
  if (model_folder_is_favourite (folder) && !model_folder_tree_contains (self->tree, folder))
    {
      folder = model_folder_tree_find (self->tree, model_folder_get_id (folder)); /* what is open stays so, in its own place */
      if (folder && folders_view_select (self, folder))
        return;
    }
  if (folder && model_folder_tree_contains (self->tree, folder))
    {
      if (get_folder_at (self, gtk_single_selection_get_selected (self->selection)) != folder)
        folders_view_select (self, folder);
      return;
    }
  g_clear_object (&self->selected);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SELECTED]);
}

static FoldersRow *
find_row_in (GtkWidget *widget)
{
  while (widget && !FOLDERS_IS_ROW (widget))
    widget = GTK_IS_TREE_EXPANDER (widget) ? gtk_tree_expander_get_child (GTK_TREE_EXPANDER (widget)) : gtk_widget_get_first_child (widget);
  return widget ? FOLDERS_ROW (widget) : NULL;
}

/* The row under the pointer, so that what is done is done to what was pointed at */
static FoldersRow *
find_row_at (FoldersView *self, double x, double y)
{
  GtkWidget *widget = gtk_widget_pick (GTK_WIDGET (self->list), x, y, GTK_PICK_DEFAULT);

  while (widget && widget != GTK_WIDGET (self->list))
    {
      FoldersRow *row = find_row_in (widget);

      if (row)
        return row;
      widget = gtk_widget_get_parent (widget);
    }
  return NULL;
}

/* A row whose menu was open, or that a dialog came over, does not hear that the pointer has left it, and looks as if it still were there (GTK 4.8). */
static void
on_motion (GtkEventControllerMotion *motion, double x, double y, FoldersView *self)
{
  GtkWidget *under = gtk_widget_pick (GTK_WIDGET (self->list), x, y, GTK_PICK_DEFAULT);

  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->list)); row; row = gtk_widget_get_next_sibling (row))
    if (!under || (row != under && !gtk_widget_is_ancestor (under, row)))
      gtk_widget_unset_state_flags (row, GTK_STATE_FLAG_PRELIGHT | GTK_STATE_FLAG_ACTIVE);
}

static void
popup_at (FoldersView *self, GtkWidget *origin, double x, double y)
{
  graphene_point_t point;

  if (!self->context_menu || !gtk_widget_compute_point (origin, GTK_WIDGET (self), &GRAPHENE_POINT_INIT ((float) x, (float) y), &point))
    return;
  gtk_popover_set_pointing_to (GTK_POPOVER (self->context_menu), &(GdkRectangle) { (int) point.x, (int) point.y, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (self->context_menu));
}

static void
on_right_click (GtkGestureClick *gesture, int n_press, double x, double y, FoldersView *self)
{
  FoldersRow *row = find_row_at (self, x, y);
  g_autoptr (ModelFolder) folder = NULL;

  if (row)
    g_object_get (row, "folder", &folder, NULL);
  if (!folder || !folders_view_select (self, folder))
    return;
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  popup_at (self, GTK_WIDGET (self->list), x, y);
}

/* Menu and Shift+F10: at the row that has the focus, which becomes the one that is meant. */
static void
on_context_menu (GtkWidget *widget, const char *name, GVariant *parameter)
{
  FoldersView *self = FOLDERS_VIEW (widget);
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));

  if (!focus || !gtk_widget_is_ancestor (focus, GTK_WIDGET (self->list)))
    focus = GTK_WIDGET (self->list);
  else
    gtk_widget_activate_action (focus, "listitem.select", "(bb)", FALSE, FALSE);
  popup_at (self, focus, 24, focus == GTK_WIDGET (self->list) ? 24 : gtk_widget_get_height (focus));
}

/* In the tree it is about a folder, also where that cannot be deleted: never about the message that is selected elsewhere. */
static gboolean
on_delete_key (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  gtk_widget_activate_action (widget, "folder.delete", NULL);
  return GDK_EVENT_STOP;
}

static gboolean
on_menu_gone (gpointer data)
{
  FoldersView *self = data;

  self->menu_source = 0;
  if (self->wants_editing)
    folders_view_edit_name (self, NULL, NULL);
  return G_SOURCE_REMOVE;
}

static void
on_menu_closed (FoldersView *self)
{
  if (!self->menu_source)
    self->menu_source = g_idle_add (on_menu_gone, self);
}

static void
folders_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  FoldersView *self = FOLDERS_VIEW (widget);

  gtk_widget_size_allocate (self->scroller, &(GtkAllocation) { 0, 0, width, height }, baseline);
  if (self->context_menu)
    gtk_popover_present (GTK_POPOVER (self->context_menu));
}

static void
folders_view_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline,
                      int *natural_baseline)
{
  gtk_widget_measure (FOLDERS_VIEW (widget)->scroller, orientation, for_size, minimum, natural, minimum_baseline, natural_baseline);
}

static void
folders_view_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  if (prop_id == PROP_SELECTED)
    g_value_set_object (value, FOLDERS_VIEW (object)->selected);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

/* Tab leaves the list, and does not go through every row of it: arrows do that. (Newer GTKs have a property for it.) */
static gboolean
folders_view_focus (GtkWidget *widget, GtkDirectionType direction)
{
  GtkWidget *list = GTK_WIDGET (FOLDERS_VIEW (widget)->list);
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));

  if ((direction == GTK_DIR_TAB_FORWARD || direction == GTK_DIR_TAB_BACKWARD) && focus && gtk_widget_is_ancestor (focus, list))
    return GDK_EVENT_PROPAGATE;
  return GTK_WIDGET_CLASS (folders_view_parent_class)->focus (widget, direction);
}

static void
folders_view_dispose (GObject *object)
{
  FoldersView *self = FOLDERS_VIEW (object);

  if (self->tree)
    g_signal_handlers_disconnect_by_data (self->tree, self);
  g_clear_handle_id (&self->menu_source, g_source_remove);
  g_clear_object (&self->tree);
  g_clear_object (&self->selected);
  g_clear_pointer (&self->context_menu, gtk_widget_unparent);
  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  G_OBJECT_CLASS (folders_view_parent_class)->dispose (object);
}

static gboolean
folders_view_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (FOLDERS_VIEW (widget)->list));
}

static void
folders_view_class_init (FoldersViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = folders_view_get_property;
  object_class->dispose = folders_view_dispose;
  widget_class->grab_focus = folders_view_grab_focus;
  widget_class->measure = folders_view_measure;
  widget_class->size_allocate = folders_view_size_allocate;

  props[PROP_SELECTED] = g_param_spec_object ("selected", NULL, NULL, MODEL_TYPE_FOLDER, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  signals[POINTED_CHANGED] = g_signal_new ("pointed-changed", FOLDERS_TYPE_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (FOLDERS_TYPE_ROW);
  widget_class->focus = folders_view_focus;
  gtk_widget_class_set_template_from_resource (widget_class, POSTHORN_RESOURCE_PATH "/ui/folders/folders-view.ui");
  gtk_widget_class_bind_template_child (widget_class, FoldersView, scroller);
  gtk_widget_class_bind_template_child (widget_class, FoldersView, list);
  gtk_widget_class_bind_template_child (widget_class, FoldersView, selection);
  gtk_widget_class_bind_template_callback (widget_class, on_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_motion);
  gtk_widget_class_bind_template_callback (widget_class, on_right_click);
  gtk_widget_class_install_action (widget_class, "folders.context-menu", NULL, on_context_menu);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Menu, 0, "folders.context-menu", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, "folders.context-menu", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F2, 0, "folder.rename", NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Delete, 0, on_delete_key, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_KP_Delete, 0, on_delete_key, NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_ALT_MASK, "folder.properties", NULL);
}

static void
folders_view_init (FoldersView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  folders_keys_add (self->list, self->selection);
}

void
folders_view_set_tree (FoldersView *self, ModelFolderTree *tree)
{
  g_autoptr (GtkTreeListModel) rows = NULL;

  g_return_if_fail (FOLDERS_IS_VIEW (self) && !self->tree);

  self->tree = g_object_ref (tree);
  folders_dragging_attach (GTK_WIDGET (self->list), tree);
  rows = gtk_tree_list_model_new (g_object_ref (G_LIST_MODEL (tree)), FALSE, TRUE, create_children, NULL, NULL);
  gtk_single_selection_set_model (self->selection, G_LIST_MODEL (rows));
  g_signal_connect_object (tree, "refreshed", G_CALLBACK (on_refreshed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (tree, "items-changed", G_CALLBACK (on_roots_changed), self, 0);
}

void
folders_view_set_context_menu (FoldersView *self, GMenuModel *menu)
{
  g_clear_pointer (&self->context_menu, gtk_widget_unparent);
  self->context_menu = gtk_popover_menu_new_from_model (menu);
  gtk_popover_set_has_arrow (GTK_POPOVER (self->context_menu), FALSE);
  gtk_widget_set_halign (self->context_menu, GTK_ALIGN_START);
  gtk_widget_set_parent (self->context_menu, GTK_WIDGET (self));
  g_signal_connect_object (self->context_menu, "closed", G_CALLBACK (on_menu_closed), self, G_CONNECT_SWAPPED);
}

ModelFolder *
folders_view_get_pointed (FoldersView *self)
{
  return get_folder_at (self, gtk_single_selection_get_selected (self->selection));
}

gboolean
folders_view_edit_name (FoldersView *self, const char *typed, const char *sentence)
{
  ModelFolder *folder = folders_view_get_pointed (self);

  /* A menu that closes takes the keyboard back to where it was. */
  self->wants_editing = self->menu_source || (self->context_menu && gtk_widget_get_visible (self->context_menu));
  if (self->wants_editing)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->list)); child && folder; child = gtk_widget_get_next_sibling (child))
    {
      FoldersRow *row = gtk_widget_get_mapped (child) ? find_row_in (child) : NULL;
      g_autoptr (ModelFolder) shown = NULL;

      if (row)
        g_object_get (row, "folder", &shown, NULL);
      if (shown != folder)
        continue;
      folders_row_edit_name (row, typed, sentence);
      return TRUE;
    }
  return FALSE;
}

ModelFolder *
folders_view_get_selected (FoldersView *self)
{
  return self->selected;
}

/* Folders nest this deep at most before we stop looking: a damaged table may go round in circles. */
#define MAX_DEPTH 64

static void
expand_above (FoldersView *self, ModelFolder *folder, guint depth)
{
  ModelFolder *parent = model_folder_tree_find_parent (self->tree, folder);

  if (!parent || depth > MAX_DEPTH)
    return;
  expand_above (self, parent, depth + 1);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->selection)); i++)
    {
      g_autoptr (GtkTreeListRow) row = g_list_model_get_item (G_LIST_MODEL (self->selection), i);

      if (get_folder_at (self, i) == parent)
        gtk_tree_list_row_set_expanded (row, TRUE);
    }
}

gboolean
folders_view_select (FoldersView *self, ModelFolder *folder)
{
  expand_above (self, folder, 0);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->selection)); i++)
    if (get_folder_at (self, i) == folder)
      {
        gtk_single_selection_set_selected (self->selection, i);
        return TRUE;
      }
  return FALSE;
}
