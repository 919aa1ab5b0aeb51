/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What came into an Inbox and nobody has looked at. */
#pragma once

#include "store.h"

G_BEGIN_DECLS

/* store_news_get_mark: the newest message there is; -1 with @error */
gint64 store_news_get_mark (StoreDatabase *database, GError **error);

/**
 * store_news_list:
 * @mark: (inout): messages after this one; the newest of them
 * @since: seconds since 1970: what a server got earlier is none
 * @limit: so many of them, the newest
 *
 * Returns: (transfer full): of gint64, ascending: unread, no junk, and in an Inbox still
 */
GArray *store_news_list (StoreDatabase *database, gint64 *mark, gint64 since, guint limit, GError **error);

/* store_news_find_account: whose Inbox @message stands in, unread; 0: it is no news any more; -1 with @error. Short. */
gint64 store_news_find_account (StoreDatabase *database, gint64 message, GError **error);

G_END_DECLS
