/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The folders that a person wants at hand, in that person's order. One that is deleted is none any more. */
#pragma once

#include "store.h"

G_BEGIN_DECLS

/* store_favourites_list: (transfer full): of gint64, ids of folders */
GArray *store_favourites_list (StoreDatabase *database, GError **error);

/* store_favourites_set: as the last one, or not any more; %BASE_ERROR_NOT_FOUND when there is no such folder; a second time changes nothing */
gboolean store_favourites_set (StoreDatabase *database, gint64 folder, gboolean is_favourite, GError **error);

/* store_favourites_place: at @position of the list, 0: the first, counted without itself; beyond the end: the last. One that is none yet becomes one.
 * %BASE_ERROR_NOT_FOUND when there is no such folder. */
gboolean store_favourites_place (StoreDatabase *database, gint64 folder, guint position, GError **error);

G_END_DECLS
