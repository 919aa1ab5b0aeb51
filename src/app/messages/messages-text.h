/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One line of text in a row, cut with … where it is too long. GtkLabel lays a text out three times to find how wide it would like to be; thousands
 * of rows a second come into view here, and all are as high as the font and as wide as their column, whatever they say. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define MESSAGES_TYPE_TEXT (messages_text_get_type ())
G_DECLARE_FINAL_TYPE (MessagesText, messages_text, MESSAGES, TEXT, GtkWidget)

/* messages_text_set: @attributes: (nullable): what is marked in it; @is_bold: not by a style class, which would have every cell that comes into
 * view styled and measured anew */
void messages_text_set (MessagesText *self, const char *text, PangoAttrList *attributes, gboolean is_bold);

/* messages_text_set_number: stands at the end of its line, with figures that are all as wide */
void messages_text_set_number (MessagesText *self, gboolean is_number, gboolean is_at_end);

G_END_DECLS
