/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person did here and a server has to be told: recorded in the transaction of the change itself. POP3 accounts have no
 * server to tell (but for the deletions that store-pop3.h remembers), so for them only the change is made. */
#pragma once

#include "mail-role.h"
#include "mail-summary.h"
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

/**
 * store_pending_file:
 * @role: of the folder in each message's own account; made where the account has none
 * @add, @remove: flags, before it moves
 *
 * Drafts and what is in the Outbox, and what is there already, is passed over.
 */
gboolean store_pending_file (StoreDatabase *database, const gint64 *ids, gsize n_ids, MailRole role, MailFlags add, MailFlags remove, GError **error);

/* store_pending_empty_folder: all messages that are in it here and now; what the server has got since stays
 * store_pending_mark_folder_read: likewise */
gboolean store_pending_empty_folder (StoreDatabase *database, gint64 folder, gboolean for_good, GError **error);
gboolean store_pending_mark_folder_read (StoreDatabase *database, gint64 folder, GError **error);

/**
 * store_pending_save_draft:
 * @id: what was saved before, 0 for a new one; saved anew where somebody removed it in the meantime
 *
 * A server's copy is replaced: the new one is put there before the old one goes, however often it was saved meanwhile.
 *
 * Returns: the message's id, or -1
 */
gint64 store_pending_save_draft (StoreDatabase *database, gint64 folder, gint64 id, GBytes *source, MailSummary *summary, GError **error);

/**
 * store_pending_file_sent:
 * @is_copy: @message stays where it is
 *
 * Sent mail into the folder for it. On a server it is looked for by its Message-ID before it is put there: many providers file what is sent
 * through them by themselves.
 */
gboolean store_pending_file_sent (StoreDatabase *database, gint64 message, gint64 sent_folder, gboolean is_copy, GError **error);

/* store_pending_need_role: the folder's id, made where the account has none; @is_remote: on the server too; -1 with @error */
gint64 store_pending_need_role (StoreDatabase *database, gint64 account, MailRole role, gboolean is_remote, GError **error);

/* store_pending_is_folder_deleted: whether the mailbox of that name was deleted here and the server has not heard of it */
gboolean store_pending_is_folder_deleted (StoreDatabase *database, gint64 account, const char *wire_name, gboolean *is_deleted, GError **error);

/* store_pending_count: operations of @account that wait for the server */
gint64 store_pending_count (StoreDatabase *database, gint64 account, GError **error);

G_END_DECLS
