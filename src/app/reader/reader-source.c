/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The source of a message in a window. */
#include "reader-source.h"

#include "base-config.h"

#include <adwaita.h>
#include <glib/gi18n.h>

void
reader_source_present (GtkWindow *parent, ModelBody *body)
{
  g_autoptr (GtkBuilder) builder = gtk_builder_new_from_resource (POSTHORN_RESOURCE_PATH "/ui/reader/reader-source.ui");
  GtkWindow *window = GTK_WINDOW (gtk_builder_get_object (builder, "window"));
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (gtk_builder_get_object (builder, "buffer"));
  g_autofree char *source = model_body_dup_source_text (body);
  const char *subject = model_body_get_subject (body);

  gtk_text_buffer_set_text (buffer, source, -1);
  gtk_window_set_title (window, subject[0] ? subject : _("Source"));
  gtk_window_set_transient_for (window, parent);
  gtk_window_present (window);
}
