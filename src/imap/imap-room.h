/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How much room mail has and takes at the server: QUOTA (RFC 9208, and RFC 2087 before it), STATUS=SIZE (RFC 8438, RFC 9051). */
#pragma once

#include "imap-session.h"

G_BEGIN_DECLS

typedef struct
{
  guint64 used;  /* bytes */
  guint64 limit; /* bytes; 0: none is known, and used says nothing */
} ImapQuota;

/**
 * imap_room_get:
 * @wire_names: ended by %NULL: mailboxes whose size is wanted
 * @sizes: (out caller-allocates): for each of them, in bytes; -1 where the server does not say
 * @quota: (out): of the Inbox's roots the fullest, in STORAGE
 *
 * One round trip for the quota and one for every %IMAP_WINDOW mailboxes; none where the server offers neither. What it refuses is not known then. Servers look at every message for a size
 * that they have not yet: ask after the messages have been fetched.
 *
 * Returns: %FALSE only when the connection broke
 */
gboolean imap_room_get (ImapSession *session, const char *const *wire_names, gint64 *sizes, ImapQuota *quota, GCancellable *cancellable, GError **error);

/* imap_room_read_quota: of any response: what a QUOTA response says of STORAGE, when that is fuller than @quota already is. Units of 1,024 bytes
 * become bytes; a limit that is nonsense is none. */
void imap_room_read_quota (const ImapResponse *response, ImapQuota *quota);

G_END_DECLS
