/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a server refused is undone here, and remembered. */
#include "store-folders.h"
#include "store-messages.h"
#include "store-imap.h"
#include "store-private.h"
#include "store-replay.h"

#include "base-error.h"

#include <string.h>

#define MAX_REFUSALS "1000"

static gboolean fail (StoreDatabase *database, const StoreOperation *operation, const GError *reason, GError **error);

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
query_int (StoreDatabase *database, const char *sql, gint64 first, gint64 second, gint64 *value, GError **error)
{
  sqlite3_stmt *statement = store_database_prepare (database, sql, error);

  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, first);
  if (sqlite3_bind_parameter_count (statement) > 1)
    sqlite3_bind_int64 (statement, 2, second);
  return store_database_query_int (database, statement, 0, value, error);
}

/* What the log calls it: subject or folder's name */
static char *
make_title (StoreDatabase *database, const StoreOperation *operation)
{
  g_autoptr (MailSummary) summary = operation->message > 0 ? store_messages_get (database, operation->message, NULL) : NULL;
  g_autoptr (StoreFolder) folder = NULL;

  if (summary)
    return g_strdup (summary->subject);
  if (operation->kind >= STORE_OPERATION_CREATE_FOLDER)
    folder = store_folders_get (database, operation->folder, NULL);
  if (operation->kind < STORE_OPERATION_CREATE_FOLDER)
    return NULL;
  return g_strdup (folder ? folder->name : operation->name);
}

/* What the log calls it: moving a folder is not the same to a person as giving it another name. */
static gboolean
find_log_kind (StoreDatabase *database, const StoreOperation *operation, StoreOperationKind *kind, gint64 *target, GError **error)
{
  g_autofree char *name = NULL;
  gint64 parent;

  *kind = operation->kind;
  *target = operation->kind == STORE_OPERATION_DELETE_FOLDER ? 0 : operation->target;
  if (operation->kind != STORE_OPERATION_RENAME_FOLDER)
    return TRUE;
  if (!store_replay_get_place (database, operation, &name, &parent, error))
    return FALSE;
  if (name && parent != operation->origin)
    {
      *kind = STORE_OPERATION_MOVE_FOLDER;
      *target = parent;
    }
  return TRUE;
}

static gboolean
write_log (StoreDatabase *database, const StoreOperation *operation, const GError *reason, GError **error)
{
  StoreOperationKind kind;
  gint64 target;
  sqlite3_stmt *statement;

  if (!find_log_kind (database, operation, &kind, &target, error))
    return FALSE;
  statement = store_database_prepare (database,
    "INSERT INTO pending_log (account, kind, message, folder, target, name, created, failed, error_word, error_message, error_reply)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)", error);

  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, operation->account);
  sqlite3_bind_int (statement, 2, kind);
  sqlite3_bind_int64 (statement, 3, operation->message);
  sqlite3_bind_int64 (statement, 4, operation->folder);
  sqlite3_bind_int64 (statement, 5, target);
  sqlite3_bind_text (statement, 6, make_title (database, operation), -1, g_free);
  sqlite3_bind_int64 (statement, 7, operation->created);
  sqlite3_bind_int64 (statement, 8, g_get_real_time () / G_USEC_PER_SEC);
  sqlite3_bind_text (statement, 9, base_error_get_word (reason), -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, 10, reason->message, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, 11, base_error_get_reply (reason), -1, SQLITE_STATIC);
  store_database_note (database, STORE_CHANGED_REFUSALS, 0, 0);
  return store_database_run (database, statement, error)
         && run_on (database, "DELETE FROM pending_log WHERE account = ?1 AND id <= (SELECT id FROM pending_log WHERE account = ?1"
                              " ORDER BY id DESC LIMIT 1 OFFSET " MAX_REFUSALS ")", operation->account, 0, 0, error);
}

/* The server shows again what it was not to show: the next pass has to look at all of it, not only at what is new. */
static gboolean
look_again (StoreDatabase *database, gint64 folder, GError **error)
{
  return run_on (database, "UPDATE folder SET uidnext = NULL, highestmodseq = NULL WHERE id = ?1", folder, 0, 0, error);
}

