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

/* What was asked, and what was answered so far. Questions are left (imap_session_leave ()): they cost a far server's round trip only where nothing
 * else is waited for. What is not offered is not asked; what is refused is not known then. */
typedef struct _ImapRoom ImapRoom;

/* imap_room_new: @session: borrowed; closed, or asked nothing any more, before imap_room_free () */
ImapRoom *imap_room_new (ImapSession *session);
void imap_room_free (ImapRoom *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImapRoom, imap_room_free)

/* imap_room_ask_quota, imap_room_ask_size: once each, and for every @wire_name; %FALSE only when the connection broke. Servers look at every message
 * for a size that they have not yet: ask after the messages have been asked for. A name that takes a waiting literal is passed over. */
gboolean imap_room_ask_quota (ImapRoom *self, GCancellable *cancellable, GError **error);
gboolean imap_room_ask_size (ImapRoom *self, const char *wire_name, GCancellable *cancellable, GError **error);

/* imap_room_settle: waits for all answers; %FALSE only when the connection broke */
gboolean imap_room_settle (ImapRoom *self, GCancellable *cancellable, GError **error);

/* imap_room_get_quota: of the Inbox's roots the fullest, in STORAGE
 * imap_room_get_size: in bytes; -1: not asked, or the server does not say */
const ImapQuota *imap_room_get_quota (const ImapRoom *self);
gint64 imap_room_get_size (const ImapRoom *self, const char *wire_name);

/* imap_room_read_quota: of any response: what a QUOTA response says of STORAGE, when that is fuller than @quota already is. Units of 1,024 bytes
 * become bytes; a limit that is nonsense is none. */
void imap_room_read_quota (const ImapResponse *response, ImapQuota *quota);

G_END_DECLS
