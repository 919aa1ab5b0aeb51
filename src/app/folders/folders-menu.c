/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All mailboxes as a menu: where a message can be moved or copied to. */
#include "folders-menu.h"

#include "folders-row.h"

/* Deeper folders are shown by their own names alone. */
#define MAX_DEPTH 8

typedef struct
{
  ModelFolderTree *tree;   /* weak: it outlives nothing of ours, we nothing of it */
  char *action;
  char *fingerprint;       /* what the menu shows: it is built anew only when that changes, not with every count */
} Builder;

static void
builder_free (gpointer data)
{
  Builder *builder = data;

  g_free (builder->action);
  g_free (builder->fingerprint);
  g_free (builder);
}

/* A menu's labels take "_" for a mnemonic; a folder's name means it. */
static char *
make_label (ModelFolder *folder, const char *parents)
{
  g_auto (GStrv) parts = g_strsplit (folders_row_get_title (folder), "_", -1);
  g_autofree char *title = g_strjoinv ("__", parts);

  return parents[0] ? g_strdup_printf ("%s / %s", parents, title) : g_steal_pointer (&title);
}

static gboolean
is_movable_to (ModelFolder *folder)
{
  return model_folder_get_id (folder) > 0 && model_folder_get_role (folder) != MAIL_ROLE_OUTBOX;
}

static void
append_folders (Builder *builder, GListModel *folders, const char *parents, guint depth, GMenu *section, GString *fingerprint)
{
  for (guint i = 0; i < g_list_model_get_n_items (folders) && depth < MAX_DEPTH; i++)
    {
      g_autoptr (ModelFolder) folder = g_list_model_get_item (folders, i);
      g_autofree char *label = make_label (folder, parents);

      if (is_movable_to (folder))
        {
          g_string_append_printf (fingerprint, "%" G_GINT64_FORMAT "\t%s\n", model_folder_get_id (folder), label);
          if (section)
            {
              g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

              g_menu_item_set_action_and_target (item, builder->action, "x", model_folder_get_id (folder));
              g_menu_append_item (section, item);
            }
        }
      append_folders (builder, model_folder_get_children (folder), label, depth + 1, section, fingerprint);
    }
}

static void
rebuild (GMenu *menu)
{
  Builder *builder = g_object_get_data (G_OBJECT (menu), "builder");
  GListModel *accounts = G_LIST_MODEL (builder->tree);
  guint n = g_list_model_get_n_items (accounts);
  g_autoptr (GString) fingerprint = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (ModelFolder) account = g_list_model_get_item (accounts, i);

      g_string_append_printf (fingerprint, "%s\n", folders_row_get_title (account));
      append_folders (builder, model_folder_get_children (account), "", 0, NULL, fingerprint);
    }
  if (g_strcmp0 (fingerprint->str, builder->fingerprint) == 0)
    return;
  g_free (builder->fingerprint);
  builder->fingerprint = g_strdup (fingerprint->str);

  g_menu_remove_all (menu);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (ModelFolder) account = g_list_model_get_item (accounts, i);
      g_autoptr (GMenu) section = g_menu_new ();

      append_folders (builder, model_folder_get_children (account), "", 0, section, fingerprint);
      if (g_menu_model_get_n_items (G_MENU_MODEL (section)))
        g_menu_append_section (menu, folders_row_get_title (account), G_MENU_MODEL (section));
    }
}

GMenuModel *
folders_menu_new (ModelFolderTree *tree, const char *action)
{
  GMenu *menu = g_menu_new ();
  Builder *builder = g_new0 (Builder, 1);

  builder->tree = tree;
  builder->action = g_strdup (action);
  g_object_set_data_full (G_OBJECT (menu), "builder", builder, builder_free);
  g_signal_connect_object (tree, "refreshed", G_CALLBACK (rebuild), menu, G_CONNECT_SWAPPED);
  rebuild (menu);
  return G_MENU_MODEL (menu);
}
