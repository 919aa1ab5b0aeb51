/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A connection that stays open from job to job of one worker. */
#pragma once

#include "imap-session.h"

G_BEGIN_DECLS

typedef struct
{
  gatomicrefcount references;
  ImapSession *session; /* the worker's alone; NULL while there is none. Closed with the last reference. */
  int must_end;         /* atomic: the pass that runs should end at its next commit */
} SyncImapLink;

SyncImapLink *sync_imap_link_new (void);
SyncImapLink *sync_imap_link_ref (SyncImapLink *self);
void sync_imap_link_unref (SyncImapLink *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyncImapLink, sync_imap_link_unref)

/* sync_imap_link_ask_to_end: any thread; sync_imap_link_must_end: the has_errands of sync_imap_run () */
void sync_imap_link_ask_to_end (SyncImapLink *self);
gboolean sync_imap_link_must_end (gpointer self);
void sync_imap_link_begin (SyncImapLink *self);

G_END_DECLS
