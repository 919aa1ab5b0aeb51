/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One folder that can be chosen: what it is called and where it is, and how well that fits what is typed. */
#pragma once

#include "model-folder-tree.h"

G_BEGIN_DECLS

#define FOLDERS_TYPE_CHOICE (folders_choice_get_type ())
G_DECLARE_FINAL_TYPE (FoldersChoice, folders_choice, FOLDERS, CHOICE, GObject)

/* Properties (read-only): title, place (string: the folders above it, and the account; "" for an account itself), icon-name */

/* folders_choice_new: @rank: its place while nothing is typed */
FoldersChoice *folders_choice_new (ModelFolderTree *tree, ModelFolder *folder, guint rank);

ModelFolder *folders_choice_get_folder (FoldersChoice *self); /* (transfer none) */

/**
 * folders_choice_score:
 * @typed: as mail_words_fold () has it
 *
 * Every word has to be in its title, or in its place.
 *
 * Returns: the less the better: first what begins so, then where a word of the title does, then what has it in the title or the place, and of what is
 *   alike that of the lower rank; %G_MAXUINT for what does not fit
 */
guint folders_choice_score (FoldersChoice *self, const char *typed);

G_END_DECLS
