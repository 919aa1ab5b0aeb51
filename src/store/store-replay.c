/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Waiting operations read, taken up, and ended well. How they end badly is store-rollback.c. */
#include "store-replay.h"

#include "store-messages.h"
#include "store-imap.h"
#include "store-private.h"

#define COLUMNS "id, kind, account, message, folder, ifnull (uid, 0), target, origin, add_flags, remove_flags, name, message_id, uid_floor, stage," \
                " created, not_before, attempts"

/* What another account's server is to get first: only then may this one lose it. */
#define IS_BLOCKED "EXISTS (SELECT 1 FROM pending e WHERE e.message = p.message AND p.message <> 0 AND e.id < p.id AND e.account <> p.account)"

void
store_operation_free (StoreOperation *self)
{
  if (!self)
    return;
  g_free (self->name);
  g_free (self->message_id);
  g_free (self);
}

static char *
get_text (sqlite3_stmt *statement, int column)
{
  return g_strdup ((const char *) sqlite3_column_text (statement, column));
}

static StoreOperation *
read_row (sqlite3_stmt *statement)
{
  StoreOperation *self = g_new0 (StoreOperation, 1);

  self->id = sqlite3_column_int64 (statement, 0);
  self->kind = sqlite3_column_int (statement, 1);
  self->account = sqlite3_column_int64 (statement, 2);
  self->message = sqlite3_column_int64 (statement, 3);
  self->folder = sqlite3_column_int64 (statement, 4);
  self->uid = sqlite3_column_int64 (statement, 5);
  self->target = sqlite3_column_int64 (statement, 6);
  self->origin = sqlite3_column_int64 (statement, 7);
  self->add = sqlite3_column_int (statement, 8);
  self->remove = sqlite3_column_int (statement, 9);
  self->name = get_text (statement, 10);
  self->message_id = get_text (statement, 11);
  self->uid_floor = sqlite3_column_int64 (statement, 12);
  self->stage = sqlite3_column_int (statement, 13);
  self->created = sqlite3_column_int64 (statement, 14);
  self->not_before = sqlite3_column_int64 (statement, 15);
  self->attempts = MAX (sqlite3_column_int (statement, 16), 0);
  return self;
}

GPtrArray *
store_replay_list (StoreDatabase *database, gint64 account, gint64 now, GError **error)
{
  g_autoptr (GPtrArray) operations = g_ptr_array_new_with_free_func ((GDestroyNotify) store_operation_free);
  g_autoptr (StoreStatement) statement = store_database_prepare (database,
    "SELECT " COLUMNS ", " IS_BLOCKED " FROM pending p WHERE account = ?1 ORDER BY id", error);
  gboolean has_row;

  if (!statement)
    return NULL;
  sqlite3_bind_int64 (statement, 1, account);
  while (store_database_step (database, statement, &has_row, error))
    {
      StoreOperation *operation;

      if (!has_row)
        return g_steal_pointer (&operations);
      operation = read_row (statement);
      operation->is_blocked = sqlite3_column_int (statement, 17) != 0 || (now > 0 && operation->not_before > now);
      g_ptr_array_add (operations, operation);
    }
  return NULL;
}

/* @operation: (out) (nullable) (transfer full): as it is now; NULL when it is gone */
static gboolean
read_again (StoreDatabase *database, gint64 id, StoreOperation **operation, GError **error)
{
  g_autoptr (StoreStatement) statement = store_database_prepare (database, "SELECT " COLUMNS " FROM pending WHERE id = ?1", error);
  gboolean has_row;

  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, id);
  if (!store_database_step (database, statement, &has_row, error))
    return FALSE;
  *operation = has_row ? read_row (statement) : NULL;
  return TRUE;
}

static gboolean
is_same (const StoreOperation *a, const StoreOperation *b)
{
  return a->kind == b->kind && a->folder == b->folder && a->target == b->target && a->add == b->add && a->remove == b->remove
         && (a->uid == b->uid || b->uid == 0) && g_strcmp0 (a->name, b->name) == 0;
}

