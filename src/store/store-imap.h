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

/* store_imap_vacate_folder: gives up its name, which may be another mailbox's now; store_imap_save_folder () gives it its new one in the same
 * transaction */
gboolean store_imap_vacate_folder (StoreDatabase *database, gint64 folder, GError **error);

/* store_imap_tidy_folders: of @account: those without a mailbox that stand above nothing any more, and that nobody has made here, go */
gboolean store_imap_tidy_folders (StoreDatabase *database, gint64 account, GError **error);

/* store_imap_drop_folder: the server has it no more, or only as a name above others: its messages go, but those whose bytes are whole here and
 * nowhere else on the account's server go to "On this computer" first when @keep_mail. What was to be moved into it goes back and is a refusal;
 * what was moved out of it and is nowhere else any more is put where it was to go. */
gboolean store_imap_drop_folder (StoreDatabase *database, gint64 folder, gboolean keep_mail, GError **error);

/* store_imap_set_state: UIDVALIDITY, UIDNEXT, HIGHESTMODSEQ, the counts and empty_since of @self, after a pass over its messages */
gboolean store_imap_set_state (StoreDatabase *database, const StoreImapFolder *self, GError **error);

typedef struct
{
  guint32 uid;
  gint64 message;        /* 0: it was moved or deleted here, and the server has not heard of that: not to be received again */
  MailFlags flags;       /* as shown here */
  gboolean is_whole;
  gboolean has_pending;  /* something waits to be replayed for it: the server's flags are not taken over */
} StoreImapEntry;

/* store_imap_list_entries: (transfer full): of StoreImapEntry by value, ascending by UID; messages the server has not named yet are not among
 * them. 100,000 in under 100 ms. */
GArray *store_imap_list_entries (StoreDatabase *database, gint64 folder, GError **error);

/* store_imap_add: a message the server has: @source whole or headers alone, as @summary says. An UID that is there already is not
 * doubled: its id is returned, and its row made whole where it was not. 0 when it was moved or deleted here in the meantime. @is_new: (out)
 * (optional): there was no row */
gint64 store_imap_add (StoreDatabase *database, gint64 folder, guint32 uid, guint64 modseq, GBytes *source, MailSummary *summary, gboolean *is_new,
                       GError **error);

/* store_imap_number_thread: what the server of @account calls a conversation (THREADID, X-GM-THRID) as the `thread` of its messages: below 0, and the
 * same for the same name always; set it in the summary before store_imap_add (). The server's word counts more than References: it knows the messages
 * that are not here. */
gint64 store_imap_number_thread (gint64 account, const char *name);

/* store_imap_set_object: what the server calls the bytes of @message, wherever in the account they are (EMAILID, X-GM-MSGID) */
gboolean store_imap_set_object (StoreDatabase *database, gint64 message, const char *object_id, GError **error);

/* store_imap_share_objects: messages of @folder that are headers only, and whose bytes are whole in another folder of the account, are made
 * whole of those: what Gmail shows under several labels and in All Mail is received once and kept once. */
gboolean store_imap_share_objects (StoreDatabase *database, gint64 folder, GError **error);

/* store_imap_take_flags: the server's word on flags; nothing happens to what has pending operations or is gone
 * store_imap_has_waiting: whether @folder has messages with pending operations */
gboolean store_imap_has_waiting (StoreDatabase *database, gint64 folder, gboolean *has_any, GError **error);
gboolean store_imap_take_flags (StoreDatabase *database, gint64 folder, guint32 uid, MailFlags flags, guint64 modseq, GError **error);

/* store_imap_expunge: the server has these no more; their rows go */
gboolean store_imap_expunge (StoreDatabase *database, gint64 folder, const guint32 *uids, gsize n_uids, GError **error);

/* store_imap_set_uid: the server has named a message that we put there (APPENDUID, COPYUID); 0 forgets a name (new UIDVALIDITY). When another
 * row has the UID already (a pass was faster), the two become one: the older id stays. */
gboolean store_imap_set_uid (StoreDatabase *database, gint64 message, gint64 folder, guint32 uid, GError **error);

/* store_imap_list_missing: (transfer full): of gint64: ids of messages in @folder whose bytes are not whole, newest first, at most @limit,
 * no larger than @max_size (0: any), received since @since (0: ever) */
GArray *store_imap_list_missing (StoreDatabase *database, gint64 folder, gint64 max_size, gint64 since, guint limit, GError **error);

/* store_imap_get_uid: where @message is on its server; 0 when the server has not named it or it is gone, -1 with @error */
gint64 store_imap_get_uid (StoreDatabase *database, gint64 message, gint64 *folder, GError **error);

/* A new UIDVALIDITY: the server's names mean other messages now (RFC 9051 §2.3.1.1). Between begin and end, which may be in different passes,
 * messages stay as they are, nameless, until the server shows them under their new names.
 *
 * store_imap_begin_renumbering: forgets the names; what waits to be replayed keeps to its message
 * store_imap_recognise: gives @uid to a nameless message with that header and size, or to the pending operation that took one away.
 *   Returns a number above 0 when there is one, 0 when there is none and it is a new message, -1 with @error
 * store_imap_count_nameless: messages nobody has recognised yet, -1 with @error
 * store_imap_has_nameless: whether there are any, or operations that wait for one; 0 or 1, -1 with @error
 * store_imap_end_renumbering: the server has shown all: what is nameless still has gone there; what waited for it ends (store_replay_vanish ()),
 *   and a deletion of something that could not have been recognised is a refusal (store_replay_fail ()) */
gboolean store_imap_begin_renumbering (StoreDatabase *database, gint64 folder, GError **error);
gint64 store_imap_recognise (StoreDatabase *database, gint64 folder, guint32 uid, guint64 modseq, GBytes *header, const MailSummary *summary,
                             GError **error);
gint64 store_imap_count_nameless (StoreDatabase *database, gint64 folder, GError **error);
int store_imap_has_nameless (StoreDatabase *database, gint64 folder, GError **error);
gboolean store_imap_end_renumbering (StoreDatabase *database, gint64 folder, GError **error);

G_END_DECLS
