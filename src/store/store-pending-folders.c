/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Folders of a server made, renamed, moved and deleted here, and what the server is called upon to do about it. */
#include "store-pending.h"
#include "store-private.h"

#include "base-error.h"

static gboolean
run_on (StoreDatabase *database, const char *sql, gint64 first, gint64 second, GError **error)
{
  sqlite3_stmt *statement = store_database_prepare (database, sql, error);

  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, first);
  if (sqlite3_bind_parameter_count (statement) > 1)
    sqlite3_bind_int64 (statement, 2, second);
  return store_database_run (database, statement, error);
}

static gboolean
query_two (StoreDatabase *database, const char *sql, gint64 first, gint64 second, gint64 *value, GError **error)
{
  sqlite3_stmt *statement = store_database_prepare (database, sql, error);

  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, first);
  if (sqlite3_bind_parameter_count (statement) > 1)
    sqlite3_bind_int64 (statement, 2, second);
  return store_database_query_int (database, statement, 0, value, error);
}

static gboolean
query_int (StoreDatabase *database, const char *sql, gint64 id, gint64 *value, GError **error)
{
  return query_two (database, sql, id, 0, value, error);
}

gboolean
store_pending_is_on_server (StoreDatabase *database, gint64 account, gboolean *is_on_server, GError **error)
{
  gint64 n = 0;

  if (!query_int (database, "SELECT EXISTS (SELECT 1 FROM folder WHERE account = ?1 AND wire_name IS NOT NULL)", account, &n, error))
    return FALSE;
  *is_on_server = n > 0;
  return TRUE;
}

gboolean
store_pending_folder_made (StoreDatabase *database, gint64 folder, GError **error)
{
  g_autoptr (StoreFolder) row = store_folders_get (database, folder, error);
  StoreOperation operation = { .kind = STORE_OPERATION_CREATE_FOLDER, .folder = folder };
  gboolean is_known;

  if (!row || !store_pending_is_on_server (database, row->account, &is_known, error))
    return FALSE;
  if (!is_known || row->role == MAIL_ROLE_OUTBOX)
    return TRUE;
  operation.account = row->account;
  return run_on (database, "UPDATE folder SET is_remote = 1 WHERE id = ?1", folder, 0, error) && store_pending_record (database, &operation, error);
}

/* One that waits takes the folder to wherever its row is by then, and is nothing at all when that is where it came from. But only the last that
 * waits: what was done to other folders in between stands on where this one was. */
static gboolean
merge_place (StoreDatabase *database, const StoreFolder *row, gboolean *is_merged, GError **error)
{
  gint64 n, newest;

  if (!query_int (database, "SELECT ifnull (max (id), 0) FROM pending WHERE account = ?1 AND kind IN (6, 7, 8)", row->account, &newest, error)
      || !query_two (database, "SELECT count (*) FROM pending WHERE id = ?1 AND folder = ?2 AND kind IN (6, 7) AND stage = 0", newest, row->id, &n, error))
    return FALSE;
  *is_merged = n > 0;
  return n == 0 || run_on (database, "DELETE FROM pending WHERE id = ?1 AND kind = 7 AND EXISTS (SELECT 1 FROM folder f WHERE f.id = pending.folder"
                                     " AND f.name = pending.name AND ifnull (f.parent, 0) = pending.origin)", newest, 0, error);
}

gboolean
store_pending_folder_placed (StoreDatabase *database, const StoreFolder *old, GError **error)
{
  StoreOperation operation = { .kind = STORE_OPERATION_RENAME_FOLDER, .account = old->account, .folder = old->id, .name = old->name,
                               .origin = old->parent };
  gboolean is_merged;

  if (!old->is_remote)
    return TRUE;
  return merge_place (database, old, &is_merged, error) && (is_merged || store_pending_record (database, &operation, error));
}

gboolean
store_replay_get_place (StoreDatabase *database, const StoreOperation *operation, char **name, gint64 *parent, GError **error)
{
  g_autoptr (StoreStatement) statement = store_database_prepare (database,
    "SELECT name, parent FROM (SELECT id, name, origin AS parent FROM pending WHERE folder = ?1 AND kind = 7 AND id > ?2"
    " UNION ALL SELECT 9223372036854775807, name, ifnull (parent, 0) FROM folder WHERE id = ?1) ORDER BY id LIMIT 1", error);
  gboolean has_row;

  *name = NULL;
  *parent = 0;
  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, operation->folder);
  sqlite3_bind_int64 (statement, 2, operation->id);
  if (!store_database_step (database, statement, &has_row, error))
    return FALSE;
  if (has_row)
    {
      *name = g_strdup ((const char *) sqlite3_column_text (statement, 0));
      *parent = sqlite3_column_int64 (statement, 1);
    }
  return TRUE;
}

typedef struct
{
  gint64 folder;
  gint64 account;
  gint64 uidvalidity;
  gint64 uidnext;
  char *wire_name;   /* (nullable) */
} Doomed;

