/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Answers with one button: actions of the application. */
#pragma once

#include <gtk/gtk.h>

#include "app-parts.h"
#include "app-writing.h"

G_BEGIN_DECLS

#define APP_TYPE_ANSWERS (app_answers_get_type ())
G_DECLARE_FINAL_TYPE (AppAnswers, app_answers, APP, ANSWERS, GObject)

/**
 * app_answers_new:
 * @writing: follows what goes into the Outbox
 *
 * Adds the application's actions tell-read and refuse-receipt (a message's id, x), and answer-invitation
 * ((xs): likewise, and accept, maybe or decline), and gives the windows of single messages the accounts and folders. They go when the object is disposed. Main thread.
 */
AppAnswers *app_answers_new (GtkApplication *application, Store *store, const AppParts *parts, AppWriting *writing);

G_END_DECLS
