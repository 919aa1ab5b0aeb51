/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A page written into a PDF, by way of GTK's printer that is a file. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define WEB_PDF_SECONDS 60 /* until it is given up: an operation may end without a word */

void web_pdf_save_async (GtkWidget *view, GFile *file, GAsyncReadyCallback callback, gpointer user_data);
gboolean web_pdf_save_finish (GtkWidget *view, GAsyncResult *result, GError **error);

G_END_DECLS
