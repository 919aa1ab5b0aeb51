/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Operations as they are recorded: one that a server has not heard of yet takes up the next, or both cancel out. */
#include "store-outbox.h"
#include "store-private.h"

/* The last operation that speaks of a message. */
typedef struct
{
  gint64 id;         /* 0: there is none */
  gint64 kind;
  gint64 stage;
  gint64 message;
  gint64 folder;
  gint64 uid;
  gint64 target;
  MailFlags add;
  MailFlags remove;
} Last;

void
store_place_clear (StorePlace *self)
{
  g_clear_pointer (&self->message_id, g_free);
}

gboolean
store_pending_find_place (StoreDatabase *database, gint64 id, StorePlace *place, GError **error)
{
  g_autoptr (StoreStatement) statement = store_database_prepare (database,
    "SELECT m.folder, f.account, f.role, f.is_remote, m.is_whole, max (ifnull (m.uid, 0), 0), ifnull (o.state, 0), m.flags, m.message_id"
    " FROM message m JOIN folder f ON f.id = m.folder LEFT JOIN outbox o ON o.message = m.id WHERE m.id = ?1", error);
  gboolean has_row;

  *place = (StorePlace) { 0 };
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
  place->flags = sqlite3_column_int (statement, 7);
  place->message_id = g_strdup ((const char *) sqlite3_column_text (statement, 8));
  return TRUE;
}

gboolean
store_pending_record (StoreDatabase *database, const StoreOperation *operation, GError **error)
{
  sqlite3_stmt *statement = store_database_prepare (database,
    "INSERT INTO pending (account, kind, message, folder, uid, target, add_flags, remove_flags, created, origin, name, message_id, stage)"
    " VALUES (?1, ?2, ?3, ?4, nullif (?5, 0), ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)", error);

  gint64 origin = operation->origin;

  if (!statement)
    return FALSE;
  if (operation->uid == 0 && (operation->kind == STORE_OPERATION_MARK || operation->kind == STORE_OPERATION_MOVE
                              || operation->kind == STORE_OPERATION_DELETE))
    {
      origin = store_identity_find_newest (database, error);
      if (origin < 0)
        return FALSE;
    }
  sqlite3_bind_int64 (statement, 1, operation->account);
  sqlite3_bind_int (statement, 2, operation->kind);
  sqlite3_bind_int64 (statement, 3, operation->message);
  sqlite3_bind_int64 (statement, 4, operation->folder);
  sqlite3_bind_int64 (statement, 5, operation->uid);
  sqlite3_bind_int64 (statement, 6, operation->target);
  sqlite3_bind_int (statement, 7, operation->add);
  sqlite3_bind_int (statement, 8, operation->remove);
  sqlite3_bind_int64 (statement, 9, g_get_real_time () / G_USEC_PER_SEC);
  sqlite3_bind_int64 (statement, 10, origin);
  sqlite3_bind_text (statement, 11, operation->name, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, 12, operation->message_id, -1, SQLITE_STATIC);
  sqlite3_bind_int (statement, 13, operation->stage);
  return store_database_run (database, statement, error);
}

static gboolean
run_on (StoreDatabase *database, const char *sql, gint64 first, gint64 second, gint64 third, gint64 fourth, GError **error)
{
  sqlite3_stmt *statement = store_database_prepare (database, sql, error);
  const gint64 values[] = { first, second, third, fourth };

  if (!statement)
    return FALSE;
  for (int i = 0; i < sqlite3_bind_parameter_count (statement); i++)
    sqlite3_bind_int64 (statement, i + 1, values[i]);
  return store_database_run (database, statement, error);
}

gboolean
store_pending_drop (StoreDatabase *database, gint64 id, GError **error)
{
  return run_on (database, "DELETE FROM pending WHERE id = ?1", id, 0, 0, 0, error);
}

gboolean
store_pending_drop_later (StoreDatabase *database, const StoreOperation *operation, GError **error)
{
  return run_on (database, "DELETE FROM pending WHERE message = ?1 AND folder = ?2 AND uid IS NULL AND id > ?3 AND kind <> 3",
                 operation->message, operation->target, operation->id, 0, error);
}

