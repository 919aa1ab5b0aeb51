/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands between a hostile page and the world: every way to load or run something shut more than once. */
#pragma once

#include <webkit/webkit.h>

G_BEGIN_DECLS

#define WEB_TYPE_WALL (web_wall_get_type ())
G_DECLARE_FINAL_TYPE (WebWall, web_wall, WEB, WALL, GObject)

typedef enum
{
  WEB_WALL_TO_READ,
  WEB_WALL_TO_WRITE,   /* our own scripts run, none of the page's */
} WebWallPage;

/**
 * web_wall_new:
 * @folder: for the compiled filter
 *
 * A web context with a memory-only network session whose proxy is a port that nobody listens on: not even a name is looked up. The schemes
 * "cid" and "remote" (html-url.h) are answered by us (web-schemes.h). Main thread.
 */
WebWall *web_wall_new (const char *folder);

/* web_wall_prepare_async: tries the sandbox (web-sandbox.h) and compiles the content filter: all is blocked but cid:, data:, remote: and about:.
 * Without both no page may be shown; no process of WebKit's runs before. */
void web_wall_prepare_async (WebWall *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
WebKitUserContentFilter *web_wall_prepare_finish (WebWall *self, GAsyncResult *result, GError **error);

/**
 * web_wall_new_view:
 * @related: (nullable): shares its process
 * @contents: its filter and style sheets
 * @page: what is done with it
 *
 * Scripts, plugins, media, storage, preconnection off; a Content-Security-Policy that allows pictures of our schemes and inline style; all
 * navigation refused but to the page itself; permissions, dialogs, windows, files refused. A click on a link calls
 * @on_link (uri, @data), nothing else.
 *
 * Returns: (transfer floating)
 */
WebKitWebView *web_wall_new_view (WebWall *self, WebKitWebView *related, WebKitUserContentManager *contents, WebWallPage page,
                                  void (*on_link) (const char *uri, gpointer data), gpointer data);

G_END_DECLS
