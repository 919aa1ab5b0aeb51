/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The folders of an IMAP account, as the server has them. */
#pragma once

#include "sync-imap-context.h"

G_BEGIN_DECLS

void sync_imap_folder_free (SyncImapFolder *self);

/**
 * sync_imap_folders_run:
 *
 * Lists the server's mailboxes and makes the folders here the same: new ones made, renamed ones renamed (recognised by MAILBOXID, else by
 * UIDVALIDITY and UIDNEXT together), roles given. On an account's very first pass the roles that nobody has are created on the server.
 *
 * A mailbox with mail that is not there any more, or is only a name above others (\Noselect), is dropped at the second pass that misses it. When most of the account's mailboxes are gone
 * at once, the server itself is in doubt: an hour must lie between, and what is nowhere else goes to "On this computer". Likewise with a mailbox
 * of 20 messages or more that stands above others and that the server refuses to open, though it does not list it as \Noselect.
 *
 * Returns: (transfer full): of SyncImapFolder: the open folder first, the Inbox, the other roles, the rest by name, Gmail's All Mail last;
 *   %NULL with @error
 */
GPtrArray *sync_imap_folders_run (SyncImapContext *self, GError **error);

G_END_DECLS
