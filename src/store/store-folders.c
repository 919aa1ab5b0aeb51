/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The folder table, read. */
#include "store-folders.h"

#include "base-error.h"
#include "store-private.h"

#include <string.h>

#define COLUMNS "id, account, ifnull (parent, 0), name, path, role, is_remote, total, unread, can_have_children"

void
store_folder_free (StoreFolder *self)
{
  if (!self)
    return;
  g_free (self->name);
  g_free (self->path);
  g_free (self);
}

static StoreFolder *
read_row (sqlite3_stmt *statement)
{
  StoreFolder *self = g_new0 (StoreFolder, 1);

  self->id = sqlite3_column_int64 (statement, 0);
  self->account = sqlite3_column_int64 (statement, 1);
  self->parent = sqlite3_column_int64 (statement, 2);
  self->name = g_strdup ((const char *) sqlite3_column_text (statement, 3));
  self->path = g_strdup ((const char *) sqlite3_column_text (statement, 4));
  self->role = sqlite3_column_int (statement, 5);
  self->is_remote = sqlite3_column_int (statement, 6) != 0;
  self->total = MAX (sqlite3_column_int (statement, 7), 0);
  self->unread = MAX (sqlite3_column_int (statement, 8), 0);
  self->can_have_children = sqlite3_column_int (statement, 9) != 0;
  return self;
}

/* Paths compare name by name, so that a folder's children follow it at once. */
static int
compare_paths (const char *a, const char *b)
{
  g_auto (GStrv) names_a = g_strsplit (a, "/", -1);
  g_auto (GStrv) names_b = g_strsplit (b, "/", -1);

  for (guint i = 0; names_a[i] && names_b[i]; i++)
    {
      int order = g_utf8_collate (names_a[i], names_b[i]);

      if (order == 0)
        order = strcmp (names_a[i], names_b[i]);
      if (order != 0)
        return order;
    }
  return (int) g_strv_length (names_a) - (int) g_strv_length (names_b);
}

static int
compare_folders (gconstpointer a, gconstpointer b)
{
  const StoreFolder *one = *(StoreFolder *const *) a;
  const StoreFolder *other = *(StoreFolder *const *) b;

  if (one->account != other->account)
    return one->account < other->account ? -1 : 1;
  if (one->role != other->role)
    return mail_role_get_order (one->role) - mail_role_get_order (other->role);
  return compare_paths (one->path, other->path);
}

GPtrArray *
store_folders_list (StoreDatabase *database, gint64 account, GError **error)
{
  g_autoptr (GPtrArray) folders = g_ptr_array_new_with_free_func ((GDestroyNotify) store_folder_free);
  g_autoptr (StoreStatement) statement = store_database_prepare (database,
    "SELECT " COLUMNS " FROM folder WHERE ?1 < 0 OR account = ?1", error);
  gboolean has_row;

  if (!statement)
    return NULL;
  sqlite3_bind_int64 (statement, 1, account);
  while (store_database_step (database, statement, &has_row, error))
    {
      if (!has_row)
        {
          g_ptr_array_sort (folders, compare_folders);
          return g_steal_pointer (&folders);
        }
      g_ptr_array_add (folders, read_row (statement));
    }
  return NULL;
}

StoreFolder *
store_folders_get (StoreDatabase *database, gint64 id, GError **error)
{
  g_autoptr (StoreStatement) statement = store_database_prepare (database, "SELECT " COLUMNS " FROM folder WHERE id = ?1", error);
  gboolean has_row;

  if (!statement)
    return NULL;
  sqlite3_bind_int64 (statement, 1, id);
  if (!store_database_step (database, statement, &has_row, error))
    return NULL;
  if (has_row)
    return read_row (statement);
  g_set_error (error, BASE_ERROR, BASE_ERROR_NOT_FOUND, "There is no folder %" G_GINT64_FORMAT ".", id);
  return NULL;
}

gint64
store_folders_find_role (StoreDatabase *database, gint64 account, MailRole role, GError **error)
{
  sqlite3_stmt *statement = store_database_prepare (database, "SELECT id FROM folder WHERE account = ?1 AND role = ?2 AND role <> 0", error);
  gint64 id;

  if (!statement)
    return -1;
  sqlite3_bind_int64 (statement, 1, account);
  sqlite3_bind_int (statement, 2, role);
  return store_database_query_int (database, statement, 0, &id, error) ? id : -1;
}

gint64
store_folders_find_path (StoreDatabase *database, gint64 account, const char *path, GError **error)
{
  sqlite3_stmt *statement = store_database_prepare (database, "SELECT id FROM folder WHERE account = ?1 AND path = ?2", error);
  gint64 id;

  if (!statement)
    return -1;
  sqlite3_bind_int64 (statement, 1, account);
  sqlite3_bind_text (statement, 2, path, -1, SQLITE_STATIC);
  return store_database_query_int (database, statement, 0, &id, error) ? id : -1;
}

gboolean
store_folders_set_remote (StoreDatabase *database, gint64 id, gboolean is_remote, GError **error)
{
  sqlite3_stmt *statement = store_database_prepare (database, "UPDATE folder SET is_remote = ?2 WHERE id = ?1", error);

  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, id);
  sqlite3_bind_int (statement, 2, is_remote != 0);
  return store_database_run (database, statement, error);
}

char *
store_folders_make_name_free (StoreDatabase *database, gint64 account, const char *path, GError **error)
{
  g_autofree char *wanted = g_strdup (path);

  for (guint number = 2;; number++)
    {
      gint64 other = store_folders_find_path (database, account, wanted, error);

      if (other <= 0)
        return other == 0 ? g_steal_pointer (&wanted) : NULL;
      g_free (wanted);
      wanted = g_strdup_printf ("%s (%u)", path, number);
    }
}
