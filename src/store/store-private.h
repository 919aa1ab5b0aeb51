/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of this folder share and nobody else needs. */
#pragma once

#include "mail-summary.h"
#include "store-changes.h"
#include "store-checkpoint.h"
#include "store-database.h"
#include "store-folders.h"
#include "store-replay.h"

G_BEGIN_DECLS

/* A cached statement that is reset at the end of its scope, so that no read stays open behind anybody's back. */
typedef sqlite3_stmt StoreStatement;

static inline void
store_statement_release (StoreStatement *self)
{
  sqlite3_reset (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreStatement, store_statement_release)

/* store.c: (transfer full): see store_search_open () */
StoreDatabase *store_open_finder (Store *self, GError **error);

/* store-database.c */

typedef enum
{
  STORE_DATABASE_WRITER,
  STORE_DATABASE_READER, /* query_only */
} StoreDatabaseMode;

/**
 * store_database_new:
 * @hub: (nullable): told about every commit
 *
 * Belongs to the calling thread. The file must be there.
 */
StoreDatabase *store_database_new (const char *path, StoreDatabaseMode mode, StoreChanges *hub, GError **error);

/* store_database_share_checkpoint: from now on @checkpoint takes in what this handle commits; at most once */
void store_database_share_checkpoint (StoreDatabase *self, StoreCheckpoint *checkpoint);

/* store_database_make_file: makes it where it is not there; readable by this user alone */
gboolean store_database_make_file (const char *path, GError **error);

gboolean store_database_execute (StoreDatabase *self, const char *sql, GError **error);

/* store_database_query_int: the first column of the first row; @fallback when there is no row */
gboolean store_database_query_int (StoreDatabase *self, sqlite3_stmt *statement, gint64 fallback, gint64 *value, GError **error);

/* store_database_query_ids: (transfer full): of gint64: the first column of all rows */
GArray *store_database_query_ids (StoreDatabase *self, sqlite3_stmt *statement, GError **error);

/* store_database_begin_read: one snapshot for several statements; inside a transaction it already is one. End it whatever happened. */
gboolean store_database_begin_read (StoreDatabase *self, GError **error);
void store_database_end_read (StoreDatabase *self);

/* store_database_note: collects a change of the open transaction; FOLDERS, OUTBOX and EVERYTHING without @folder and @id */
void store_database_note (StoreDatabase *self, StoreChangeKind kind, gint64 folder, gint64 id);

/* store_database_reclaim: gives a piece of the unused space back to the disk, when much is unused; @is_more: (out): call again */
gboolean store_database_reclaim (StoreDatabase *self, gboolean *is_more, GError **error);

/* store_error_from_sqlite: for where no handle is at hand */
void store_error_from_sqlite (GError **error, sqlite3 *handle, int code);

/* store-schema.c */

#define STORE_SCHEMA_APPLICATION_ID 0x706f7374 /* "post" */

/* store_schema_prepare: makes or migrates; %BASE_ERROR_STORE_NEWER, %BASE_ERROR_STORE_DAMAGED, %BASE_ERROR_DISK_FULL, %BASE_ERROR_STORE */
gboolean store_schema_prepare (StoreDatabase *database, const char *path, GError **error);

/* store-changes.c; all but stop may be called in any thread */

StoreChanges *store_changes_new (void);

typedef struct
{
  StoreChangeKind kind;
  gint64 folder;
  gint64 id;
} StoreNote;

/**
 * store_changes_push:
 * @notes: ADDED, REMOVED and MESSAGES, in the order in which they came to be
 * @kinds: which of FOLDERS, OUTBOX and EVERYTHING
 */
void store_changes_push (StoreChanges *self, const StoreNote *notes, gsize n_notes, StoreChangeKind kinds);

/* store_changes_claim: "commit number @generation is ours": said while the write lock is held, so that the watch knows it from others' */
void store_changes_claim (StoreChanges *self, gint64 generation);

/* store_changes_disclaim: that commit failed: nobody knows any more whose number it becomes, so the next look tells everything */
void store_changes_disclaim (StoreChanges *self);

/* store_changes_take_claims: whether all of (@from, @to] was claimed here; forgets the claims up to @to */
gboolean store_changes_take_claims (StoreChanges *self, gint64 from, gint64 to);

/* store_changes_stop: nothing is told from now on */
void store_changes_stop (StoreChanges *self);

/* store-source.c */

/* store_source_add: its row, made where no other message has these bytes; -1 with @error */
gint64 store_source_add (StoreDatabase *database, GBytes *bytes, GError **error);

/* store_source_load_head: (transfer full): as store_messages_load_source (), but no more than the header may be there; at least that is */
GBytes *store_source_load_head (StoreDatabase *database, gint64 message, GError **error);

/* store_source_measure_header: the bytes before the empty line, the last line's end included */
gsize store_source_measure_header (const char *data, gsize size);

/* store-messages.c: store_messages_add () of a message that a server calls @uid (0: none does) */
gint64 store_messages_insert (StoreDatabase *database, gint64 folder, GBytes *source, MailSummary *summary, gint64 uid, gint64 modseq,
                              GError **error);

/* store-query.c: the roles whose folders STORE_VIEW_ALL leaves out, as SQL: Drafts, Junk, Deleted, Outbox, all mail */
#define STORE_QUERY_UNSEEN_ROLES "2, 4, 5, 7, 8"

/* store-threads.c */

typedef struct
{
  gint64 id;            /* 0: nobody is known that it belongs to */
  gint64 account;
  GPtrArray *unknown;   /* of const char *, the summary's: what it names and is not here */
} StoreThread;

/* store_threads_find: @thread: (inout): its id may be one that the message has already; joins what turns out to be one conversation.
 * store_threads_await: what is unknown is put down, for whoever comes under that name. Both inside the caller's transaction. */
gboolean store_threads_find (StoreDatabase *database, gint64 folder, const MailSummary *summary, StoreThread *thread, GError **error);
gboolean store_threads_await (StoreDatabase *database, const StoreThread *thread, GError **error);

/* store-sort-key.c: (transfer full): what ordering by a text column compares, the same in every locale */
char *store_sort_key_subject (const char *subject);
char *store_sort_key_people (const GPtrArray *people);
char *store_sort_key_text (const char *text);

/* store-filing.c */

/* store_filing_move_one: between folders, which are not compared; the row forgets its number on the server */
gboolean store_filing_move_one (StoreDatabase *database, gint64 id, gint64 from, gint64 to, GError **error);

/* store_filing_find_folder: of message @id; 0 when it is gone, -1 with @error */
gint64 store_filing_find_folder (StoreDatabase *database, gint64 id, GError **error);

/* store-identity.c
 *
 * store_identity_load_digest: (transfer full) (nullable): see store_replay_digest_header ()
 * store_identity_find_newest: the highest id that a message has; -1 with @error */
char *store_identity_load_digest (StoreDatabase *database, gint64 message);
gint64 store_identity_find_newest (StoreDatabase *database, GError **error);

/* store-pending-record.c */

typedef struct
{
  gint64 folder;      /* 0: there is no such message */
  gint64 account;
  MailRole role;
  MailFlags flags;
  gboolean is_remote;
  gboolean is_whole;
  gint64 uid;         /* 0: the server has not told it yet */
  gboolean is_being_sent;
  char *message_id;   /* (nullable) */
} StorePlace;

void store_place_clear (StorePlace *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (StorePlace, store_place_clear)

/* store_pending_find_place: of message @id; clear @place whatever comes back */
gboolean store_pending_find_place (StoreDatabase *database, gint64 id, StorePlace *place, GError **error);

/* store_pending_record: made now; id, not_before and attempts do not count */
gboolean store_pending_record (StoreDatabase *database, const StoreOperation *operation, GError **error);

/* What was recorded is merged with what waits for the same message and has not begun. All inside the caller's transaction.
 *
 * store_pending_record_mark: only what changes here, so that a server's newer word on the rest stays
 * store_pending_redirect: @is_done: (out): moving from @place to @target only changed a record (there and back is nothing at all), and the
 *   row is moved too
 * store_pending_record_move: the rest
 * store_pending_record_deletion: the row is still there */
gboolean store_pending_record_mark (StoreDatabase *database, gint64 id, const StorePlace *place, MailFlags add, MailFlags remove, GError **error);
gboolean store_pending_redirect (StoreDatabase *database, gint64 id, const StorePlace *place, const StoreFolder *target, gboolean *is_done,
                                 GError **error);
gboolean store_pending_record_move (StoreDatabase *database, gint64 id, const StorePlace *place, const StoreFolder *target, GError **error);
gboolean store_pending_record_deletion (StoreDatabase *database, gint64 id, const StorePlace *place, GError **error);

/* store_pending_drop: one record; store_pending_drop_later: what waits for the message to have a name in the target of @operation */
gboolean store_pending_drop (StoreDatabase *database, gint64 id, GError **error);
gboolean store_pending_drop_later (StoreDatabase *database, const StoreOperation *operation, GError **error);

/* store-pending-folders.c: what a person did to a folder, where a server has it too; called by store-folder-edit.c in its transaction
 *
 * store_pending_is_on_server: whether a server's folders are known of @account
 * store_pending_folder_made: of an account whose server is known: it becomes one of the server's
 * store_pending_hand_over: what is in a folder that was of this computer alone until now goes to the server; it is looked for there first
 * store_pending_folder_placed: it has another name or parent; @old: what its row was before
 * store_pending_folder_deleted: before the rows go, with all below it */
gboolean store_pending_is_on_server (StoreDatabase *database, gint64 account, gboolean *is_on_server, GError **error);
gboolean store_pending_folder_made (StoreDatabase *database, gint64 folder, GError **error);
gboolean store_pending_hand_over (StoreDatabase *database, gint64 folder, GError **error);
gboolean store_pending_folder_placed (StoreDatabase *database, const StoreFolder *old, GError **error);
gboolean store_pending_folder_deleted (StoreDatabase *database, gint64 folder, GError **error);

/* store_folders_put_back: with a number where the old name is taken meanwhile, at the top where @parent is gone; nothing happens to a folder that is gone */
gboolean store_folders_put_back (StoreDatabase *database, gint64 id, const char *name, gint64 parent, GError **error);

/* store_folders_delete_tree: folder, children, their mail, without asking */
gboolean store_folders_delete_tree (StoreDatabase *database, gint64 id, GError **error);

/* store_folders_find_path: the folder's id; 0 when there is none of that path; -1 with @error */
gint64 store_folders_find_path (StoreDatabase *database, gint64 account, const char *path, GError **error);

/* store_folders_make_name_free: (transfer full): @path, or @path with a number where it is taken */
char *store_folders_make_name_free (StoreDatabase *database, gint64 account, const char *path, GError **error);

G_END_DECLS
