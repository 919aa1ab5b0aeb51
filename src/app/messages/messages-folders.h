/* SPDX-License-Identifier: GPL-3.0-or-later */
/* In which folder a message is, in words, for lists whose messages come from many. */
#pragma once

#include <gtk/gtk.h>

#include "model-folder-tree.h"

G_BEGIN_DECLS

/* messages_folders_attach: what is inside @widget can ask from now on */
void messages_folders_attach (GtkWidget *widget, ModelFolderTree *tree);

/* messages_folders_dup_name: (transfer full): "Inbox", or where there are several accounts "Inbox — Work"; "" while nobody knows. @inside: of an attached
 * widget */
char *messages_folders_dup_name (GtkWidget *inside, gint64 folder);

G_END_DECLS