/* Flags that a later mark speaks of as well are the later one's. */
static gboolean
undo_mark (StoreDatabase *database, const StoreOperation *operation, GError **error)
{
  gint64 later;
  MailFlags add, remove;

  if (!query_int (database, "SELECT ifnull (max (add_flags & 1), 0) | ifnull (max (add_flags & 2), 0) | ifnull (max (add_flags & 4), 0)"
                            " | ifnull (max (add_flags & 8), 0) | ifnull (max (add_flags & 16), 0) | ifnull (max (add_flags & 32), 0)"
                            " | ifnull (max (add_flags & 64), 0) | ifnull (max (add_flags & 128), 0) | ifnull (max (remove_flags & 1), 0)"
                            " | ifnull (max (remove_flags & 2), 0) | ifnull (max (remove_flags & 4), 0) | ifnull (max (remove_flags & 8), 0)"
                            " | ifnull (max (remove_flags & 16), 0) | ifnull (max (remove_flags & 32), 0) | ifnull (max (remove_flags & 64), 0)"
                            " | ifnull (max (remove_flags & 128), 0) FROM pending WHERE message = ?1 AND id > ?2 AND kind = 1",
                  operation->message, operation->id, &later, error))
    return FALSE;
  add = operation->remove & ~(MailFlags) later;
  remove = operation->add & ~(MailFlags) later;
  return store_messages_set_flags (database, &operation->message, 1, add, remove, error);
}

/* Later operations start from where it still is; the row goes back when none of them took it on. */
static gboolean
undo_move (StoreDatabase *database, const StoreOperation *operation, GError **error)
{
  gint64 here = store_filing_find_folder (database, operation->message, error);
  sqlite3_stmt *statement = store_database_prepare (database,
    "UPDATE pending SET folder = ?3, uid = nullif (?4, 0) WHERE folder = ?2 AND uid IS NULL AND id > ?5"
    " AND ((message = ?1 AND kind <> 3) OR (origin = ?1 AND kind = 3))", error);

  if (here < 0 || !statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, operation->message);
  sqlite3_bind_int64 (statement, 2, operation->target);
  sqlite3_bind_int64 (statement, 3, operation->folder);
  sqlite3_bind_int64 (statement, 4, operation->uid);
  sqlite3_bind_int64 (statement, 5, operation->id);
  if (!store_database_run (database, statement, error))
    return FALSE;
  if (here != operation->target)
    return look_again (database, operation->folder, error);
  return store_filing_move_one (database, operation->message, here, operation->folder, error)
         && store_imap_set_uid (database, operation->message, operation->folder, MAX (operation->uid, 0), error);
}

static gboolean
undo_copy (StoreDatabase *database, const StoreOperation *operation, GError **error)
{
  return run_on (database, "DELETE FROM pending WHERE message = ?1 AND id > ?2", operation->message, operation->id, 0, error)
         && store_messages_delete (database, &operation->message, 1, error);
}

/* The folder on this computer for what @folder does not take. */
static gint64
need_shelter (StoreDatabase *database, gint64 folder, GError **error)
{
  g_autoptr (StoreFolder) remote = store_folders_get (database, folder, NULL);
  MailRole role = remote ? remote->role : MAIL_ROLE_NONE;
  g_autofree char *name = g_strdelimit (g_strdup (remote && *remote->name ? remote->name : "Mail"), "/", '-');
  gint64 found = 0;

  if (role == MAIL_ROLE_DRAFTS || role == MAIL_ROLE_SENT || role == MAIL_ROLE_TRASH || role == MAIL_ROLE_ARCHIVE || role == MAIL_ROLE_JUNK)
    return store_folders_need_role (database, STORE_LOCAL_ACCOUNT, role, error);
  sqlite3_stmt *statement = store_database_prepare (database, "SELECT id FROM folder WHERE account = 0 AND path = ?1", error);
  if (!statement)
    return -1;
  sqlite3_bind_text (statement, 1, name, -1, SQLITE_STATIC);
  if (!store_database_query_int (database, statement, 0, &found, error))
    return -1;
  return found > 0 ? found : store_folders_create (database, STORE_LOCAL_ACCOUNT, name, MAIL_ROLE_NONE, error);
}

