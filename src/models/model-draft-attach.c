/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads a file that a person adds to a draft, without ever waiting for the disk in the main thread. */
#include "base-error.h"
#include "mime-encode.h"
#include "model-draft-file.h"
#include "model-draft-private.h"

#define ATTRIBUTES G_FILE_ATTRIBUTE_STANDARD_DISPLAY_NAME "," G_FILE_ATTRIBUTE_STANDARD_CONTENT_TYPE "," \
                   G_FILE_ATTRIBUTE_STANDARD_TYPE "," G_FILE_ATTRIBUTE_STANDARD_SIZE

/* The file's name as the person sees it; G_IO_ERROR's own sentence is kept as the reason. */
static void
return_file_error (GTask *task, GFile *file, GError *reason)
{
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *shown = g_filename_display_name (name ? name : "");

  if (g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_task_return_error (task, reason);
      return;
    }
  g_task_return_new_error (task, BASE_ERROR, BASE_ERROR_FILE, "“%s” could not be read: %s", shown, reason->message);
  g_error_free (reason);
}

gboolean
model_draft_check_room (ModelDraft *self, gint64 size, GError **error)
{
  g_autofree char *limit = NULL;

  if (size <= MODEL_DRAFT_HARD_LIMIT - model_draft_get_files_size (self))
    return TRUE;
  limit = g_format_size (MODEL_DRAFT_HARD_LIMIT);
  g_set_error (error, BASE_ERROR, BASE_ERROR_TOO_LARGE, "A message takes no more than %s of attachments.", limit);
  return FALSE;
}

char *
model_draft_add_picture (ModelDraft *self, const char *name, const char *content_type, GBytes *data, GError **error)
{
  g_autofree char *id = NULL;

  if (!model_draft_check_room (self, (gint64) g_bytes_get_size (data), error))
    return NULL;
  id = mime_encode_random ();
  model_draft_put_picture (self, id, model_draft_file_new (name, content_type, data));
  return g_steal_pointer (&id);
}

static gboolean
return_if_too_large (GTask *task, ModelDraft *self, gint64 size)
{
  GError *error = NULL;

  if (model_draft_check_room (self, size, &error))
    return FALSE;
  g_task_return_error (task, error);
  return TRUE;
}

static void
return_picture (GTask *task, ModelDraft *self, GFile *file, const char *type, GBytes *bytes)
{
  GFileInfo *info = g_task_get_task_data (task);
  GError *error = NULL;
  char *id = NULL;

  if (!model_draft_takes_picture (type))
    return_file_error (task, file, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "it is not a picture that every mail program shows"));
  else if ((id = model_draft_add_picture (self, g_file_info_get_display_name (info), type, bytes, &error)))
    g_task_return_pointer (task, id, g_free);
  else
    g_task_return_error (task, error);
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  ModelDraft *self = g_task_get_source_object (task);
  GFileInfo *info = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GBytes) bytes = g_file_load_bytes_finish (G_FILE (source), result, NULL, &error);
  g_autoptr (ModelDraftFile) file = NULL;
  g_autofree char *type = NULL;

  if (!bytes)
    {
      return_file_error (task, G_FILE (source), error);
      return;
    }
  /* Others may have been attached meanwhile, and the file may have grown. */
  if (return_if_too_large (task, self, (gint64) g_bytes_get_size (bytes)))
    return;
  type = g_content_type_get_mime_type (g_file_info_get_content_type (info) ? g_file_info_get_content_type (info) : "");
  if (g_task_get_source_tag (task) == model_draft_load_picture_async)
    {
      return_picture (task, self, G_FILE (source), type, bytes);
      return;
    }
  file = model_draft_file_new (g_file_info_get_display_name (info), type, bytes);
  g_list_store_append (self->files, file);
  g_task_return_boolean (task, TRUE);
}

static void
on_info (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  ModelDraft *self = g_task_get_source_object (task);
  GError *error = NULL;
  GFileInfo *info = g_file_query_info_finish (G_FILE (source), result, &error);

  if (!info)
    {
      return_file_error (task, G_FILE (source), error);
      return;
    }
  g_task_set_task_data (task, info, g_object_unref);
  if (g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR)
    /* A folder, or a pipe that never ends. */
    return_file_error (task, G_FILE (source), g_error_new_literal (G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE, "it is not a file"));
  else if (!return_if_too_large (task, self, g_file_info_get_size (info)))
    g_file_load_bytes_async (G_FILE (source), g_task_get_cancellable (task), on_loaded, g_object_ref (task));
}

static void
load (ModelDraft *self, gpointer tag, GFile *file, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, tag);
  g_file_query_info_async (file, ATTRIBUTES, G_FILE_QUERY_INFO_NONE, G_PRIORITY_DEFAULT, cancellable, on_info, task);
}

void
model_draft_attach_async (ModelDraft *self, GFile *file, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  load (self, model_draft_attach_async, file, cancellable, callback, user_data);
}

void
model_draft_load_picture_async (ModelDraft *self, GFile *file, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  load (self, model_draft_load_picture_async, file, cancellable, callback, user_data);
}

char *
model_draft_load_picture_finish (ModelDraft *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

gboolean
model_draft_attach_finish (ModelDraft *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

gboolean
model_draft_attach_bytes (ModelDraft *self, const char *name, const char *content_type, GBytes *data, GError **error)
{
  g_autoptr (ModelDraftFile) file = NULL;

  if (!model_draft_check_room (self, (gint64) g_bytes_get_size (data), error))
    return FALSE;
  file = model_draft_file_new (name, content_type, data);
  g_list_store_append (self->files, file);
  return TRUE;
}
