/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person does to folders, in the store's worker. */
#include "model-folder-edit.h"

#include "base-error.h"
#include "store-folders.h"
#include "store-messages.h"
#include "store-pending.h"

#include <string.h>

/* Rows are looked up this many at a time. */
#define BATCH 500

typedef struct
{
  ModelFolderEdit edit;
  gint64 account;
  gint64 folder;
  char *name;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_free (job->name);
  g_free (job);
}

/* A "/" would make a folder in another one, which is not what was typed. */
static gboolean
check_name (const char *name, GError **error)
{
  if (!strchr (name, '/'))
    return TRUE;
  g_set_error_literal (error, BASE_ERROR, BASE_ERROR_INVALID, "A folder's name cannot have a “/” in it.");
  return FALSE;
}

static gint64
create (StoreDatabase *database, const Job *job, GError **error)
{
  g_autoptr (StoreFolder) parent = NULL;
  g_autofree char *path = NULL;

  if (!check_name (job->name, error))
    return -1;
  if (!job->folder)
    return store_folders_create (database, job->account, job->name, MAIL_ROLE_NONE, error);
  parent = store_folders_get (database, job->folder, error);
  if (!parent)
    return -1;
  path = g_strconcat (parent->path, "/", job->name, NULL);
  return store_folders_create (database, parent->account, path, MAIL_ROLE_NONE, error);
}

static GArray *
list_ids (StoreDatabase *database, gint64 folder, gboolean only_unread, GError **error)
{
  const StoreQuery query = { .folder = folder, .sort = STORE_SORT_RECEIVED, .only_unread = only_unread };

  return store_messages_list_ids (database, &query, error);
}

static gboolean
empty (StoreDatabase *database, gint64 folder, GError **error)
{
  g_autoptr (GArray) ids = list_ids (database, folder, FALSE, error);

  return ids && store_pending_delete (database, (const gint64 *) ids->data, ids->len, TRUE, error);
}

static gboolean
mark_read (StoreDatabase *database, gint64 folder, GError **error)
{
  g_autoptr (GArray) ids = list_ids (database, folder, TRUE, error);

  return ids && store_pending_mark (database, (const gint64 *) ids->data, ids->len, MAIL_FLAG_SEEN, 0, error);
}

static gint64
run (StoreDatabase *database, const Job *job, GError **error)
{
  gboolean is_done = FALSE;

  switch (job->edit)
    {
    case MODEL_FOLDER_EDIT_CREATE:
      return create (database, job, error);
    case MODEL_FOLDER_EDIT_RENAME:
      is_done = check_name (job->name, error) && store_folders_rename (database, job->folder, job->name, error);
      break;
    case MODEL_FOLDER_EDIT_DELETE:
      is_done = store_folders_delete (database, job->folder, TRUE, error);
      break;
    case MODEL_FOLDER_EDIT_EMPTY:
      is_done = empty (database, job->folder, error);
      break;
    case MODEL_FOLDER_EDIT_MARK_READ:
      is_done = mark_read (database, job->folder, error);
      break;
    default:
      g_return_val_if_reached (-1);
    }
  return is_done ? job->folder : -1;
}

static gpointer
run_edit (StoreDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  gint64 id = run (database, data, error);

  return id < 0 ? NULL : g_memdup2 (&id, sizeof id);
}

static void
on_ran (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  gpointer value = store_run_finish (STORE_STORE (source), result, &error);

  if (error)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, value, g_free);
}

static gint64
take_number (GAsyncResult *result, GError **error)
{
  g_autofree gint64 *number = g_task_propagate_pointer (G_TASK (result), error);

  return number ? *number : -1;
}

void
model_folder_edit_async (ModelFolderTree *tree, ModelFolderEdit edit, gint64 account, gint64 folder, const char *name,
                         GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (tree, cancellable, callback, user_data);
  Job *job = g_new0 (Job, 1);

  *job = (Job) { edit, account, folder, g_strdup (name ? name : "") };
  g_task_set_source_tag (task, model_folder_edit_async);
  g_task_set_check_cancellable (task, FALSE); /* what the store did is done */
  store_run_async (model_folder_tree_get_store (tree), run_edit, job, job_free, g_free, cancellable, on_ran, task);
}

gint64
model_folder_edit_finish (GAsyncResult *result, GError **error)
{
  return take_number (result, error);
}

static gpointer
sum_sizes (StoreDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (GArray) ids = list_ids (database, *(gint64 *) data, FALSE, error);
  gint64 sum = 0;

  for (guint start = 0; ids && start < ids->len; start += BATCH)
    {
      g_autoptr (GPtrArray) rows = NULL;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      rows = store_messages_get_rows (database, &g_array_index (ids, gint64, start), MIN (BATCH, ids->len - start), error);
      if (!rows)
        return NULL;
      for (guint i = 0; i < rows->len; i++)
        if (rows->pdata[i])
          sum += ((MailSummary *) rows->pdata[i])->size;
    }
  return ids ? g_memdup2 (&sum, sizeof sum) : NULL;
}

void
model_folder_sum_sizes_async (ModelFolderTree *tree, gint64 folder, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (tree, cancellable, callback, user_data);

  g_task_set_source_tag (task, model_folder_sum_sizes_async);
  store_run_async (model_folder_tree_get_store (tree), sum_sizes, g_memdup2 (&folder, sizeof folder), g_free, g_free, cancellable, on_ran, task);
}

gint64
model_folder_sum_sizes_finish (GAsyncResult *result, GError **error)
{
  return take_number (result, error);
}
