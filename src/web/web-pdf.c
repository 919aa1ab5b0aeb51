/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A page written into a PDF, by way of GTK's printer that is a file. */
#include "web-pdf.h"

#include "web-view.h"

#include <libintl.h>
#include <webkit/webkit.h>

typedef struct
{
  WebKitPrintOperation *operation;
  guint clock;
  gboolean is_over;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_clear_handle_id (&job->clock, g_source_remove);
  g_signal_handlers_disconnect_by_data (job->operation, job);
  g_object_unref (job->operation);
  g_free (job);
}

/* The operation's signals come once or not at all; "finished" follows "failed" too. */
static void
end (GTask *task, const GError *error)
{
  Job *job = g_task_get_task_data (task);

  if (job->is_over)
    return;
  job->is_over = TRUE;
  g_signal_handlers_disconnect_by_data (job->operation, task);
  g_clear_handle_id (&job->clock, g_source_remove);
  if (error)
    g_task_return_error (task, g_error_copy (error));
  else
    g_task_return_boolean (task, TRUE);
  g_object_unref (task);
}

static void
on_finished (WebKitPrintOperation *operation, GTask *task)
{
  end (task, NULL);
}

static void
on_failed (WebKitPrintOperation *operation, GError *error, GTask *task)
{
  end (task, error);
}

static gboolean
on_late (gpointer data)
{
  g_autoptr (GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "The page was not written in time");
  Job *job = g_task_get_task_data (data);

  job->clock = 0;
  end (data, error);
  return G_SOURCE_REMOVE;
}

void
web_pdf_save_async (GtkWidget *view, GFile *file, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (view, NULL, callback, user_data);
  g_autoptr (GtkPrintSettings) settings = gtk_print_settings_new ();
  g_autofree char *uri = g_file_get_uri (file);
  Job *job = g_new0 (Job, 1);

  /* The printer goes by its name in GTK's own translation. */
  gtk_print_settings_set_printer (settings, dgettext ("gtk40", "Print to File"));
  gtk_print_settings_set (settings, GTK_PRINT_SETTINGS_OUTPUT_URI, uri);
  gtk_print_settings_set (settings, GTK_PRINT_SETTINGS_OUTPUT_FILE_FORMAT, "pdf");
  job->operation = webkit_print_operation_new (web_view_get_web (view));
  webkit_print_operation_set_print_settings (job->operation, settings);
  g_task_set_task_data (task, job, job_free);
  g_signal_connect (job->operation, "finished", G_CALLBACK (on_finished), task);
  g_signal_connect (job->operation, "failed", G_CALLBACK (on_failed), task);
  job->clock = g_timeout_add_seconds (WEB_PDF_SECONDS, on_late, task);
  webkit_print_operation_print (job->operation);
}

gboolean
web_pdf_save_finish (GtkWidget *view, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
