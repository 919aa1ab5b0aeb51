/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The folder table. Account 0 is "On this computer". What is made, renamed or deleted in an account whose server has been listed is recorded
 * for replay there, and seen here at once (store-replay.h). */
#pragma once

#include "mail-role.h"
#include "store.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 id;
  gint64 account;
  gint64 parent;   /* 0 at the top */
  char *name;      /* what is shown for own folders; roles are worded by app/ */
  char *path;      /* unique in its account: "Projects/Porto"; for IMAP the server's name of the mailbox in UTF-8 */
  MailRole role;
  gboolean is_remote; /* a mailbox of an IMAP server: what is changed in it is recorded for replay */
  gboolean can_have_children; /* the server allows others below it; always so without one */
  guint total;     /* kept right by triggers, so that a folder list never counts */
  guint unread;
} StoreFolder;

void store_folder_free (StoreFolder *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreFolder, store_folder_free)

#define STORE_ALL_ACCOUNTS (-1)
#define STORE_LOCAL_ACCOUNT 0

/* store_folders_list: (transfer full): of StoreFolder, accounts in order of id, roles before own folders, then by name */
GPtrArray *store_folders_list (StoreDatabase *database, gint64 account, GError **error);

/* store_folders_get: %BASE_ERROR_NOT_FOUND when there is none */
StoreFolder *store_folders_get (StoreDatabase *database, gint64 id, GError **error);

/* store_folders_find_role: the folder's id; 0 without an error when the account has none of that role; -1 with an error */
gint64 store_folders_find_role (StoreDatabase *database, gint64 account, MailRole role, GError **error);

/**
 * store_folders_create:
 * @path: "/" parts parents, which must exist; %BASE_ERROR_EXISTS when taken, %BASE_ERROR_INVALID for an empty or unspeakable name
 *
 * Returns: the id, or -1
 */
gint64 store_folders_create (StoreDatabase *database, gint64 account, const char *path, MailRole role, GError **error);

/* store_folders_rename: children follow; %BASE_ERROR_INVALID for a folder with a role, else the errors of store_folders_create () */
gboolean store_folders_rename (StoreDatabase *database, gint64 id, const char *name, GError **error);

/**
 * store_folders_move:
 * @parent: of the same account; 0: to the top
 *
 * With all below it, under its name. What is told to a server is the whole way from where it has the folder to where it is in the end: moving
 * back before the server has heard of it leaves nothing to tell, and moving back later is the opposite operation; so "Undo" is moving it to the
 * parent that it had. Moving it to where it is does nothing.
 *
 * Fails with %BASE_ERROR_EXISTS where the name is taken, %BASE_ERROR_NOT_FOUND when one of them is gone, and with %BASE_ERROR_INVALID for a folder
 * with a role, or with one in it, into itself or below itself, into another account, into one that can have none in it, and between what a
 * server has and what it has not.
 */
gboolean store_folders_move (StoreDatabase *database, gint64 id, gint64 parent, GError **error);

/* store_folders_check_move: whether store_folders_move () would do it: reads only, quickly; for what shows where a folder may be dropped */
gboolean store_folders_check_move (StoreDatabase *database, gint64 id, gint64 parent, GError **error);

/* store_folders_set_remote: whether a server has this folder too */
gboolean store_folders_set_remote (StoreDatabase *database, gint64 id, gboolean is_remote, GError **error);

/* store_folders_need_role: store_folders_find_role (), but made, under its usual name, when the account has none */
gint64 store_folders_need_role (StoreDatabase *database, gint64 account, MailRole role, GError **error);

/* store_folders_delete: with its children; refused with %BASE_ERROR_INVALID for a folder with a role, and while messages are
 * in it unless @with_messages */
gboolean store_folders_delete (StoreDatabase *database, gint64 id, gboolean with_messages, GError **error);

/* store_folders_prepare_account: Inbox, Drafts, Sent, Junk, Deleted and Archive of a POP3 account (of which the server knows
 * nothing); does nothing where they are. Account 0: the Outbox. */
gboolean store_folders_prepare_account (StoreDatabase *database, gint64 account, GError **error);

/**
 * store_folders_remove_account:
 * @keep_mail: its folders become folders under @name in account 0 (empty ones go); otherwise they go with all their mail
 *
 * Also forgets its UIDLs and what waited to be replayed. Mail of it in the Outbox stays there, failed, with a sentence.
 */
gboolean store_folders_remove_account (StoreDatabase *database, gint64 account, const char *name, gboolean keep_mail, GError **error);

G_END_DECLS
