/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A person's changes: made at once and, where a server has the folder too, recorded in the same transaction for replay. */
#include "store-pending.h"

#include "base-error.h"
#include "store-folders.h"
#include "store-messages.h"
#include "store-outbox.h"
#include "store-private.h"

/* Written into databases: add, never renumber. */
typedef enum
{
  PENDING_MARK = 1,   /* flags of `uid` in `folder` */
  PENDING_MOVE = 2,   /* `uid` of `folder` to `target`, of the same account */
  PENDING_COPY = 3,   /* likewise; `message` is the copy */
  PENDING_DELETE = 4, /* `uid` of `folder`, for good */
  PENDING_APPEND = 5, /* `message`, whose source is here, into `target` */
} PendingKind;

typedef struct
{
  gint64 folder;      /* 0: there is no such message */
  gint64 account;
  MailRole role;
  gboolean is_remote;
  gboolean is_whole;
  gint64 uid;         /* 0: the server has not told it yet */
  gboolean is_being_sent;
} Place;

typedef struct
{
  PendingKind kind;
  gint64 account;
  gint64 message;
  gint64 folder;
  gint64 uid;
  gint64 target;
  MailFlags add;
  MailFlags remove;
} Operation;

static gboolean
find_place (StoreDatabase *database, gint64 id, Place *place, GError **error)
{
  g_autoptr (StoreStatement) statement = store_database_prepare (database,
    "SELECT m.folder, f.account, f.role, f.is_remote, m.is_whole, max (ifnull (m.uid, 0), 0), ifnull (o.state, 0) FROM message m"
    " JOIN folder f ON f.id = m.folder LEFT JOIN outbox o ON o.message = m.id WHERE m.id = ?1", error);
  gboolean has_row;

  *place = (Place) { 0 };
  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, id);
  if (!store_database_step (database, statement, &has_row, error))
    return FALSE;
  if (!has_row)
    return TRUE;
  place->folder = sqlite3_column_int64 (statement, 0);
  place->account = sqlite3_column_int64 (statement, 1);
  place->role = sqlite3_column_int (statement, 2);
  place->is_remote = sqlite3_column_int (statement, 3) != 0;
  place->is_whole = sqlite3_column_int (statement, 4) != 0;
  place->uid = sqlite3_column_int64 (statement, 5);
  place->is_being_sent = sqlite3_column_int (statement, 6) == STORE_OUTBOX_SENDING;
  return TRUE;
}

static gboolean
record (StoreDatabase *database, const Operation *operation, GError **error)
{
  sqlite3_stmt *statement = store_database_prepare (database,
    "INSERT INTO pending (account, kind, message, folder, uid, target, add_flags, remove_flags, created)"
    " VALUES (?1, ?2, ?3, ?4, nullif (?5, 0), ?6, ?7, ?8, ?9)", error);

  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, operation->account);
  sqlite3_bind_int (statement, 2, operation->kind);
  sqlite3_bind_int64 (statement, 3, operation->message);
  sqlite3_bind_int64 (statement, 4, operation->folder);
  sqlite3_bind_int64 (statement, 5, operation->uid);
  sqlite3_bind_int64 (statement, 6, operation->target);
  sqlite3_bind_int (statement, 7, operation->add);
  sqlite3_bind_int (statement, 8, operation->remove);
  sqlite3_bind_int64 (statement, 9, g_get_real_time () / G_USEC_PER_SEC);
  return store_database_run (database, statement, error);
}

/* Ends what was begun: commits when @is_good. */
static gboolean
end (StoreDatabase *database, gboolean is_good, GError **error)
{
  if (is_good)
    return store_database_commit (database, error);
  store_database_rollback (database);
  return FALSE;
}

static gboolean
mark_all (StoreDatabase *database, const gint64 *ids, gsize n_ids, MailFlags add, MailFlags remove, GError **error)
{
  for (gsize i = 0; i < n_ids; i++)
    {
      Place place;

      if (!find_place (database, ids[i], &place, error))
        return FALSE;
      if (place.is_remote)
        {
          Operation operation = { PENDING_MARK, place.account, ids[i], place.folder, place.uid, 0, add, remove };

          if (!record (database, &operation, error))
            return FALSE;
        }
    }
  return store_messages_set_flags (database, ids, n_ids, add, remove, error);
}

