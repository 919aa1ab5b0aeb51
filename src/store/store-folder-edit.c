/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Folders made, renamed, moved and deleted, and what their server is to be told of it. */
#include "store-folders.h"

#include "base-error.h"
#include "store-private.h"

#include <string.h>

#define MAX_NAME_BYTES 255
#define MAX_PATH_BYTES 2000

static gboolean
check_name (const char *name, GError **error)
{
  gboolean is_speakable = *name != '\0' && strlen (name) <= MAX_NAME_BYTES && g_utf8_validate (name, -1, NULL)
                          && !g_str_equal (name, ".") && !g_str_equal (name, "..") && !strchr (name, '/')
                          && !g_ascii_isspace (name[0]) && !g_ascii_isspace (name[strlen (name) - 1]);

  for (const char *p = name; is_speakable && *p; p = g_utf8_next_char (p))
    is_speakable = !g_unichar_iscntrl (g_utf8_get_char (p));
  if (!is_speakable)
    g_set_error (error, BASE_ERROR, BASE_ERROR_INVALID,
                 "A folder's name must not be empty, longer than %d bytes, begin or end with a space, or have a slash or a control character in it.",
                 MAX_NAME_BYTES);
  return is_speakable;
}

/* Checks every name of @path and finds the parent, 0 at the top. */
static gboolean
find_parent (StoreDatabase *database, gint64 account, const char *path, gint64 *parent, GError **error)
{
  const char *slash = strrchr (path, '/');
  g_autofree char *parent_path = slash ? g_strndup (path, slash - path) : NULL;
  g_auto (GStrv) names = g_strsplit (path, "/", -1);

  *parent = 0;
  if (!names[0] || strlen (path) > MAX_PATH_BYTES)
    return check_name ("", error);
  for (guint i = 0; names[i]; i++)
    if (!check_name (names[i], error))
      return FALSE;
  if (!parent_path)
    return TRUE;
  *parent = store_folders_find_path (database, account, parent_path, error);
  if (*parent == 0)
    g_set_error (error, BASE_ERROR, BASE_ERROR_NOT_FOUND, "There is no folder “%s” to make another one in.", parent_path);
  return *parent > 0;
}

static gboolean
check_free (StoreDatabase *database, gint64 account, const char *path, GError **error)
{
  gint64 other = store_folders_find_path (database, account, path, error);

  if (other > 0)
    g_set_error (error, BASE_ERROR, BASE_ERROR_EXISTS, "There is a folder “%s” already.", path);
  return other == 0;
}

static gboolean
check_role_free (StoreDatabase *database, gint64 account, MailRole role, GError **error)
{
  gint64 other = store_folders_find_role (database, account, role, error);

  if (other > 0)
    g_set_error (error, BASE_ERROR, BASE_ERROR_EXISTS, "The account has a folder for “%s” already.", mail_role_to_word (role));
  return other == 0;
}

static gint64
create (StoreDatabase *database, gint64 account, const char *path, MailRole role, GError **error)
{
  const char *slash = strrchr (path, '/');
  sqlite3_stmt *statement;
  gint64 parent, id;

  if (!find_parent (database, account, path, &parent, error) || !check_free (database, account, path, error)
      || !check_role_free (database, account, role, error))
    return -1;
  statement = store_database_prepare (database,
    "INSERT INTO folder (account, parent, name, path, role) VALUES (?1, nullif (?2, 0), ?3, ?4, ?5)", error);
  if (!statement)
    return -1;
  sqlite3_bind_int64 (statement, 1, account);
  sqlite3_bind_int64 (statement, 2, parent);
  sqlite3_bind_text (statement, 3, slash ? slash + 1 : path, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, 4, path, -1, SQLITE_STATIC);
  sqlite3_bind_int (statement, 5, role);
  if (!store_database_run (database, statement, error))
    return -1;
  id = sqlite3_last_insert_rowid (store_database_get_handle (database));
  store_database_note (database, STORE_CHANGED_FOLDERS, 0, 0);
  return id;
}

