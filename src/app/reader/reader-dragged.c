/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An attachment on its way out of the window: a file, made when somebody wants to have it. */
#include "reader-dragged.h"

struct _ReaderDragged
{
  GdkContentProvider parent_instance;

  ModelSaver *saver;
  ModelBody *body;
  guint position;
};

G_DEFINE_FINAL_TYPE (ReaderDragged, reader_dragged, GDK_TYPE_CONTENT_PROVIDER)

typedef struct
{
  char *mime_type;
  GOutputStream *stream;
  int priority;
} Writing;

static void
writing_free (gpointer data)
{
  Writing *writing = data;

  g_free (writing->mime_type);
  g_object_unref (writing->stream);
  g_free (writing);
}

static GdkContentFormats *
reader_dragged_ref_formats (GdkContentProvider *provider)
{
  return gdk_content_formats_union_serialize_mime_types (gdk_content_formats_new_for_gtype (GDK_TYPE_FILE_LIST));
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;

  if (gdk_content_serialize_finish (result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
on_put_away (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Writing *writing = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  GError *error = NULL;
  g_autoptr (GFile) file = model_saver_finish (MODEL_SAVER (source), result, &error);
  g_auto (GValue) value = G_VALUE_INIT;
  GSList list = { .data = file };

  if (!file)
    {
      g_task_return_error (task, error);
      return;
    }
  g_value_init (&value, GDK_TYPE_FILE_LIST);
  g_value_set_boxed (&value, &list);
  gdk_content_serialize_async (writing->stream, writing->mime_type, &value, writing->priority, cancellable, on_written, g_steal_pointer (&task));
}

static void
reader_dragged_write_mime_type_async (GdkContentProvider *provider, const char *mime_type, GOutputStream *stream, int priority,
                                      GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  ReaderDragged *self = READER_DRAGGED (provider);
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Writing *writing = g_new0 (Writing, 1);

  writing->mime_type = g_strdup (mime_type);
  writing->stream = g_object_ref (stream);
  writing->priority = priority;
  g_task_set_task_data (task, writing, writing_free);
  model_saver_put_away_async (self->saver, self->body, self->position, cancellable, on_put_away, task);
}

static gboolean
reader_dragged_write_mime_type_finish (GdkContentProvider *provider, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
reader_dragged_finalize (GObject *object)
{
  ReaderDragged *self = READER_DRAGGED (object);

  g_object_unref (self->saver);
  g_object_unref (self->body);
  G_OBJECT_CLASS (reader_dragged_parent_class)->finalize (object);
}

static void
reader_dragged_class_init (ReaderDraggedClass *klass)
{
  GdkContentProviderClass *provider_class = GDK_CONTENT_PROVIDER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = reader_dragged_finalize;
  provider_class->ref_formats = reader_dragged_ref_formats;
  provider_class->write_mime_type_async = reader_dragged_write_mime_type_async;
  provider_class->write_mime_type_finish = reader_dragged_write_mime_type_finish;
}

static void
reader_dragged_init (ReaderDragged *self)
{
}

GdkContentProvider *
reader_dragged_new (ModelSaver *saver, ModelBody *body, guint position)
{
  ReaderDragged *self = g_object_new (READER_TYPE_DRAGGED, NULL);

  self->saver = g_object_ref (saver);
  self->body = g_object_ref (body);
  self->position = position;
  return GDK_CONTENT_PROVIDER (self);
}
