/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person does to folders: done in the store at once; for those of an IMAP server recorded there, for the engine to tell it. */
#pragma once

#include "model-folder-tree.h"

G_BEGIN_DECLS

typedef enum
{
  MODEL_FOLDER_EDIT_CREATE,    /* under the folder, or at the top of the account */
  MODEL_FOLDER_EDIT_RENAME,    /* a saved search too */
  MODEL_FOLDER_EDIT_DELETE,    /* with all that is in it and below it; no way back */
  MODEL_FOLDER_EDIT_EMPTY,     /* for good; no way back */
  MODEL_FOLDER_EDIT_MARK_READ,
  MODEL_FOLDER_EDIT_ADD_FAVOURITE,
  MODEL_FOLDER_EDIT_REMOVE_FAVOURITE,
  MODEL_FOLDER_EDIT_PLACE_FAVOURITE, /* at the @target'th place; made one where it was none */
  MODEL_FOLDER_EDIT_MOVE,            /* into @target, with all that is below it; 0: to the top of its account. Back is moving it back */
} ModelFolderEdit;

/**
 * model_folder_edit_async:
 * @account: whose, for a new folder at the top (0: on this computer)
 * @folder: which one; the parent of a new one, 0 for the top
 * @name: (nullable): the new name, for creating and renaming
 * @target: where to, for what is placed and moved; 0 for the others
 *
 * In the store's worker; called in the main thread. Fails with %BASE_ERROR_EXISTS, %BASE_ERROR_INVALID (the name cannot be one, a folder with
 * a role cannot be renamed or deleted), %BASE_ERROR_NOT_FOUND.
 */
void model_folder_edit_async (ModelFolderTree *tree, ModelFolderEdit edit, gint64 account, gint64 folder, const char *name, gint64 target,
                              GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);

/* model_folder_edit_may_move: whether %MODEL_FOLDER_EDIT_MOVE would do it, and it is of use: folders of a person's own and archives get others, a folder
 * for sent or deleted mail does not. Short indexed reads, for what is shown while somebody drags. */
gboolean model_folder_edit_may_move (ModelFolderTree *tree, gint64 folder, gint64 target);

/* model_folder_edit_finish: the folder's id, 0 for a saved search, -1 with @error */
gint64 model_folder_edit_finish (GAsyncResult *result, GError **error);

/* What a folder's row does not say of it */
typedef struct
{
  char *path;           /* from the top of its account; of an IMAP folder as its server calls it, with "/" between the levels */
  gboolean is_remote;   /* a mailbox of an IMAP server */
  gint64 size;          /* bytes of all messages in it, as they are at the server */
  gint64 server_size;   /* the same by the server's own count; -1: it does not say */
  gint64 room_used;     /* bytes of all mail of its account at the server… */
  gint64 room_limit;    /* …and how many there may be; 0: not known */
} ModelFolderFacts;

void model_folder_facts_free (ModelFolderFacts *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ModelFolderFacts, model_folder_facts_free)

/* model_folder_facts_async: finish: (transfer full): %NULL with @error */
void model_folder_facts_async (ModelFolderTree *tree, gint64 folder, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
ModelFolderFacts *model_folder_facts_finish (GAsyncResult *result, GError **error);

G_END_DECLS