gint64
store_folders_create (StoreDatabase *database, gint64 account, const char *path, MailRole role, GError **error)
{
  gint64 id;

  g_return_val_if_fail (account >= 0, -1);
  if (!store_database_begin (database, error))
    return -1;
  id = create (database, account, path, role, error);
  if (id < 0 || !store_pending_folder_made (database, id, error))
    {
      store_database_rollback (database);
      return -1;
    }
  return store_database_commit (database, error) ? id : -1;
}

/* The folder and all below it take @path for the front of their paths. */
static gboolean
set_path (StoreDatabase *database, const StoreFolder *folder, const char *path, GError **error)
{
  g_autofree char *front = g_strconcat (folder->path, "/", NULL);
  sqlite3_stmt *statement = store_database_prepare (database,
    "UPDATE folder SET path = ?3 || substr (path, length (?2) + 1)"
    " WHERE account = ?1 AND (path = ?2 OR substr (path, 1, length (?4)) = ?4)", error);

  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, folder->account);
  sqlite3_bind_text (statement, 2, folder->path, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, 3, path, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, 4, front, -1, SQLITE_STATIC);
  return store_database_run (database, statement, error);
}

/* @folder, and all below it, to @path in @parent */
static gboolean
put (StoreDatabase *database, const StoreFolder *folder, gint64 parent, const char *path, GError **error)
{
  const char *slash = strrchr (path, '/');
  sqlite3_stmt *statement;

  store_database_note (database, STORE_CHANGED_FOLDERS, 0, 0);
  if (!set_path (database, folder, path, error))
    return FALSE;
  statement = store_database_prepare (database, "UPDATE folder SET name = ?2, parent = nullif (?3, 0) WHERE id = ?1", error);
  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, folder->id);
  sqlite3_bind_text (statement, 2, slash ? slash + 1 : path, -1, SQLITE_STATIC);
  sqlite3_bind_int64 (statement, 3, parent);
  return store_database_run (database, statement, error);
}

static gboolean
query_one (StoreDatabase *database, gint64 id, const char *sql, gint64 *value, GError **error)
{
  sqlite3_stmt *statement = store_database_prepare (database, sql, error);

  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, id);
  return store_database_query_int (database, statement, 0, value, error);
}

/* What only stands in the names of others is no mailbox that a server could give another name. */
static gboolean
check_is_mailbox (StoreDatabase *database, const StoreFolder *folder, GError **error)
{
  gint64 is_mailbox = 1;

  if (folder->is_remote
      && !query_one (database, folder->id, "SELECT wire_name IS NOT NULL OR EXISTS (SELECT 1 FROM pending WHERE folder = ?1 AND kind = 6)"
                                           " FROM folder WHERE id = ?1", &is_mailbox, error))
    return FALSE;
  if (!is_mailbox)
    g_set_error (error, BASE_ERROR, BASE_ERROR_INVALID, "The server has no folder “%s”, only some below that name.", folder->name);
  return is_mailbox;
}

static gboolean
rename_folder (StoreDatabase *database, gint64 id, const char *name, GError **error)
{
  g_autoptr (StoreFolder) folder = store_folders_get (database, id, error);
  g_autofree char *path = NULL;
  const char *slash;

  if (!folder || !check_name (name, error))
    return FALSE;
  if (folder->role != MAIL_ROLE_NONE)
    {
      g_set_error (error, BASE_ERROR, BASE_ERROR_INVALID, "The folder “%s” has a task and keeps its name.", folder->name);
      return FALSE;
    }
  if (g_str_equal (folder->name, name))
    return TRUE;
  slash = strrchr (folder->path, '/');
  path = g_strdup_printf ("%.*s%s", slash ? (int) (slash + 1 - folder->path) : 0, folder->path, name);
  return check_is_mailbox (database, folder, error) && check_free (database, folder->account, path, error)
         && put (database, folder, folder->parent, path, error) && store_pending_folder_placed (database, folder, error);
}