/* Nowhere but here: it goes back where it came from, with its name there when a deletion that has not begun still knows it. */
static gboolean
undo_append (StoreDatabase *database, const StoreOperation *operation, GError **error)
{
  gint64 here = store_filing_find_folder (database, operation->message, error);
  gint64 home = 0, uid = 0, deletion = 0;

  if (here <= 0)
    return here == 0;
  if (operation->origin != 0
      && (!query_int (database, "SELECT id FROM folder WHERE id = ?1 AND role <> 7 AND (is_remote = 0 OR EXISTS (SELECT 1 FROM pending WHERE message = ?2"
                                " AND folder = ?1 AND kind = 4 AND stage = 0))", operation->origin, operation->message, &home, error)
          || !query_int (database, "SELECT id FROM pending WHERE message = ?2 AND folder = ?1 AND kind = 4 AND stage = 0",
                         operation->origin, operation->message, &deletion, error)
          || !query_int (database, "SELECT ifnull (uid, 0) FROM pending WHERE id = ?1", deletion, 0, &uid, error)))
    return FALSE;
  if (!run_on (database, "DELETE FROM pending WHERE message = ?1 AND id > ?2", operation->message, operation->id, 0, error))
    return FALSE;
  if (here != operation->target)
    return TRUE; /* a person took it elsewhere meanwhile */
  if (home == 0)
    home = need_shelter (database, operation->target, error);
  return home > 0 && store_filing_move_one (database, operation->message, here, home, error)
         && (uid <= 0 || store_imap_set_uid (database, operation->message, home, uid, error));
}

/* (transfer full): what waits for a folder that will not be */
static GPtrArray *
list_waiting_for (StoreDatabase *database, const StoreOperation *operation, GError **error)
{
  g_autoptr (GPtrArray) all = store_replay_list (database, operation->account, 0, error);

  for (guint i = all ? all->len : 0; i > 0; i--)
    {
      const StoreOperation *other = g_ptr_array_index (all, i - 1);

      if (other->id == operation->id || other->target != operation->folder || other->kind > STORE_OPERATION_APPEND)
        g_ptr_array_remove_index (all, i - 1);
    }
  return g_steal_pointer (&all);
}

/* A folder that no server will have: what was to go into it is refused with it, and what still is in it stays on this computer. */
static gboolean
undo_create (StoreDatabase *database, const StoreOperation *operation, const GError *reason, GError **error)
{
  g_autoptr (GPtrArray) waiting = list_waiting_for (database, operation, error);

  if (!waiting)
    return FALSE;
  for (guint i = waiting->len; i > 0; i--) /* the last first, so that each finds its message where it left it */
    if (!fail (database, g_ptr_array_index (waiting, i - 1), reason, error))
      return FALSE;
  store_database_note (database, STORE_CHANGED_FOLDERS, 0, 0);
  return run_on (database, "UPDATE folder SET is_remote = 0 WHERE id = ?1", operation->folder, 0, 0, error)
         && run_on (database, "DELETE FROM folder WHERE id = ?1 AND role = 0 AND NOT EXISTS (SELECT 1 FROM message WHERE folder = ?1)"
                              " AND NOT EXISTS (SELECT 1 FROM folder WHERE parent = ?1)", operation->folder, 0, 0, error);
}

/* A later one starts from where the folder still is. */
static gboolean
undo_rename (StoreDatabase *database, const StoreOperation *operation, GError **error)
{
  sqlite3_stmt *statement = store_database_prepare (database,
    "UPDATE pending SET name = ?3, origin = ?4 WHERE id = (SELECT min (id) FROM pending WHERE folder = ?1 AND kind = 7 AND id > ?2)", error);

  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, operation->folder);
  sqlite3_bind_int64 (statement, 2, operation->id);
  sqlite3_bind_text (statement, 3, operation->name, -1, SQLITE_STATIC);
  sqlite3_bind_int64 (statement, 4, operation->origin);
  if (!store_database_run (database, statement, error))
    return FALSE;
  return sqlite3_changes (store_database_get_handle (database)) > 0
         || store_folders_put_back (database, operation->folder, operation->name, operation->origin, error);
}

