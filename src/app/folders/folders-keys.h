/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keys of the folder tree that GTK's lists do not know: Right opens a row, then goes into it; Left folds it, then goes to the row above it; letters go to
 * what begins with them; Ctrl+Shift+Up and Down move a favourite (folder.favourite-up, folder.favourite-down). */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* folders_keys_add: @list: of GtkTreeListRow of ModelFolder; the keys are there as long as it is */
void folders_keys_add (GtkListView *list, GtkSingleSelection *selection);

G_END_DECLS
