/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Conversations: each message has the number of its thread, found when it is put in, in whatever order the messages of one come.
 *
 * References and In-Reply-To (RFC 5322 §3.6.4) are looked up by their indexes; what they name and is not here yet is put down, so that the
 * message that bears the name joins them when it comes. Threads end at the account. Subjects join nothing. Where a server says which
 * conversation a message is in (store_imap_number_thread ()), that is its thread, and nothing joins two of those. */
#pragma once

#include "store-messages.h"

G_BEGIN_DECLS

/* store_threads_list: (transfer full): gint64 → gint64, both owned: the thread of every message of @query's folders that shares it with
 * another one of them; filters and order do not count. One pass over a covering index. */
GHashTable *store_threads_list (StoreDatabase *database, const StoreQuery *query, GError **error);

/* store_threads_list_answers: (transfer full): of gint64, newest first, a few: what was sent from @account, or waits in the Outbox, in answer to @message */
GArray *store_threads_list_answers (StoreDatabase *database, gint64 account, const MailSummary *message, GError **error);

G_END_DECLS
