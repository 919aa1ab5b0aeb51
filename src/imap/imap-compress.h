/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A packed conversation: COMPRESS=DEFLATE (RFC 4978). */
#pragma once

#include "imap-session.h"

G_BEGIN_DECLS

/**
 * imap_compress:
 * @session: logged in, nothing under way: no secret is ever packed beside what others wrote
 *
 * Asks for it, and packs from the server's OK on; what the server refuses is done without. Call it once, and only where it is offered. Whether
 * it is worth it is the caller's to know: see imap_entry_open ().
 *
 * Returns: %FALSE only when the connection broke
 */
gboolean imap_compress (ImapSession *session, GCancellable *cancellable, GError **error);

G_END_DECLS
