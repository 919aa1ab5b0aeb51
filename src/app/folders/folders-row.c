/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One row of the folder tree: icon, name, what is wrong with the account, unread count. */
#include "folders-row.h"

#include "app-words.h"
#include "base-config.h"
#include "folders-dragging.h"
#include "folders-name-entry.h"

#include <glib/gi18n.h>

/* Longer names may not fit, and are told in full where the pointer rests. */
#define SHORT_NAME 16

struct _FoldersRow
{
  GtkWidget parent_instance;

  ModelFolder *folder;
  gulong notify_handler;
  GtkTreeListRow *list_row;
  gulong expanded_handler;

  GtkWidget *box;
  GtkImage *icon;
  GtkLabel *title;
  GtkLabel *place;
  FoldersNameEntry *name_entry;
  GtkImage *plaintext;
  GtkImage *problem;
  GtkLabel *count;
  GtkDropTarget *drop_target;
};

enum
{
  PROP_0,
  PROP_FOLDER,
  PROP_LIST_ROW,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (FoldersRow, folders_row, GTK_TYPE_WIDGET)

const char *
folders_row_get_icon (MailRole role)
{
  switch (role)
    {
    case MAIL_ROLE_INBOX:
      return "posthorn-inbox-symbolic";
    case MAIL_ROLE_DRAFTS:
      return "document-edit-symbolic";
    case MAIL_ROLE_SENT:
      return "mail-send-symbolic";
    case MAIL_ROLE_JUNK:
      return "mail-mark-junk-symbolic";
    case MAIL_ROLE_TRASH:
      return "user-trash-symbolic";
    case MAIL_ROLE_ARCHIVE:
      return "folder-documents-symbolic";
    case MAIL_ROLE_OUTBOX:
      return "posthorn-outbox-symbolic";
    case MAIL_ROLE_ALL:
      return "mail-read-symbolic";
    case MAIL_ROLE_NONE:
    default:
      return "folder-symbolic";
    }
}

static const char *
get_view_title (ModelView view)
{
  switch (view)
    {
    case MODEL_VIEW_INBOXES:
      return _("All inboxes");
    case MODEL_VIEW_UNREAD:
      return _("Unread");
    case MODEL_VIEW_FLAGGED:
      return _("Flagged");
    case MODEL_VIEW_ATTACHMENT:
    default:
      return _("With attachments");
    }
}

static const char *
get_icon (ModelFolder *folder)
{
  if (model_folder_get_kind (folder) == MODEL_FOLDER_SEARCH)
    return "folder-saved-search-symbolic";
  switch (model_folder_get_id (folder))
    {
    case MODEL_VIEW_INBOXES:
      return "posthorn-inbox-symbolic";
    case MODEL_VIEW_UNREAD:
      return "posthorn-unread-symbolic";
    case MODEL_VIEW_FLAGGED:
      return "posthorn-flag-symbolic";
    case MODEL_VIEW_ATTACHMENT:
      return "mail-attachment-symbolic";
    default:
      return folders_row_get_icon (model_folder_get_role (folder));
    }
}

const char *
folders_row_get_title (ModelFolder *folder)
{
  switch (model_folder_get_kind (folder))
    {
    case MODEL_FOLDER_LOCAL:
      return _("On this computer");
    case MODEL_FOLDER_ACCOUNT:
    case MODEL_FOLDER_SEARCH:
      return model_folder_get_name (folder);
    case MODEL_FOLDER_FAVOURITES:
      return _("Favourites");
    case MODEL_FOLDER_VIEWS:
      return _("Quick views");
    case MODEL_FOLDER_VIEW:
      return get_view_title ((ModelView) model_folder_get_id (folder));
    case MODEL_FOLDER_MAILBOX:
    default:
      return app_words_get_folder_name (model_folder_get_role (folder), model_folder_get_name (folder));
    }
}

/* What stands at the right: unread mail; in folders for one's own mail everything, because there "unread" says nothing. */
static guint
get_count (ModelFolder *folder)
{
  if (model_folder_get_id (folder) == MODEL_VIEW_FLAGGED)
    return model_folder_get_total (folder);
  switch (model_folder_get_role (folder))
    {
    case MAIL_ROLE_DRAFTS:
    case MAIL_ROLE_OUTBOX:
      return model_folder_get_total (folder);
    case MAIL_ROLE_SENT:
    case MAIL_ROLE_TRASH:
      return 0;
    default:
      return model_folder_get_unread (folder);
    }
}

static void
set_class (GtkWidget *widget, const char *css_class, gboolean is_on)
{
  if (is_on)
    gtk_widget_add_css_class (widget, css_class);
  else
    gtk_widget_remove_css_class (widget, css_class);
}

static gboolean
is_folded (FoldersRow *self)
{
  return self->list_row && gtk_tree_list_row_is_expandable (self->list_row) && !gtk_tree_list_row_get_expanded (self->list_row);
}

static gboolean
counts_unread (ModelFolder *folder)
{
  MailRole role = model_folder_get_role (folder);

  return role != MAIL_ROLE_DRAFTS && role != MAIL_ROLE_OUTBOX && model_folder_get_id (folder) != MODEL_VIEW_FLAGGED;
}

/* What is inside is added where it cannot be seen, and only to what counts the same. */
static void
show_count (FoldersRow *self)
{
  guint own = get_count (self->folder);
  guint inside = is_folded (self) && (counts_unread (self->folder) || !own) ? model_folder_get_inside (self->folder) : 0;
  guint count = own + inside;
  gboolean is_unread = inside || (own && counts_unread (self->folder));
  g_autofree char *text = g_strdup_printf ("%u", count);
  g_autofree char *spoken = g_strdup_printf (is_unread ? ngettext ("%u unread", "%u unread", count)
                                                       : ngettext ("%u message", "%u messages", count), count);

  gtk_label_set_text (self->count, text);
  gtk_widget_set_visible (GTK_WIDGET (self->count), count > 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->count), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  set_class (GTK_WIDGET (self->title), "unread", is_unread);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->count), inside ? _("With the folders in it") : NULL);
}