gboolean
store_pending_mark (StoreDatabase *database, const gint64 *ids, gsize n_ids, MailFlags add, MailFlags remove, GError **error)
{
  return store_database_begin (database, error)
         && end (database, mark_all (database, ids, n_ids, add, remove, error), error);
}

static StoreFolder *
get_target (StoreDatabase *database, gint64 id, GError **error)
{
  g_autoptr (StoreFolder) folder = store_folders_get (database, id, error);

  if (!folder || folder->role != MAIL_ROLE_OUTBOX)
    return g_steal_pointer (&folder);
  g_set_error (error, BASE_ERROR, BASE_ERROR_INVALID, "A message comes into the Outbox only by being sent.");
  return NULL;
}

static gboolean
check_whole (const Place *place, const StoreFolder *target, GError **error)
{
  if (place->is_whole || !place->is_remote || (target->is_remote && target->account == place->account))
    return TRUE;
  g_set_error (error, BASE_ERROR, BASE_ERROR_NOT_AVAILABLE, "The whole message must be here before it can be taken from its server.");
  return FALSE;
}

/* Moving back what the server has not heard of yet only takes the record away. @was_undone: (out) */
static gboolean
undo_move (StoreDatabase *database, gint64 id, const Place *place, const StoreFolder *target, gboolean *was_undone, GError **error)
{
  sqlite3_stmt *statement = store_database_prepare (database,
    "SELECT ifnull (uid, 0) FROM pending WHERE message = ?1 AND kind = 2 AND attempts = 0 AND folder = ?2 AND target = ?3"
    " AND id = (SELECT max (id) FROM pending WHERE message = ?1)", error);
  gint64 uid;

  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, id);
  sqlite3_bind_int64 (statement, 2, target->id);
  sqlite3_bind_int64 (statement, 3, place->folder);
  if (!store_database_query_int (database, statement, -1, &uid, error))
    return FALSE;
  *was_undone = uid >= 0;
  if (!*was_undone)
    return TRUE;

  statement = store_database_prepare (database, "DELETE FROM pending WHERE id = (SELECT max (id) FROM pending WHERE message = ?1)", error);
  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, id);
  if (!store_database_run (database, statement, error) || !store_filing_move_one (database, id, place->folder, target->id, error))
    return FALSE;
  statement = store_database_prepare (database, "UPDATE message SET uid = nullif (?2, 0) WHERE id = ?1", error);
  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, id);
  sqlite3_bind_int64 (statement, 2, uid);
  return store_database_run (database, statement, error);
}

static gboolean
record_move (StoreDatabase *database, gint64 id, const Place *place, const StoreFolder *target, GError **error)
{
  gboolean is_on_server = place->is_remote && target->is_remote && place->account == target->account;
  Operation move = { PENDING_MOVE, place->account, id, place->folder, place->uid, target->id, 0, 0 };
  Operation append = { PENDING_APPEND, target->account, id, 0, 0, target->id, 0, 0 };
  Operation delete = { PENDING_DELETE, place->account, id, place->folder, place->uid, 0, 0, 0 };

  if (is_on_server)
    return record (database, &move, error);
  return (!target->is_remote || record (database, &append, error)) && (!place->is_remote || record (database, &delete, error));
}

static gboolean
move_one (StoreDatabase *database, gint64 id, const StoreFolder *target, GError **error)
{
  gboolean was_undone = FALSE;
  Place place;

  if (!find_place (database, id, &place, error))
    return FALSE;
  if (place.folder == 0 || place.folder == target->id || place.is_being_sent)
    return TRUE;
  if (!check_whole (&place, target, error))
    return FALSE;
  if (place.is_remote && !undo_move (database, id, &place, target, &was_undone, error))
    return FALSE;
  if (was_undone)
    return TRUE;
  if (place.role == MAIL_ROLE_OUTBOX)
    store_database_note (database, STORE_CHANGED_OUTBOX, 0, 0);
  return record_move (database, id, &place, target, error)
         && store_filing_move_one (database, id, place.folder, target->id, error);
}

static gboolean
move_all (StoreDatabase *database, const gint64 *ids, gsize n_ids, gint64 folder, GError **error)
{
  g_autoptr (StoreFolder) target = get_target (database, folder, error);

  if (!target)
    return FALSE;
  for (gsize i = 0; i < n_ids; i++)
    if (!move_one (database, ids[i], target, error))
      return FALSE;
  return TRUE;
}