static gboolean
run_on (StoreDatabase *database, const char *sql, gint64 first, gint64 second, gint64 third, GError **error)
{
  sqlite3_stmt *statement = store_database_prepare (database, sql, error);
  int n = statement ? sqlite3_bind_parameter_count (statement) : 0;

  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, first);
  if (n > 1)
    sqlite3_bind_int64 (statement, 2, second);
  if (n > 2)
    sqlite3_bind_int64 (statement, 3, third);
  return store_database_run (database, statement, error);
}

static gboolean
end (StoreDatabase *database, gboolean is_good, GError **error)
{
  if (is_good)
    return store_database_commit (database, error);
  store_database_rollback (database);
  return FALSE;
}

static gboolean
begin_all (StoreDatabase *database, GPtrArray *operations, guint32 uid_floor, GError **error)
{
  gint64 newest = store_identity_find_newest (database, error);

  if (newest < 0)
    return FALSE;
  for (guint i = 0; i < operations->len;)
    {
      StoreOperation *operation = g_ptr_array_index (operations, i);
      g_autoptr (StoreOperation) now = NULL;

      if (!read_again (database, operation->id, &now, error))
        return FALSE;
      if (!now || !is_same (operation, now))
        {
          g_ptr_array_remove_index (operations, i);
          continue;
        }
      if (now->stage == STORE_STAGE_WAITING
          && !run_on (database, "UPDATE pending SET stage = 1, uid_floor = ?2, origin = iif (kind = 2, ?3, origin) WHERE id = ?1", operation->id, uid_floor,
                      newest, error))
        return FALSE;
      i++;
    }
  return TRUE;
}

gboolean
store_replay_begin (StoreDatabase *database, GPtrArray *operations, guint32 uid_floor, GError **error)
{
  return store_database_begin (database, error) && end (database, begin_all (database, operations, uid_floor, error), error);
}

/* A draft that was saved again while it was on its way: what the server has now is the old one. */
static gboolean
is_superseded (StoreDatabase *database, const StoreOperation *operation, gboolean *is_old, GError **error)
{
  sqlite3_stmt *statement = store_database_prepare (database,
    "SELECT count (*) FROM pending WHERE message = ?1 AND id > ?2 AND target = ?3 AND kind = 5", error);
  gint64 n;

  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, operation->message);
  sqlite3_bind_int64 (statement, 2, operation->id);
  sqlite3_bind_int64 (statement, 3, operation->target);
  if (!store_database_query_int (database, statement, 0, &n, error))
    return FALSE;
  *is_old = n > 0;
  return TRUE;
}

/* Where the server said no UID the row gets its own id, negated: the sign of a message that the next pass is to recognise. */
static gboolean
name_result (StoreDatabase *database, const StoreOperation *operation, guint32 uid, GError **error)
{
  gboolean is_old;

  if (!is_superseded (database, operation, &is_old, error))
    return FALSE;
  if (is_old)
    {
      StoreOperation removal = { .kind = STORE_OPERATION_DELETE, .account = operation->account, .message = operation->message,
                                 .folder = operation->target, .uid = uid };

      return uid == 0 || store_pending_record (database, &removal, error);
    }
  if (uid == 0)
    return run_on (database, "UPDATE message SET uid = -id WHERE id = ?1 AND folder = ?2 AND uid IS NULL", operation->message, operation->target, 0, error);
  return run_on (database, "UPDATE pending SET uid = ?3 WHERE message = ?1 AND folder = ?2 AND uid IS NULL AND kind <> 3",
                 operation->message, operation->target, uid, error)
         && run_on (database, "UPDATE pending SET uid = ?3 WHERE origin = ?1 AND folder = ?2 AND uid IS NULL AND kind = 3",
                    operation->message, operation->target, uid, error)
         && store_imap_set_uid (database, operation->message, operation->target, uid, error);
}

static gboolean
finish (StoreDatabase *database, const StoreOperation *operation, guint32 uid, GError **error)
{
  gboolean has_result = operation->kind == STORE_OPERATION_MOVE || operation->kind == STORE_OPERATION_COPY
                        || operation->kind == STORE_OPERATION_APPEND;

  return store_pending_drop (database, operation->id, error) && (!has_result || name_result (database, operation, uid, error));
}

gboolean
store_replay_finish (StoreDatabase *database, const StoreOperation *operation, guint32 uid, GError **error)
{
  return store_database_begin (database, error) && end (database, finish (database, operation, uid, error), error);
}

