/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names for the parts inside the toolkit's widgets that no template can reach, so that a screen reader says words for them. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* app_names_inside: every descendant of @widget that is a @type gets the accessible label @name (translated) */
void app_names_inside (GtkWidget *widget, GType type, const char *name);

/* app_names_groups: the list in each AdwPreferencesGroup in @widget, by the group's title, or @name where it has none; and what the
 * combo rows in it unfold */
void app_names_groups (GtkWidget *widget, const char *name);

/* app_names_menu: the button with the arrow in an AdwSplitButton */
void app_names_menu (GtkWidget *split_button, const char *name);

/* app_names_password: the eye in an AdwPasswordEntryRow */
void app_names_password (GtkWidget *row);

G_END_DECLS
