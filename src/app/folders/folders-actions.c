/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be done to the selected folder: the actions of the group "folder". */
#include "folders-actions.h"

#include "app-alert.h"
#include "app-toast.h"
#include "app-words.h"
#include "base-config.h"
#include "base-error.h"
#include "folders-name-dialog.h"
#include "folders-places.h"
#include "folders-properties.h"
#include "folders-row.h"
#include "model-folder-edit.h"

#include <glib/gi18n.h>

struct _FoldersActions
{
  GObject parent_instance;

  GSimpleActionGroup *group;
  FoldersView *view;           /* weak */
  AdwToastOverlay *toasts;     /* weak */
  ModelFolderTree *tree;
  FoldersPlaces *places;
};

G_DEFINE_FINAL_TYPE (FoldersActions, folders_actions, G_TYPE_OBJECT)

/* One thing that a person wants done to one folder, until it is done */
typedef struct
{
  FoldersActions *actions;
  ModelFolderEdit edit;
  gint64 account;
  gint64 folder;
  FoldersNameDialog *dialog;   /* weak */
  char *name;                  /* a name that was typed in the tree */
} Wish;

static Wish *
wish_new (FoldersActions *self, ModelFolderEdit edit, ModelFolder *folder)
{
  Wish *wish = g_new0 (Wish, 1);

  wish->actions = g_object_ref (self);
  wish->edit = edit;
  wish->account = model_folder_get_account_id (folder);
  wish->folder = model_folder_get_id (folder);
  return wish;
}

static void
wish_free (gpointer data)
{
  Wish *wish = data;

  g_object_unref (wish->actions);
  g_clear_weak_pointer (&wish->dialog);
  g_free (wish->name);
  g_free (wish);
}

static GtkWindow *
get_window (FoldersActions *self)
{
  return self->view ? GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self->view))) : NULL;
}

static char *
describe_failure (const GError *error)
{
  if (g_error_matches (error, BASE_ERROR, BASE_ERROR_EXISTS))
    return g_strdup (_("There is a folder of this name already."));
  if (g_error_matches (error, BASE_ERROR, BASE_ERROR_INVALID))
    return g_strdup (_("No folder can have this name."));
  return app_words_error (error);
}

/* The name that was refused stands in its row again, to be corrected, as long as that row is the one that is meant. */
static gboolean
refuse_name (Wish *wish, const char *sentence)
{
  FoldersView *view = wish->actions->view;
  ModelFolder *pointed = view ? folders_view_get_pointed (view) : NULL;

  return wish->name && pointed && model_folder_get_id (pointed) == wish->folder && folders_view_edit_name (view, wish->name, sentence);
}

static void
on_edited (GObject *source, GAsyncResult *result, gpointer data)
{
  Wish *wish = data;
  FoldersActions *self = wish->actions;
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;
  gint64 id = model_folder_edit_finish (result, &error);

  if (id < 0)
    sentence = describe_failure (error);
  if (id >= 0 && wish->dialog)
    gtk_window_close (GTK_WINDOW (wish->dialog));
  else if (sentence && wish->dialog)
    folders_name_dialog_refuse (wish->dialog, sentence);
  else if (sentence && !refuse_name (wish, sentence) && self->toasts)
    adw_toast_overlay_add_toast (self->toasts, app_toast_new (sentence));
  wish_free (wish);
}

static void
fulfil (Wish *wish, const char *name)
{
  model_folder_edit_async (wish->actions->tree, wish->edit, wish->account, wish->folder, name, 0, NULL, on_edited, wish);
}

/* Names */

static void
on_named (FoldersNameDialog *dialog, const char *name, Wish *asked)
{
  Wish *wish = g_new0 (Wish, 1);

  *wish = (Wish) { g_object_ref (asked->actions), asked->edit, asked->account, asked->folder, NULL, NULL };
  g_set_weak_pointer (&wish->dialog, dialog);
  fulfil (wish, name);
}