static gboolean
undo (StoreDatabase *database, const StoreOperation *operation, const GError *reason, GError **error)
{
  switch (operation->kind)
    {
    case STORE_OPERATION_MARK:
      return undo_mark (database, operation, error);
    case STORE_OPERATION_MOVE:
      return undo_move (database, operation, error);
    case STORE_OPERATION_COPY:
      return undo_copy (database, operation, error);
    case STORE_OPERATION_DELETE:
      return look_again (database, operation->folder, error);
    case STORE_OPERATION_APPEND:
      return undo_append (database, operation, error);
    case STORE_OPERATION_CREATE_FOLDER:
      return undo_create (database, operation, reason, error);
    case STORE_OPERATION_RENAME_FOLDER:
      return undo_rename (database, operation, error);
    case STORE_OPERATION_MOVE_FOLDER:
    case STORE_OPERATION_DELETE_FOLDER:
      return TRUE; /* the next list of folders brings it back */
    }
  return TRUE;
}

static gboolean
fail (StoreDatabase *database, const StoreOperation *operation, const GError *reason, GError **error)
{
  return write_log (database, operation, reason, error) && store_pending_drop (database, operation->id, error)
         && undo (database, operation, reason, error);
}

gboolean
store_replay_fail (StoreDatabase *database, const StoreOperation *operation, const GError *reason, GError **error)
{
  if (!store_database_begin (database, error))
    return FALSE;
  if (fail (database, operation, reason, error))
    return store_database_commit (database, error);
  store_database_rollback (database);
  return FALSE;
}

void
store_refusal_free (StoreRefusal *self)
{
  if (!self)
    return;
  g_free (self->name);
  g_free (self->error_word);
  g_free (self->error_message);
  g_free (self->error_reply);
  g_free (self);
}

GPtrArray *
store_replay_list_refusals (StoreDatabase *database, gint64 account, GError **error)
{
  g_autoptr (GPtrArray) refusals = g_ptr_array_new_with_free_func ((GDestroyNotify) store_refusal_free);
  g_autoptr (StoreStatement) statement = store_database_prepare (database,
    "SELECT id, account, kind, message, folder, target, name, created, failed, error_word, error_message, error_reply FROM pending_log"
    " WHERE account = ?1 ORDER BY id DESC", error);
  gboolean has_row;

  if (!statement)
    return NULL;
  sqlite3_bind_int64 (statement, 1, account);
  while (store_database_step (database, statement, &has_row, error))
    {
      StoreRefusal *self;

      if (!has_row)
        return g_steal_pointer (&refusals);
      self = g_new0 (StoreRefusal, 1);
      self->id = sqlite3_column_int64 (statement, 0);
      self->account = sqlite3_column_int64 (statement, 1);
      self->kind = sqlite3_column_int (statement, 2);
      self->message = sqlite3_column_int64 (statement, 3);
      self->folder = sqlite3_column_int64 (statement, 4);
      self->target = sqlite3_column_int64 (statement, 5);
      self->name = g_strdup ((const char *) sqlite3_column_text (statement, 6));
      self->created = sqlite3_column_int64 (statement, 7);
      self->failed = sqlite3_column_int64 (statement, 8);
      self->error_word = g_strdup ((const char *) sqlite3_column_text (statement, 9));
      self->error_message = g_strdup ((const char *) sqlite3_column_text (statement, 10));
      self->error_reply = g_strdup ((const char *) sqlite3_column_text (statement, 11));
      g_ptr_array_add (refusals, self);
    }
  return NULL;
}

gboolean
store_replay_clear_refusals (StoreDatabase *database, gint64 account, GError **error)
{
  return run_on (database, "DELETE FROM pending_log WHERE account = ?1", account, 0, 0, error);
}
