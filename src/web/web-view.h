/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The widget that shows a page behind the wall. See web-api.h for what it does and says. */
#pragma once

#include <webkit/webkit.h>

#include "web-api.h"

G_BEGIN_DECLS

#define WEB_TYPE_VIEW (web_view_get_type ())
G_DECLARE_FINAL_TYPE (WebView, web_view, WEB, VIEW, GtkWidget)

GtkWidget *web_view_new (const char *folder, GtkWidget *related);

/* web_view_new_editable: for web-editor.c: our scripts run in it */
GtkWidget *web_view_new_editable (const char *folder);
WebKitWebView *web_view_get_web (GtkWidget *view); /* (transfer none): for web-pdf.c and web-editor.c */
void web_view_show (GtkWidget *view, const WebPage *page);
void web_view_set_zoom (GtkWidget *view, double zoom);
void web_view_find (GtkWidget *view, const char *text, int step);
void web_view_select_all (GtkWidget *view);
void web_view_copy (GtkWidget *view);
void web_view_print (GtkWidget *view, GtkWindow *parent);
void web_view_snapshot_async (GtkWidget *view, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GdkTexture *web_view_snapshot_finish (GtkWidget *view, GAsyncResult *result, GError **error);

G_END_DECLS