/* @over_marks: passes over MARK. A copy made of the message counts as well: it stands between. */
static gboolean
find_last (StoreDatabase *database, gint64 message, gboolean over_marks, Last *last, GError **error)
{
  g_autoptr (StoreStatement) statement = store_database_prepare (database,
    "SELECT id, kind, stage, message, folder, ifnull (uid, 0), target, add_flags, remove_flags FROM pending"
    " WHERE (message = ?1 OR (kind = 3 AND origin = ?1)) AND (kind <> 1 OR ?2 = 0 OR stage <> 0) ORDER BY id DESC LIMIT 1", error);
  gboolean has_row;

  *last = (Last) { 0 };
  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, message);
  sqlite3_bind_int (statement, 2, over_marks);
  if (!store_database_step (database, statement, &has_row, error))
    return FALSE;
  if (has_row)
    *last = (Last) { sqlite3_column_int64 (statement, 0), sqlite3_column_int64 (statement, 1), sqlite3_column_int64 (statement, 2),
                     sqlite3_column_int64 (statement, 3), sqlite3_column_int64 (statement, 4), sqlite3_column_int64 (statement, 5),
                     sqlite3_column_int64 (statement, 6), sqlite3_column_int (statement, 7), sqlite3_column_int (statement, 8) };
  return TRUE;
}

static gboolean
is_waiting (const Last *last, StoreOperationKind kind)
{
  return last->id > 0 && last->kind == kind && last->stage == STORE_STAGE_WAITING;
}

gboolean
store_pending_record_mark (StoreDatabase *database, gint64 id, const StorePlace *place, MailFlags add, MailFlags remove, GError **error)
{
  StoreOperation operation = { .kind = STORE_OPERATION_MARK, .account = place->account, .message = id, .folder = place->folder, .uid = place->uid,
                               .add = add & ~remove & ~place->flags, .remove = remove & place->flags };
  MailFlags merged_add, merged_remove;
  Last last;

  if (!place->is_remote || (operation.add | operation.remove) == 0)
    return TRUE;
  if (!find_last (database, id, FALSE, &last, error))
    return FALSE;
  if (is_waiting (&last, STORE_OPERATION_APPEND))
    return TRUE; /* it takes along what is marked by then */
  if (!is_waiting (&last, STORE_OPERATION_MARK) || last.folder != place->folder)
    return store_pending_record (database, &operation, error);
  merged_add = (last.add & ~operation.remove) | (operation.add & ~last.remove);
  merged_remove = (last.remove & ~operation.add) | (operation.remove & ~last.add);
  if ((merged_add | merged_remove) == 0)
    return store_pending_drop (database, last.id, error);
  return run_on (database, "UPDATE pending SET add_flags = ?2, remove_flags = ?3 WHERE id = ?1", last.id, merged_add, merged_remove, 0, error);
}

static gboolean
move_row (StoreDatabase *database, gint64 id, const StorePlace *place, gint64 target, gint64 uid, GError **error)
{
  return store_filing_move_one (database, id, place->folder, target, error)
         && run_on (database, "UPDATE message SET uid = nullif (?2, 0) WHERE id = ?1", id, uid, 0, 0, error);
}

/* Marks that were made after the move follow it. */
static gboolean
retarget_marks (StoreDatabase *database, const Last *move, gint64 folder, gint64 uid, GError **error)
{
  return run_on (database, "UPDATE pending SET folder = ?3, uid = nullif (?4, 0) WHERE message = ?1 AND kind = 1 AND id > ?2",
                 move->message, move->id, folder, uid, error);
}

/* A move that waits: back, further, or away from its server. */
static gboolean
redirect_move (StoreDatabase *database, gint64 id, const StorePlace *place, const StoreFolder *target, const Last *last, gboolean *is_done,
               GError **error)
{
  *is_done = TRUE;
  if (target->id == last->folder)
    return store_pending_drop (database, last->id, error) && retarget_marks (database, last, last->folder, last->uid, error)
           && move_row (database, id, place, target->id, last->uid, error);
  *is_done = target->is_remote && target->account == place->account;
  if (*is_done)
    return run_on (database, "UPDATE pending SET target = ?2 WHERE id = ?1", last->id, target->id, 0, 0, error)
           && retarget_marks (database, last, target->id, 0, error) && move_row (database, id, place, target->id, 0, error);
  return TRUE;
}

/* What waits to be put on a server, and goes elsewhere before that. */
static gboolean
redirect_append (StoreDatabase *database, gint64 id, const StorePlace *place, const StoreFolder *target, const Last *last, gboolean *is_done,
                 GError **error)
{
  StoreOperation append = { .kind = STORE_OPERATION_APPEND, .account = target->account, .message = id, .target = target->id,
                            .message_id = place->message_id };

  *is_done = TRUE;
  return store_pending_drop (database, last->id, error) && (!target->is_remote || store_pending_record (database, &append, error))
         && move_row (database, id, place, target->id, 0, error);
}

