/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the next unread mail is: in the list that is shown, and in the folders after it. */
#pragma once

#include "model-folder-tree.h"
#include "model-message-list.h"

G_BEGIN_DECLS

/**
 * model_unread_find_async:
 * @from: the message that is read now; 0, or one that the list does not have: all of them come after it
 * @is_backward: what is above it, then from the end up
 * @passed: (nullable): set of gint64, borrowed: those that count as read: who goes on quickly leaves them before they do by themselves
 *
 * The nearest unread message of what @list shows, once round its end: @from itself is none. Those that are folded into their conversation count as
 * standing below its first. Called in the main thread; the store's worker looks it up.
 */
void model_unread_find_async (ModelFolderTree *tree, ModelMessageList *list, gint64 from, gboolean is_backward, GHashTable *passed,
                              GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);

/* model_unread_find_finish: its id; 0: there is none; -1 with @error */
gint64 model_unread_find_finish (GAsyncResult *result, GError **error);

/**
 * model_unread_find_folder:
 * @from: (nullable): a mailbox
 * @passed: (nullable): set of gint64: folders that have no more, whatever their count says
 *
 * The next one after it in the tree's order, or before it, that has unread mail somebody waits for: an Inbox, an archive or a folder of a person's
 * own. After the last comes the first.
 *
 * Returns: (nullable) (transfer none): %NULL when only @from has any
 */
ModelFolder *model_unread_find_folder (ModelFolderTree *tree, ModelFolder *from, gboolean is_backward, GHashTable *passed);

G_END_DECLS
