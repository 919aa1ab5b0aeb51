/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The program: builds store, accounts and engine, hands them down, and takes them apart in order. */
#include "app-application.h"

#include "base-config.h"

#include <glib/gi18n.h>

struct _AppApplication
{
  AdwApplication parent_instance;
};

G_DEFINE_FINAL_TYPE (AppApplication, app_application, ADW_TYPE_APPLICATION)

static void
app_application_activate (GApplication *application)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (application));

  if (!window)
    window = g_object_new (ADW_TYPE_APPLICATION_WINDOW, "application", application, "title", _("Posthorn"), NULL);
  gtk_window_present (window);
}

static void
app_application_class_init (AppApplicationClass *klass)
{
  G_APPLICATION_CLASS (klass)->activate = app_application_activate;
}

static void
app_application_init (AppApplication *self)
{
}

AppApplication *
app_application_new (void)
{
  return g_object_new (APP_TYPE_APPLICATION,
                       "application-id", POSTHORN_APP_ID,
                       "resource-base-path", POSTHORN_RESOURCE_PATH,
                       NULL);
}
