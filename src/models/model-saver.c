/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Attachments and messages into files, in a thread of its own: decoding a big one and a slow disk keep nobody waiting. */
#include "model-saver.h"

#include "base-error.h"
#include "base-worker.h"
#include "mime-message.h"

#include <glib/gstdio.h>
#include <string.h>

/* Names tried beside one that is taken, before giving up. */
#define MAX_NAMES 1000

struct _ModelSaver
{
  GObject parent_instance;
  BaseWorker *worker;
  char *cache;
};

G_DEFINE_FINAL_TYPE (ModelSaver, model_saver, G_TYPE_OBJECT)

typedef enum
{
  SAVE_ATTACHMENT,
  SAVE_ALL,
  SAVE_SOURCE,
  SAVE_BYTES,
  SAVE_PUT_AWAY,
} SaveKind;

typedef struct
{
  SaveKind kind;
  ModelBody *body;
  GBytes *bytes;   /* of SAVE_BYTES */
  guint position;
  GFile *target;   /* NULL for what is put away */
  char *cache;
} Save;

static void
save_free (gpointer data)
{
  Save *save = data;

  g_clear_object (&save->body);
  g_clear_pointer (&save->bytes, g_bytes_unref);
  g_clear_object (&save->target);
  g_free (save->cache);
  g_free (save);
}

/* GIO's words for what a person can do about it */
static void
set_file_error (GFile *file, const GError *reason, GError **error)
{
  g_autofree char *name = g_file_get_parse_name (file);

  if (g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, reason->message);
  else if (g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_NO_SPACE))
    g_set_error (error, BASE_ERROR, BASE_ERROR_DISK_FULL, "%s: %s", name, reason->message);
  else
    g_set_error (error, BASE_ERROR, BASE_ERROR_FILE, "%s: %s", name, reason->message);
}

static gboolean
write_file (GFile *file, GBytes *data, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  gsize length;
  const char *bytes = g_bytes_get_data (data, &length);

  if (g_file_replace_contents (file, bytes ? bytes : "", length, NULL, FALSE, G_FILE_CREATE_REPLACE_DESTINATION, NULL,
                               cancellable, &local_error))
    return TRUE;
  set_file_error (file, local_error, error);
  return FALSE;
}

/* The name with " (n)" before its ending: "a (2).tar" */
static char *
number_name (const char *name, guint n)
{
  const char *dot = strrchr (name, '.');

  if (n < 2)
    return g_strdup (name);
  if (!dot || dot == name)
    return g_strdup_printf ("%s (%u)", name, n);
  return g_strdup_printf ("%.*s (%u)%s", (int) (dot - name), name, n, dot);
}

/* Writes a file that is not there yet under a name near @name. */
static gboolean
write_new (GFile *folder, const char *name, GBytes *data, GCancellable *cancellable, GError **error)
{
  for (guint n = 1; n <= MAX_NAMES; n++)
    {
      g_autofree char *numbered = number_name (name, n);
      g_autoptr (GFile) file = g_file_get_child (folder, numbered);
      g_autoptr (GError) local_error = NULL;
      g_autoptr (GFileOutputStream) stream = g_file_create (file, G_FILE_CREATE_NONE, cancellable, &local_error);
      gsize length;
      const char *bytes = g_bytes_get_data (data, &length);

      if (!stream && g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_EXISTS))
        continue;
      if (stream
          && g_output_stream_write_all (G_OUTPUT_STREAM (stream), bytes ? bytes : "", length, NULL, cancellable, &local_error)
          && g_output_stream_close (G_OUTPUT_STREAM (stream), cancellable, &local_error))
        return TRUE;
      if (stream)
        g_file_delete (file, NULL, NULL); /* half a file is worse than none */
      set_file_error (file, local_error, error);
      return FALSE;
    }
  g_set_error (error, BASE_ERROR, BASE_ERROR_FILE, "There are too many files named like %s", name);
  return FALSE;
}

static MimeAttachment *
get_attachment (Save *save, guint position, GError **error)
{
  MimeAttachment *attachment = g_list_model_get_item (model_body_get_attachments (save->body), position);

  if (!attachment)
    g_set_error (error, BASE_ERROR, BASE_ERROR_NOT_FOUND, "The message has no attachment of this number");
  return attachment;
}

static gboolean
save_attachment (Save *save, GCancellable *cancellable, GError **error)
{
  g_autoptr (MimeAttachment) attachment = get_attachment (save, save->position, error);
  g_autoptr (GBytes) data = attachment ? mime_attachment_dup_data (attachment) : NULL;

  return data && write_file (save->target, data, cancellable, error);
}

