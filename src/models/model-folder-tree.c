/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All folders: the quick views, then a list of accounts (and "On this computer" at the end), each with its children. */
#include "model-folder-tree.h"

#include "model-folder-favourites.h"
#include "model-folder-inside.h"
#include "model-folder-searches.h"
#include "model-folder-views.h"
#include "store-changes.h"
#include "store-folders.h"

struct _ModelFolderTree
{
  GObject parent_instance;

  Store *store;
  AccountList *accounts;

  GListStore *roots;
  ModelFolder *favourites;     /* among the roots while there are any */
  ModelFolder *views;
  ModelFolderSearches *searches;
  GHashTable *accounts_by_id;  /* gint64 → ModelFolder (owned): rows of accounts and the local one, by account id */
  GHashTable *mailboxes;       /* gint64 → ModelFolder (owned), by folder id */
  GHashTable *parents;         /* gint64 → gint64: a folder's parent, 0 at the top */
};

enum
{
  REFRESHED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void model_folder_tree_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (ModelFolderTree, model_folder_tree, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, model_folder_tree_list_model_init))

static GType
model_folder_tree_get_item_type (GListModel *model)
{
  return MODEL_TYPE_FOLDER;
}

static guint
model_folder_tree_get_n_items (GListModel *model)
{
  return g_list_model_get_n_items (G_LIST_MODEL (MODEL_FOLDER_TREE (model)->roots));
}

static gpointer
model_folder_tree_get_item (GListModel *model, guint position)
{
  return g_list_model_get_item (G_LIST_MODEL (MODEL_FOLDER_TREE (model)->roots), position);
}

static void
model_folder_tree_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = model_folder_tree_get_item_type;
  iface->get_n_items = model_folder_tree_get_n_items;
  iface->get_item = model_folder_tree_get_item;
}

/* Makes @list hold what @wanted does: the equal beginning and end stay, so that the usual refresh changes nothing and one
 * new folder is one row. */
static void
settle_list (GListStore *list, GPtrArray *wanted)
{
  guint n_old = g_list_model_get_n_items (G_LIST_MODEL (list));
  guint start = 0, end = 0;

  for (; start < n_old && start < wanted->len; start++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (G_LIST_MODEL (list), start);

      if (item != wanted->pdata[start])
        break;
    }
  for (; end < n_old - start && end < wanted->len - start; end++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (G_LIST_MODEL (list), n_old - 1 - end);

      if (item != wanted->pdata[wanted->len - 1 - end])
        break;
    }
  if (n_old - start - end > 0 || wanted->len - start - end > 0)
    g_list_store_splice (list, start, n_old - start - end, wanted->pdata + start, wanted->len - start - end);
}

/* A GtkTreeListModel asks a row for children once, when it appears: a row that got its first child or lost its last one has to
 * appear anew. */
static void
reinsert (GListStore *list, ModelFolder *folder)
{
  guint position;

  if (g_list_store_find (list, folder, &position))
    g_list_store_splice (list, position, 1, (gpointer *) &folder, 1);
}

/* The folder that holds @row, or its account's row when that one is unknown; %NULL when the account is unknown too */
static ModelFolder *
find_container (ModelFolderTree *self, const StoreFolder *row)
{
  ModelFolder *parent = row->parent ? g_hash_table_lookup (self->mailboxes, &row->parent) : NULL;

  if (!parent || model_folder_get_account_id (parent) != row->account || row->parent == row->id)
    parent = g_hash_table_lookup (self->accounts_by_id, &row->account);
  return parent;
}

static gint64 *
new_key (gint64 value)
{
  return g_memdup2 (&value, sizeof value);
}

static void
forget_mailboxes (ModelFolderTree *self, GPtrArray *rows)
{
  g_autoptr (GHashTable) present = g_hash_table_new (g_int64_hash, g_int64_equal);
  GHashTableIter iter;
  gpointer key;

  for (guint i = 0; i < rows->len; i++)
    g_hash_table_add (present, &((StoreFolder *) rows->pdata[i])->id);
  g_hash_table_iter_init (&iter, self->mailboxes);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    if (!g_hash_table_contains (present, key))
      g_hash_table_iter_remove (&iter);
}

static void
update_mailboxes (ModelFolderTree *self, GPtrArray *rows)
{
  g_hash_table_remove_all (self->parents);
  for (guint i = 0; i < rows->len; i++)
    {
      const StoreFolder *row = rows->pdata[i];
      ModelFolder *folder = g_hash_table_lookup (self->mailboxes, &row->id);

      if (folder && model_folder_get_account_id (folder) != row->account)
        folder = NULL; /* a removed account's folders come to this computer */
      if (!folder)
        {
          folder = model_folder_new_mailbox (row->id, row->account);
          g_hash_table_replace (self->mailboxes, new_key (row->id), folder);
        }
      model_folder_update (folder, row->role, row->name, row->total, row->unread);
      g_hash_table_replace (self->parents, new_key (row->id), new_key (row->parent));
    }
}

