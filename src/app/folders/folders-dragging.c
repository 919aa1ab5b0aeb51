/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What may be dropped on a row of the folder tree, and what is done then: messages, folders, favourites. */
#include "folders-dragging.h"

#include "model-folder-edit.h"

#define KEY "folders-dragging"

void
folders_dragging_attach (GtkWidget *widget, ModelFolderTree *tree)
{
  g_object_set_data_full (G_OBJECT (widget), KEY, g_object_ref (tree), g_object_unref);
}

static GtkWidget *
find_attached (GtkWidget *widget)
{
  while (widget && !g_object_get_data (G_OBJECT (widget), KEY))
    widget = gtk_widget_get_parent (widget);
  return widget;
}

static ModelFolderTree *
find_tree (GtkWidget *row)
{
  GtkWidget *widget = find_attached (row);

  return widget ? g_object_get_data (G_OBJECT (widget), KEY) : NULL;
}

/* Messages */

/* (nullable): what a view does with messages that are dropped on it */
static const char *
get_view_action (ModelFolder *folder)
{
  switch (model_folder_get_id (folder))
    {
    case MODEL_VIEW_FLAGGED:
      return "message.flag";
    case MODEL_VIEW_UNREAD:
      return "message.mark-unread";
    default:
      return NULL;
    }
}

/* Ctrl means copying. A Wayland compositor takes moving out of the actions then; on X11 nobody but the keyboard itself tells. */
static gboolean
is_control_held (GtkWidget *widget)
{
  GdkSeat *seat = gdk_display_get_default_seat (gtk_widget_get_display (widget));
  GdkDevice *keyboard = seat ? gdk_seat_get_keyboard (seat) : NULL;

  return keyboard && (gdk_device_get_modifier_state (keyboard) & GDK_CONTROL_MASK);
}

static GdkDragAction
get_wish (GtkDropTarget *target)
{
  GdkDrop *drop = gtk_drop_target_get_current_drop (target);
  GdkDragAction actions = drop ? gdk_drop_get_actions (drop) : 0;

  if (!(actions & GDK_ACTION_MOVE))
    return actions & GDK_ACTION_COPY;
  if ((actions & GDK_ACTION_COPY) && is_control_held (gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (target))))
    return GDK_ACTION_COPY;
  return GDK_ACTION_MOVE;
}

static GdkDragAction
get_message_action (GtkDropTarget *target, GdkDrop *drop, ModelFolder *onto)
{
  if (get_view_action (onto))
    return drop && (gdk_drop_get_actions (drop) & GDK_ACTION_COPY) ? GDK_ACTION_COPY : get_wish (target);
  return model_folder_get_id (onto) > 0 && model_folder_get_role (onto) != MAIL_ROLE_OUTBOX ? get_wish (target) : 0;
}

static gboolean
drop_messages (GtkWidget *row, GdkDragAction action, ModelFolder *onto)
{
  if (get_view_action (onto))
    return gtk_widget_activate_action (row, get_view_action (onto), NULL);
  return gtk_widget_activate_action (row, action == GDK_ACTION_COPY ? "message.copy" : "message.move", "x", model_folder_get_id (onto));
}

/* Folders */

static gboolean
is_among_favourites (ModelFolder *onto)
{
  return model_folder_get_kind (onto) == MODEL_FOLDER_FAVOURITES || model_folder_is_favourite (onto);
}

static gboolean
may_be_moved (ModelFolderTree *tree, ModelFolder *folder, ModelFolder *onto)
{
  ModelFolderKind kind = model_folder_get_kind (onto);

  return (kind == MODEL_FOLDER_MAILBOX || kind == MODEL_FOLDER_ACCOUNT || kind == MODEL_FOLDER_LOCAL)
         && model_folder_get_account_id (folder) == model_folder_get_account_id (onto) && model_folder_tree_find_parent (tree, folder) != onto
         && model_folder_edit_may_move (tree, model_folder_get_id (folder), model_folder_get_id (onto));
}

static GdkDragAction
get_folder_action (ModelFolderTree *tree, ModelFolder *folder, ModelFolder *onto)
{
  if (!tree)
    return 0;
  if (model_folder_is_favourite (folder))
    return is_among_favourites (onto) ? GDK_ACTION_MOVE : 0;
  if (is_among_favourites (onto))
    return GDK_ACTION_COPY;
  return may_be_moved (tree, folder, onto) ? GDK_ACTION_MOVE : 0;
}

static guint
find_place (ModelFolderTree *tree, ModelFolder *favourite)
{
  ModelFolder *heading = model_folder_tree_find_parent (tree, favourite);
  guint place = 0;

  for (guint i = 0; heading && i < g_list_model_get_n_items (model_folder_get_children (heading)); i++)
    {
      g_autoptr (ModelFolder) row = g_list_model_get_item (model_folder_get_children (heading), i);

      if (row == favourite)
        place = i;
    }
  return place;
}

static gboolean
drop_folder (GtkWidget *row, ModelFolderTree *tree, ModelFolder *folder, ModelFolder *onto)
{
  gint64 id = model_folder_get_id (folder);

  if (!is_among_favourites (onto))
    return gtk_widget_activate_action (row, "folder.move-into", "(xx)", id, model_folder_get_id (onto));
  if (model_folder_is_favourite (onto))
    return gtk_widget_activate_action (row, "folder.place-favourite", "(xx)", id, (gint64) find_place (tree, onto));
  if (model_folder_is_favourite (folder))
    return gtk_widget_activate_action (row, "folder.place-favourite", "(xx)", id, (gint64) 0);
  return gtk_widget_activate_action (row, "folder.add-favourite-of", "x", id);
}

GdkDragAction
folders_dragging_get_action (GtkDropTarget *target, ModelFolder *onto)
{
  const GValue *value = gtk_drop_target_get_value (target);
  GdkDrop *drop = gtk_drop_target_get_current_drop (target);

  if (!drop || !gdk_content_formats_contain_gtype (gdk_drop_get_formats (drop), MODEL_TYPE_FOLDER))
    return get_message_action (target, drop, onto);
  return value ? get_folder_action (find_tree (gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (target))), g_value_get_object (value), onto) : 0;
}

gboolean
folders_dragging_drop (GtkDropTarget *target, const GValue *value, ModelFolder *onto)
{
  GtkWidget *row = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (target));
  GdkDragAction action = folders_dragging_get_action (target, onto);

  if (!action)
    return FALSE;
  if (G_VALUE_HOLDS (value, MODEL_TYPE_FOLDER))
    return drop_folder (row, find_tree (row), g_value_get_object (value), onto);
  return drop_messages (row, action, onto);
}

gboolean
folders_dragging_leave (GtkWidget *row, GdkDrag *drag, ModelFolder *favourite)
{
  GtkWidget *tree = find_attached (row);
  GtkNative *native = tree ? gtk_widget_get_native (tree) : NULL;
  double x, y, native_x, native_y;

  if (!native || !gdk_surface_get_device_position (gtk_native_get_surface (native), gdk_drag_get_device (drag), &x, &y, NULL))
    return FALSE;
  gtk_native_get_surface_transform (native, &native_x, &native_y);
  gtk_widget_translate_coordinates (GTK_WIDGET (native), tree, x - native_x, y - native_y, &x, &y);
  return !gtk_widget_contains (tree, x, y)
         && gtk_widget_activate_action (row, "folder.remove-favourite-of", "x", model_folder_get_id (favourite));
}
