/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The entry of the header bar: what is typed there is looked for in the message list. */
#pragma once

#include <gtk/gtk.h>

#include "model-message-list.h"

G_BEGIN_DECLS

#define SEARCH_TYPE_ENTRY (search_entry_get_type ())
G_DECLARE_FINAL_TYPE (SearchEntry, search_entry, SEARCH, ENTRY, GtkWidget)

/* Signal "began" (): a person is looking for something: the list should be seen. "left" (): with Escape: the list should have the focus. */

/* search_entry_set_list: once; every keystroke looks anew, and the entry is empty when the list shows a folder again */
void search_entry_set_list (SearchEntry *self, ModelMessageList *list);

G_END_DECLS