gboolean
store_folders_put_back (StoreDatabase *database, gint64 id, const char *name, gint64 parent, GError **error)
{
  g_autoptr (StoreFolder) folder = store_folders_get (database, id, NULL);
  g_autoptr (StoreFolder) above = parent ? store_folders_get (database, parent, NULL) : NULL;
  g_autofree char *wanted = NULL;
  g_autofree char *path = NULL;

  if (!folder || !name)
    return TRUE;
  wanted = above ? g_strdup_printf ("%s/%s", above->path, name) : g_strdup (name);
  if (g_str_equal (wanted, folder->path))
    return TRUE;
  path = store_folders_make_name_free (database, folder->account, wanted, error); /* somebody may have it meanwhile */
  return path && put (database, folder, above ? parent : 0, path, error);
}

gboolean
store_folders_rename (StoreDatabase *database, gint64 id, const char *name, GError **error)
{
  if (!store_database_begin (database, error))
    return FALSE;
  if (rename_folder (database, id, name, error))
    return store_database_commit (database, error);
  store_database_rollback (database);
  return FALSE;
}

#define TREE "WITH RECURSIVE tree (id) AS (VALUES (?1) UNION SELECT f.id FROM folder f JOIN tree t ON f.parent = t.id) "

/* What a folder could not be moved into, whichever it is. */
static gboolean
check_parent (StoreDatabase *database, const StoreFolder *folder, const StoreFolder *parent, GError **error)
{
  g_autofree char *front = g_strconcat (folder->path, "/", NULL);

  if (parent->account != folder->account)
    g_set_error_literal (error, BASE_ERROR, BASE_ERROR_INVALID, "A folder can only be moved within its account.");
  else if (parent->id == folder->id || g_str_has_prefix (parent->path, front))
    g_set_error (error, BASE_ERROR, BASE_ERROR_INVALID, "The folder “%s” cannot be moved into itself.", folder->name);
  else if (!parent->can_have_children || parent->role == MAIL_ROLE_OUTBOX)
    g_set_error (error, BASE_ERROR, BASE_ERROR_INVALID, "There can be no folders in “%s”.", parent->name);
  else if (folder->is_remote && !parent->is_remote)
    g_set_error (error, BASE_ERROR, BASE_ERROR_INVALID, "The folder “%s” is on this computer alone; one of the server cannot be moved into it.", parent->name);
  else
    return check_is_mailbox (database, parent, error);
  return FALSE;
}

static gboolean
check_length (StoreDatabase *database, const StoreFolder *folder, const char *path, GError **error)
{
  gint64 longest;

  if (!query_one (database, folder->id, TREE "SELECT max (length (CAST (path AS BLOB))) FROM folder WHERE id IN tree", &longest, error))
    return FALSE;
  if (longest - (gint64) strlen (folder->path) + (gint64) strlen (path) <= MAX_PATH_BYTES)
    return TRUE;
  g_set_error (error, BASE_ERROR, BASE_ERROR_INVALID, "The folder “%s” would be too deep in others there.", folder->name);
  return FALSE;
}

