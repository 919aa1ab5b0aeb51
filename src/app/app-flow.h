/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Children one after the other in lines, as words in a text; one that expands, the last, takes what is left of its line. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define APP_TYPE_FLOW (app_flow_get_type ())
G_DECLARE_FINAL_TYPE (AppFlow, app_flow, APP, FLOW, GtkLayoutManager)

G_END_DECLS
