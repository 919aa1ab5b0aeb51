/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The messages and their sources. */
#pragma once

#include "mail-role.h"
#include "mail-summary.h"
#include "store.h"

G_BEGIN_DECLS

/**
 * store_messages_add:
 * @source: the bytes as they came; stored once however many messages share it
 * @summary: its columns; flags, received and is_whole are taken too
 *
 * Returns: the message's id, or -1
 */
gint64 store_messages_add (StoreDatabase *database, gint64 folder, GBytes *source, MailSummary *summary, GError **error);

/* store_messages_replace: the whole message has come where only headers were, or a draft was saved again: same id, same flags */
gboolean store_messages_replace (StoreDatabase *database, gint64 id, GBytes *source, MailSummary *summary, GError **error);

/* store_messages_load_source: (transfer full): byte for byte; %BASE_ERROR_NOT_FOUND; headers alone while not whole */
GBytes *store_messages_load_source (StoreDatabase *database, gint64 id, GError **error);

/* store_messages_get: (transfer full): one row; %BASE_ERROR_NOT_FOUND */
MailSummary *store_messages_get (StoreDatabase *database, gint64 id, GError **error);

typedef enum
{
  STORE_SORT_RECEIVED,
  STORE_SORT_DATE,
  STORE_SORT_FROM,
  STORE_SORT_TO,
  STORE_SORT_SUBJECT, /* without Re: and Fwd: */
  STORE_SORT_SIZE,
} StoreSort;

/* Which folders a query is about */
typedef enum
{
  STORE_VIEW_FOLDER,   /* its own folder */
  STORE_VIEW_INBOXES,  /* the Inbox of every account */
  STORE_VIEW_ALL,      /* all but deleted mail, junk, and what is not sent yet; and but a provider's folder of all mail, which has it twice */
} StoreView;

/* store_view_has_role: whether folders of that role are in it; never for STORE_VIEW_FOLDER */
gboolean store_view_has_role (StoreView view, MailRole role);

typedef struct
{
  StoreView view;
  gint64 folder;       /* of STORE_VIEW_FOLDER */
  StoreSort sort;
  gboolean is_ascending;
  gboolean only_unread;
  gboolean only_flagged;
  gboolean only_attachments;
} StoreQuery;

/* store_messages_list_ids: (transfer full): of gint64, all of them in order: 100,000 in well under 100 ms from a covering
 * index. The store's worker runs it for the app. */
GArray *store_messages_list_ids (StoreDatabase *database, const StoreQuery *query, GError **error);

/* store_messages_list_times: the same; @received: (out) (transfer full): when each was received, %NULL unless that is the order */
GArray *store_messages_list_times (StoreDatabase *database, const StoreQuery *query, GArray **received, GError **error);

/* store_messages_list_beginning: (transfer full): gint64, owned: up to %STORE_MESSAGES_MAX_BEGINNING of the query's folders whose subject begins with
 * @text, or whose person does where that is its order; folded as the order folds. Short: an index's range. */
GHashTable *store_messages_list_beginning (StoreDatabase *database, const StoreQuery *query, const char *text, GError **error);

#define STORE_MESSAGES_MAX_BEGINNING 1000

/* store_messages_count_flagged: of STORE_VIEW_ALL, from an index that has no others; -1 with @error */
gint64 store_messages_count_flagged (StoreDatabase *database, GError **error);

/* store_messages_count: how many that would be; -1 with @error */
gint64 store_messages_count (StoreDatabase *database, const StoreQuery *query, GError **error);

/* store_messages_sum_sizes: bytes of all messages in @folder, as they are at the server; -1 with @error. Reads every row. */
gint64 store_messages_sum_sizes (StoreDatabase *database, gint64 folder, GError **error);

/**
 * store_messages_find_message_id:
 * @account: where it is looked for first; another account's is better than none
 * @message_id: without brackets
 *
 * Returns: the message that a person received or sent under that Message-ID (no draft, nothing of the Outbox; one that is not deleted
 *   rather than one that is, the last to come of several), 0 when there is none, -1 with @error
 */
gint64 store_messages_find_message_id (StoreDatabase *database, gint64 account, const char *message_id, GError **error);

/* store_messages_get_rows: (transfer full): of MailSummary in the order of @ids; %NULL entries for ids that are gone. Short: a
 * hundred rows in about a millisecond. */
GPtrArray *store_messages_get_rows (StoreDatabase *database, const gint64 *ids, gsize n_ids, GError **error);

/* All of these: one transaction however many ids; ids that are gone are passed over. */
gboolean store_messages_set_flags (StoreDatabase *database, const gint64 *ids, gsize n_ids, MailFlags add, MailFlags remove, GError **error);
gboolean store_messages_move (StoreDatabase *database, const gint64 *ids, gsize n_ids, gint64 folder, GError **error);
gboolean store_messages_copy (StoreDatabase *database, const gint64 *ids, gsize n_ids, gint64 folder, GError **error);

/* store_messages_delete: for good, sources too where no other message shares them */
gboolean store_messages_delete (StoreDatabase *database, const gint64 *ids, gsize n_ids, GError **error);

/**
 * StoreMessageIdFunc:
 * @message_id: (nullable): %NULL for a message without one
 * @sha256: of the source, 32 bytes
 */
typedef void (*StoreMessageIdFunc) (gint64 account, const char *message_id, const guint8 *sha256, gpointer data);

/* store_messages_foreach_id: every message kept, of @account or of all; one that is kept twice comes twice */
gboolean store_messages_foreach_id (StoreDatabase *database, gint64 account, StoreMessageIdFunc func, gpointer data, GError **error);

G_END_DECLS
