/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What came into an Inbox and nobody has looked at. */
#pragma once

#include "mail-summary.h"
#include "store.h"

G_BEGIN_DECLS

/* store_news_get_mark: the newest message there is; -1 with @error */
gint64 store_news_get_mark (StoreDatabase *database, GError **error);

/**
 * store_news_list:
 * @mark: (inout): messages after this one; the newest of them
 * @n_more: (out): how many there are beyond @limit
 *
 * Returns: (transfer full): of MailSummary, in the order of their arrival: unread, no junk, and in an Inbox still
 */
GPtrArray *store_news_list (StoreDatabase *database, gint64 *mark, guint limit, guint *n_more, GError **error);

G_END_DECLS
