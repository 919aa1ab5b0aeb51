/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What keeps order beside the main window: the contacts. */
#pragma once

#include <adwaita.h>

#include "model-contacts.h"

G_BEGIN_DECLS

#define APP_TYPE_KEEPING (app_keeping_get_type ())
G_DECLARE_FINAL_TYPE (AppKeeping, app_keeping, APP, KEEPING, GObject)

/**
 * app_keeping_new:
 * @application: gets the actions app.contacts; borrowed, and outlives the object
 */
AppKeeping *app_keeping_new (GtkApplication *application, ModelContacts *contacts);

G_END_DECLS
