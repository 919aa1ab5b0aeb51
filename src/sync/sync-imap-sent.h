/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The copy of sent mail, which is to be at the server once: some providers file by themselves what is sent through them. */
#pragma once

#include "sync-imap-replay.h"

G_BEGIN_DECLS

/* sync_imap_sent_is_copy: whether @operation files a copy of what was sent, and not a draft or an archived message */
gboolean sync_imap_sent_is_copy (const StoreOperation *operation);

/**
 * sync_imap_sent_find:
 * @uid: (out): of the copy; 0 when there is none
 *
 * In the target folder, by SEARCH; and where that finds nothing, which some servers' SEARCH does whatever there is, in the headers of the newest
 * messages: by the Message-ID, or by the one it had before the provider gave it another.
 */
gboolean sync_imap_sent_find (SyncImapReplay *self, const StoreOperation *operation, guint32 *uid, GError **error);

/* sync_imap_sent_is_awaited: whether this provider is known to file the copy by itself, and still has time to. After some minutes it is put there:
 * mail may have been sent through somebody else's server. */
gboolean sync_imap_sent_is_awaited (SyncImapReplay *self, const StoreOperation *operation);

G_END_DECLS
