/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The desktop's file dialogs. The one place that knows which of GTK's two this GTK has. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* All three: main thread; @title is translated; finish returns (transfer full), or %NULL: with %G_IO_ERROR_CANCELLED when the person
 * closed the dialog or @cancellable was cancelled. Results are g_object_unref'd. */

/* app_file_dialog_open_async: files to read; finish returns a GListModel of GFile with at least one */
void app_file_dialog_open_async (GtkWindow *parent, const char *title, gboolean is_multiple,
                                 GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GListModel *app_file_dialog_open_finish (GAsyncResult *result, GError **error);

/* app_file_dialog_save_async: one file to write; @name is proposed; the dialog asks before an existing one is chosen */
void app_file_dialog_save_async (GtkWindow *parent, const char *title, const char *name,
                                 GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GFile *app_file_dialog_save_finish (GAsyncResult *result, GError **error);

/* app_file_dialog_folder_async: a folder to put several files into */
void app_file_dialog_folder_async (GtkWindow *parent, const char *title,
                                   GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GFile *app_file_dialog_folder_finish (GAsyncResult *result, GError **error);

G_END_DECLS
