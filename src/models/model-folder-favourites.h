/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows at the top of the folder tree that a person put there. */
#pragma once

#include "model-folder.h"

G_BEGIN_DECLS

typedef struct _Store Store;

/* model_folder_favourites_settle: @favourites, the row "Favourites", holds a row for each that the store lists; rows that stay are kept.
 * @mailboxes: id → ModelFolder of every folder; @accounts: id → the row of the account it is in; both keyed by pointers to gint64 */
void model_folder_favourites_settle (ModelFolder *favourites, Store *store, GHashTable *mailboxes, GHashTable *accounts);

/* model_folder_favourites_find: (nullable) (transfer none): the second row of the folder of that id */
ModelFolder *model_folder_favourites_find (ModelFolder *favourites, gint64 id);

G_END_DECLS
