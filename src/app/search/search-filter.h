/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The chips over the message list: All, Unread, Flagged, With attachment; and during a search where it looks, in what order, and to save it. */
#pragma once

#include <gtk/gtk.h>

#include "model-message-list.h"

G_BEGIN_DECLS

#define SEARCH_TYPE_FILTER (search_filter_get_type ())
G_DECLARE_FINAL_TYPE (SearchFilter, search_filter, SEARCH, FILTER, GtkWidget)

void search_filter_set_list (SearchFilter *self, ModelMessageList *list);

/* search_filter_set_is_narrow: the chips are icons, and the order of what is found is left to the menu */
void search_filter_set_is_narrow (SearchFilter *self, gboolean is_narrow);

G_END_DECLS
