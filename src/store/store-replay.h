/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What waits to be told to a server, for the one that tells it. What a person does is recorded through store-pending.h; here it is taken up,
 * and ends: done, gone, refused (undone here and kept in a log), or later. One replay an account at a time. */
#pragma once

#include "mail-flags.h"
#include "store.h"

G_BEGIN_DECLS

/* Written into databases: add, never renumber. */
typedef enum
{
  STORE_OPERATION_MARK = 1,          /* flags of `uid` in `folder` */
  STORE_OPERATION_MOVE = 2,          /* `uid` of `folder` to `target`, of the same account */
  STORE_OPERATION_COPY = 3,          /* likewise; `message` is the copy, `origin` the message it is of */
  STORE_OPERATION_DELETE = 4,        /* `uid` of `folder`, for good */
  STORE_OPERATION_APPEND = 5,        /* `message`, whose source is here, into `target`; it was in `origin` before (0: it is new) */
  STORE_OPERATION_CREATE_FOLDER = 6, /* `folder`, as its row says */
  STORE_OPERATION_RENAME_FOLDER = 7, /* `folder`, to where store_replay_get_place () says; `name` and `origin` are its name and its parent before */
  STORE_OPERATION_DELETE_FOLDER = 8, /* `folder`, whose row is gone; `name` is its wire name, `uid` was its UIDVALIDITY, `target` its UIDNEXT */
  STORE_OPERATION_MOVE_FOLDER = 9,   /* of refusals alone: a RENAME_FOLDER that was to lie in `target` (0: at the top) */
} StoreOperationKind;

/* Written into databases */
typedef enum
{
  STORE_STAGE_WAITING = 0,
  STORE_STAGE_BEGUN = 1,  /* the server may have heard of it: a person can change it no more, and whoever goes on looks first */
  STORE_STAGE_MARKED = 2, /* of DELETE: marked \Deleted; gone when no other program's marked messages would go along */
} StoreStage;

typedef struct
{
  gint64 id;
  StoreOperationKind kind;
  gint64 account;
  gint64 message;      /* 0: none here any more */
  gint64 folder;
  gint64 uid;          /* 0: the server has not told it yet; below: a new UIDVALIDITY, and not recognised yet (store-imap.h) */
  gint64 target;
  gint64 origin;       /* see the kinds; of MARK, MOVE and DELETE the newest message's id when it was recorded without a UID, or a move begun */
  MailFlags add;
  MailFlags remove;
  char *name;          /* see the kinds; of DELETE the digest of the message's header: its row is gone, and its UID may be another one day */
  char *message_id;    /* NULL when the message has none */
  guint32 uid_floor;   /* once BEGUN: the target's UIDNEXT before; 0 not known: every UID may be ours */
  StoreStage stage;
  gint64 created;
  gint64 not_before;
  guint attempts;
  gboolean is_blocked; /* until not_before, or until another account's server has what this one is to lose */
} StoreOperation;

void store_operation_free (StoreOperation *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreOperation, store_operation_free)

/* store_replay_list: (transfer full): of StoreOperation, in the order in which they were made. @now: 0 lets nothing wait for its not_before */
GPtrArray *store_replay_list (StoreDatabase *database, gint64 account, gint64 now, GError **error);

/**
 * store_replay_begin:
 * @operations: of StoreOperation; those that a person has changed or undone since they were listed are taken out
 * @uid_floor: the target's UIDNEXT, 0 when not known; an operation that is BEGUN already keeps its own
 *
 * To be committed before the server hears of them.
 */
gboolean store_replay_begin (StoreDatabase *database, GPtrArray *operations, guint32 uid_floor, GError **error);

/* store_replay_finish: the server has done it. @uid: what it calls the message in the target (MOVE, COPY, APPEND); 0 when nobody knows:
 * the next pass recognises it by its header */
gboolean store_replay_finish (StoreDatabase *database, const StoreOperation *operation, guint32 uid, GError **error);

/* store_replay_copied: a MOVE whose copy the server has acknowledged: what is left is the deletion of the original */
gboolean store_replay_copied (StoreDatabase *database, const StoreOperation *operation, guint32 uid, GError **error);

