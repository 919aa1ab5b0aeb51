/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks for files: GtkFileDialog where GTK has it (4.10), GtkFileChooserNative before. */
#include "app-file-dialog.h"

#include <glib/gi18n.h>

#if GTK_CHECK_VERSION (4, 10, 0)

/* A closed dialog is the same to callers as a cancelled wait. */
static void
return_object (GTask *task, gpointer object, GError *error)
{
  if (object)
    g_task_return_pointer (task, object, g_object_unref);
  else if (g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_FAILED))
    g_task_return_error (task, error);
  else
    {
      g_clear_error (&error);
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "The file dialog was closed");
    }
}

static void
on_opened_many (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  GListModel *files = gtk_file_dialog_open_multiple_finish (GTK_FILE_DIALOG (source), result, &error);

  return_object (task, files, error);
}

static void
on_opened_one (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  g_autoptr (GFile) file = gtk_file_dialog_open_finish (GTK_FILE_DIALOG (source), result, &error);
  GListStore *files = file ? g_list_store_new (G_TYPE_FILE) : NULL;

  if (files)
    g_list_store_append (files, file);
  return_object (task, files, error);
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  GFile *file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, &error);

  return_object (task, file, error);
}

static void
on_folder (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  GFile *file = gtk_file_dialog_select_folder_finish (GTK_FILE_DIALOG (source), result, &error);

  return_object (task, file, error);
}

static GtkFileDialog *
make_dialog (const char *title, const char *name)
{
  GtkFileDialog *dialog = gtk_file_dialog_new ();

  gtk_file_dialog_set_title (dialog, title);
  if (name)
    gtk_file_dialog_set_initial_name (dialog, name);
  return dialog;
}

static void
show_open (GTask *task, GtkWindow *parent, const char *title, gboolean is_multiple)
{
  g_autoptr (GtkFileDialog) dialog = make_dialog (title, NULL);

  if (is_multiple)
    gtk_file_dialog_open_multiple (dialog, parent, g_task_get_cancellable (task), on_opened_many, task);
  else
    gtk_file_dialog_open (dialog, parent, g_task_get_cancellable (task), on_opened_one, task);
}

static void
show_save (GTask *task, GtkWindow *parent, const char *title, const char *name)
{
  g_autoptr (GtkFileDialog) dialog = make_dialog (title, name);

  gtk_file_dialog_save (dialog, parent, g_task_get_cancellable (task), on_saved, task);
}

static void
show_folder (GTask *task, GtkWindow *parent, const char *title)
{
  g_autoptr (GtkFileDialog) dialog = make_dialog (title, NULL);

  gtk_file_dialog_select_folder (dialog, parent, g_task_get_cancellable (task), on_folder, task);
}

#else

/* The native dialog is no widget: the task holds it, and the answer (or the cancellable) lets go of both. */
static void
on_native_response (GtkNativeDialog *dialog, int response, gpointer data)
{
  GTask *task = data;
  g_autoptr (GListModel) files = NULL;
  gboolean is_open = g_task_get_source_tag (task) == app_file_dialog_open_async;

  g_signal_handlers_disconnect_by_data (dialog, task);
  gtk_native_dialog_hide (dialog);
  if (response == GTK_RESPONSE_ACCEPT)
    files = gtk_file_chooser_get_files (GTK_FILE_CHOOSER (dialog));
  if (g_task_return_error_if_cancelled (task))
    ;
  else if (!files || g_list_model_get_n_items (files) == 0)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "The file dialog was closed");
  else if (is_open)
    g_task_return_pointer (task, g_steal_pointer (&files), g_object_unref);
  else
    g_task_return_pointer (task, g_list_model_get_item (files, 0), g_object_unref);
  g_object_unref (task);
}

static gboolean
on_cancelled (GCancellable *cancellable, gpointer data)
{
  GTask *task = data;

  on_native_response (g_task_get_task_data (task), GTK_RESPONSE_CANCEL, task);
  return G_SOURCE_REMOVE;
}

/* In an idle moment of the main loop, because a cancellable may be cancelled in any thread. */
static void
watch_cancellable (GTask *task)
{
  GCancellable *cancellable = g_task_get_cancellable (task);
  g_autoptr (GSource) source = NULL;

  if (!cancellable)
    return;
  source = g_cancellable_source_new (cancellable);
  g_source_set_static_name (source, "file dialog cancelled");
  g_source_set_callback (source, G_SOURCE_FUNC (on_cancelled), task, NULL);
  g_source_attach (source, g_task_get_context (task));
  g_object_set_data_full (G_OBJECT (g_task_get_task_data (task)), "cancelled-source", g_source_ref (source), (GDestroyNotify) g_source_unref);
  g_signal_connect_swapped (g_task_get_task_data (task), "response", G_CALLBACK (g_source_destroy), source);
}

static GtkFileChooserNative *
show_native (GTask *task, GtkWindow *parent, const char *title, GtkFileChooserAction action, const char *accept)
{
  GtkFileChooserNative *native = gtk_file_chooser_native_new (title, parent, action, accept, NULL);

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (native), TRUE);
  g_task_set_task_data (task, native, g_object_unref);
  watch_cancellable (task);
  g_signal_connect (native, "response", G_CALLBACK (on_native_response), task);
  return native;
}

static void
show_open (GTask *task, GtkWindow *parent, const char *title, gboolean is_multiple)
{
  GtkFileChooserNative *native = show_native (task, parent, title, GTK_FILE_CHOOSER_ACTION_OPEN, _("_Open"));

  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (native), is_multiple);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (native));
}

static void
show_save (GTask *task, GtkWindow *parent, const char *title, const char *name)
{
  GtkFileChooserNative *native = show_native (task, parent, title, GTK_FILE_CHOOSER_ACTION_SAVE, _("_Save"));

  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (native), name);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (native));
}

static void
show_folder (GTask *task, GtkWindow *parent, const char *title)
{
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (show_native (task, parent, title, GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, _("_Choose"))));
}

#endif

static GTask *
make_task (gpointer tag, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, tag);
  return task;
}

void
app_file_dialog_open_async (GtkWindow *parent, const char *title, gboolean is_multiple,
                            GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  show_open (make_task (app_file_dialog_open_async, cancellable, callback, user_data), parent, title, is_multiple);
}

GListModel *
app_file_dialog_open_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
app_file_dialog_save_async (GtkWindow *parent, const char *title, const char *name,
                            GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  show_save (make_task (app_file_dialog_save_async, cancellable, callback, user_data), parent, title, name);
}

GFile *
app_file_dialog_save_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
app_file_dialog_folder_async (GtkWindow *parent, const char *title,
                              GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  show_folder (make_task (app_file_dialog_folder_async, cancellable, callback, user_data), parent, title);
}

GFile *
app_file_dialog_folder_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
