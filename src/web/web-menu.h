/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page's context menu: nothing of a browser's but copying and links. */
#pragma once

#include <webkit/webkit.h>

G_BEGIN_DECLS

/* web_menu_attach: @is_written: words to choose for one that is misspelt, cutting and pasting (the action "editor.paste"); @on_link is called when somebody chooses to open the link under the pointer */
void web_menu_attach (WebKitWebView *web, gboolean is_written, void (*on_link) (const char *uri, gpointer data), gpointer data);

G_END_DECLS
