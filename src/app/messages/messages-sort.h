/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which column a person sorted the table by. GTK before 4.10 tells nobody; this asks in a way that every GTK 4 answers. */
#pragma once

#include <gtk/gtk.h>

#include "model-message-list.h"

G_BEGIN_DECLS

/* messages_sort_new: (transfer full): a sorter for a column: never compares anything, but knows what it stands for */
GtkSorter *messages_sort_new (ModelSort sort);

/**
 * messages_sort_read:
 * @sorter: gtk_column_view_get_sorter ()
 *
 * Returns: %FALSE when the table is sorted by no column
 */
gboolean messages_sort_read (GtkSorter *sorter, ModelSort *sort, gboolean *is_ascending);

G_END_DECLS
