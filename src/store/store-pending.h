/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person did here and a server has to be told: recorded in the transaction of the change itself. POP3 accounts have no
 * server to tell (but for the deletions that store-pop3.h remembers), so for them only the change is made. */
#pragma once

#include "mail-flags.h"
#include "store.h"

G_BEGIN_DECLS

/* The doors through which the app and the CLI change mail; the change is seen at once. */
gboolean store_pending_mark (StoreDatabase *database, const gint64 *ids, gsize n_ids, MailFlags add, MailFlags remove, GError **error);
gboolean store_pending_move (StoreDatabase *database, const gint64 *ids, gsize n_ids, gint64 folder, GError **error);
gboolean store_pending_copy (StoreDatabase *database, const gint64 *ids, gsize n_ids, gint64 folder, GError **error);

/**
 * store_pending_delete:
 * @for_good: or to the Deleted folder of the message's account (On this computer has one too, made when first needed);
 *   what is there already, and what is in no folder's keeping, goes for good only with @for_good
 *
 * Messages of the Outbox that are being sent are passed over.
 */
gboolean store_pending_delete (StoreDatabase *database, const gint64 *ids, gsize n_ids, gboolean for_good, GError **error);

/* store_pending_count: operations of @account that wait for the server */
gint64 store_pending_count (StoreDatabase *database, gint64 account, GError **error);

G_END_DECLS
