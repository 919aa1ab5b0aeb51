/* SPDX-License-Identifier: GPL-3.0-or-later */
/* New mail as notifications of the desktop: from whom, and what can be done at once. */
#pragma once

#include <gtk/gtk.h>

#include "app-parts.h"
#include "model-news.h"

G_BEGIN_DECLS

#define APP_TYPE_NEWS (app_news_get_type ())
G_DECLARE_FINAL_TYPE (AppNews, app_news, APP, NEWS, GObject)

/* More of one account's than this are told as one. */
#define APP_NEWS_MAX_SINGLE 3

/**
 * app_news_new:
 * @application: gets the actions that the notifications activate, also when one starts the program: app.open-message, app.mark-read,
 *   app.delete-message (x: a message's id) and app.open-folder (x); borrowed, and outlives the object
 *
 * Nothing is told of a folder that the main window shows while it is active, of what a server got before the account was first known here, nor
 * of an account whose notifications are off (app_news_set_wanted ()). What was read, moved or deleted, or is looked at, is withdrawn.
 */
AppNews *app_news_new (GtkApplication *application, const AppParts *parts, ModelNews *news);

/* Whether mail that comes by @account is told; it is until somebody says otherwise */
gboolean app_news_is_wanted (AppState *state, gint64 account);
void app_news_set_wanted (AppState *state, gint64 account, gboolean is_wanted);

G_END_DECLS
