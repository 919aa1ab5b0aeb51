/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks for a folder's name. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define FOLDERS_TYPE_NAME_DIALOG (folders_name_dialog_get_type ())
G_DECLARE_FINAL_TYPE (FoldersNameDialog, folders_name_dialog, FOLDERS, NAME_DIALOG, AdwWindow)

/* Signal "named" (string): a name was typed and accepted; whoever heard it closes the dialog or refuses the name */

/* folders_name_dialog_new: @title and @button: translated; @name: (nullable): what stands in the field at first */
FoldersNameDialog *folders_name_dialog_new (GtkWindow *parent, const char *title, const char *button, const char *name);

/* folders_name_dialog_refuse: the sentence stands by the field, which may be corrected */
void folders_name_dialog_refuse (FoldersNameDialog *self, const char *sentence);

G_END_DECLS
