/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Opens a link that somebody clicked in a message. */
#include "reader-opener.h"

#include "app-alert.h"
#include "base-config.h"
#include "base-error.h"

#include <glib/gi18n.h>
#include <string.h>

typedef struct
{
  GtkWidget *widget;
  char *uri;
  ReaderOpenerFunc on_failed;
} Opening;

static Opening *
opening_new (GtkWidget *widget, const char *uri, ReaderOpenerFunc on_failed)
{
  Opening *self = g_new0 (Opening, 1);

  self->widget = g_object_ref (widget);
  self->uri = g_strdup (uri);
  self->on_failed = on_failed;
  return self;
}

static void
opening_free (gpointer data)
{
  Opening *self = data;

  g_object_unref (self->widget);
  g_free (self->uri);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Opening, opening_free)

/* Nothing but the web and mail: what else a desktop opens by an address, a mail may not ask for. */
gboolean
reader_opener_may_open (const char *uri)
{
  static const char *const schemes[] = { "http:", "https:", "mailto:" };

  for (gsize i = 0; i < G_N_ELEMENTS (schemes); i++)
    if (g_ascii_strncasecmp (uri, schemes[i], strlen (schemes[i])) == 0)
      return TRUE;
  return FALSE;
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Opening) opening = data;
  g_autoptr (GError) error = NULL;

  if (!g_app_info_launch_default_for_uri_finish (result, &error))
    opening->on_failed (opening->widget, error);
}

static void
open_now (GtkWidget *widget, const char *uri, ReaderOpenerFunc on_failed)
{
  g_autoptr (GdkAppLaunchContext) context = NULL;

  if (!reader_opener_may_open (uri))
    {
      g_autoptr (GError) error = g_error_new (BASE_ERROR, BASE_ERROR_INVALID, "This kind of link is not opened: %s", uri);

      on_failed (widget, error);
      return;
    }
  if (g_ascii_strncasecmp (uri, "mailto:", 7) == 0 && gtk_widget_activate_action (widget, "app.mailto", "s", uri))
    return;
  context = gdk_display_get_app_launch_context (gtk_widget_get_display (widget));
  g_app_info_launch_default_for_uri_async (uri, G_APP_LAUNCH_CONTEXT (context), NULL, on_opened, opening_new (widget, uri, on_failed));
}

static void
on_answered (const char *choice, gpointer data)
{
  Opening *opening = data;

  if (g_str_equal (choice, "open"))
    open_now (opening->widget, opening->uri, opening->on_failed);
}

void
reader_opener_open (GtkWidget *widget, const char *uri, gboolean is_misleading, ReaderOpenerFunc on_failed)
{
  const AppAlertChoice choices[] = {
    { "cancel", _("_Do Not Open"), APP_ALERT_SUGGESTED },
    { "open", _("_Open Anyway"), APP_ALERT_DESTRUCTIVE },
  };
  g_autofree char *text = NULL;

  if (!is_misleading)
    {
      open_now (widget, uri, on_failed);
      return;
    }
  /* Translators: %s is the address that the link really has */
  text = g_strdup_printf (_("The text of this link names another place than it leads to:\n\n%s\n\nForgers do this to get passwords."), uri);
  app_alert_present (GTK_WINDOW (gtk_widget_get_root (widget)), _("This Link Leads Elsewhere"), text, choices, G_N_ELEMENTS (choices),
                     on_answered, opening_new (widget, uri, on_failed), opening_free);
}
