/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Makes JPEG pictures smaller: gdk-pixbuf does the work in threads of its own. */
#include "composer-photos.h"

#include "model-draft-file.h"

#include <gdk-pixbuf/gdk-pixbuf.h>

#define MIN_SIZE (300 * 1000)
#define QUALITY "85"

typedef struct
{
  GPtrArray *files;          /* of ModelDraftFile that are to be made smaller */
  guint n_done;
  int pixels;
  GOutputStream *stream;     /* of the one at hand */
} Shrinking;

static void
shrinking_free (Shrinking *self)
{
  g_ptr_array_unref (self->files);
  g_clear_object (&self->stream);
  g_free (self);
}

static void shrink_next (GTask *task);

static gboolean
is_photo (ModelDraftFile *file)
{
  return g_str_equal (model_draft_file_get_content_type (file), "image/jpeg") && model_draft_file_get_size (file) > MIN_SIZE;
}

static GPtrArray *
list_photos (ModelDraft *draft)
{
  GListModel *files = model_draft_get_files (draft);
  GPtrArray *photos = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr (ModelDraftFile) file = g_list_model_get_item (files, i);

      if (is_photo (file))
        g_ptr_array_add (photos, g_steal_pointer (&file));
    }
  return photos;
}

gint64
composer_photos_get_size (ModelDraft *draft)
{
  g_autoptr (GPtrArray) photos = list_photos (draft);
  gint64 size = 0;

  for (guint i = 0; i < photos->len; i++)
    size += model_draft_file_get_size (g_ptr_array_index (photos, i));
  return size;
}

/* In the place of the one that it was. */
static void
put_back (GTask *task, GBytes *bytes)
{
  Shrinking *self = g_task_get_task_data (task);
  GListModel *files = model_draft_get_files (g_task_get_source_object (task));
  ModelDraftFile *old = g_ptr_array_index (self->files, self->n_done);
  guint position;

  if ((gint64) g_bytes_get_size (bytes) < model_draft_file_get_size (old) && g_list_store_find (G_LIST_STORE (files), old, &position))
    {
      g_autoptr (ModelDraftFile) file = model_draft_file_new (model_draft_file_get_name (old), "image/jpeg", bytes);
      gpointer items[] = { file };

      g_list_store_splice (G_LIST_STORE (files), position, 1, items, 1);
    }
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  Shrinking *self = g_task_get_task_data (task);

  if (gdk_pixbuf_save_to_stream_finish (result, NULL) && g_output_stream_close (self->stream, NULL, NULL))
    {
      g_autoptr (GBytes) bytes = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (self->stream));

      put_back (task, bytes);
    }
  self->n_done++;
  shrink_next (task);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  Shrinking *self = g_task_get_task_data (task);
  g_autoptr (GdkPixbuf) read = gdk_pixbuf_new_from_stream_finish (result, NULL);
  g_autoptr (GdkPixbuf) upright = read ? gdk_pixbuf_apply_embedded_orientation (read) : NULL;
  g_autoptr (GdkPixbuf) bare = NULL;

  if (!upright)
    {
      self->n_done++;
      shrink_next (task);
      return;
    }
  bare = gdk_pixbuf_copy (upright);
  g_clear_object (&self->stream);
  self->stream = g_memory_output_stream_new_resizable ();
  gdk_pixbuf_save_to_stream_async (bare, self->stream, "jpeg", g_task_get_cancellable (task), on_written, task, "quality", QUALITY, NULL);
}

/* Takes @task over. */
static void
shrink_next (GTask *task)
{
  Shrinking *self = g_task_get_task_data (task);
  g_autoptr (GInputStream) stream = NULL;

  if (self->n_done == self->files->len || g_cancellable_is_cancelled (g_task_get_cancellable (task)))
    {
      g_task_return_boolean (task, TRUE);
      g_object_unref (task);
      return;
    }
  stream = g_memory_input_stream_new_from_bytes (model_draft_file_get_data (g_ptr_array_index (self->files, self->n_done)));
  gdk_pixbuf_new_from_stream_at_scale_async (stream, self->pixels, self->pixels, TRUE, g_task_get_cancellable (task), on_read, task);
}

void
composer_photos_shrink_async (ModelDraft *draft, int pixels, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (draft, cancellable, callback, user_data);
  Shrinking *self = g_new0 (Shrinking, 1);

  g_task_set_source_tag (task, composer_photos_shrink_async);
  self->files = list_photos (draft);
  self->pixels = pixels;
  g_task_set_task_data (task, self, (GDestroyNotify) shrinking_free);
  shrink_next (task);
}

gboolean
composer_photos_shrink_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
