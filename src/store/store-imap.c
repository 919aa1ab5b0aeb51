/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The server's side of folders. */
#include "store-imap.h"

#include "base-error.h"
#include "store-folders.h"
#include "store-messages.h"
#include "store-private.h"

#include <string.h>

#define COLUMNS "id, account, wire_name, path, role, can_be_opened, can_have_children, is_subscribed, mailbox_id, ifnull (uidvalidity, 0)," \
                " ifnull (uidnext, 0), ifnull (highestmodseq, 0), n_server, n_server_unseen, empty_since"

void
store_imap_folder_free (StoreImapFolder *self)
{
  if (!self)
    return;
  g_free (self->wire_name);
  g_free (self->path);
  g_free (self->mailbox_id);
  g_free (self);
}

static char *
get_text (sqlite3_stmt *statement, int column)
{
  return g_strdup ((const char *) sqlite3_column_text (statement, column));
}

static StoreImapFolder *
read_row (sqlite3_stmt *statement)
{
  StoreImapFolder *self = g_new0 (StoreImapFolder, 1);

  self->folder = sqlite3_column_int64 (statement, 0);
  self->account = sqlite3_column_int64 (statement, 1);
  self->wire_name = get_text (statement, 2);
  self->path = get_text (statement, 3);
  self->role = sqlite3_column_int (statement, 4);
  self->can_be_opened = sqlite3_column_int (statement, 5) != 0;
  self->can_have_children = sqlite3_column_int (statement, 6) != 0;
  self->is_subscribed = sqlite3_column_int (statement, 7) != 0;
  self->mailbox_id = get_text (statement, 8);
  self->uidvalidity = sqlite3_column_int64 (statement, 9);
  self->uidnext = sqlite3_column_int64 (statement, 10);
  self->highestmodseq = sqlite3_column_int64 (statement, 11);
  self->n_server = sqlite3_column_int64 (statement, 12);
  self->n_server_unseen = sqlite3_column_int64 (statement, 13);
  self->empty_since = sqlite3_column_int64 (statement, 14);
  return self;
}

GPtrArray *
store_imap_list_folders (StoreDatabase *database, gint64 account, GError **error)
{
  g_autoptr (GPtrArray) folders = g_ptr_array_new_with_free_func ((GDestroyNotify) store_imap_folder_free);
  g_autoptr (StoreStatement) statement = store_database_prepare (database,
    "SELECT " COLUMNS " FROM folder WHERE account = ?1 AND wire_name IS NOT NULL ORDER BY id", error);
  gboolean has_row;

  if (!statement)
    return NULL;
  sqlite3_bind_int64 (statement, 1, account);
  while (store_database_step (database, statement, &has_row, error))
    {
      if (!has_row)
        return g_steal_pointer (&folders);
      g_ptr_array_add (folders, read_row (statement));
    }
  return NULL;
}

StoreImapFolder *
store_imap_get_folder (StoreDatabase *database, gint64 folder, GError **error)
{
  g_autoptr (StoreStatement) statement = store_database_prepare (database,
    "SELECT " COLUMNS " FROM folder WHERE id = ?1 AND wire_name IS NOT NULL", error);
  gboolean has_row;

  if (!statement)
    return NULL;
  sqlite3_bind_int64 (statement, 1, folder);
  if (!store_database_step (database, statement, &has_row, error))
    return NULL;
  if (has_row)
    return read_row (statement);
  g_set_error (error, BASE_ERROR, BASE_ERROR_NOT_FOUND, "No server has a folder %" G_GINT64_FORMAT ".", folder);
  return NULL;
}

/* A row's id by one text column; 0 when there is none, -1 with @error. @sql has the account as ?1 and the text as ?2. */
static gint64
find_by_text (StoreDatabase *database, const char *sql, gint64 account, const char *text, GError **error)
{
  sqlite3_stmt *statement = store_database_prepare (database, sql, error);
  gint64 id;

  if (!statement)
    return -1;
  sqlite3_bind_int64 (statement, 1, account);
  sqlite3_bind_text (statement, 2, text, -1, SQLITE_STATIC);
  return store_database_query_int (database, statement, 0, &id, error) ? id : -1;
}