static void
doomed_free (gpointer data)
{
  Doomed *self = data;

  g_free (self->wire_name);
  g_free (self);
}

/* The deepest first: servers keep a name that others stand under. */
static GPtrArray *
list_doomed (StoreDatabase *database, gint64 folder, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (doomed_free);
  g_autoptr (StoreStatement) statement = store_database_prepare (database,
    "WITH RECURSIVE tree (id, depth) AS (VALUES (?1, 0) UNION SELECT f.id, t.depth + 1 FROM folder f JOIN tree t ON f.parent = t.id)"
    " SELECT f.id, f.account, ifnull (f.uidvalidity, 0), ifnull (f.uidnext, 0), f.wire_name FROM folder f JOIN tree t ON t.id = f.id"
    " WHERE f.is_remote = 1 ORDER BY t.depth DESC, f.id", error);
  gboolean has_row;

  if (!statement)
    return NULL;
  sqlite3_bind_int64 (statement, 1, folder);
  while (store_database_step (database, statement, &has_row, error))
    {
      Doomed *self;

      if (!has_row)
        return g_steal_pointer (&list);
      self = g_new0 (Doomed, 1);
      self->folder = sqlite3_column_int64 (statement, 0);
      self->account = sqlite3_column_int64 (statement, 1);
      self->uidvalidity = sqlite3_column_int64 (statement, 2);
      self->uidnext = sqlite3_column_int64 (statement, 3);
      self->wire_name = g_strdup ((const char *) sqlite3_column_text (statement, 4));
      g_ptr_array_add (list, self);
    }
  return NULL;
}

/* What is to be deleted in the end is recognised by this once its row is gone, where it has no name yet or another one by then. */
static gboolean
remember_digests (StoreDatabase *database, gint64 folder, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (StoreStatement) list = store_database_prepare (database,
    "SELECT message FROM pending WHERE stage = 0 AND target = ?1 AND kind = 2", error);
  gboolean has_row = TRUE;

  if (!list)
    return FALSE;
  sqlite3_bind_int64 (list, 1, folder);
  while (has_row)
    {
      gint64 id;

      if (!store_database_step (database, list, &has_row, error))
        return FALSE;
      id = has_row ? sqlite3_column_int64 (list, 0) : 0;
      if (has_row)
        g_array_append_val (ids, id);
    }
  for (guint i = 0; i < ids->len; i++)
    {
      gint64 id = g_array_index (ids, gint64, i);
      sqlite3_stmt *update = store_database_prepare (database,
        "UPDATE pending SET name = ?3 WHERE message = ?1 AND target = ?2 AND stage = 0 AND kind = 2", error);

      if (!update)
        return FALSE;
      sqlite3_bind_int64 (update, 1, id);
      sqlite3_bind_int64 (update, 2, folder);
      sqlite3_bind_text (update, 3, store_identity_load_digest (database, id), -1, g_free);
      if (!store_database_run (database, update, error))
        return FALSE;
    }
  return TRUE;
}

/* What waits to come into it need not any more: what was moved there is deleted where it still is, in the end. */
static gboolean
record_deletion (StoreDatabase *database, const Doomed *self, GError **error)
{
  StoreOperation operation = { .kind = STORE_OPERATION_DELETE_FOLDER, .account = self->account, .folder = self->folder, .uid = self->uidvalidity,
                               .target = self->uidnext, .name = self->wire_name };
  gint64 n_begun;

  if (!run_on (database, "DELETE FROM pending WHERE stage = 0 AND ((folder = ?1 AND kind IN (1, 4, 7)) OR (target = ?1 AND kind IN (3, 5)))",
               self->folder, 0, error)
      || !remember_digests (database, self->folder, error)
      || !run_on (database, "UPDATE pending SET kind = 4, target = 0 WHERE stage = 0 AND target = ?1 AND kind = 2", self->folder, 0, error)
      || !run_on (database, "DELETE FROM pending WHERE folder = ?1 AND kind = 6 AND stage = 0", self->folder, 0, error)
      || !query_int (database, "SELECT count (*) FROM pending WHERE folder = ?1 AND kind = 6", self->folder, &n_begun, error))
    return FALSE;
  return (!self->wire_name && n_begun == 0) || store_pending_record (database, &operation, error);
}

gboolean
store_pending_folder_deleted (StoreDatabase *database, gint64 folder, GError **error)
{
  g_autoptr (GPtrArray) doomed = list_doomed (database, folder, error);

  for (guint i = 0; doomed && i < doomed->len; i++)
    if (!record_deletion (database, g_ptr_array_index (doomed, i), error))
      return FALSE;
  return doomed != NULL;
}

gboolean
store_pending_is_folder_deleted (StoreDatabase *database, gint64 account, const char *wire_name, gboolean *is_deleted, GError **error)
{
  sqlite3_stmt *statement = store_database_prepare (database, "SELECT count (*) FROM pending WHERE account = ?1 AND kind = 8 AND name = ?2", error);
  gint64 n;

  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, account);
  sqlite3_bind_text (statement, 2, wire_name, -1, SQLITE_STATIC);
  if (!store_database_query_int (database, statement, 0, &n, error))
    return FALSE;
  *is_deleted = n > 0;
  return TRUE;
}