gboolean
store_pending_move (StoreDatabase *database, const gint64 *ids, gsize n_ids, gint64 folder, GError **error)
{
  return store_database_begin (database, error) && end (database, move_all (database, ids, n_ids, folder, error), error);
}

static gboolean
copy_one (StoreDatabase *database, gint64 id, const StoreFolder *target, GError **error)
{
  Place place;
  Operation operation = { 0 };

  if (!find_place (database, id, &place, error))
    return FALSE;
  if (place.folder == 0)
    return TRUE;
  if (!check_whole (&place, target, error) || !store_messages_copy (database, &id, 1, target->id, error))
    return FALSE;
  if (!target->is_remote)
    return TRUE;
  operation.account = target->account;
  operation.message = sqlite3_last_insert_rowid (store_database_get_handle (database));
  operation.target = target->id;
  operation.kind = PENDING_APPEND;
  if (place.is_remote && place.account == target->account)
    {
      operation.kind = PENDING_COPY;
      operation.folder = place.folder;
      operation.uid = place.uid;
    }
  return record (database, &operation, error);
}

static gboolean
copy_all (StoreDatabase *database, const gint64 *ids, gsize n_ids, gint64 folder, GError **error)
{
  g_autoptr (StoreFolder) target = get_target (database, folder, error);

  if (!target)
    return FALSE;
  for (gsize i = 0; i < n_ids; i++)
    if (!copy_one (database, ids[i], target, error))
      return FALSE;
  return TRUE;
}

gboolean
store_pending_copy (StoreDatabase *database, const gint64 *ids, gsize n_ids, gint64 folder, GError **error)
{
  return store_database_begin (database, error) && end (database, copy_all (database, ids, n_ids, folder, error), error);
}

static gboolean
delete_for_good (StoreDatabase *database, gint64 id, const Place *place, GError **error)
{
  Operation operation = { PENDING_DELETE, place->account, id, place->folder, place->uid, 0, 0, 0 };

  return (!place->is_remote || record (database, &operation, error)) && store_messages_delete (database, &id, 1, error);
}

static gboolean
move_to_deleted (StoreDatabase *database, gint64 id, const Place *place, GError **error)
{
  gint64 folder = place->is_remote ? store_folders_find_role (database, place->account, MAIL_ROLE_TRASH, error)
                                   : store_folders_need_role (database, place->account, MAIL_ROLE_TRASH, error);
  g_autoptr (StoreFolder) target = NULL;

  if (folder == 0)
    g_set_error (error, BASE_ERROR, BASE_ERROR_NOT_FOUND, "The account has no folder for deleted messages.");
  if (folder <= 0)
    return FALSE;
  target = store_folders_get (database, folder, error);
  return target && move_one (database, id, target, error);
}

static gboolean
delete_all (StoreDatabase *database, const gint64 *ids, gsize n_ids, gboolean for_good, GError **error)
{
  for (gsize i = 0; i < n_ids; i++)
    {
      Place place;

      if (!find_place (database, ids[i], &place, error))
        return FALSE;
      if (place.folder == 0 || place.is_being_sent || (!for_good && place.role == MAIL_ROLE_TRASH))
        continue;
      if (place.role == MAIL_ROLE_OUTBOX)
        store_database_note (database, STORE_CHANGED_OUTBOX, 0, 0);
      if (!(for_good ? delete_for_good (database, ids[i], &place, error) : move_to_deleted (database, ids[i], &place, error)))
        return FALSE;
    }
  return TRUE;
}

gboolean
store_pending_delete (StoreDatabase *database, const gint64 *ids, gsize n_ids, gboolean for_good, GError **error)
{
  return store_database_begin (database, error) && end (database, delete_all (database, ids, n_ids, for_good, error), error);
}

gint64
store_pending_count (StoreDatabase *database, gint64 account, GError **error)
{
  sqlite3_stmt *statement = store_database_prepare (database, "SELECT count (*) FROM pending WHERE account = ?1", error);
  gint64 count;

  if (!statement)
    return -1;
  sqlite3_bind_int64 (statement, 1, account);
  return store_database_query_int (database, statement, 0, &count, error) ? count : -1;
}