static void
ask_name (FoldersActions *self, ModelFolderEdit edit, ModelFolder *folder, const char *title, const char *button, const char *name)
{
  FoldersNameDialog *dialog = folders_name_dialog_new (get_window (self), title, button, name);

  g_signal_connect_data (dialog, "named", G_CALLBACK (on_named), wish_new (self, edit, folder), (GClosureNotify) (GCallback) wish_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_new (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  FoldersActions *self = data;
  ModelFolder *folder = folders_view_get_pointed (self->view);
  g_autofree char *title = NULL;

  if (!folder)
    return;
  title = g_strdup_printf (_("New Folder in “%s”"), folders_row_get_title (folder));
  ask_name (self, MODEL_FOLDER_EDIT_CREATE, folder, title, _("Cr_eate"), NULL);
}

static void
on_rename (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  FoldersActions *self = data;
  ModelFolder *folder = folders_view_get_pointed (self->view);

  if (folder && !folders_view_edit_name (self->view, NULL, NULL))
    ask_name (self, MODEL_FOLDER_EDIT_RENAME, folder, _("Rename Folder"), _("_Rename"), model_folder_get_name (folder));
}

static void
on_rename_to (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  FoldersActions *self = data;
  const char *name;
  ModelFolder *folder;
  gint64 id;
  Wish *wish;

  g_variant_get (parameter, "(x&s)", &id, &name);
  folder = model_folder_tree_find (self->tree, id);
  if (!folder)
    return;
  wish = wish_new (self, MODEL_FOLDER_EDIT_RENAME, folder);
  wish->name = g_strdup (name);
  fulfil (wish, name);
}

/* Where no undo exists, and only there, a question is asked. */

static void
on_answered (const char *choice, gpointer data)
{
  Wish **wish = data;

  if (g_str_equal (choice, "delete"))
    fulfil (g_steal_pointer (wish), NULL);
}

static void
free_question (gpointer data)
{
  Wish **wish = data;

  g_clear_pointer (wish, wish_free);
  g_free (wish);
}

static void
ask_for_good (FoldersActions *self, ModelFolderEdit edit, ModelFolder *folder, const char *heading, const char *body, const char *button)
{
  const AppAlertChoice choices[] = {
    { "cancel", _("_Cancel"), APP_ALERT_PLAIN },
    { "delete", button, APP_ALERT_DESTRUCTIVE },
  };
  Wish **wish = g_new (Wish *, 1);

  *wish = wish_new (self, edit, folder);
  app_alert_present (get_window (self), heading, body, choices, G_N_ELEMENTS (choices), on_answered, wish, free_question);
}

static guint
count_below (ModelFolder *folder, guint depth)
{
  GListModel *children = model_folder_get_children (folder);
  guint n = model_folder_get_total (folder);

  for (guint i = 0; depth < 64 && i < g_list_model_get_n_items (children); i++)
    {
      g_autoptr (ModelFolder) child = g_list_model_get_item (children, i);

      n += count_below (child, depth + 1);
    }
  return n;
}

static void
on_delete (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  FoldersActions *self = data;
  ModelFolder *folder = folders_view_get_pointed (self->view);
  guint n = folder ? count_below (folder, 0) : 0;
  g_autofree char *heading = NULL;
  g_autofree char *body = NULL;

  if (!folder)
    return;
  if (model_folder_get_kind (folder) == MODEL_FOLDER_SEARCH) /* at once, with a way back */
    {
      gtk_widget_activate_action (GTK_WIDGET (self->view), "search.delete", "x", model_folder_get_id (folder));
      return;
    }
  heading = g_strdup_printf (_("Delete the Folder “%s”?"), folders_row_get_title (folder));
  body = n == 0 ? g_strdup (_("It and the folders in it are empty."))
                : g_strdup_printf (ngettext ("%u message in it and in the folders below it is deleted for good.",
                                             "%u messages in it and in the folders below it are deleted for good.", n), n);
  ask_for_good (self, MODEL_FOLDER_EDIT_DELETE, folder, heading, body, _("_Delete"));
}

static void
ask_empty (FoldersActions *self, ModelFolder *folder, gint64 size)
{
  guint n = model_folder_get_total (folder);
  g_autofree char *heading = g_strdup_printf (_("Empty “%s”?"), folders_row_get_title (folder));
  g_autofree char *words = g_format_size ((guint64) MAX (size, 0));
  /* translators: the second is the size of them all, as "34.5 MB" */
  g_autofree char *body = g_strdup_printf (ngettext ("%u message (%s) is deleted for good. It cannot be brought back.",
                                                     "%u messages (%s) are deleted for good. They cannot be brought back.", n), n, words);

  ask_for_good (self, MODEL_FOLDER_EDIT_EMPTY, folder, heading, body, _("_Empty"));
}

static void
on_weighed (GObject *source, GAsyncResult *result, gpointer data)
{
  Wish *wish = data;
  FoldersActions *self = wish->actions;
  g_autoptr (GError) error = NULL;
  g_autoptr (ModelFolderFacts) facts = model_folder_facts_finish (result, &error);
  ModelFolder *folder = model_folder_tree_find (self->tree, wish->folder);

  if (facts && folder && get_window (self))
    ask_empty (self, folder, facts->size);
  wish_free (wish);
}

static void
on_empty (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  FoldersActions *self = data;
  ModelFolder *folder = folders_view_get_pointed (self->view);

  if (folder)
    model_folder_facts_async (self->tree, model_folder_get_id (folder), NULL, on_weighed, wish_new (self, MODEL_FOLDER_EDIT_EMPTY, folder));
}

static void
on_mark_read (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  FoldersActions *self = data;
  ModelFolder *folder = folders_view_get_pointed (self->view);

  if (folder)
    fulfil (wish_new (self, MODEL_FOLDER_EDIT_MARK_READ, folder), NULL);
}

/* Properties */

static ModelFolder *
find_owner (FoldersActions *self, ModelFolder *folder)
{
  ModelFolder *parent = model_folder_tree_find_parent (self->tree, folder);

  for (guint depth = 0; parent && depth < 64; depth++)
    {
      if (model_folder_get_kind (parent) != MODEL_FOLDER_MAILBOX)
        return parent;
      parent = model_folder_tree_find_parent (self->tree, parent);
    }
  return NULL;
}

static void
on_facts (GObject *source, GAsyncResult *result, gpointer data)
{
  Wish *wish = data;
  FoldersActions *self = wish->actions;
  g_autoptr (GError) error = NULL;
  g_autoptr (ModelFolderFacts) facts = model_folder_facts_finish (result, &error);
  ModelFolder *folder = model_folder_tree_find (self->tree, wish->folder);
  ModelFolder *owner = folder ? find_owner (self, folder) : NULL;

  if (facts && folder && get_window (self))
    gtk_window_present (folders_properties_new (get_window (self), folder, owner ? model_folder_get_account (owner) : NULL, facts));
  wish_free (wish);
}

static void
on_properties (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  FoldersActions *self = data;
  ModelFolder *folder = folders_view_get_pointed (self->view);

  if (folder)
    model_folder_facts_async (self->tree, model_folder_get_id (folder), NULL, on_facts, wish_new (self, MODEL_FOLDER_EDIT_MARK_READ, folder));
}

static const GActionEntry entries[] = {
  { .name = "new", .activate = on_new },
  { .name = "rename", .activate = on_rename },
  { .name = "rename-to", .activate = on_rename_to, .parameter_type = "(xs)" },
  { .name = "delete", .activate = on_delete },
  { .name = "empty", .activate = on_empty },
  { .name = "mark-read", .activate = on_mark_read },
  { .name = "properties", .activate = on_properties },
};

static void
enable (FoldersActions *self, const char *name, gboolean is_enabled)
{
  g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self->group), name)), is_enabled);
}

