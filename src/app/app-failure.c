/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is shown instead of the main window when the mail cannot be opened. */
#include "app-failure.h"

#include "app-words.h"
#include "base-config.h"

struct _AppFailure
{
  AdwApplicationWindow parent_instance;
  AdwStatusPage *page;
  GtkLabel *details;
};

G_DEFINE_FINAL_TYPE (AppFailure, app_failure, ADW_TYPE_APPLICATION_WINDOW)

static void
app_failure_class_init (AppFailureClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, POSTHORN_RESOURCE_PATH "/ui/app-failure.ui");
  gtk_widget_class_bind_template_child (widget_class, AppFailure, page);
  gtk_widget_class_bind_template_child (widget_class, AppFailure, details);
}

static void
app_failure_init (AppFailure *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

AppFailure *
app_failure_new (GtkApplication *application, const GError *error)
{
  AppFailure *self = g_object_new (APP_TYPE_FAILURE, "application", application, NULL);
  g_autofree char *sentence = app_words_error (error);
  g_autofree char *escaped = g_markup_escape_text (sentence, -1);
  g_autofree char *details = app_words_error_details (error);

  adw_status_page_set_description (self->page, escaped); /* takes markup */
  gtk_label_set_text (self->details, details ? details : "");
  return self;
}