static gboolean
save_all (Save *save, GCancellable *cancellable, GError **error)
{
  guint n = g_list_model_get_n_items (model_body_get_attachments (save->body));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (MimeAttachment) attachment = get_attachment (save, i, error);
      g_autoptr (GBytes) data = attachment ? mime_attachment_dup_data (attachment) : NULL;

      if (!data || !write_new (save->target, mime_attachment_get_name (attachment), data, cancellable, error))
        return FALSE;
    }
  return TRUE;
}

static char *
make_folder (const char *cache, GError **error)
{
  g_autofree char *folder = g_build_filename (cache, "XXXXXX", NULL);

  if (g_mkdir_with_parents (cache, 0700) == 0 && g_mkdtemp_full (folder, 0700))
    return g_steal_pointer (&folder);
  g_set_error (error, BASE_ERROR, BASE_ERROR_FILE, "A folder for opened attachments cannot be made in %s", cache);
  return NULL;
}

/* Each in a folder of its own, so that the name is the attachment's; nobody else may look in, and a program that opens it cannot
 * write into what looks like the message. */
static gboolean
put_away (Save *save, GCancellable *cancellable, GError **error)
{
  g_autoptr (MimeAttachment) attachment = get_attachment (save, save->position, error);
  g_autofree char *folder = attachment ? make_folder (save->cache, error) : NULL;
  g_autofree char *path = NULL;
  g_autoptr (GBytes) data = NULL;

  if (!folder)
    return FALSE;
  path = g_build_filename (folder, mime_attachment_get_name (attachment), NULL);
  save->target = g_file_new_for_path (path);
  data = mime_attachment_dup_data (attachment);
  if (!write_file (save->target, data, cancellable, error))
    return FALSE;
  g_chmod (path, 0400);
  return TRUE;
}

/* The way back: a message from a file or an attachment */

static GBytes *
read_file (GFile *file, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *name = g_file_get_parse_name (file);
  g_autoptr (GFileInfo) info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_TYPE, G_FILE_QUERY_INFO_NONE, cancellable, &local_error);
  g_autoptr (GFileInputStream) stream = NULL;
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  /* A pipe would keep us for ever, a device never ends. */
  if (info && g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR)
    {
      g_set_error (error, BASE_ERROR, BASE_ERROR_FILE, "%s is not a file", name);
      return NULL;
    }
  stream = info ? g_file_read (file, cancellable, &local_error) : NULL;
  while (stream && bytes->len <= MODEL_SAVER_MAX_MESSAGE) /* by what comes: sizes lie */
    {
      g_autoptr (GBytes) piece = g_input_stream_read_bytes (G_INPUT_STREAM (stream), 1 << 20, cancellable, &local_error);

      if (!piece)
        break;
      if (g_bytes_get_size (piece) == 0)
        return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
      g_byte_array_append (bytes, g_bytes_get_data (piece, NULL), (guint) g_bytes_get_size (piece));
    }
  if (local_error)
    set_file_error (file, local_error, error);
  else
    g_set_error (error, BASE_ERROR, BASE_ERROR_FILE, "%s is too large to be a message", name);
  return NULL;
}

/* Anything can be read as a message: this is what makes one worth showing as such. */
static gboolean
looks_like_message (ModelBody *body)
{
  return model_body_get_from (body)->len > 0 || model_body_get_date (body) || model_body_get_subject (body)[0]
         || model_body_get_to (body)->len > 0;
}

static void
run_open_file (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  g_autoptr (GBytes) bytes = read_file (data, cancellable, &error);
  g_autoptr (ModelBody) body = bytes ? model_body_new_from_source (bytes) : NULL;
  g_autofree char *name = g_file_get_parse_name (data);

  if (!body)
    g_task_return_error (task, error);
  else if (looks_like_message (body))
    g_task_return_pointer (task, g_steal_pointer (&body), g_object_unref);
  else
    g_task_return_new_error (task, BASE_ERROR, BASE_ERROR_FILE, "%s is no e-mail message", name);
}

static void
run_open_attached (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Save *save = data;
  GError *error = NULL;
  g_autoptr (MimeAttachment) attachment = get_attachment (save, save->position, &error);
  g_autoptr (GBytes) bytes = NULL;

  if (!attachment)
    {
      g_task_return_error (task, error);
      return;
    }
  bytes = mime_attachment_dup_data (attachment);
  g_task_return_pointer (task, model_body_new_from_source (bytes), g_object_unref);
}

static void
run_save (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Save *save = data;
  GError *error = NULL;
  gboolean is_done;

  switch (save->kind)
    {
    case SAVE_ATTACHMENT:
      is_done = save_attachment (save, cancellable, &error);
      break;
    case SAVE_ALL:
      is_done = save_all (save, cancellable, &error);
      break;
    case SAVE_PUT_AWAY:
      is_done = put_away (save, cancellable, &error);
      break;
    case SAVE_BYTES:
      is_done = write_file (save->target, save->bytes, cancellable, &error);
      break;
    case SAVE_SOURCE:
    default:
      is_done = write_file (save->target, mime_message_get_source (model_body_get_message (save->body)), cancellable, &error);
      break;
    }
  if (is_done)
    g_task_return_pointer (task, g_object_ref (save->target), g_object_unref);
  else
    g_task_return_error (task, error);
}