static void
update (FoldersActions *self)
{
  ModelFolder *folder = self->view ? folders_view_get_pointed (self->view) : NULL;
  MailRole role = folder ? model_folder_get_role (folder) : MAIL_ROLE_NONE;
  gboolean is_mailbox = folder && model_folder_get_kind (folder) == MODEL_FOLDER_MAILBOX;
  gboolean is_own = is_mailbox && role == MAIL_ROLE_NONE;
  gboolean is_place = folder && (is_mailbox || model_folder_get_kind (folder) == MODEL_FOLDER_ACCOUNT || model_folder_get_kind (folder) == MODEL_FOLDER_LOCAL);
  gboolean is_search = folder && model_folder_get_kind (folder) == MODEL_FOLDER_SEARCH;

  enable (self, "new", is_place && role != MAIL_ROLE_OUTBOX);
  enable (self, "rename", is_own || is_search);
  enable (self, "delete", is_own || is_search);
  enable (self, "empty", is_mailbox && (role == MAIL_ROLE_TRASH || role == MAIL_ROLE_JUNK) && model_folder_get_total (folder) > 0);
  enable (self, "mark-read", is_mailbox && model_folder_get_unread (folder) > 0);
  enable (self, "properties", is_mailbox);
}

static void
folders_actions_dispose (GObject *object)
{
  FoldersActions *self = FOLDERS_ACTIONS (object);

  g_clear_weak_pointer (&self->view);
  g_clear_weak_pointer (&self->toasts);
  g_clear_object (&self->places);
  g_clear_object (&self->group);
  g_clear_object (&self->tree);
  G_OBJECT_CLASS (folders_actions_parent_class)->dispose (object);
}

static void
folders_actions_class_init (FoldersActionsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = folders_actions_dispose;
}

static void
folders_actions_init (FoldersActions *self)
{
  self->group = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->group), entries, G_N_ELEMENTS (entries), self);
}

FoldersActions *
folders_actions_new (FoldersView *view, ModelFolderTree *tree, AdwToastOverlay *toasts)
{
  FoldersActions *self = g_object_new (FOLDERS_TYPE_ACTIONS, NULL);

  g_set_weak_pointer (&self->view, view);
  g_set_weak_pointer (&self->toasts, toasts);
  self->tree = g_object_ref (tree);
  self->places = folders_places_new (view, tree, G_ACTION_MAP (self->group), toasts);
  g_signal_connect_object (view, "pointed-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (tree, "refreshed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return self;
}

GActionGroup *
folders_actions_get_group (FoldersActions *self)
{
  return G_ACTION_GROUP (self->group);
}
