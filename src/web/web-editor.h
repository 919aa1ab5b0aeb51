/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A page behind the wall that a person writes in. See web-api.h for what it does and says. */
#pragma once

#include "web-api.h"

G_BEGIN_DECLS

GtkWidget *web_editor_new (const char *folder);
void web_editor_check_spelling (GtkWidget *view, const char *const *languages);
void web_editor_show (GtkWidget *editor, const WebPage *page, WebCaret caret);
void web_editor_command (GtkWidget *editor, const char *command, const char *value);
void web_editor_link (GtkWidget *editor, const char *uri);
void web_editor_insert_picture (GtkWidget *editor, const char *content_id, const char *name);
void web_editor_paste (GtkWidget *editor, GdkClipboard *clipboard);
void web_editor_swap_signature (GtkWidget *editor, const char *old, const char *signature);
void web_editor_read_async (GtkWidget *editor, GAsyncReadyCallback callback, gpointer user_data);
char *web_editor_read_finish (GtkWidget *editor, GAsyncResult *result, GError **error);

G_END_DECLS
