/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Marking messages of the selected mailbox: UID STORE (RFC 9051 §6.4.6). */
#pragma once

#include "imap-session.h"
#include "mail-flags.h"

G_BEGIN_DECLS

/**
 * imap_store_flags:
 * @uids: ascending, without repeats; those that are gone are passed over by the server
 * @add: and @remove: one flag in both is removed
 *
 * Silent: the server does not say the flags back. May be repeated.
 *
 * Returns: %FALSE with the errors of imap_session_run ()
 */
gboolean imap_store_flags (ImapSession *session, const guint32 *uids, gsize n_uids, MailFlags add, MailFlags remove,
                           GCancellable *cancellable, GError **error);

G_END_DECLS