/* What is left is the original, known by its header alone where its UID is another one day. */
static gboolean
leave_deletion (StoreDatabase *database, const StoreOperation *operation, GError **error)
{
  sqlite3_stmt *statement = store_database_prepare (database,
    "UPDATE pending SET kind = 4, message = 0, target = 0, stage = 1, name = ?2 WHERE id = ?1", error);

  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, operation->id);
  sqlite3_bind_text (statement, 2, store_replay_load_digest (database, operation), -1, g_free);
  return store_database_run (database, statement, error);
}

gboolean
store_replay_copied (StoreDatabase *database, const StoreOperation *operation, guint32 uid, GError **error)
{
  return store_database_begin (database, error)
         && end (database, leave_deletion (database, operation, error) && name_result (database, operation, uid, error), error);
}

/* The row in a folder of a server which does not have it, and is not to get it. */
static gboolean
delete_if_nowhere (StoreDatabase *database, gint64 message, GError **error)
{
  sqlite3_stmt *statement = store_database_prepare (database,
    "SELECT count (*) FROM message m JOIN folder f ON f.id = m.folder WHERE m.id = ?1 AND f.is_remote = 1 AND m.uid IS NULL"
    " AND NOT EXISTS (SELECT 1 FROM pending WHERE message = m.id)", error);
  gint64 n;

  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, message);
  if (!store_database_query_int (database, statement, 0, &n, error))
    return FALSE;
  return n == 0 || store_messages_delete (database, &message, 1, error);
}

static gboolean
vanish (StoreDatabase *database, const StoreOperation *operation, GError **error)
{
  if (operation->kind == STORE_OPERATION_COPY)
    {
      if (!run_on (database, "UPDATE pending SET kind = 5, folder = 0, uid = NULL, origin = 0, stage = 0 WHERE id = ?1 AND EXISTS"
                             " (SELECT 1 FROM message WHERE id = ?2 AND is_whole = 1)", operation->id, operation->message, 0, error))
        return FALSE;
      if (sqlite3_changes (store_database_get_handle (database)) > 0)
        return TRUE;
    }
  if (!store_pending_drop (database, operation->id, error))
    return FALSE;
  return (operation->kind != STORE_OPERATION_MOVE && operation->kind != STORE_OPERATION_COPY)
         || (store_pending_drop_later (database, operation, error) && delete_if_nowhere (database, operation->message, error));
}

gboolean
store_replay_vanish (StoreDatabase *database, const StoreOperation *operation, GError **error)
{
  return store_database_begin (database, error) && end (database, vanish (database, operation, error), error);
}

gboolean
store_replay_put_off (StoreDatabase *database, const StoreOperation *operation, gint64 not_before, const GError *reason, GError **error)
{
  sqlite3_stmt *statement = store_database_prepare (database,
    "UPDATE pending SET attempts = attempts + 1, not_before = ?2, error = ?3 WHERE id = ?1", error);

  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, operation->id);
  sqlite3_bind_int64 (statement, 2, not_before);
  sqlite3_bind_text (statement, 3, reason ? reason->message : NULL, -1, SQLITE_STATIC);
  return store_database_run (database, statement, error);
}

gboolean
store_replay_set_marked (StoreDatabase *database, const StoreOperation *operation, gint64 not_before, GError **error)
{
  return run_on (database, "UPDATE pending SET stage = 2, not_before = ?2 WHERE id = ?1", operation->id, not_before, 0, error);
}

gboolean
store_replay_resolve (StoreDatabase *database, StoreOperation *operation, GError **error)
{
  gint64 message = operation->kind == STORE_OPERATION_COPY ? operation->origin : operation->message;
  gint64 folder = 0;
  gint64 uid;

  if (operation->uid != 0 || message == 0)
    return TRUE;
  uid = store_imap_get_uid (database, message, &folder, error);
  if (uid < 0)
    return FALSE;
  if (uid == 0 || folder != operation->folder)
    return TRUE;
  operation->uid = uid;
  return run_on (database, "UPDATE pending SET uid = ?2 WHERE id = ?1", operation->id, uid, 0, error);
}
