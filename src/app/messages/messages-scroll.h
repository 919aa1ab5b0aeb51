/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scrolling the table or the list of messages, which GTK before 4.12 has no function for. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* messages_scroll_to: @widget: a GtkColumnView or GtkListView */
void messages_scroll_to (GtkWidget *widget, guint position);

/* messages_scroll_stay_on_top: rows are coming in above the first one. Who looks at the newest goes on doing so: by itself the list would keep what it
 * shows in its place, and new mail would come in above it, unseen. */
void messages_scroll_stay_on_top (GtkWidget *widget);

G_END_DECLS
