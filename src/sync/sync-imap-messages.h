/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The messages of one mailbox made the same as the server's: new ones, flags, what is gone. Bodies are sync-imap-bodies.h's.
 *
 * The second look. A mailbox that had mail and is found empty may be empty because somebody emptied it, or because a server lost it, was
 * restored, or shows the wrong disk. So:
 *  - it is asked again at once. When it still answers with the same UIDVALIDITY and a UIDNEXT that did not go back, it is the mailbox we
 *    knew. A few messages (under 20) are then believed to be gone; more are when the next pass finds the same.
 *  - when UIDVALIDITY is another or UIDNEXT went back, it is a new mailbox under an old name: what is here stays for an hour from the first
 *    time this was seen, and as long as no pass has seen it again after that.
 *  Until then messages stay as they are, and mail that comes in ends the doubt. */
#pragma once

#include "sync-imap-context.h"

G_BEGIN_DECLS

/* sync_imap_messages_is_unchanged: the list of folders says already that there is nothing to do: UIDVALIDITY, UIDNEXT, MESSAGES and
 * HIGHESTMODSEQ are as they were. Without HIGHESTMODSEQ only opening tells. */
gboolean sync_imap_messages_is_unchanged (const SyncImapFolder *folder);

/* sync_imap_messages_is_new_and_empty: the list of folders says that there is nothing in a mailbox that was never opened, and that nothing was put
 * into from here (sync_imap_replay_check_target ()). Believed only where it names HIGHESTMODSEQ, by which the next pass finds out whatever it was
 * wrong about, and where opening would not tell the mailbox's id too.
 * sync_imap_messages_note_empty: so it is written down without opening it. */
gboolean sync_imap_messages_is_new_and_empty (SyncImapContext *self, const SyncImapFolder *folder);
gboolean sync_imap_messages_note_empty (SyncImapContext *self, SyncImapFolder *folder, GError **error);

/* sync_imap_messages_run: one mailbox, selected here. Each batch is committed; the state is written when all is done. */
gboolean sync_imap_messages_run (SyncImapContext *self, SyncImapFolder *folder, GError **error);

G_END_DECLS