/* store_replay_vanish: another client was faster, and the message is not there any more: that counts. A copy of what is whole here is
 * appended instead. */
gboolean store_replay_vanish (StoreDatabase *database, const StoreOperation *operation, GError **error);

/* store_replay_put_off: for the moment, and why */
gboolean store_replay_put_off (StoreDatabase *database, const StoreOperation *operation, gint64 not_before, const GError *reason, GError **error);

/* store_replay_set_marked: see STORE_STAGE_MARKED */
gboolean store_replay_set_marked (StoreDatabase *database, const StoreOperation *operation, gint64 not_before, GError **error);

/**
 * store_replay_fail:
 * @reason: with the server's words
 *
 * Refused for good: what was done here is undone, as far as nothing later stands on it, and the refusal is kept. A message that no
 * server takes stays: where it came from, or "On this computer".
 */
gboolean store_replay_fail (StoreDatabase *database, const StoreOperation *operation, const GError *reason, GError **error);

/* store_replay_resolve: the UID of what @operation is about, where a pass or an earlier operation has found it meanwhile; @operation->uid is set */
gboolean store_replay_resolve (StoreDatabase *database, StoreOperation *operation, GError **error);

/* What the server calls a message is not always known: it did not say where a copy went, or the connection was cut before. It is recognised by
 * its header then, to the byte: Message-IDs are missing, and several messages may share one.
 *
 * store_replay_digest_header: (transfer full): SHA-256, in hex, of the header of @source; what follows the header does not count
 * store_replay_load_digest: (transfer full) (nullable): the same of what @operation is about; %NULL when nothing is known of it any more
 * store_replay_is_taken: whether @uid of @folder is another message, known as such before @operation
 * store_replay_name: @operation, whose UID was not known, is about that */
char *store_replay_digest_header (GBytes *source);
char *store_replay_load_digest (StoreDatabase *database, const StoreOperation *operation);
gboolean store_replay_is_taken (StoreDatabase *database, gint64 folder, guint32 uid, const StoreOperation *operation, gboolean *is_taken,
                                GError **error);
gboolean store_replay_name (StoreDatabase *database, StoreOperation *operation, guint32 uid, GError **error);

/* Folders */

/* store_replay_get_wire: (transfer full) (nullable): a folder's mailbox, also of one that was deleted here; %NULL without @error when it has none
 * yet or any more. @uidvalidity: (out) (optional): 0 when not known */
char *store_replay_get_wire (StoreDatabase *database, gint64 folder, guint32 *uidvalidity, GError **error);

/* store_replay_get_place: where CREATE_FOLDER and RENAME_FOLDER want their folder: what the row says, or where a later RENAME_FOLDER takes it up:
 * between the two something may have been done that needs it there. @name: (out) (transfer full), @parent: (out): 0 for the top. %NULL in @name
 * when the folder is gone */
gboolean store_replay_get_place (StoreDatabase *database, const StoreOperation *operation, char **name, gint64 *parent, GError **error);

/* store_replay_set_wire: the server has it under that name now, and with @delimiter (0: none) what is below it */
gboolean store_replay_set_wire (StoreDatabase *database, gint64 folder, const char *wire_name, char delimiter, GError **error);

/* Refusals, newest first; the last 1,000 of an account are kept. */
typedef struct
{
  gint64 id;
  gint64 account;
  StoreOperationKind kind;
  gint64 message;
  gint64 folder;
  gint64 target;
  char *name;          /* the message's subject, or the folder's name */
  gint64 created;      /* seconds since 1970: when a person did it */
  gint64 failed;
  char *error_word;
  char *error_message;
  char *error_reply;   /* NULL when the server said nothing */
} StoreRefusal;

void store_refusal_free (StoreRefusal *self);
GPtrArray *store_replay_list_refusals (StoreDatabase *database, gint64 account, GError **error); /* (transfer full) */
gboolean store_replay_clear_refusals (StoreDatabase *database, gint64 account, GError **error);

G_END_DECLS
