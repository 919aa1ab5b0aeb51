/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is known of IMAP mailboxes: the server's side of folders and messages. Facts come from the server through here and never
 * through store-pending.h; what a person did here and the server has not heard of yet wins until it has. */
#pragma once

#include "mail-role.h"
#include "mail-summary.h"
#include "store.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 folder;           /* 0 for a new one */
  gint64 account;
  char *wire_name;         /* the server's own spelling, to the byte; unique in its account */
  char *path;              /* the same in UTF-8 with "/" between levels: what the folder table shows */
  MailRole role;
  gboolean can_be_opened;  /* not \Noselect or \NonExistent */
  gboolean can_have_children;
  gboolean is_subscribed;
  char *mailbox_id;        /* OBJECTID's; NULL when the server gives none: a rename is then recognised */
  guint32 uidvalidity;     /* 0 until opened for the first time; likewise what follows */
  guint32 uidnext;
  guint64 highestmodseq;   /* 0 without CONDSTORE */
  guint32 n_server;        /* messages, by the server's last word */
  guint32 n_server_unseen;
  gint64 empty_since;      /* when a mailbox that had mail was first seen empty or gone; 0 else: the second look (see sync-imap-messages.h) */
} StoreImapFolder;

void store_imap_folder_free (StoreImapFolder *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreImapFolder, store_imap_folder_free)

/* store_imap_list_folders: (transfer full): of StoreImapFolder, of one account */
GPtrArray *store_imap_list_folders (StoreDatabase *database, gint64 account, GError **error);
StoreImapFolder *store_imap_get_folder (StoreDatabase *database, gint64 folder, GError **error);

/* store_imap_save_folder: makes it (and its parents) when new, else writes what differs; returns the folder's id or -1 */
gint64 store_imap_save_folder (StoreDatabase *database, const StoreImapFolder *self, GError **error);

/* store_imap_drop_folder: the server has it no more: its messages go, but those whose bytes are whole here and nowhere else on the
 * account's server go to "On this computer" first when @keep_mail */
gboolean store_imap_drop_folder (StoreDatabase *database, gint64 folder, gboolean keep_mail, GError **error);

typedef struct
{
  guint32 uid;
  gint64 message;
  MailFlags flags;       /* as shown here */
  gboolean is_whole;
  gboolean has_pending;  /* something waits to be replayed for it: the server's flags are not taken over */
} StoreImapEntry;

/* store_imap_list_entries: (transfer full): of StoreImapEntry by value, ascending by UID; messages the server has not named yet are not among
 * them. 100,000 in under 100 ms. */
GArray *store_imap_list_entries (StoreDatabase *database, gint64 folder, GError **error);

/* store_imap_add: a message the server has: @source whole or headers alone, as @summary says. An UID that is there already is not
 * doubled: its id is returned. */
gint64 store_imap_add (StoreDatabase *database, gint64 folder, guint32 uid, guint64 modseq, GBytes *source, MailSummary *summary, GError **error);

/* store_imap_take_flags: the server's word on flags; nothing happens to what has pending operations or is gone */
gboolean store_imap_take_flags (StoreDatabase *database, gint64 folder, guint32 uid, MailFlags flags, guint64 modseq, GError **error);

/* store_imap_expunge: the server has these no more; their rows go */
gboolean store_imap_expunge (StoreDatabase *database, gint64 folder, const guint32 *uids, gsize n_uids, GError **error);

/* store_imap_set_uid: the server has named a message that we put there (APPENDUID, COPYUID); 0 forgets a name (new UIDVALIDITY). When another
 * row has the UID already (a pass was faster), the two become one: the older id stays. */
gboolean store_imap_set_uid (StoreDatabase *database, gint64 message, gint64 folder, guint32 uid, GError **error);

/* store_imap_list_missing: (transfer full): of gint64: ids of messages in @folder whose bytes are not whole, newest first, at most @limit,
 * no larger than @max_size (0: any), received since @since (0: ever) */
GArray *store_imap_list_missing (StoreDatabase *database, gint64 folder, gint64 max_size, gint64 since, guint limit, GError **error);

G_END_DECLS
