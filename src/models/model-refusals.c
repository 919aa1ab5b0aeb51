/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What servers refused to do, after it was done here: undone, and kept so that a person hears of it. */
#include "model-refusals.h"

#include "base-error.h"
#include "store-changes.h"
#include "store-folders.h"
#include "store-replay.h"

struct _ModelRefusal
{
  GObject parent_instance;

  gint64 id;
  gint64 account;
  ModelRefusalKind kind;
  char *name;
  char *folder;
  gint64 failed;
  GError *error;
};

G_DEFINE_FINAL_TYPE (ModelRefusal, model_refusal, G_TYPE_OBJECT)

static void
model_refusal_finalize (GObject *object)
{
  ModelRefusal *self = MODEL_REFUSAL (object);

  g_free (self->name);
  g_free (self->folder);
  g_clear_error (&self->error);
  G_OBJECT_CLASS (model_refusal_parent_class)->finalize (object);
}

static void
model_refusal_class_init (ModelRefusalClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = model_refusal_finalize;
}

static void
model_refusal_init (ModelRefusal *self)
{
}

gint64
model_refusal_get_id (ModelRefusal *self)
{
  return self->id;
}

gint64
model_refusal_get_account (ModelRefusal *self)
{
  return self->account;
}

ModelRefusalKind
model_refusal_get_kind (ModelRefusal *self)
{
  return self->kind;
}

const char *
model_refusal_get_name (ModelRefusal *self)
{
  return self->name;
}

const char *
model_refusal_get_folder (ModelRefusal *self)
{
  return self->folder;
}

gint64
model_refusal_get_failed (ModelRefusal *self)
{
  return self->failed;
}

const GError *
model_refusal_get_error (ModelRefusal *self)
{
  return self->error;
}

struct _ModelRefusals
{
  GObject parent_instance;

  Store *store;
  AccountList *accounts;
  GPtrArray *list;             /* of ModelRefusal */
  gboolean is_loading;
  gboolean is_stale;           /* something changed while it was read */
};

static void model_refusals_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (ModelRefusals, model_refusals, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, model_refusals_list_model_init))

static GType
model_refusals_get_item_type (GListModel *model)
{
  return MODEL_TYPE_REFUSAL;
}

static guint
model_refusals_get_n_items (GListModel *model)
{
  return MODEL_REFUSALS (model)->list->len;
}

static gpointer
model_refusals_get_item (GListModel *model, guint position)
{
  ModelRefusals *self = MODEL_REFUSALS (model);

  return position < self->list->len ? g_object_ref (self->list->pdata[position]) : NULL;
}

static void
model_refusals_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = model_refusals_get_item_type;
  iface->get_n_items = model_refusals_get_n_items;
  iface->get_item = model_refusals_get_item;
}

/* In the store's worker */

static ModelRefusalKind
get_kind (StoreOperationKind kind)
{
  switch (kind)
    {
    case STORE_OPERATION_MOVE:
      return MODEL_REFUSAL_MOVE;
    case STORE_OPERATION_COPY:
      return MODEL_REFUSAL_COPY;
    case STORE_OPERATION_DELETE:
      return MODEL_REFUSAL_DELETE;
    case STORE_OPERATION_APPEND:
      return MODEL_REFUSAL_PUT;
    case STORE_OPERATION_CREATE_FOLDER:
      return MODEL_REFUSAL_CREATE_FOLDER;
    case STORE_OPERATION_RENAME_FOLDER:
      return MODEL_REFUSAL_RENAME_FOLDER;
    case STORE_OPERATION_DELETE_FOLDER:
      return MODEL_REFUSAL_DELETE_FOLDER;
    case STORE_OPERATION_MOVE_FOLDER:
      return MODEL_REFUSAL_MOVE_FOLDER;
    case STORE_OPERATION_MARK:
    default:
      return MODEL_REFUSAL_MARK;
    }
}

static ModelRefusal *
refusal_new (StoreDatabase *database, const StoreRefusal *row)
{
  ModelRefusal *self = g_object_new (MODEL_TYPE_REFUSAL, NULL);
  gint64 place = row->target ? row->target : row->kind == STORE_OPERATION_DELETE ? row->folder : 0;
  g_autoptr (StoreFolder) folder = place ? store_folders_get (database, place, NULL) : NULL;

  self->id = row->id;
  self->account = row->account;
  self->kind = get_kind (row->kind);
  self->name = g_strdup (row->name ? row->name : "");
  self->folder = folder ? g_strdup (folder->path) : NULL;
  self->failed = row->failed;
  self->error = base_error_new_from_word (row->error_word, row->error_message, row->error_reply);
  return self;
}