static gint64
insert_row (StoreDatabase *database, gint64 account, gint64 parent, const char *path, GError **error)
{
  const char *slash = strrchr (path, '/');
  sqlite3_stmt *statement = store_database_prepare (database,
    "INSERT INTO folder (account, parent, name, path, is_remote, can_be_opened) VALUES (?1, nullif (?2, 0), ?3, ?4, 1, 0)", error);

  if (!statement)
    return -1;
  sqlite3_bind_int64 (statement, 1, account);
  sqlite3_bind_int64 (statement, 2, parent);
  sqlite3_bind_text (statement, 3, slash ? slash + 1 : path, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, 4, path, -1, SQLITE_STATIC);
  if (!store_database_run (database, statement, error))
    return -1;
  store_database_note (database, STORE_CHANGED_FOLDERS, 0, 0);
  return sqlite3_last_insert_rowid (store_database_get_handle (database));
}

/* The folder above @path, made with those above it where they are missing: names on the server are not ours to judge, so they are not. */
static gboolean
need_parent (StoreDatabase *database, gint64 account, const char *path, gint64 *parent, GError **error)
{
  *parent = 0;
  for (const char *slash = strchr (path, '/'); slash; slash = strchr (slash + 1, '/'))
    {
      g_autofree char *front = g_strndup (path, slash - path);
      gint64 id = find_by_text (database, "SELECT id FROM folder WHERE account = ?1 AND path = ?2", account, front, error);

      if (id == 0)
        id = insert_row (database, account, *parent, front, error);
      if (id < 0)
        return FALSE;
      *parent = id;
    }
  return TRUE;
}

/* The row that @self is to be written to: its own; one without a mailbox that has its path or its role (made here before the server was
 * known); a new one. -1 with @error */
static gint64
find_row (StoreDatabase *database, const StoreImapFolder *self, GError **error)
{
  gint64 id = self->folder;
  sqlite3_stmt *statement;

  if (id == 0)
    id = find_by_text (database, "SELECT id FROM folder WHERE account = ?1 AND wire_name = ?2", self->account, self->wire_name, error);
  if (id == 0)
    id = find_by_text (database, "SELECT id FROM folder WHERE account = ?1 AND path = ?2 AND wire_name IS NULL", self->account, self->path, error);
  if (id != 0 || self->role == MAIL_ROLE_NONE)
    return id;
  statement = store_database_prepare (database, "SELECT id FROM folder WHERE account = ?1 AND role = ?2 AND wire_name IS NULL", error);
  if (!statement)
    return -1;
  sqlite3_bind_int64 (statement, 1, self->account);
  sqlite3_bind_int (statement, 2, self->role);
  return store_database_query_int (database, statement, 0, &id, error) ? id : -1;
}

/* What the person sees of it. A name that two mailboxes share once it is written for people is told apart by a number, and stays so. */
static gboolean
set_place (StoreDatabase *database, gint64 id, const StoreImapFolder *self, GError **error)
{
  gint64 other = find_by_text (database, "SELECT id FROM folder WHERE account = ?1 AND path = ?2", self->account, self->path, error);
  g_autofree char *path = NULL;
  sqlite3_stmt *statement;
  const char *slash;
  gint64 parent;

  if (other < 0)
    return FALSE;
  path = other == 0 || other == id ? g_strdup (self->path) : store_folders_make_name_free (database, self->account, self->path, error);
  if (!path || !need_parent (database, self->account, path, &parent, error))
    return FALSE;
  slash = strrchr (path, '/');
  statement = store_database_prepare (database, "UPDATE folder SET path = ?2, name = ?3, parent = nullif (?4, 0) WHERE id = ?1", error);
  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, id);
  sqlite3_bind_text (statement, 2, path, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, 3, slash ? slash + 1 : path, -1, SQLITE_STATIC);
  sqlite3_bind_int64 (statement, 4, parent == id ? 0 : parent);
  return store_database_run (database, statement, error);
}

/* A role is one folder's: whoever had it before has it no more. */
static gboolean
free_role (StoreDatabase *database, gint64 id, const StoreImapFolder *self, GError **error)
{
  sqlite3_stmt *statement = store_database_prepare (database,
    "UPDATE folder SET role = 0 WHERE account = ?1 AND role = ?2 AND role <> 0 AND id <> ?3", error);

  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, self->account);
  sqlite3_bind_int (statement, 2, self->role);
  sqlite3_bind_int64 (statement, 3, id);
  return store_database_run (database, statement, error);
}

