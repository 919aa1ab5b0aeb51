/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of a replay stand on: sync-imap-pending.c chooses what is next, sync-imap-replay-mail.h, sync-imap-replay-append.h and
 * sync-imap-replay-folders.h do it, and tell here what became of it. */
#pragma once

#include "base-error.h"
#include "imap-folder-ops.h"
#include "imap-mailbox.h"
#include "store-replay.h"
#include "sync-imap.h"

G_BEGIN_DECLS

typedef struct
{
  SyncPass *pass;
  ImapSession *session;
  GCancellable *cancellable;
  GHashTable *left;        /* of ids (gint64): operations that this replay leaves for a later one */
  gint64 selected;         /* folder; 0: none */
  ImapSelected mailbox;    /* of it */
  ImapRoot root;
  gboolean has_root;
} SyncImapReplay;

/* sync_imap_replay_leave: for a later replay */
void sync_imap_replay_leave (SyncImapReplay *self, const StoreOperation *operation);
void sync_imap_replay_leave_all (SyncImapReplay *self, GPtrArray *operations);

/* sync_imap_replay_forget: what they are about is on no server any more
 * sync_imap_replay_end_without_target: their target has no mailbox, and none is to be made: refused where there still is such a folder here */
gboolean sync_imap_replay_forget (SyncImapReplay *self, GPtrArray *operations, GError **error);
gboolean sync_imap_replay_end_without_target (SyncImapReplay *self, GPtrArray *operations, GError **error);

/**
 * sync_imap_replay_refused:
 * @refusal: (transfer full)
 *
 * What has to be done about the server's NO: put off, or undone here and in the report. When it is no server's word but the end of the
 * conversation, it is moved to @error and %FALSE returned.
 */
gboolean sync_imap_replay_refused (SyncImapReplay *self, GPtrArray *operations, GError *refusal, GError **error);

/**
 * sync_imap_replay_select:
 * @is_open: (out): whether it could be opened and its UIDs still are those we know
 */
gboolean sync_imap_replay_select (SyncImapReplay *self, gint64 folder, gboolean *is_open, GError **error);

/**
 * sync_imap_replay_check_target:
 * @uidnext: (out): 0 when not known
 *
 * Before anything is put into @operations' target, whose UIDVALIDITY is known from then on. A mailbox that a person made, and that is not there any more, is not made again by what was
 * to go into it, since somebody deleted or renamed it: @operations are refused then, and emptied.
 */
gboolean sync_imap_replay_check_target (SyncImapReplay *self, GPtrArray *operations, const char *wire_name, guint32 *uidnext, GError **error);

G_END_DECLS
