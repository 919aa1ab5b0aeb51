/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the next unread mail is: in the list that is shown, and in the folders after it. */
#include "model-unread.h"

#include "model-folder-inside.h"
#include "store-messages.h"
#include "store.h"

/* Deeper ones are looked into by nobody: a damaged table may go round in circles. */
#define MAX_DEPTH 64

typedef struct
{
  StoreQuery query;
  GArray *ids;          /* of gint64: what is looked through, the nearest first */
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_array_unref (job->ids);
  g_free (job);
}

/* The unread ones come from an index without their rows being touched: most of what is shown has been read. */
static gpointer
run_find (StoreDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  const Job *job = data;
  g_autoptr (GArray) unread = store_messages_list_ids (database, &job->query, error);
  g_autoptr (GHashTable) set = g_hash_table_new (g_int64_hash, g_int64_equal);

  if (!unread)
    return NULL;
  for (guint i = 0; i < unread->len; i++)
    g_hash_table_add (set, &g_array_index (unread, gint64, i));
  for (guint i = 0; i < job->ids->len && g_hash_table_size (set) > 0; i++)
    if (g_hash_table_contains (set, &g_array_index (job->ids, gint64, i)))
      return g_memdup2 (&g_array_index (job->ids, gint64, i), sizeof (gint64));
  return g_new0 (gint64, 1);
}

static GArray *
list_all (ModelMessageList *list)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (list));
  GArray *ids = g_array_sized_new (FALSE, FALSE, sizeof (gint64), n);

  for (guint i = 0; i < n; i++)
    {
      gint64 id = model_message_list_get_id (list, i);

      g_array_append_val (ids, id);
      model_message_list_add_folded (list, id, ids);
    }
  return ids;
}

/* (transfer full): all of @ids but @from and @passed, in the order in which they come after it */
static GArray *
turn (GArray *ids, gint64 from, gboolean is_backward, GHashTable *passed)
{
  GArray *turned = g_array_sized_new (FALSE, FALSE, sizeof (gint64), ids->len);
  guint start = is_backward ? ids->len : 0; /* the place of what comes before all others */
  gboolean is_there = FALSE;

  for (guint i = 0; i < ids->len && !is_there; i++)
    {
      is_there = g_array_index (ids, gint64, i) == from;
      start = is_there ? i : start;
    }
  for (guint i = 0; i < ids->len; i++)
    {
      guint step = is_there ? i + 1 : is_backward ? i + 1 : i;
      gint64 id = g_array_index (ids, gint64, (is_backward ? start + ids->len - step : start + step) % ids->len);

      if (id != from && !(passed && g_hash_table_contains (passed, &id)))
        g_array_append_val (turned, id);
    }
  return turned;
}

/* Of a search or a view the folders are many; mail that nobody waits for (deleted, junk) is passed over in them. */
static StoreQuery
make_query (ModelMessageList *list)
{
  gint64 folder = model_message_list_get_search (list) ? 0 : model_message_list_get_folder (list);

  return (StoreQuery) { .view = folder > 0 ? STORE_VIEW_FOLDER : STORE_VIEW_ALL, .folder = folder, .only_unread = TRUE };
}

static void
on_found (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  gpointer id = store_run_finish (STORE_STORE (source), result, &error);

  if (error)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, id, g_free);
}

void
model_unread_find_async (ModelFolderTree *tree, ModelMessageList *list, gint64 from, gboolean is_backward, GHashTable *passed,
                         GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (tree, cancellable, callback, user_data);
  g_autoptr (GArray) ids = list_all (list);
  Job *job = g_new0 (Job, 1);

  g_task_set_source_tag (task, model_unread_find_async);
  job->query = make_query (list);
  job->ids = turn (ids, from, is_backward, passed);
  store_run_async (model_folder_tree_get_store (tree), run_find, job, job_free, g_free, cancellable, on_found, task);
}

gint64
model_unread_find_finish (GAsyncResult *result, GError **error)
{
  g_autofree gint64 *id = g_task_propagate_pointer (G_TASK (result), error);

  return id ? *id : -1;
}

/* Folders */

static void
collect (GListModel *rows, guint depth, GPtrArray *folders)
{
  for (guint i = 0; depth < MAX_DEPTH && i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (ModelFolder) row = g_list_model_get_item (rows, i);

      if (model_folder_get_kind (row) == MODEL_FOLDER_VIEWS || model_folder_get_kind (row) == MODEL_FOLDER_FAVOURITES)
        continue; /* whose folders stand in their own places too */
      if (model_folder_get_kind (row) == MODEL_FOLDER_MAILBOX)
        g_ptr_array_add (folders, row); /* the tree holds it */
      collect (model_folder_get_children (row), depth + 1, folders);
    }
}

ModelFolder *
model_unread_find_folder (ModelFolderTree *tree, ModelFolder *from, gboolean is_backward, GHashTable *passed)
{
  g_autoptr (GPtrArray) folders = g_ptr_array_new ();
  guint start = 0;

  collect (G_LIST_MODEL (tree), 0, folders);
  if (!from || !g_ptr_array_find (folders, from, &start))
    start = is_backward ? 0 : folders->len - 1; /* of none at all nothing is looked at */
  for (guint i = 1; i <= folders->len; i++)
    {
      ModelFolder *folder = folders->pdata[(is_backward ? start + folders->len - i : start + i) % folders->len];
      gint64 id = model_folder_get_id (folder);

      if (passed && g_hash_table_contains (passed, &id))
        continue;
      if (folder != from && model_folder_get_unread (folder) > 0 && model_folder_inside_is_awaited (model_folder_get_role (folder)))
        return folder;
    }
  return NULL;
}