static int
compare_newest_first (gconstpointer a, gconstpointer b)
{
  const ModelRefusal *first = *(gconstpointer *) a, *second = *(gconstpointer *) b;

  return first->id < second->id ? 1 : first->id > second->id ? -1 : 0;
}

static gpointer
load (StoreDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  GArray *accounts = data;
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < accounts->len; i++)
    {
      g_autoptr (GPtrArray) rows = store_replay_list_refusals (database, g_array_index (accounts, gint64, i), error);

      if (!rows)
        return NULL;
      for (guint j = 0; j < rows->len; j++)
        g_ptr_array_add (list, refusal_new (database, rows->pdata[j]));
    }
  g_ptr_array_sort (list, compare_newest_first);
  return g_steal_pointer (&list);
}

/* In the main thread */

static void reload (ModelRefusals *self);

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree ModelRefusals **place = data;
  ModelRefusals *self = *place;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = store_run_finish (STORE_STORE (source), result, &error);
  guint n_before;

  g_clear_weak_pointer (place);
  if (!self)
    return;
  self->is_loading = FALSE;
  if (list)
    {
      n_before = self->list->len;
      g_ptr_array_unref (self->list);
      self->list = g_steal_pointer (&list);
      if (n_before || self->list->len)
        g_list_model_items_changed (G_LIST_MODEL (self), 0, n_before, self->list->len);
    }
  else
    g_warning ("What servers refused could not be read: %s", error->message);
  if (self->is_stale)
    reload (self);
}

static void
reload (ModelRefusals *self)
{
  GArray *ids;
  ModelRefusals **place;

  self->is_stale = self->is_loading;
  if (self->is_loading)
    return;
  ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->accounts)); i++)
    {
      g_autoptr (Account) account = g_list_model_get_item (G_LIST_MODEL (self->accounts), i);
      gint64 id = account_get_id (account);

      g_array_append_val (ids, id);
    }
  self->is_loading = TRUE;
  place = g_new0 (ModelRefusals *, 1);
  g_set_weak_pointer (place, self);
  store_run_async (self->store, load, ids, (GDestroyNotify) g_array_unref, (GDestroyNotify) g_ptr_array_unref, NULL, on_loaded, place);
}

static void
on_store_changed (StoreChanges *changes, GPtrArray *list, ModelRefusals *self)
{
  if (store_changes_contain (list, STORE_CHANGED_REFUSALS | STORE_CHANGED_EVERYTHING))
    reload (self);
}

static void
model_refusals_finalize (GObject *object)
{
  ModelRefusals *self = MODEL_REFUSALS (object);

  g_clear_object (&self->store);
  g_clear_object (&self->accounts);
  g_ptr_array_unref (self->list);
  G_OBJECT_CLASS (model_refusals_parent_class)->finalize (object);
}

static void
model_refusals_class_init (ModelRefusalsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = model_refusals_finalize;
}

static void
model_refusals_init (ModelRefusals *self)
{
  self->list = g_ptr_array_new_with_free_func (g_object_unref);
}

ModelRefusals *
model_refusals_new (Store *store, AccountList *accounts)
{
  ModelRefusals *self = g_object_new (MODEL_TYPE_REFUSALS, NULL);

  self->store = g_object_ref (store);
  self->accounts = g_object_ref (accounts);
  g_signal_connect_object (store_get_changes (store), "changed", G_CALLBACK (on_store_changed), self, 0);
  g_signal_connect_object (accounts, "items-changed", G_CALLBACK (reload), self, G_CONNECT_SWAPPED);
  reload (self);
  return self;
}

guint
model_refusals_count (ModelRefusals *self, gint64 account, gint64 after, gint64 *latest)
{
  gint64 highest = 0;
  guint n = 0;

  for (guint i = 0; i < self->list->len; i++)
    {
      const ModelRefusal *refusal = self->list->pdata[i];

      if (refusal->account != account)
        continue;
      highest = MAX (highest, refusal->id);
      n += refusal->id > after;
    }
  if (latest)
    *latest = highest;
  return n;
}
