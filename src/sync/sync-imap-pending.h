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
 * sync_imap_pending_wait_for_folder: for @folder to be made, when there still is one; else they are forgotten */
gboolean sync_imap_pending_forget (SyncImapReplay *self, GPtrArray *operations, GError **error);
gboolean sync_imap_pending_wait_for_folder (SyncImapReplay *self, GPtrArray *operations, gint64 folder, GError **error);

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

/* sync_imap_pending_find: in @folder, by Message-ID, the UID that @operation has put there; 0 when there is none or nobody can tell */
gboolean sync_imap_pending_find (SyncImapReplay *self, gint64 folder, const StoreOperation *operation, guint32 *uid, GError **error);

/* sync_imap_pending_get_floor: the UIDNEXT of @wire_name */
gboolean sync_imap_pending_get_floor (SyncImapReplay *self, const char *wire_name, guint32 *uidnext, GError **error);

G_END_DECLS
