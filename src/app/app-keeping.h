/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What keeps order beside the main window: the contacts, the rules at work, and who is told of new mail. */
#pragma once

#include <adwaita.h>

#include "app-parts.h"

G_BEGIN_DECLS

#define APP_TYPE_KEEPING (app_keeping_get_type ())
G_DECLARE_FINAL_TYPE (AppKeeping, app_keeping, APP, KEEPING, GObject)

/**
 * app_keeping_new:
 * @application: gets the actions app.contacts, app.edit-contact (of its id), app.rules, and app.create-rule (of a message's id); borrowed, and outlives the object
 * @trace: is told what was cleared away
 *
 * From now on old mail in Deleted and Junk goes where an account wants it to, the rules sort what arrives, and notifications tell of it.
 */
AppKeeping *app_keeping_new (GtkApplication *application, const AppParts *parts, BaseTrace *trace);

/* app_keeping_stop: joins the thread of the rules; call before the store is closed */
void app_keeping_stop (AppKeeping *self);

G_END_DECLS
