/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Everything that is being written: opens composers, and tells the main window what became of them. */
#pragma once

#include <adwaita.h>

#include "app-parts.h"

G_BEGIN_DECLS

typedef struct _Store Store;

#define APP_TYPE_WRITING (app_writing_get_type ())
G_DECLARE_FINAL_TYPE (AppWriting, app_writing, APP, WRITING, GObject)

/**
 * app_writing_new:
 * @parts: held for as long as the object lives
 *
 * Adds the application's actions compose, mailto (s), reply, reply-all, reply-list, forward, forward-attached, edit-as-new, redirect and
 * edit (each of a message's id, x), and those
 * of its toasts. When the session ends, what was typed is saved first. Main thread.
 */
AppWriting *app_writing_new (GtkApplication *application, Store *store, const AppParts *parts);

/* app_writing_follow: message @id has gone into the Outbox: a toast with Undo, and it is sent when its time has come */
void app_writing_follow (AppWriting *self, gint64 id);

/* app_writing_resume: opens what was being written when the program ended without closing it */
void app_writing_resume (AppWriting *self);

void app_writing_compose_mailto (AppWriting *self, const char *uri);

G_END_DECLS
