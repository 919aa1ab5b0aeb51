/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is looked for, kept as a folder, and such a folder deleted with a way back. */
#include "folders-searches.h"

#include "app-toast.h"
#include "app-words.h"
#include "base-config.h"
#include "base-error.h"
#include "folders-name-dialog.h"
#include "model-saved.h"

#include <glib/gi18n.h>

#define MAX_SUGGESTED 40 /* characters of a name */

struct _FoldersSearches
{
  GObject parent_instance;

  GSimpleActionGroup *group;
  FoldersView *view;           /* weak */
  AdwToastOverlay *toasts;     /* weak */
  ModelFolderTree *tree;
  ModelMessageList *list;
  gint64 wanted;               /* the row that is to be shown as soon as it is there, 0 */
};

G_DEFINE_FINAL_TYPE (FoldersSearches, folders_searches, G_TYPE_OBJECT)

static Store *
get_store (FoldersSearches *self)
{
  return model_folder_tree_get_store (self->tree);
}

static void
show_toast (FoldersSearches *self, const GError *error)
{
  g_autofree char *sentence = g_error_matches (error, BASE_ERROR, BASE_ERROR_EXISTS)
                              ? g_strdup (_("There is a saved search of this name already.")) : app_words_error (error);

  if (self->toasts)
    adw_toast_overlay_add_toast (self->toasts, app_toast_new (sentence));
}

/* Its row is gone to, so that one sees where it is from now on. */
static void
show_wanted (FoldersSearches *self)
{
  ModelFolder *folder = self->wanted ? model_folder_tree_find (self->tree, self->wanted) : NULL;

  if (!folder || !self->view)
    return;
  self->wanted = 0;
  folders_view_select (self->view, folder);
}

/* Saving */

typedef struct
{
  FoldersSearches *searches;
  FoldersNameDialog *dialog;  /* weak */
  char *query;
  gint64 folder;
} Wish;

static Wish *
wish_new (FoldersSearches *self, FoldersNameDialog *dialog, const char *query, gint64 folder)
{
  Wish *wish = g_new0 (Wish, 1);

  wish->searches = g_object_ref (self);
  wish->query = g_strdup (query);
  wish->folder = folder;
  g_set_weak_pointer (&wish->dialog, dialog);
  return wish;
}

static void
wish_free (Wish *wish)
{
  g_object_unref (wish->searches);
  g_clear_weak_pointer (&wish->dialog);
  g_free (wish->query);
  g_free (wish);
}

static void
on_kept (GObject *source, GAsyncResult *result, gpointer data)
{
  Wish *wish = data;
  FoldersSearches *self = wish->searches;
  g_autoptr (GError) error = NULL;
  gint64 id = model_saved_keep_finish (get_store (self), result, &error);

  if (id)
    {
      if (wish->dialog)
        gtk_window_close (GTK_WINDOW (wish->dialog));
      self->wanted = id;
      show_wanted (self);
    }
  else if (wish->dialog && g_error_matches (error, BASE_ERROR, BASE_ERROR_EXISTS))
    folders_name_dialog_refuse (wish->dialog, _("There is a saved search of this name already."));
  else
    show_toast (self, error);
  wish_free (wish);
}

static void
on_named (FoldersNameDialog *dialog, const char *name, Wish *asked)
{
  Wish *wish = wish_new (asked->searches, dialog, asked->query, asked->folder);

  model_saved_keep_async (get_store (asked->searches), name, asked->query, asked->folder, NULL, on_kept, wish);
}

/* The chips narrow what is found: in words, they are part of what is looked for. */
static char *
dup_query (ModelMessageList *list)
{
  static const char *const chips[] = {
    [MODEL_FILTER_ALL] = "",
    [MODEL_FILTER_UNREAD] = " is:unread",
    [MODEL_FILTER_FLAGGED] = " is:flagged",
    [MODEL_FILTER_ATTACHMENT] = " has:attachment",
  };
  const char *search = model_message_list_get_search (list);

  return search ? g_strconcat (search, chips[model_message_list_get_filter (list)], NULL) : NULL;
}

