/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person does to folders, in the store's worker. */
#include "model-folder-edit.h"

#include "base-error.h"
#include "store-favourites.h"
#include "store-folders.h"
#include "store-messages.h"
#include "store-pending.h"
#include "store-room.h"
#include "store-saved.h"

#include <string.h>

typedef struct
{
  ModelFolderEdit edit;
  gint64 account;
  gint64 folder;
  char *name;
  gint64 target;
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

static gboolean
rename_folder (StoreDatabase *database, const Job *job, GError **error)
{
  gint64 saved = model_folder_id_to_saved (job->folder);

  if (saved)
    return store_saved_rename (database, saved, job->name, error);
  return check_name (job->name, error) && store_folders_rename (database, job->folder, job->name, error);
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
      is_done = rename_folder (database, job, error);
      break;
    case MODEL_FOLDER_EDIT_DELETE:
      is_done = store_folders_delete (database, job->folder, TRUE, error);
      break;
    case MODEL_FOLDER_EDIT_EMPTY:
      is_done = store_pending_empty_folder (database, job->folder, TRUE, error);
      break;
    case MODEL_FOLDER_EDIT_MARK_READ:
      is_done = store_pending_mark_folder_read (database, job->folder, error);
      break;
    case MODEL_FOLDER_EDIT_ADD_FAVOURITE:
    case MODEL_FOLDER_EDIT_REMOVE_FAVOURITE:
      is_done = store_favourites_set (database, job->folder, job->edit == MODEL_FOLDER_EDIT_ADD_FAVOURITE, error);
      break;
    case MODEL_FOLDER_EDIT_PLACE_FAVOURITE:
      is_done = store_favourites_place (database, job->folder, (guint) CLAMP (job->target, 0, G_MAXINT), error);
      break;
    case MODEL_FOLDER_EDIT_MOVE:
      is_done = store_folders_move (database, job->folder, job->target, error);
      break;
    default:
      g_return_val_if_reached (-1);
    }
  return is_done ? MAX (job->folder, 0) : -1;
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

void
model_folder_edit_async (ModelFolderTree *tree, ModelFolderEdit edit, gint64 account, gint64 folder, const char *name, gint64 target,
                         GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (tree, cancellable, callback, user_data);
  Job *job = g_new0 (Job, 1);

  *job = (Job) { edit, account, folder, g_strdup (name ? name : ""), target };
  g_task_set_source_tag (task, model_folder_edit_async);
  g_task_set_check_cancellable (task, FALSE); /* what the store did is done */
  store_run_async (model_folder_tree_get_store (tree), run_edit, job, job_free, g_free, cancellable, on_ran, task);
}

gboolean
model_folder_edit_may_move (ModelFolderTree *tree, gint64 folder, gint64 target)
{
  ModelFolder *into = target ? model_folder_tree_find (tree, target) : NULL;
  MailRole role = into ? model_folder_get_role (into) : MAIL_ROLE_NONE;

  if ((target && !into) || (role != MAIL_ROLE_NONE && role != MAIL_ROLE_ARCHIVE))
    return FALSE;
  return store_folders_check_move (store_get_reader (model_folder_tree_get_store (tree)), folder, target, NULL);
}

gint64
model_folder_edit_finish (GAsyncResult *result, GError **error)
{
  g_autofree gint64 *number = g_task_propagate_pointer (G_TASK (result), error);

  return number ? *number : -1;
}

void
model_folder_facts_free (ModelFolderFacts *self)
{
  if (!self)
    return;
  g_free (self->path);
  g_free (self);
}

static gboolean
collect_room (StoreDatabase *database, const StoreFolder *folder, ModelFolderFacts *facts, GError **error)
{
  StoreQuota quota;

  if (!store_room_get_size (database, folder->id, &facts->server_size, error) || !store_room_get_quota (database, folder->account, &quota, error))
    return FALSE;
  facts->room_used = quota.used;
  facts->room_limit = quota.limit;
  return TRUE;
}

static gpointer
collect_facts (StoreDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (StoreFolder) folder = store_folders_get (database, *(gint64 *) data, error);
  g_autoptr (ModelFolderFacts) facts = NULL;

  if (!folder)
    return NULL;
  facts = g_new0 (ModelFolderFacts, 1);
  facts->path = g_strdup (folder->path);
  facts->is_remote = folder->is_remote;
  facts->size = store_messages_sum_sizes (database, folder->id, error);
  facts->server_size = -1;
  if (facts->size < 0 || (folder->is_remote && !collect_room (database, folder, facts, error)))
    return NULL;
  return g_steal_pointer (&facts);
}

static void
on_collected (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  ModelFolderFacts *facts = store_run_finish (STORE_STORE (source), result, &error);

  if (facts)
    g_task_return_pointer (task, facts, (GDestroyNotify) model_folder_facts_free);
  else
    g_task_return_error (task, error);
}

void
model_folder_facts_async (ModelFolderTree *tree, gint64 folder, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (tree, cancellable, callback, user_data);

  g_task_set_source_tag (task, model_folder_facts_async);
  store_run_async (model_folder_tree_get_store (tree), collect_facts, g_memdup2 (&folder, sizeof folder), g_free,
                   (GDestroyNotify) model_folder_facts_free, cancellable, on_collected, task);
}

ModelFolderFacts *
model_folder_facts_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