static gboolean
write_facts (StoreDatabase *database, gint64 id, const StoreImapFolder *self, GError **error)
{
  sqlite3_stmt *statement = store_database_prepare (database,
    "UPDATE folder SET wire_name = ?2, role = ?3, can_be_opened = ?4, can_have_children = ?5, is_subscribed = ?6, mailbox_id = ?7,"
    " empty_since = ?8, is_remote = 1 WHERE id = ?1", error);

  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, id);
  sqlite3_bind_text (statement, 2, self->wire_name, -1, SQLITE_STATIC);
  sqlite3_bind_int (statement, 3, self->role);
  sqlite3_bind_int (statement, 4, self->can_be_opened != 0);
  sqlite3_bind_int (statement, 5, self->can_have_children != 0);
  sqlite3_bind_int (statement, 6, self->is_subscribed != 0);
  sqlite3_bind_text (statement, 7, self->mailbox_id, -1, SQLITE_STATIC);
  sqlite3_bind_int64 (statement, 8, self->empty_since);
  return store_database_run (database, statement, error);
}

static gboolean
is_same (const StoreImapFolder *a, const StoreImapFolder *b)
{
  return g_str_equal (a->wire_name, b->wire_name) && a->role == b->role && a->can_be_opened == b->can_be_opened
         && a->can_have_children == b->can_have_children && a->is_subscribed == b->is_subscribed && a->empty_since == b->empty_since
         && g_strcmp0 (a->mailbox_id, b->mailbox_id) == 0;
}

/* @known: (nullable): what is written of it already */
static gboolean
write_row (StoreDatabase *database, gint64 id, const StoreImapFolder *known, const StoreImapFolder *self, GError **error)
{
  store_database_note (database, STORE_CHANGED_FOLDERS, 0, 0);
  if ((!known || !g_str_equal (known->wire_name, self->wire_name)) && !set_place (database, id, self, error))
    return FALSE;
  return free_role (database, id, self, error) && write_facts (database, id, self, error)
         && (known || store_imap_set_state (database, &(StoreImapFolder) { .folder = id, .empty_since = self->empty_since }, error));
}

static gint64
save (StoreDatabase *database, const StoreImapFolder *self, GError **error)
{
  gint64 id = find_row (database, self, error);
  g_autoptr (StoreImapFolder) known = NULL;
  gint64 parent;

  if (id < 0)
    return -1;
  if (id == 0)
    {
      g_autofree char *free_path = store_folders_make_name_free (database, self->account, self->path, error);

      if (!free_path || !need_parent (database, self->account, free_path, &parent, error))
        return -1;
      id = insert_row (database, self->account, parent, free_path, error);
      return id > 0 && free_role (database, id, self, error) && write_facts (database, id, self, error) ? id : -1;
    }
  known = store_imap_get_folder (database, id, NULL);
  if (known && is_same (known, self))
    return id;
  if (!write_row (database, id, known, self, error))
    return -1;
  return known || store_pending_hand_over (database, id, error) ? id : -1;
}

gint64
store_imap_save_folder (StoreDatabase *database, const StoreImapFolder *self, GError **error)
{
  gint64 id;

  g_return_val_if_fail (self->account > 0 && self->wire_name && self->path, -1);
  if (!store_database_begin (database, error))
    return -1;
  id = save (database, self, error);
  if (id < 0)
    {
      store_database_rollback (database);
      return -1;
    }
  return store_database_commit (database, error) ? id : -1;
}

