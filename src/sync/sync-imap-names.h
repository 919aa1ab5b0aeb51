/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The spelling of mailboxes' names from one connection to the next. */
#pragma once

#include "imap-session.h"
#include "sync-pass.h"

G_BEGIN_DECLS

/**
 * sync_imap_names_respell:
 * @session: just opened
 *
 * A server that offers UTF8=ACCEPT or IMAP4rev2 since yesterday spells the same mailboxes in UTF-8 (RFC 6855 §3): what is kept in modified UTF-7
 * is spelt so too, before anything is replayed or opened by it. The way back is found by the next list of folders, which also puts right a name
 * that only looked like the other spelling.
 */
gboolean sync_imap_names_respell (SyncPass *pass, ImapSession *session, GError **error);

G_END_DECLS
