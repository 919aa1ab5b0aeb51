/* SPDX-License-Identifier: GPL-3.0-or-later */
/* UID FETCH of many messages, several commands under way at once. */
#pragma once

#include "imap-fetch.h"
#include "imap-session.h"

G_BEGIN_DECLS

/* ImapFetchFunc: one FETCH response, asked for or not; borrowed until it returns: the callee takes what is of a message and of a kind it
 * has asked for */
typedef void (*ImapFetchFunc) (const ImapFetch *fetch, gpointer data);

/**
 * ImapSetFunc:
 * @index: of the set that was answered: what belongs to it has all come
 * @refusal: (nullable): the server's NO; some of it may have come even so
 *
 * Returns: whether to go on with further sets; %FALSE with @error ends it all, without it only no further commands are sent
 */
typedef gboolean (*ImapSetFunc) (guint index, const GError *refusal, gpointer data, GError **error);

/**
 * imap_retrieve:
 * @sets: ended by %NULL: UID sets, one command each
 * @items: as "(UID FLAGS)"
 * @depth: commands under way at once, 1 to %IMAP_WINDOW
 * @on_fetch: (nullable)
 * @on_set: (nullable)
 *
 * Of the selected mailbox. When @on_set fails while commands are under way the session is closed.
 *
 * Returns: %FALSE with the errors of the connection, of @on_set, or, without @on_set, the server's NO
 */
gboolean imap_retrieve (ImapSession *session, const char *const *sets, const char *items, guint depth,
                        ImapFetchFunc on_fetch, ImapSetFunc on_set, gpointer data, GCancellable *cancellable, GError **error);

G_END_DECLS
