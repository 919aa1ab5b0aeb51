/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks for one of all folders: some letters of its name, of the folders it is in or of its account, and Enter. */
#pragma once

#include <adwaita.h>

#include "app-state.h"
#include "model-folder-tree.h"

G_BEGIN_DECLS

#define FOLDERS_TYPE_CHOOSER (folders_chooser_get_type ())
G_DECLARE_FINAL_TYPE (FoldersChooser, folders_chooser, FOLDERS, CHOOSER, AdwWindow)

/* Signal "chosen" (ModelFolder): the window closes by itself after it */

/* FoldersChooserFunc: whether @folder, an account's row or a mailbox, is offered */
typedef gboolean (*FoldersChooserFunc) (ModelFolder *folder, gpointer data);

/* Which folders, and in what order */
typedef struct
{
  FoldersChooserFunc is_offered;
  gpointer data;                   /* its */
  AppState *state;                 /* (nullable): those of folders-recent.h come first… */
  ModelFolder *here;               /* (nullable): …then those of its account, then all others */
} FoldersOffer;

/* folders_chooser_can_get_mail: a FoldersChooserFunc that wants no data: mailboxes that messages can be put into */
gboolean folders_chooser_can_get_mail (ModelFolder *folder, gpointer data);

/**
 * folders_chooser_new:
 * @title, @button: translated; the button's with a mnemonic
 * @offer: borrowed during this call
 */
FoldersChooser *folders_chooser_new (GtkWindow *parent, const char *title, const char *button, ModelFolderTree *tree, const FoldersOffer *offer);

G_END_DECLS
