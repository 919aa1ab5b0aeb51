/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The folders that a person wants at hand, in the order in which they were added. One that is deleted is none any more. */
#pragma once

#include "store.h"

G_BEGIN_DECLS

/* store_favourites_list: (transfer full): of gint64, ids of folders */
GArray *store_favourites_list (StoreDatabase *database, GError **error);

/* store_favourites_set: as the last one, or not any more; %BASE_ERROR_NOT_FOUND when there is no such folder; a second time changes nothing */
gboolean store_favourites_set (StoreDatabase *database, gint64 folder, gboolean is_favourite, GError **error);

G_END_DECLS