static char *
suggest_name (const char *query)
{
  g_autofree char *start = g_utf8_strlen (query, -1) > MAX_SUGGESTED ? g_utf8_substring (query, 0, MAX_SUGGESTED) : NULL;

  return start ? g_strconcat (g_strchomp (start), "…", NULL) : g_strdup (query);
}

static void
on_save (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  FoldersSearches *self = data;
  g_autofree char *query = dup_query (self->list);
  g_autofree char *name = query ? suggest_name (query) : NULL;
  gint64 folder = model_message_list_is_everywhere (self->list) ? 0 : MAX (model_message_list_get_folder (self->list), 0);
  FoldersNameDialog *dialog;

  if (!query || !self->view)
    return;
  dialog = folders_name_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self->view))), _("Save Search"), _("_Save"), name);
  g_signal_connect_data (dialog, "named", G_CALLBACK (on_named), wish_new (self, dialog, query, folder), (GClosureNotify) (GCallback) wish_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* Deleting */

static void
on_restored (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (FoldersSearches) self = data;
  g_autoptr (GError) error = NULL;

  self->wanted = model_saved_keep_finish (get_store (self), result, &error);
  if (self->wanted)
    show_wanted (self);
  else
    show_toast (self, error);
}

static void
on_undo (gpointer searches, gpointer saved)
{
  model_saved_restore_async (get_store (searches), saved, NULL, on_restored, g_object_ref (searches));
}

static void
on_deleted (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (FoldersSearches) self = data;
  g_autoptr (GError) error = NULL;
  StoreSaved *saved = model_saved_delete_finish (get_store (self), result, &error);

  if (!saved || !self->toasts)
    {
      if (error)
        show_toast (self, error);
      g_clear_pointer (&saved, model_saved_free);
      return;
    }
  adw_toast_overlay_add_toast (self->toasts, app_toast_new_undo (_("Saved search deleted"), self, on_undo, saved, (GDestroyNotify) model_saved_free));
}

static void
on_delete (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  FoldersSearches *self = data;

  model_saved_delete_async (get_store (self), g_variant_get_int64 (parameter), NULL, on_deleted, g_object_ref (self));
}

static const GActionEntry entries[] = {
  { .name = "save", .activate = on_save },
  { .name = "delete", .activate = on_delete, .parameter_type = "x" },
};

static void
update (FoldersSearches *self)
{
  gboolean is_enabled = model_message_list_get_search (self->list) && !model_message_list_get_complaint (self->list);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self->group), "save")), is_enabled);
}

static void
folders_searches_dispose (GObject *object)
{
  FoldersSearches *self = FOLDERS_SEARCHES (object);

  g_clear_weak_pointer (&self->view);
  g_clear_weak_pointer (&self->toasts);
  g_clear_object (&self->group);
  g_clear_object (&self->tree);
  g_clear_object (&self->list);
  G_OBJECT_CLASS (folders_searches_parent_class)->dispose (object);
}

static void
folders_searches_class_init (FoldersSearchesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = folders_searches_dispose;
}

static void
folders_searches_init (FoldersSearches *self)
{
  self->group = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->group), entries, G_N_ELEMENTS (entries), self);
}

FoldersSearches *
folders_searches_new (FoldersView *view, ModelFolderTree *tree, ModelMessageList *list, AdwToastOverlay *toasts)
{
  FoldersSearches *self = g_object_new (FOLDERS_TYPE_SEARCHES, NULL);

  g_set_weak_pointer (&self->view, view);
  g_set_weak_pointer (&self->toasts, toasts);
  self->tree = g_object_ref (tree);
  self->list = g_object_ref (list);
  g_signal_connect_object (tree, "refreshed", G_CALLBACK (show_wanted), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (list, "notify::search", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return self;
}

GActionGroup *
folders_searches_get_group (FoldersSearches *self)
{
  return G_ACTION_GROUP (self->group);
}
