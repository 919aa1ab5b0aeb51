/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of one IMAP pass share. */
#pragma once

#include "imap-list.h"
#include "imap-room.h"
#include "store-imap.h"
#include "sync-imap.h"

G_BEGIN_DECLS

typedef struct
{
  SyncPass *pass;
  const SyncImapSettings *settings;
  ImapSession *session;
  gboolean (*has_errands) (gpointer); /* (nullable) */
  gpointer errands_data;
  GCancellable *cancellable;
  gboolean is_interrupted;            /* somebody waits: everything ends at the next commit, and the pass is not complete */
  gboolean is_new_session;            /* opened by this pass */
  GPtrArray *changed;                 /* of SyncImapFolder, borrowed from the pass: messages came or went */
  const char *mailbox;                /* (nullable): whose messages the pass compares: wire name, borrowed */
  ImapRoom *room;                     /* (nullable): what was asked of it so far: sync-imap-room.h */
} SyncImapContext;

/* One mailbox of this pass: what is kept of it, and the server's word in the list of folders. */
typedef struct
{
  StoreImapFolder *kept;
  ImapMailbox *listed;
  gboolean has_asked_all; /* this pass has asked for the whole of every message: what did not come is the next one's */
} SyncImapFolder;

/* sync_imap_should_stop: between two commits */
static inline gboolean
sync_imap_should_stop (SyncImapContext *self)
{
  if (!self->is_interrupted && self->has_errands)
    self->is_interrupted = self->has_errands (self->errands_data);
  return self->is_interrupted;
}

static inline void
sync_imap_tell (SyncImapContext *self, SyncPhase phase, guint done, guint total)
{
  if (self->pass->progress)
    self->pass->progress (phase, done, total, imap_session_get_bytes_in (self->session), self->pass->progress_data);
}

G_END_DECLS