/* Back to the server that was to lose it: its deletion, and the way to where it is now, are undone. */
static gboolean
redirect_deletion (StoreDatabase *database, gint64 id, const StorePlace *place, const Last *last, gboolean *is_done, GError **error)
{
  sqlite3_stmt *statement = store_database_prepare (database, "SELECT count (*) FROM pending WHERE message = ?1 AND id < ?2 AND stage <> 0", error);
  gint64 n_begun;

  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, id);
  sqlite3_bind_int64 (statement, 2, last->id);
  if (!store_database_query_int (database, statement, 0, &n_begun, error))
    return FALSE;
  *is_done = n_begun == 0;
  return n_begun > 0
         || (store_pending_drop (database, last->id, error)
             && run_on (database, "DELETE FROM pending WHERE message = ?1 AND kind = 5 AND target = ?2", id, place->folder, 0, 0, error)
             && move_row (database, id, place, last->folder, last->uid, error));
}

gboolean
store_pending_redirect (StoreDatabase *database, gint64 id, const StorePlace *place, const StoreFolder *target, gboolean *is_done, GError **error)
{
  Last last;

  *is_done = FALSE;
  if (!find_last (database, id, TRUE, &last, error))
    return FALSE;
  if (is_waiting (&last, STORE_OPERATION_MOVE) && last.message == id && last.target == place->folder)
    return redirect_move (database, id, place, target, &last, is_done, error);
  if (is_waiting (&last, STORE_OPERATION_APPEND) && last.target == place->folder)
    return redirect_append (database, id, place, target, &last, is_done, error);
  if (is_waiting (&last, STORE_OPERATION_DELETE) && last.folder == target->id && last.uid > 0 && place->folder != last.folder)
    return redirect_deletion (database, id, place, &last, is_done, error);
  return TRUE;
}

/* Where the message is on its server, once what has not begun is taken back: @folder 0: nowhere */
static gboolean
take_back (StoreDatabase *database, gint64 id, const StorePlace *place, gint64 *folder, gint64 *uid, GError **error)
{
  Last last;

  *folder = place->is_remote ? place->folder : 0;
  *uid = place->uid;
  for (;;)
    {
      if (!find_last (database, id, FALSE, &last, error))
        return FALSE;
      if (last.message != id || last.stage != STORE_STAGE_WAITING
          || (last.kind != STORE_OPERATION_MARK && last.target != *folder) || last.kind == STORE_OPERATION_DELETE)
        return TRUE;
      if (!store_pending_drop (database, last.id, error))
        return FALSE;
      if (last.kind == STORE_OPERATION_MARK)
        continue;
      *folder = last.kind == STORE_OPERATION_MOVE ? last.folder : 0;
      *uid = last.kind == STORE_OPERATION_MOVE ? last.uid : 0;
      if (*folder == 0)
        return TRUE;
    }
}

gboolean
store_pending_record_move (StoreDatabase *database, gint64 id, const StorePlace *place, const StoreFolder *target, GError **error)
{
  StoreOperation move = { .kind = STORE_OPERATION_MOVE, .account = place->account, .message = id, .folder = place->folder, .uid = place->uid,
                          .target = target->id, .message_id = place->message_id };
  StoreOperation append = { .kind = STORE_OPERATION_APPEND, .account = target->account, .message = id, .target = target->id,
                            .origin = place->folder, .message_id = place->message_id };
  StoreOperation removal = { .kind = STORE_OPERATION_DELETE, .account = place->account, .message = id, .message_id = place->message_id };
  g_autofree char *digest = NULL;

  if (place->is_remote && target->is_remote && place->account == target->account)
    return store_pending_record (database, &move, error);
  if (!take_back (database, id, place, &removal.folder, &removal.uid, error))
    return FALSE;
  if (removal.folder != 0)
    removal.name = digest = store_identity_load_digest (database, id);
  return (!target->is_remote || store_pending_record (database, &append, error))
         && (removal.folder == 0 || store_pending_record (database, &removal, error));
}

gboolean
store_pending_record_deletion (StoreDatabase *database, gint64 id, const StorePlace *place, GError **error)
{
  StoreOperation removal = { .kind = STORE_OPERATION_DELETE, .account = place->account, .message = id, .message_id = place->message_id };
  sqlite3 *handle = store_database_get_handle (database);
  g_autofree char *digest = NULL;

  /* An append that has not begun comes before a deletion when a draft was saved anew, or the message came from another account. */
  if (place->is_remote && place->uid == 0)
    {
      if (!run_on (database, "DELETE FROM pending WHERE message = ?1 AND kind = 5 AND stage = 0 AND target = ?2", id, place->folder, 0, 0, error))
        return FALSE;
      if (sqlite3_changes (handle) > 0)
        return run_on (database, "DELETE FROM pending WHERE message = ?1 AND kind = 1 AND stage = 0", id, 0, 0, 0, error);
    }
  if (!take_back (database, id, place, &removal.folder, &removal.uid, error))
    return FALSE;
  if (removal.folder == 0)
    return TRUE;
  removal.name = digest = store_identity_load_digest (database, id);
  return store_pending_record (database, &removal, error);
}
