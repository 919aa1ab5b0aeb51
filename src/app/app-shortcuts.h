/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The keys of the main window, in one table: those of Outlook Express and Thunderbird where the two agree, and GNOME's. What they do stands in
 * data/ui/gtk/help-overlay.ui, which a test compares with what is here. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* app_shortcuts_add: the keys that mean the same wherever one is */
void app_shortcuts_add (GtkApplication *application);

/* app_shortcuts_add_to_pane: those that are for messages alone, and would do harm while something is typed elsewhere */
void app_shortcuts_add_to_pane (GtkWidget *pane);

G_END_DECLS