/* Two favourites may both be called Inbox. */
static void
show_place (FoldersRow *self)
{
  const char *place = model_folder_get_role (self->folder) != MAIL_ROLE_NONE ? model_folder_get_place (self->folder) : NULL;

  gtk_label_set_text (self->place, place ? place : "");
  gtk_widget_set_visible (GTK_WIDGET (self->place), place != NULL && !gtk_widget_get_visible (GTK_WIDGET (self->name_entry)));
}

static void
show_folder (FoldersRow *self)
{
  gboolean is_heading = model_folder_get_id (self->folder) == 0;
  const char *problem = model_folder_get_problem (self->folder);
  gboolean is_plaintext;

  g_object_get (self->folder, "is-plaintext", &is_plaintext, NULL);
  gtk_label_set_text (self->title, folders_row_get_title (self->folder));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->title), g_utf8_strlen (folders_row_get_title (self->folder), -1) > SHORT_NAME
                                                         ? folders_row_get_title (self->folder) : NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->icon), !is_heading);
  if (!is_heading)
    gtk_image_set_from_icon_name (self->icon, get_icon (self->folder));
  set_class (GTK_WIDGET (self->title), "heading", is_heading);
  gtk_widget_set_visible (GTK_WIDGET (self->plaintext), is_plaintext);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), problem != NULL);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->problem), problem);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->problem), GTK_ACCESSIBLE_PROPERTY_LABEL, problem ? problem : "", -1);
  show_place (self);
  show_count (self);
}

static void
folders_row_set_folder (FoldersRow *self, ModelFolder *folder)
{
  if (self->folder == folder)
    return;
  folders_name_entry_cancel (self->name_entry);
  g_clear_signal_handler (&self->notify_handler, self->folder);
  g_set_object (&self->folder, folder);
  if (folder)
    {
      self->notify_handler = g_signal_connect_swapped (folder, "notify", G_CALLBACK (show_folder), self);
      show_folder (self);
    }
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_FOLDER]);
}

static void
on_expanded (FoldersRow *self)
{
  if (self->folder)
    show_count (self);
}

static void
folders_row_set_list_row (FoldersRow *self, GtkTreeListRow *list_row)
{
  if (self->list_row == list_row)
    return;
  g_clear_signal_handler (&self->expanded_handler, self->list_row);
  g_set_object (&self->list_row, list_row);
  if (list_row)
    self->expanded_handler = g_signal_connect_swapped (list_row, "notify::expanded", G_CALLBACK (on_expanded), self);
  on_expanded (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_LIST_ROW]);
}

/* The name */

static void
show_entry (FoldersRow *self, gboolean is_edited)
{
  gtk_widget_set_visible (GTK_WIDGET (self->name_entry), is_edited);
  gtk_widget_set_visible (GTK_WIDGET (self->title), !is_edited);
  if (self->folder)
    show_place (self);
}

static void
on_named (FoldersRow *self, const char *name)
{
  if (self->folder)
    gtk_widget_activate_action (GTK_WIDGET (self), "folder.rename-to", "(xs)", model_folder_get_id (self->folder), name);
}

/* The keyboard goes on in the tree, where it was, unless a person has taken it elsewhere. */
static void
on_name_left (FoldersRow *self)
{
  GtkWidget *list = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_LIST_VIEW);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root ? gtk_root_get_focus (root) : NULL;
  gboolean had_focus = focus && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->name_entry));

  if (had_focus && list)
    gtk_widget_grab_focus (list);
  show_entry (self, FALSE);
}