gboolean
store_imap_set_state (StoreDatabase *database, const StoreImapFolder *self, GError **error)
{
  sqlite3_stmt *statement = store_database_prepare (database,
    "UPDATE folder SET uidvalidity = nullif (?2, 0), uidnext = nullif (?3, 0), highestmodseq = nullif (?4, 0), n_server = ?5,"
    " n_server_unseen = ?6, empty_since = ?7, mailbox_id = ifnull (?8, mailbox_id) WHERE id = ?1", error);

  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, self->folder);
  sqlite3_bind_int64 (statement, 2, self->uidvalidity);
  sqlite3_bind_int64 (statement, 3, self->uidnext);
  sqlite3_bind_int64 (statement, 4, self->highestmodseq);
  sqlite3_bind_int64 (statement, 5, self->n_server);
  sqlite3_bind_int64 (statement, 6, self->n_server_unseen);
  sqlite3_bind_int64 (statement, 7, self->empty_since);
  sqlite3_bind_text (statement, 8, self->mailbox_id, -1, SQLITE_STATIC);
  return store_database_run (database, statement, error);
}

/* What is whole here, and on no other folder of the account's server: ids */
static GArray *
list_only_copies (StoreDatabase *database, gint64 folder, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (StoreStatement) statement = store_database_prepare (database,
    "SELECT m.id FROM message m WHERE m.folder = ?1 AND m.is_whole = 1 AND NOT EXISTS (SELECT 1 FROM message o JOIN folder f ON f.id = o.folder"
    " WHERE o.source = m.source AND o.id <> m.id AND o.folder <> ?1 AND o.uid > 0 AND f.account = (SELECT account FROM folder WHERE id = ?1))",
    error);
  gboolean has_row;

  if (!statement)
    return NULL;
  sqlite3_bind_int64 (statement, 1, folder);
  while (store_database_step (database, statement, &has_row, error))
    {
      gint64 id;

      if (!has_row)
        return g_steal_pointer (&ids);
      id = sqlite3_column_int64 (statement, 0);
      g_array_append_val (ids, id);
    }
  return NULL;
}

/* Into a folder "On this computer" of the same name */
static gboolean
keep_only_copies (StoreDatabase *database, const StoreFolder *folder, GError **error)
{
  g_autoptr (GArray) ids = list_only_copies (database, folder->id, error);
  g_autofree char *name = NULL;
  g_autofree char *path = NULL;
  gint64 target;

  if (!ids || ids->len == 0)
    return ids != NULL;
  name = g_strdelimit (g_strdup (folder->name), "/", '-');
  path = store_folders_make_name_free (database, STORE_LOCAL_ACCOUNT, name, error);
  target = path ? insert_row (database, STORE_LOCAL_ACCOUNT, 0, path, error) : -1;
  return target > 0 && store_folders_set_remote (database, target, FALSE, error)
         && store_messages_move (database, (const gint64 *) (gpointer) ids->data, ids->len, target, error);
}

static gboolean
run_on_folder (StoreDatabase *database, const char *sql, gint64 folder, GError **error)
{
  sqlite3_stmt *statement = store_database_prepare (database, sql, error);

  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, folder);
  return store_database_run (database, statement, error);
}

/* A message that was moved here out of a mailbox that is gone, and that no other mailbox of the account has (it would be found under another name):
 * what is whole here is put where the person wanted it. */
static gboolean
rescue (StoreDatabase *database, const StoreOperation *operation, gboolean *is_rescued, GError **error)
{
  sqlite3_stmt *statement;

  *is_rescued = FALSE;
  if (operation->kind != STORE_OPERATION_MOVE)
    return TRUE;
  statement = store_database_prepare (database,
    "UPDATE pending SET kind = 5, folder = 0, uid = NULL, origin = 0, stage = 0 WHERE id = ?1 AND EXISTS (SELECT 1 FROM message m"
    " WHERE m.id = ?2 AND m.is_whole = 1 AND NOT EXISTS (SELECT 1 FROM message o JOIN folder f ON f.id = o.folder WHERE f.account = ?3 AND f.id <> ?4"
    " AND o.id <> m.id AND o.uid > 0 AND (o.source = m.source OR (o.is_whole = 0 AND o.message_id IS m.message_id AND o.date = m.date))))", error);
  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, operation->id);
  sqlite3_bind_int64 (statement, 2, operation->message);
  sqlite3_bind_int64 (statement, 3, operation->account);
  sqlite3_bind_int64 (statement, 4, operation->folder);
  if (!store_database_run (database, statement, error))
    return FALSE;
  *is_rescued = sqlite3_changes (store_database_get_handle (database)) > 0;
  return TRUE;
}

/* What waits to be done in a mailbox that is gone: what was to come into it goes back, the last first; what was taken out of it has gone with
 * it, or is found under its new name. */
