/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Questions about messages of the selected mailbox: UID SEARCH (RFC 9051 §6.4.4), by ESEARCH where it is offered (RFC 4731). */
#pragma once

#include "imap-session.h"

G_BEGIN_DECLS

/* imap_search_all: (transfer full): of guint32, ascending, each once: all messages of the selected mailbox; at most @max */
GArray *imap_search_all (ImapSession *session, gsize max, GCancellable *cancellable, GError **error);

/* imap_search_existing: (transfer full): of guint32, ascending: those of @uids (ascending, without repeats) that are still there; marked \Deleted
 * as well, when @only_deleted */
GArray *imap_search_existing (ImapSession *session, const guint32 *uids, gsize n_uids, gboolean only_deleted,
                              GCancellable *cancellable, GError **error);

/* imap_search_deleted: (transfer full): of guint32, ascending: all that are marked \Deleted; at most @max */
GArray *imap_search_deleted (ImapSession *session, gsize max, GCancellable *cancellable, GError **error);

/**
 * imap_search_message_id:
 * @message_id: without angle brackets; one that is not plain ASCII is found nowhere
 * @first: the lowest UID that counts
 *
 * Returns: (transfer full): of guint32, ascending
 */
GArray *imap_search_message_id (ImapSession *session, const char *message_id, guint32 first, GCancellable *cancellable, GError **error);

/* imap_search_read: of any response: adds what a SEARCH or ESEARCH names, as it came, until @uids (of guint32) has @max of them */
void imap_search_read (const ImapResponse *response, GArray *uids, gsize max);

G_END_DECLS
