/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A folder's name, edited where it stands. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define FOLDERS_TYPE_NAME_ENTRY (folders_name_entry_get_type ())
G_DECLARE_FINAL_TYPE (FoldersNameEntry, folders_name_entry, FOLDERS, NAME_ENTRY, GtkWidget)

/* Signals: "named" (string): Enter, or the focus went elsewhere, with another name that can be one; "left": it is over, after "named" too.
 * Escape leaves everything as it was. A name that cannot be one is told in a sentence below, and stays. */

/**
 * folders_name_entry_begin:
 * @old: the folder's name
 * @typed: (nullable): what was tried in vain
 * @sentence: (nullable): why
 *
 * Takes the focus.
 */
void folders_name_entry_begin (FoldersNameEntry *self, const char *old, const char *typed, const char *sentence);

/* folders_name_entry_cancel: as Escape does */
void folders_name_entry_cancel (FoldersNameEntry *self);

G_END_DECLS
