/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window that says what this is. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void app_about_present (GtkWindow *parent);

G_END_DECLS