void
folders_row_edit_name (FoldersRow *self, const char *typed, const char *sentence)
{
  g_return_if_fail (FOLDERS_IS_ROW (self) && self->folder);

  show_entry (self, TRUE);
  folders_name_entry_begin (self->name_entry, model_folder_get_name (self->folder), typed, sentence);
}

/* Dragging */

static GdkContentProvider *
on_drag_prepare (GtkDragSource *source, double x, double y, FoldersRow *self)
{
  if (!self->folder || model_folder_get_kind (self->folder) != MODEL_FOLDER_MAILBOX || gtk_widget_get_visible (GTK_WIDGET (self->name_entry)))
    return NULL;
  return gdk_content_provider_new_typed (MODEL_TYPE_FOLDER, self->folder);
}

static void
on_drag_begin (GtkDragSource *source, GdkDrag *drag, FoldersRow *self)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (self->box);

  gtk_drag_source_set_icon (source, paintable, 0, 0);
}

/* Dropped outside of the tree a favourite is none any more; nothing flies back then. */
static gboolean
on_drag_cancel (GtkDragSource *source, GdkDrag *drag, GdkDragCancelReason reason, FoldersRow *self)
{
  return self->folder && model_folder_is_favourite (self->folder) && reason == GDK_DRAG_CANCEL_NO_TARGET
         && folders_dragging_leave (GTK_WIDGET (self), drag, self->folder);
}

static GdkDragAction
on_drag_motion (GtkDropTarget *target, double x, double y, FoldersRow *self)
{
  return self->folder ? folders_dragging_get_action (target, self->folder) : 0;
}

static gboolean
on_drop (GtkDropTarget *target, const GValue *value, double x, double y, FoldersRow *self)
{
  return self->folder && folders_dragging_drop (target, value, self->folder);
}

static void
folders_row_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  if (prop_id == PROP_FOLDER)
    g_value_set_object (value, FOLDERS_ROW (object)->folder);
  else if (prop_id == PROP_LIST_ROW)
    g_value_set_object (value, FOLDERS_ROW (object)->list_row);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
folders_row_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  if (prop_id == PROP_FOLDER)
    folders_row_set_folder (FOLDERS_ROW (object), g_value_get_object (value));
  else if (prop_id == PROP_LIST_ROW)
    folders_row_set_list_row (FOLDERS_ROW (object), g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
folders_row_dispose (GObject *object)
{
  FoldersRow *self = FOLDERS_ROW (object);

  g_clear_signal_handler (&self->notify_handler, self->folder);
  g_clear_object (&self->folder);
  g_clear_signal_handler (&self->expanded_handler, self->list_row);
  g_clear_object (&self->list_row);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (folders_row_parent_class)->dispose (object);
}

static void
folders_row_class_init (FoldersRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = folders_row_get_property;
  object_class->set_property = folders_row_set_property;
  object_class->dispose = folders_row_dispose;

  props[PROP_FOLDER] = g_param_spec_object ("folder", NULL, NULL, MODEL_TYPE_FOLDER,
                                            G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  props[PROP_LIST_ROW] = g_param_spec_object ("list-row", NULL, NULL, GTK_TYPE_TREE_LIST_ROW,
                                              G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, props);

  g_type_ensure (FOLDERS_TYPE_NAME_ENTRY);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, POSTHORN_RESOURCE_PATH "/ui/folders/folders-row.ui");
  gtk_widget_class_bind_template_child (widget_class, FoldersRow, box);
  gtk_widget_class_bind_template_child (widget_class, FoldersRow, icon);
  gtk_widget_class_bind_template_child (widget_class, FoldersRow, title);
  gtk_widget_class_bind_template_child (widget_class, FoldersRow, place);
  gtk_widget_class_bind_template_child (widget_class, FoldersRow, name_entry);
  gtk_widget_class_bind_template_child (widget_class, FoldersRow, plaintext);
  gtk_widget_class_bind_template_child (widget_class, FoldersRow, problem);
  gtk_widget_class_bind_template_child (widget_class, FoldersRow, count);
  gtk_widget_class_bind_template_child (widget_class, FoldersRow, drop_target);
  gtk_widget_class_bind_template_callback (widget_class, on_drag_motion);
  gtk_widget_class_bind_template_callback (widget_class, on_drop);
  gtk_widget_class_bind_template_callback (widget_class, on_drag_prepare);
  gtk_widget_class_bind_template_callback (widget_class, on_drag_begin);
  gtk_widget_class_bind_template_callback (widget_class, on_drag_cancel);
  gtk_widget_class_bind_template_callback (widget_class, on_named);
  gtk_widget_class_bind_template_callback (widget_class, on_name_left);
}

static void
folders_row_init (FoldersRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_drop_target_set_gtypes (self->drop_target, (GType[]) { G_TYPE_ARRAY, MODEL_TYPE_FOLDER }, 2);
}
