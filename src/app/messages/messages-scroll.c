/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scrolling the table or the list of messages. */
#include "messages-scroll.h"

#define STAYING "messages-scroll-staying"

/* The list in the table knows how to; the table itself does not. */
void
messages_scroll_to (GtkWidget *widget, guint position)
{
  GtkWidget *list = GTK_IS_LIST_VIEW (widget) ? widget : gtk_widget_get_first_child (widget);

  while (list && !GTK_IS_LIST_VIEW (list))
    list = gtk_widget_get_next_sibling (list);
  if (list)
    gtk_widget_activate_action (list, "list.scroll-to-item", "u", position);
}

static gboolean
on_idle (gpointer data)
{
  g_object_set_data (data, STAYING, NULL);
  if (gtk_widget_get_root (data))
    messages_scroll_to (data, 0);
  return G_SOURCE_REMOVE;
}

/* Before the next frame, but after the list has heard of the rows. */
void
messages_scroll_stay_on_top (GtkWidget *widget)
{
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (widget));

  if (g_object_get_data (G_OBJECT (widget), STAYING) || !adjustment || gtk_adjustment_get_value (adjustment) > 0)
    return;
  g_object_set_data (G_OBJECT (widget), STAYING, GINT_TO_POINTER (TRUE));
  g_idle_add_full (G_PRIORITY_HIGH_IDLE, on_idle, g_object_ref (widget), g_object_unref);
}
