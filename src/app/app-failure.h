/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is shown instead of the main window when the mail cannot be opened. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define APP_TYPE_FAILURE (app_failure_get_type ())
G_DECLARE_FINAL_TYPE (AppFailure, app_failure, APP, FAILURE, AdwApplicationWindow)

AppFailure *app_failure_new (GtkApplication *application, const GError *error);

G_END_DECLS