/* The favourites if there are any, the quick views, the rows of accounts in the accounts' order, and the local one */
static GPtrArray *
update_accounts (ModelFolderTree *self)
{
  g_autoptr (GPtrArray) wanted = g_ptr_array_new ();
  g_autoptr (GHashTable) old = g_steal_pointer (&self->accounts_by_id);
  guint n_accounts = g_list_model_get_n_items (G_LIST_MODEL (self->accounts));
  gint64 local = STORE_LOCAL_ACCOUNT;
  ModelFolder *folder;

  self->accounts_by_id = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_object_unref);
  g_ptr_array_add (wanted, self->views);
  for (guint i = 0; i < n_accounts; i++)
    {
      g_autoptr (Account) account = g_list_model_get_item (G_LIST_MODEL (self->accounts), i);
      gint64 id = account_get_id (account);

      folder = old ? g_hash_table_lookup (old, &id) : NULL;
      if (folder && model_folder_get_account (folder) == account)
        g_object_ref (folder);
      else
        folder = model_folder_new_account (account);
      g_hash_table_replace (self->accounts_by_id, new_key (id), folder);
      g_ptr_array_add (wanted, folder);
    }
  folder = old ? g_hash_table_lookup (old, &local) : NULL;
  folder = folder ? g_object_ref (folder) : model_folder_new_local ();
  g_hash_table_replace (self->accounts_by_id, new_key (local), folder);
  g_ptr_array_add (wanted, folder);
  return g_steal_pointer (&wanted);
}

static void
settle_children (ModelFolderTree *self, ModelFolder *folder, GHashTable *children_of, GPtrArray *flipped)
{
  GListModel *children = model_folder_get_children (folder);
  GPtrArray *wanted = g_hash_table_lookup (children_of, folder);
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  gboolean had_children = g_list_model_get_n_items (children) > 0;

  if (!wanted)
    wanted = none;
  settle_list (G_LIST_STORE (children), wanted);
  if (had_children != (wanted->len > 0))
    g_ptr_array_add (flipped, folder);
}

static void
settle_tree (ModelFolderTree *self, GPtrArray *roots, GPtrArray *rows)
{
  g_autoptr (GHashTable) children_of = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_ptr_array_unref);
  g_autoptr (GPtrArray) flipped = g_ptr_array_new ();

  for (guint i = 0; i < rows->len; i++)
    {
      const StoreFolder *row = rows->pdata[i];
      ModelFolder *container = find_container (self, row);
      GPtrArray *children;

      if (!container)
        continue; /* of an account that the list does not know (yet) */
      children = g_hash_table_lookup (children_of, container);
      if (!children)
        {
          children = g_ptr_array_new ();
          g_hash_table_insert (children_of, container, children);
        }
      g_ptr_array_add (children, g_hash_table_lookup (self->mailboxes, &row->id));
    }

  for (guint i = rows->len; i > 0; i--)
    settle_children (self, g_hash_table_lookup (self->mailboxes, &((StoreFolder *) rows->pdata[i - 1])->id), children_of, flipped);
  for (guint i = 0; i < roots->len; i++)
    if (roots->pdata[i] != self->views) /* whose own stay what they are */
      settle_children (self, roots->pdata[i], children_of, flipped);
  model_folder_favourites_settle (self->favourites, self->store, self->mailboxes, self->accounts_by_id);
  if (g_list_model_get_n_items (model_folder_get_children (self->favourites)))
    g_ptr_array_insert (roots, 0, self->favourites);
  settle_list (self->roots, roots);

  for (guint i = 0; i < flipped->len; i++)
    {
      ModelFolder *parent = model_folder_tree_find_parent (self, flipped->pdata[i]);

      reinsert (parent ? G_LIST_STORE (model_folder_get_children (parent)) : self->roots, flipped->pdata[i]);
    }
}

static void
refresh (ModelFolderTree *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = store_folders_list (store_get_reader (self->store), STORE_ALL_ACCOUNTS, &error);
  g_autoptr (GPtrArray) roots = NULL;

  if (!rows)
    {
      g_warning ("The folders could not be read: %s", error->message);
      return;
    }
  roots = update_accounts (self);
  update_mailboxes (self, rows);
  settle_tree (self, roots, rows);
  forget_mailboxes (self, rows);
  model_folder_views_count (self->views, rows);
  model_folder_views_count_flagged (self->views, self->store);
  model_folder_inside_count (G_LIST_MODEL (self->roots));
  g_signal_emit (self, signals[REFRESHED], 0);
}

