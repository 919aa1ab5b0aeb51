/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window that says what this is. The one place that knows which of libadwaita's two there is. */
#include "app-about.h"

#include "base-config.h"

#include <adwaita.h>
#include <glib/gi18n.h>

void
app_about_present (GtkWindow *parent)
{
  static const char *const developers[] = { "The Posthorn contributors", NULL };
  const char *comments = _("A mail client that loses nothing, leaks nothing and lets nobody wait");

#if ADW_CHECK_VERSION (1, 5, 0)
  adw_show_about_dialog (GTK_WIDGET (parent),
#else
  adw_show_about_window (parent,
#endif
                         "application-name", "Posthorn",
                         "application-icon", POSTHORN_APP_ID,
                         "version", POSTHORN_VERSION,
                         "comments", comments,
                         "developer-name", _("The Posthorn contributors"),
                         "developers", developers,
                         "license-type", GTK_LICENSE_GPL_3_0,
                         NULL);
}
