/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The headings of a list by date: "Today", "Yesterday", "October". GtkListView has no sections before GTK 4.12, and rows of their own would get
 * in the way of selection and keys; so a heading stands in the upper edge of the first row of its section, outside what selection colours. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * messages_heading_show:
 * @heading: (inout) (nullable): a child of @owner, made when it is first needed; @owner unparents it
 * @row: the list's row that @owner is in; gets the class "section", whose upper border has room for a heading
 * @section: when the section begins (model-days.h); 0: @row begins none
 */
void messages_heading_show (GtkWidget **heading, GtkWidget *owner, GtkWidget *row, gint64 section);

/* messages_heading_allocate: in @owner's size_allocate; where several children of a row have one, only the one that @is_first is seen */
void messages_heading_allocate (GtkWidget *heading, GtkWidget *owner, GtkWidget *row, gboolean is_first);

G_END_DECLS
