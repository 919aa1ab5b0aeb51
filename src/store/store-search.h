/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finding messages: a query answered from the search index, and the rest of its conditions from the mail. */
#pragma once

#include "mail-query.h"
#include "store-messages.h"

G_BEGIN_DECLS

/* Best first weighs so many of the newest hits; the others come behind them, newest first. */
#define STORE_SEARCH_MAX_WEIGHED 2000

typedef struct
{
  MailQuery *query;
  StoreQuery narrow;    /* its folder (0: all folders), only_unread, only_flagged and only_attachments narrow the query; its order is that of the hits */
  gboolean best_first;  /* instead of that order: as the words weigh, the subject's most */
  guint limit;          /* 0: all */
} StoreSearch;

/* store_search_open: (transfer full): the calling thread's handle for reading, with the index at hand, which is made where there is none */
StoreDatabase *store_search_open (Store *store, GError **error);

/**
 * store_search_ids:
 * @database: of store_search_open (), as store_search_async () has it
 *
 * The newest 50 of 100,000 hits come as fast as those of 50: the index lists them in that order (by the time received, seconds apart;
 * other orders take all hits first). A cancelled search stops at once. A query that says nothing finds nothing.
 *
 * Returns: (transfer full): of gint64; %NULL with %BASE_ERROR_INVALID and the query's complaint, or the store's errors
 */
GArray *store_search_ids (StoreDatabase *database, const StoreSearch *search, GCancellable *cancellable, GError **error);

/* store_search_is_behind: @is_behind: (out): more than a few messages are not indexed yet: what is found is not all there is */
gboolean store_search_is_behind (StoreDatabase *database, gboolean *is_behind, GError **error);

G_END_DECLS