/* @path: (out) (nullable) (transfer full): where @folder is to go; %NULL when it is there */
static gboolean
plan_move (StoreDatabase *database, const StoreFolder *folder, gint64 parent, char **path, GError **error)
{
  g_autoptr (StoreFolder) above = parent ? store_folders_get (database, parent, error) : NULL;
  g_autofree char *wanted = NULL;
  gint64 n_roles;

  if ((parent && !above) || !query_one (database, folder->id, TREE "SELECT count (*) FROM folder WHERE role <> 0 AND id IN tree", &n_roles, error))
    return FALSE;
  if (n_roles > 0)
    {
      g_set_error (error, BASE_ERROR, BASE_ERROR_INVALID, "The folder “%s”, or one in it, has a task and stays where it is.", folder->name);
      return FALSE;
    }
  if (folder->parent == parent)
    return TRUE;
  wanted = above ? g_strdup_printf ("%s/%s", above->path, folder->name) : g_strdup (folder->name);
  if (!check_is_mailbox (database, folder, error) || (above && !check_parent (database, folder, above, error))
      || !check_length (database, folder, wanted, error) || !check_free (database, folder->account, wanted, error))
    return FALSE;
  *path = g_steal_pointer (&wanted);
  return TRUE;
}

gboolean
store_folders_check_move (StoreDatabase *database, gint64 id, gint64 parent, GError **error)
{
  g_autoptr (StoreFolder) folder = store_folders_get (database, id, error);
  g_autofree char *path = NULL;

  return folder && plan_move (database, folder, parent, &path, error);
}

static gboolean
move_folder (StoreDatabase *database, gint64 id, gint64 parent, GError **error)
{
  g_autoptr (StoreFolder) folder = store_folders_get (database, id, error);
  g_autofree char *path = NULL;

  if (!folder || !plan_move (database, folder, parent, &path, error))
    return FALSE;
  return !path || (put (database, folder, parent, path, error) && store_pending_folder_placed (database, folder, error));
}

gboolean
store_folders_move (StoreDatabase *database, gint64 id, gint64 parent, GError **error)
{
  g_return_val_if_fail (parent >= 0, FALSE);
  if (!store_database_begin (database, error))
    return FALSE;
  if (move_folder (database, id, parent, error))
    return store_database_commit (database, error);
  store_database_rollback (database);
  return FALSE;
}

static gboolean
run_on_tree (StoreDatabase *database, gint64 id, const char *sql, GError **error)
{
  sqlite3_stmt *statement = store_database_prepare (database, sql, error);

  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, id);
  return store_database_run (database, statement, error);
}

/* What showed one of them finds it gone from the list of folders; no id is told. */
gboolean
store_folders_delete_tree (StoreDatabase *database, gint64 id, GError **error)
{
  store_database_note (database, STORE_CHANGED_FOLDERS, 0, 0);
  return run_on_tree (database, id, TREE "DELETE FROM message WHERE folder IN tree", error)
         && run_on_tree (database, id, TREE "DELETE FROM folder WHERE id IN tree", error);
}

static gboolean
delete_folder (StoreDatabase *database, gint64 id, gboolean with_messages, GError **error)
{
  g_autoptr (StoreFolder) folder = store_folders_get (database, id, error);
  gint64 n_roles, n_messages;

  if (!folder
      || !query_one (database, id, TREE "SELECT count (*) FROM folder WHERE role <> 0 AND id IN tree", &n_roles, error)
      || !query_one (database, id, TREE "SELECT sum (max (total, n_server)) FROM folder WHERE id IN tree", &n_messages, error))
    return FALSE;
  if (n_roles > 0)
    {
      g_set_error (error, BASE_ERROR, BASE_ERROR_INVALID, "The folder “%s”, or one in it, has a task and cannot be deleted.", folder->name);
      return FALSE;
    }
  if (n_messages > 0 && !with_messages)
    {
      g_set_error (error, BASE_ERROR, BASE_ERROR_INVALID, "There are messages in the folder “%s”.", folder->name);
      return FALSE;
    }
  return store_pending_folder_deleted (database, id, error) && store_folders_delete_tree (database, id, error);
}

gboolean
store_folders_delete (StoreDatabase *database, gint64 id, gboolean with_messages, GError **error)
{
  if (!store_database_begin (database, error))
    return FALSE;
  if (delete_folder (database, id, with_messages, error))
    return store_database_commit (database, error);
  store_database_rollback (database);
  return FALSE;
}
