/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the server has in one mailbox, beside what is here: found in as few round trips as the server allows. Changes nothing. */
#pragma once

#include "imap-mailbox.h"
#include "sync-imap-context.h"

G_BEGIN_DECLS

typedef struct
{
  guint32 uid;
  guint64 modseq;
  MailFlags flags;  /* of ours that the server keeps; the rest as they are here */
} SyncImapMark;

typedef struct
{
  ImapSelected selected;
  gboolean is_renumbered;  /* UIDVALIDITY is another: nothing else is compared, all that is there is missing */
  gboolean is_fresh;       /* nothing is here yet, and the server's numbers make sense: all that is there is missing, and not listed */
  GArray *entries;         /* of StoreImapEntry: what is here */
  GArray *missing;         /* of guint32, ascending: there and not here */
  GArray *gone;            /* of guint32, ascending: here and not there */
  GArray *marks;           /* of SyncImapMark: flags are others there */
} SyncImapChanges;

void sync_imap_changes_free (SyncImapChanges *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyncImapChanges, sync_imap_changes_free)

/**
 * sync_imap_changes_find:
 * @may_be_fresh: whether is_fresh is an answer
 *
 * Selects the mailbox. With QRESYNC all changes come with that; with CONDSTORE flags cost what changed, and the list of UIDs is asked for
 * when the numbers do not add up; with neither, UIDs and flags of all messages are compared.
 *
 * Returns: (transfer full): %NULL with @error
 */
SyncImapChanges *sync_imap_changes_find (SyncImapContext *self, SyncImapFolder *folder, gboolean may_be_fresh, GError **error);

G_END_DECLS