static void
push (ModelSaver *self, GTask *task, GTaskThreadFunc func)
{
  if (!self->worker)
    self->worker = base_worker_new ("saver");
  base_worker_push (self->worker, task, func);
}

static void
start_save (ModelSaver *self, SaveKind kind, ModelBody *body, GBytes *bytes, guint position, GFile *target,
            GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Save *save = g_new0 (Save, 1);

  save->kind = kind;
  save->body = body ? g_object_ref (body) : NULL;
  save->bytes = bytes ? g_bytes_ref (bytes) : NULL;
  save->position = position;
  save->target = target ? g_object_ref (target) : NULL;
  save->cache = g_strdup (self->cache);
  g_task_set_task_data (task, save, save_free);
  push (self, task, run_save);
}

/* The cache holds one level of folders with one file each: what put_away () made. */
static void
clear_cache (const char *cache)
{
  g_autoptr (GDir) dir = g_dir_open (cache, 0, NULL);
  const char *name;

  while (dir && (name = g_dir_read_name (dir)))
    {
      g_autofree char *folder = g_build_filename (cache, name, NULL);
      g_autoptr (GDir) inner = NULL;

      if (g_file_test (folder, G_FILE_TEST_IS_SYMLINK))
        continue;
      inner = g_dir_open (folder, 0, NULL);
      while (inner && (name = g_dir_read_name (inner)))
        {
          g_autofree char *path = g_build_filename (folder, name, NULL);

          g_unlink (path);
        }
      g_rmdir (folder);
    }
}

static void
model_saver_dispose (GObject *object)
{
  ModelSaver *self = MODEL_SAVER (object);

  if (self->worker)
    base_worker_stop (self->worker);
  g_clear_object (&self->worker);
  G_OBJECT_CLASS (model_saver_parent_class)->dispose (object);
}

static void
model_saver_finalize (GObject *object)
{
  g_free (MODEL_SAVER (object)->cache);
  G_OBJECT_CLASS (model_saver_parent_class)->finalize (object);
}

static void
model_saver_class_init (ModelSaverClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = model_saver_dispose;
  G_OBJECT_CLASS (klass)->finalize = model_saver_finalize;
}

static void
model_saver_init (ModelSaver *self)
{
}

ModelSaver *
model_saver_new (const char *cache)
{
  ModelSaver *self = g_object_new (MODEL_TYPE_SAVER, NULL);

  self->cache = g_strdup (cache);
  clear_cache (cache);
  return self;
}

void
model_saver_save_attachment_async (ModelSaver *self, ModelBody *body, guint position, GFile *file,
                                   GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  start_save (self, SAVE_ATTACHMENT, body, NULL, position, file, cancellable, callback, user_data);
}

void
model_saver_save_all_async (ModelSaver *self, ModelBody *body, GFile *folder,
                            GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  start_save (self, SAVE_ALL, body, NULL, 0, folder, cancellable, callback, user_data);
}

void
model_saver_save_source_async (ModelSaver *self, ModelBody *body, GFile *file,
                               GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  start_save (self, SAVE_SOURCE, body, NULL, 0, file, cancellable, callback, user_data);
}

void
model_saver_save_bytes_async (ModelSaver *self, GBytes *bytes, GFile *file,
                              GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  start_save (self, SAVE_BYTES, NULL, bytes, 0, file, cancellable, callback, user_data);
}

void
model_saver_put_away_async (ModelSaver *self, ModelBody *body, guint position,
                            GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  start_save (self, SAVE_PUT_AWAY, body, NULL, position, NULL, cancellable, callback, user_data);
}

GFile *
model_saver_finish (ModelSaver *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

GFile *
model_saver_make_place (ModelSaver *self, const char *name, GError **error)
{
  g_autofree char *folder = make_folder (self->cache, error);

  return folder ? g_file_new_build_filename (folder, name, NULL) : NULL;
}

void
model_saver_open_file_async (ModelSaver *self, GFile *file, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_task_data (task, g_object_ref (file), g_object_unref);
  push (self, task, run_open_file);
}

void
model_saver_open_attached_async (ModelSaver *self, ModelBody *body, guint position,
                                 GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Save *save = g_new0 (Save, 1);

  save->body = g_object_ref (body);
  save->position = position;
  g_task_set_task_data (task, save, save_free);
  push (self, task, run_open_attached);
}

ModelBody *
model_saver_open_finish (ModelSaver *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
