/* SPDX-License-Identifier: GPL-3.0-or-later */
/* FETCH of many messages, several commands under way at once. */
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

typedef struct
{
  char *set;            /* freed when it is sent */
  const char *items;    /* as "(UID FLAGS)" */
  gboolean is_numbers;  /* the set names sequence numbers, else UIDs. Numbers hold while nothing but such commands is under way (RFC 9051 §7.5.1),
                         * so they must not follow commands by UID. */
} ImapRequest;

/* ImapNextFunc: the next command to send; %FALSE: there is none any more. Asked late: when the window has room for it. */
typedef gboolean (*ImapNextFunc) (ImapRequest *request, gpointer data);

/**
 * imap_retrieve_each:
 * @on_fetch: (nullable)
 * @on_set: (nullable)
 *
 * Of the selected mailbox. As many commands are under way as the line answers in about a second, so that it never waits for us, however far the
 * server is, and yet little is under way where it is slow; from two to %IMAP_WINDOW. When @on_set fails while commands are under way the session
 * is closed.
 *
 * Returns: %FALSE with the errors of the connection, of @on_set, or, without @on_set, the server's NO
 */
gboolean imap_retrieve_each (ImapSession *session, ImapNextFunc next, ImapFetchFunc on_fetch, ImapSetFunc on_set, gpointer data,
                             GCancellable *cancellable, GError **error);

/* imap_retrieve: one UID FETCH of @set; as imap_retrieve_each () without @on_set */
gboolean imap_retrieve (ImapSession *session, const char *set, const char *items, ImapFetchFunc on_fetch, gpointer data,
                        GCancellable *cancellable, GError **error);

/* imap_retrieve_adopt: as net_connection_adopt (): the session is the calling thread's from now on, which receives while another writes */
void imap_retrieve_adopt (ImapSession *session);

G_END_DECLS
