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

/* app_shortcuts_bind_deletion: of a window with messages: what other widgets have a use of their own for (a text that is typed, the folder tree) and
 * is the window's only where they let it pass; as the application's keys these would come before theirs */
void app_shortcuts_bind_deletion (GtkWidgetClass *klass);

G_END_DECLS
