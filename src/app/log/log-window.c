/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window with the connection log. */
#include "log-window.h"

#include "app-file-dialog.h"
#include "app-toast.h"
#include "base-config.h"

#include <glib/gi18n.h>
#include <string.h>

#define REFRESH_SECONDS 1

#define LOG_TYPE_WINDOW (log_window_get_type ())
G_DECLARE_FINAL_TYPE (LogWindow, log_window, LOG, WINDOW, AdwWindow)

struct _LogWindow
{
  AdwWindow parent_instance;

  BaseTrace *trace;
  char *text;                  /* what is shown */
  guint refresh_source;
  GCancellable *cancellable;   /* of the saving */

  /* the template's */
  GtkStack *stack;
  GtkTextView *text_view;
  GtkScrolledWindow *scroller;
  AdwToastOverlay *toasts;
};

G_DEFINE_FINAL_TYPE (LogWindow, log_window, ADW_TYPE_WINDOW)

#define OPEN_KEY "log-window" /* on the parent */

/* Who reads the end goes on reading the end; who has scrolled back is left alone. */
static void
refresh (LogWindow *self)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->text_view);
  g_autofree char *text = base_trace_dup_text (self->trace);
  gboolean was_at_end = gtk_adjustment_get_value (adjustment) + gtk_adjustment_get_page_size (adjustment) >= gtk_adjustment_get_upper (adjustment) - 1;
  GtkTextIter end;

  if (self->text && g_str_equal (self->text, text))
    return;
  if (gtk_text_buffer_get_has_selection (buffer))
    return; /* somebody is about to copy: the rest comes when they are done */
  gtk_stack_set_visible_child_name (self->stack, *text ? "text" : "empty");
  if (self->text && g_str_has_prefix (text, self->text))
    {
      gtk_text_buffer_get_end_iter (buffer, &end);
      gtk_text_buffer_insert (buffer, &end, text + strlen (self->text), -1);
    }
  else
    gtk_text_buffer_set_text (buffer, text, -1);
  g_free (self->text);
  self->text = g_steal_pointer (&text);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "log.copy", *self->text);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "log.save", *self->text);
  if (!was_at_end)
    return;
  gtk_text_buffer_get_end_iter (buffer, &end);
  gtk_text_buffer_place_cursor (buffer, &end);
  gtk_text_view_scroll_to_mark (self->text_view, gtk_text_buffer_get_insert (buffer), 0, TRUE, 0, 1);
}

static gboolean
on_refresh_due (gpointer data)
{
  refresh (data);
  return G_SOURCE_CONTINUE;
}

static void
on_copy (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LogWindow *self = LOG_WINDOW (widget);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), self->text);
  adw_toast_overlay_add_toast (self->toasts, app_toast_new (_("Copied")));
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (LogWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_file_get_basename (G_FILE (source));
  g_autofree char *words = NULL;

  if (!g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    words = g_strdup_printf (_("The log could not be saved as “%s”."), name);
  else
    words = g_strdup_printf (_("Saved as “%s”"), name);
  if (self->toasts && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    adw_toast_overlay_add_toast (self->toasts, app_toast_new (words));
}

static void
on_file_chosen (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (LogWindow) self = data;
  g_autoptr (GFile) file = app_file_dialog_save_finish (result, NULL);
  g_autoptr (GBytes) bytes = NULL;

  if (!file || !self->text)
    return;
  bytes = g_bytes_new (self->text, strlen (self->text));
  g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE, G_FILE_CREATE_PRIVATE, self->cancellable, on_saved, g_object_ref (self));
}

static void
on_save (GtkWidget *widget, const char *action, GVariant *parameter)
{
  app_file_dialog_save_async (GTK_WINDOW (widget), _("Save Connection Log"), "posthorn-log.txt", LOG_WINDOW (widget)->cancellable,
                              on_file_chosen, g_object_ref (widget));
}

static void
log_window_dispose (GObject *object)
{
  LogWindow *self = LOG_WINDOW (object);
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));

  if (parent && g_object_get_data (G_OBJECT (parent), OPEN_KEY) == self)
    g_object_set_data (G_OBJECT (parent), OPEN_KEY, NULL);
  g_clear_handle_id (&self->refresh_source, g_source_remove);
  if (self->cancellable)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->trace);
  g_clear_pointer (&self->text, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), LOG_TYPE_WINDOW);
  G_OBJECT_CLASS (log_window_parent_class)->dispose (object);
}

static void
log_window_class_init (LogWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = log_window_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, POSTHORN_RESOURCE_PATH "/ui/log/log-window.ui");
  gtk_widget_class_bind_template_child (widget_class, LogWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, LogWindow, text_view);
  gtk_widget_class_bind_template_child (widget_class, LogWindow, scroller);
  gtk_widget_class_bind_template_child (widget_class, LogWindow, toasts);
  gtk_widget_class_install_action (widget_class, "log.copy", NULL, on_copy);
  gtk_widget_class_install_action (widget_class, "log.save", NULL, on_save);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, "log.save", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_w, GDK_CONTROL_MASK, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
log_window_init (LogWindow *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
log_window_present (GtkWindow *parent, BaseTrace *trace)
{
  LogWindow *self = g_object_get_data (G_OBJECT (parent), OPEN_KEY);

  if (!self)
    {
      self = g_object_new (LOG_TYPE_WINDOW, "transient-for", parent, NULL);
      self->trace = g_object_ref (trace);
      self->refresh_source = g_timeout_add_seconds (REFRESH_SECONDS, on_refresh_due, self);
      g_object_set_data (G_OBJECT (parent), OPEN_KEY, self);
      refresh (self);
    }
  gtk_window_present (GTK_WINDOW (self));
}
