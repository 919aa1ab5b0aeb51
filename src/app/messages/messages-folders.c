/* SPDX-License-Identifier: GPL-3.0-or-later */
/* In which folder a message is, in words. */
#include "messages-folders.h"

#include "folders-row.h"

#include <glib/gi18n.h>

#define KEY "messages-folders"

void
messages_folders_attach (GtkWidget *widget, ModelFolderTree *tree)
{
  g_object_set_data_full (G_OBJECT (widget), KEY, g_object_ref (tree), g_object_unref);
}

static ModelFolderTree *
find_tree (GtkWidget *widget)
{
  ModelFolderTree *tree = NULL;

  for (; widget && !tree; widget = gtk_widget_get_parent (widget))
    tree = g_object_get_data (G_OBJECT (widget), KEY);
  return tree;
}

static gboolean
has_several_accounts (ModelFolderTree *tree)
{
  guint n_accounts = 0;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (tree)); i++)
    {
      g_autoptr (ModelFolder) root = g_list_model_get_item (G_LIST_MODEL (tree), i);

      n_accounts += model_folder_get_kind (root) == MODEL_FOLDER_ACCOUNT;
    }
  return n_accounts > 1;
}

char *
messages_folders_dup_name (GtkWidget *inside, gint64 id)
{
  ModelFolderTree *tree = find_tree (inside);
  ModelFolder *folder = tree ? model_folder_tree_find (tree, id) : NULL;
  ModelFolder *root = folder ? model_folder_tree_find_root (tree, folder) : NULL;

  if (!folder)
    return g_strdup ("");
  if (!root || !(model_folder_get_kind (root) == MODEL_FOLDER_LOCAL || has_several_accounts (tree)))
    return g_strdup (folders_row_get_title (folder));
  /* Translators: a folder and its account: "Inbox — Work" */
  return g_strdup_printf (_("%s — %s"), folders_row_get_title (folder), folders_row_get_title (root));
}