static gboolean
end_operations (StoreDatabase *database, const StoreFolder *folder, GError **error)
{
  g_autoptr (GError) reason = g_error_new (BASE_ERROR, BASE_ERROR_NOT_FOUND, "The folder “%s” is not at the server any more.", folder->name);

  for (int is_source = 0; is_source <= 1; is_source++)
    {
      g_autoptr (GPtrArray) operations = store_replay_list (database, folder->account, 0, error);

      if (!operations)
        return FALSE;
      for (guint i = operations->len; i > 0; i--)
        {
          const StoreOperation *operation = g_ptr_array_index (operations, i - 1);
          gboolean is_rescued = FALSE;

          if (operation->kind >= STORE_OPERATION_CREATE_FOLDER || (is_source ? operation->folder : operation->target) != folder->id)
            continue;
          if (is_source && !rescue (database, operation, &is_rescued, error))
            return FALSE;
          if (is_source && is_rescued)
            continue;
          if (!(is_source ? store_replay_vanish (database, operation, error) : store_replay_fail (database, operation, reason, error)))
            return FALSE;
        }
    }
  return TRUE;
}

/* A folder with others in it stays as their parent, without a mailbox. */
static gboolean
drop (StoreDatabase *database, gint64 id, gboolean keep_mail, GError **error)
{
  g_autoptr (StoreFolder) folder = store_folders_get (database, id, error);

  if (!folder || !end_operations (database, folder, error) || (keep_mail && !keep_only_copies (database, folder, error)))
    return FALSE;
  store_database_note (database, STORE_CHANGED_FOLDERS, 0, 0);
  return run_on_folder (database, "DELETE FROM pending WHERE (folder = ?1 AND kind <> 8) OR (target = ?1 AND kind < 6)", id, error)
         && run_on_folder (database, "DELETE FROM message WHERE folder = ?1", id, error)
         && run_on_folder (database, "UPDATE folder SET wire_name = NULL, mailbox_id = NULL, uidvalidity = NULL, uidnext = NULL, highestmodseq = NULL,"
                                     " can_be_opened = 0, role = 0, n_server = 0, n_server_unseen = 0, empty_since = 0 WHERE id = ?1", id, error)
         && run_on_folder (database, "DELETE FROM folder WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM folder WHERE parent = ?1)", id, error);
}

static gboolean
tidy (StoreDatabase *database, gint64 account, GError **error)
{
  sqlite3 *handle = store_database_get_handle (database);
  int n_changes;

  do /* what goes may have been the last below another */
    {
      if (!run_on_folder (database, "DELETE FROM folder WHERE account = ?1 AND is_remote = 1 AND wire_name IS NULL AND role = 0 AND id NOT IN"
                                    " (SELECT parent FROM folder WHERE parent IS NOT NULL) AND NOT EXISTS (SELECT 1 FROM message WHERE folder = folder.id)"
                                    " AND NOT EXISTS (SELECT 1 FROM pending WHERE (folder = folder.id AND kind <> 8) OR (target = folder.id AND kind < 6))",
                          account, error))
        return FALSE;
      n_changes = sqlite3_changes (handle);
      if (n_changes > 0)
        store_database_note (database, STORE_CHANGED_FOLDERS, 0, 0);
    }
  while (n_changes > 0);
  return TRUE;
}

gboolean
store_imap_tidy_folders (StoreDatabase *database, gint64 account, GError **error)
{
  if (!store_database_begin (database, error))
    return FALSE;
  if (tidy (database, account, error))
    return store_database_commit (database, error);
  store_database_rollback (database);
  return FALSE;
}

gboolean
store_imap_vacate_folder (StoreDatabase *database, gint64 folder, GError **error)
{
  return run_on_folder (database, "UPDATE folder SET wire_name = char (1) || id, path = char (1) || id WHERE id = ?1", folder, error);
}

gboolean
store_imap_drop_folder (StoreDatabase *database, gint64 folder, gboolean keep_mail, GError **error)
{
  if (!store_database_begin (database, error))
    return FALSE;
  if (drop (database, folder, keep_mail, error))
    return store_database_commit (database, error);
  store_database_rollback (database);
  return FALSE;
}