gboolean
store_pending_hand_over (StoreDatabase *database, gint64 folder, GError **error)
{
  return run_on (database, "INSERT INTO pending (account, kind, message, folder, target, message_id, created, stage)"
                           " SELECT f.account, 5, m.id, 0, f.id, m.message_id, CAST (strftime ('%s', 'now') AS INTEGER), 1"
                           " FROM message m JOIN folder f ON f.id = m.folder WHERE f.id = ?1 AND f.is_remote = 1 AND m.uid IS NULL"
                           " AND NOT EXISTS (SELECT 1 FROM pending WHERE message = m.id) ORDER BY m.id", folder, 0, error);
}

char *
store_replay_get_wire (StoreDatabase *database, gint64 folder, guint32 *uidvalidity, GError **error)
{
  g_autoptr (StoreStatement) statement = store_database_prepare (database,
    "SELECT wire_name, ifnull (uidvalidity, 0) FROM folder WHERE id = ?1 AND wire_name IS NOT NULL"
    " UNION ALL SELECT name, ifnull (uid, 0) FROM pending WHERE folder = ?1 AND kind = 8 AND name IS NOT NULL LIMIT 1", error);
  gboolean has_row;

  if (uidvalidity)
    *uidvalidity = 0;
  if (!statement)
    return NULL;
  sqlite3_bind_int64 (statement, 1, folder);
  if (!store_database_step (database, statement, &has_row, error) || !has_row)
    return NULL;
  if (uidvalidity)
    *uidvalidity = sqlite3_column_int64 (statement, 1);
  return g_strdup ((const char *) sqlite3_column_text (statement, 0));
}

static gboolean
bind_and_run (StoreDatabase *database, const char *sql, gint64 folder, const char *first, const char *second, GError **error)
{
  sqlite3_stmt *statement = store_database_prepare (database, sql, error);

  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, folder);
  sqlite3_bind_text (statement, 2, first, -1, SQLITE_STATIC);
  if (sqlite3_bind_parameter_count (statement) > 2)
    sqlite3_bind_text (statement, 3, second, -1, SQLITE_STATIC);
  return store_database_run (database, statement, error);
}

/* A pass may have seen the mailbox first and made another row for it: the older one with the person's mail takes its place. */
static gboolean
set_wire (StoreDatabase *database, gint64 folder, const char *wire_name, char delimiter, GError **error)
{
  g_autofree char *old = store_replay_get_wire (database, folder, NULL, NULL);
  g_autofree char *old_front = old && delimiter ? g_strdup_printf ("%s%c", old, delimiter) : NULL;
  g_autofree char *new_front = delimiter ? g_strdup_printf ("%s%c", wire_name, delimiter) : NULL;

  store_database_note (database, STORE_CHANGED_FOLDERS, 0, 0);
  if (!bind_and_run (database, "UPDATE message SET folder = ?1, uid = NULL, modseq = NULL WHERE folder IN (SELECT id FROM folder WHERE wire_name = ?2"
                               " AND id <> ?1 AND account = (SELECT account FROM folder WHERE id = ?1)) AND uid IS NULL", folder, wire_name, NULL, error)
      || !bind_and_run (database, "DELETE FROM message WHERE folder IN (SELECT id FROM folder WHERE wire_name = ?2 AND id <> ?1"
                                  " AND account = (SELECT account FROM folder WHERE id = ?1))", folder, wire_name, NULL, error)
      || !bind_and_run (database, "UPDATE folder SET parent = ?1 WHERE parent IN (SELECT id FROM folder WHERE wire_name = ?2 AND id <> ?1"
                                  " AND account = (SELECT account FROM folder WHERE id = ?1))", folder, wire_name, NULL, error)
      || !bind_and_run (database, "DELETE FROM folder WHERE wire_name = ?2 AND id <> ?1 AND account = (SELECT account FROM folder WHERE id = ?1)",
                        folder, wire_name, NULL, error))
    return FALSE;
  if (!bind_and_run (database, "UPDATE folder SET wire_name = ?2, is_remote = 1, can_be_opened = 1, is_subscribed = 1 WHERE id = ?1", folder, wire_name, NULL, error))
    return FALSE;
  if (!old_front)
    return TRUE;
  return bind_and_run (database, "UPDATE folder SET wire_name = ?3 || substr (wire_name, length (?2) + 1) WHERE substr (wire_name, 1, length (?2)) = ?2"
                                 " AND account = (SELECT account FROM folder WHERE id = ?1)", folder, old_front, new_front, error);
}

gboolean
store_replay_set_wire (StoreDatabase *database, gint64 folder, const char *wire_name, char delimiter, GError **error)
{
  if (!store_database_begin (database, error))
    return FALSE;
  if (set_wire (database, folder, wire_name, delimiter, error))
    return store_database_commit (database, error);
  store_database_rollback (database);
  return FALSE;
}
