/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of a replay share: sync-imap-pending.c chooses what is next, sync-imap-pending-mail.c, sync-imap-pending-append.c and
 * sync-imap-pending-folders.c do it. */
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

/* All of these: @operations are of one kind, folder, target and flags, in order. FALSE ends the replay: the connection is lost, the store cannot
 * write, somebody cancelled. What one operation comes to is no failure. */
gboolean sync_imap_pending_mark (SyncImapReplay *self, GPtrArray *operations, GError **error);
gboolean sync_imap_pending_transfer (SyncImapReplay *self, GPtrArray *operations, GError **error); /* MOVE, COPY */
gboolean sync_imap_pending_delete (SyncImapReplay *self, GPtrArray *operations, GError **error);
gboolean sync_imap_pending_append (SyncImapReplay *self, GPtrArray *operations, GError **error);
gboolean sync_imap_pending_folder (SyncImapReplay *self, const StoreOperation *operation, GError **error);

/* sync_imap_pending_leave: for a later replay */
void sync_imap_pending_leave (SyncImapReplay *self, const StoreOperation *operation);
void sync_imap_pending_leave_all (SyncImapReplay *self, GPtrArray *operations);

/* sync_imap_pending_forget: what they are about is on no server any more
 * sync_imap_pending_end_without_target: their target has no mailbox, and none is to be made: refused where there still is such a folder here */
gboolean sync_imap_pending_forget (SyncImapReplay *self, GPtrArray *operations, GError **error);
gboolean sync_imap_pending_end_without_target (SyncImapReplay *self, GPtrArray *operations, GError **error);

/**
 * sync_imap_pending_refused:
 * @refusal: (transfer full)
 *
 * What has to be done about the server's NO: put off, or undone here and in the report. When it is no server's word but the end of the
 * conversation, it is moved to @error and %FALSE returned.
 */
gboolean sync_imap_pending_refused (SyncImapReplay *self, GPtrArray *operations, GError *refusal, GError **error);

/**
 * sync_imap_pending_select:
 * @is_open: (out): whether it could be opened and its UIDs still are those we know
 */
gboolean sync_imap_pending_select (SyncImapReplay *self, gint64 folder, gboolean *is_open, GError **error);

/**
 * sync_imap_pending_find:
 * @floor: UIDs below are not meant
 * @others: (nullable): set of UIDs that are not meant either
 * @uid: (out): in @folder, of the message that @operation is about; 0 when there is none
 *
 * By Message-ID, and in any case by the header (store_replay_load_digest ()): a wrong message would be lost. Only of what was put there (APPEND)
 * the Message-ID is enough. What is another message already (store_replay_is_taken ()) is not meant.
 */
gboolean sync_imap_pending_find (SyncImapReplay *self, gint64 folder, const StoreOperation *operation, guint32 floor, GHashTable *others, guint32 *uid,
                                 GError **error);

/**
 * sync_imap_pending_check_target:
 * @uidnext: (out): 0 when not known
 *
 * Before anything is put into @operations' target. A mailbox that a person made, and that is not there any more, is not made again by what was
 * to go into it, since somebody deleted or renamed it: @operations are refused then, and emptied.
 */
gboolean sync_imap_pending_check_target (SyncImapReplay *self, GPtrArray *operations, const char *wire_name, guint32 *uidnext, GError **error);

G_END_DECLS
