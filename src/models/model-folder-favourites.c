/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows at the top of the folder tree that a person put there. */
#include "model-folder-favourites.h"

#include "store-favourites.h"
#include "store.h"

ModelFolder *
model_folder_favourites_find (ModelFolder *favourites, gint64 id)
{
  GListModel *rows = model_folder_get_children (favourites);

  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (ModelFolder) row = g_list_model_get_item (rows, i);

      if (model_folder_get_id (row) == id)
        return row; /* the list holds it */
    }
  return NULL;
}

/* (transfer full) (nullable): the row that is there, or a new one for a folder whose account has changed or that was none before */
static ModelFolder *
make_row (ModelFolder *favourites, GHashTable *mailboxes, GHashTable *accounts, gint64 id)
{
  ModelFolder *old = model_folder_favourites_find (favourites, id);
  ModelFolder *folder = g_hash_table_lookup (mailboxes, &id);
  gint64 account = folder ? model_folder_get_account_id (folder) : 0;
  ModelFolder *owner = g_hash_table_lookup (accounts, &account);

  if (!folder || !owner)
    return NULL; /* of an account that the list does not know (yet) */
  if (old && model_folder_get_account_id (old) == account)
    return g_object_ref (old);
  return model_folder_new_favourite (folder, owner);
}

static gboolean
is_same (GListModel *rows, GPtrArray *wanted)
{
  if (g_list_model_get_n_items (rows) != wanted->len)
    return FALSE;
  for (guint i = 0; i < wanted->len; i++)
    {
      g_autoptr (ModelFolder) row = g_list_model_get_item (rows, i);

      if (row != wanted->pdata[i])
        return FALSE;
    }
  return TRUE;
}

void
model_folder_favourites_settle (ModelFolder *favourites, Store *store, GHashTable *mailboxes, GHashTable *accounts)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) ids = store_favourites_list (store_get_reader (store), &error);
  g_autoptr (GPtrArray) wanted = g_ptr_array_new_with_free_func (g_object_unref);
  GListModel *rows = model_folder_get_children (favourites);

  if (!ids)
    {
      g_warning ("The favourites could not be read: %s", error->message);
      return;
    }
  for (guint i = 0; i < ids->len; i++)
    {
      ModelFolder *row = make_row (favourites, mailboxes, accounts, g_array_index (ids, gint64, i));

      if (row)
        g_ptr_array_add (wanted, row);
    }
  if (!is_same (rows, wanted))
    g_list_store_splice (G_LIST_STORE (rows), 0, g_list_model_get_n_items (rows), wanted->pdata, wanted->len);
}