static void
on_store_changed (StoreChanges *changes, GPtrArray *list, ModelFolderTree *self)
{
  gboolean are_marked = FALSE;

  for (guint i = 0; i < list->len; i++)
    {
      const StoreChange *change = list->pdata[i];

      if (change->kind & (STORE_CHANGED_FOLDERS | STORE_CHANGED_EVERYTHING))
        {
          refresh (self);
          return;
        }
      are_marked = are_marked || (change->kind & STORE_CHANGED_MESSAGES);
    }
  if (are_marked)
    model_folder_views_count_flagged (self->views, self->store);
}

static void
on_searches_changed (ModelFolderTree *self)
{
  g_signal_emit (self, signals[REFRESHED], 0);
}

static void
on_roots_changed (GListModel *roots, guint position, guint removed, guint added, ModelFolderTree *self)
{
  g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
}

static void
model_folder_tree_finalize (GObject *object)
{
  ModelFolderTree *self = MODEL_FOLDER_TREE (object);

  g_clear_object (&self->store);
  g_clear_object (&self->accounts);
  g_clear_object (&self->roots);
  g_clear_object (&self->favourites);
  g_clear_object (&self->searches);
  g_clear_object (&self->views);
  g_clear_pointer (&self->accounts_by_id, g_hash_table_unref);
  g_clear_pointer (&self->mailboxes, g_hash_table_unref);
  g_clear_pointer (&self->parents, g_hash_table_unref);
  G_OBJECT_CLASS (model_folder_tree_parent_class)->finalize (object);
}

static void
model_folder_tree_class_init (ModelFolderTreeClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = model_folder_tree_finalize;
  signals[REFRESHED] = g_signal_new ("refreshed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
model_folder_tree_init (ModelFolderTree *self)
{
  self->roots = g_list_store_new (MODEL_TYPE_FOLDER);
  self->favourites = model_folder_new_favourites ();
  self->views = model_folder_views_new ();
  self->mailboxes = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_object_unref);
  self->parents = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  g_signal_connect_object (self->roots, "items-changed", G_CALLBACK (on_roots_changed), self, 0);
}

ModelFolderTree *
model_folder_tree_new (Store *store, AccountList *accounts)
{
  ModelFolderTree *self = g_object_new (MODEL_TYPE_FOLDER_TREE, NULL);

  self->store = g_object_ref (store);
  self->accounts = g_object_ref (accounts);
  self->searches = model_folder_searches_new (store, self->views);
  g_signal_connect_object (self->searches, "changed", G_CALLBACK (on_searches_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (store_get_changes (store), "changed", G_CALLBACK (on_store_changed), self, 0);
  g_signal_connect_object (accounts, "items-changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  refresh (self);
  return self;
}

Store *
model_folder_tree_get_store (ModelFolderTree *self)
{
  return self->store;
}

ModelFolder *
model_folder_tree_find (ModelFolderTree *self, gint64 id)
{
  if (model_folder_id_to_saved (id))
    return model_folder_searches_find (self->searches, id);
  return id < 0 ? model_folder_views_find (self->views, id) : g_hash_table_lookup (self->mailboxes, &id);
}

gboolean
model_folder_tree_contains (ModelFolderTree *self, ModelFolder *folder)
{
  gint64 id = model_folder_get_id (folder);

  return folder == (model_folder_is_favourite (folder) ? model_folder_favourites_find (self->favourites, id) : model_folder_tree_find (self, id));
}

gboolean
model_folder_tree_has_favourite (ModelFolderTree *self, gint64 id)
{
  return model_folder_favourites_find (self->favourites, id) != NULL;
}

ModelFolder *
model_folder_tree_find_role (ModelFolderTree *self, gint64 account, MailRole role)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->mailboxes);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (model_folder_get_account_id (value) == account && model_folder_get_role (value) == role)
      return value;
  return NULL;
}

ModelFolder *
model_folder_tree_find_parent (ModelFolderTree *self, ModelFolder *folder)
{
  gint64 id = model_folder_get_id (folder);
  gint64 account = model_folder_get_account_id (folder);
  const gint64 *parent_id = id ? g_hash_table_lookup (self->parents, &id) : NULL;
  ModelFolder *parent;

  if (!id)
    return NULL;
  if (model_folder_is_favourite (folder))
    return self->favourites;
  if (id < 0)
    return self->views;
  parent = parent_id && *parent_id && *parent_id != id ? g_hash_table_lookup (self->mailboxes, parent_id) : NULL;
  if (!parent || model_folder_get_account_id (parent) != account)
    parent = g_hash_table_lookup (self->accounts_by_id, &account);
  return parent;
}

ModelFolder *
model_folder_tree_find_root (ModelFolderTree *self, ModelFolder *folder)
{
  gint64 account = model_folder_get_account_id (folder);

  return model_folder_get_id (folder) > 0 ? g_hash_table_lookup (self->accounts_by_id, &account) : NULL;
}
