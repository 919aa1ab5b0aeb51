/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether this system lets WebKit lock its processes in: it ends the whole program where it cannot. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define WEB_SANDBOX_SECONDS 20 /* for a system under load; it takes a hundredth of a second */

/**
 * web_sandbox_check_async:
 *
 * Does once what WebKit does for each of its processes: starts bubblewrap with namespaces of its own, and in it the proxy that stands between
 * a page and the desktop. Inside Flatpak, which brings a sandbox of its own, there is nothing to try. Main thread.
 */
void web_sandbox_check_async (GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);

/* web_sandbox_check_finish: %FALSE with %G_IO_ERROR_NOT_SUPPORTED and what bubblewrap said, or %G_IO_ERROR_CANCELLED */
gboolean web_sandbox_check_finish (GAsyncResult *result, GError **error);

G_END_DECLS
