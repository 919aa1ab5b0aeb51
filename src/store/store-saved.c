/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Saved searches. */
#include "store-saved.h"

#include "base-error.h"
#include "store-private.h"

#include <string.h>

#define MAX_NAME 200 /* bytes; longer ones are cut */

void
store_saved_free (StoreSaved *self)
{
  if (!self)
    return;
  g_free (self->name);
  g_free (self->query);
  g_free (self);
}

static StoreSaved *
read_row (sqlite3_stmt *statement)
{
  StoreSaved *saved = g_new (StoreSaved, 1);

  *saved = (StoreSaved) {
    .id = sqlite3_column_int64 (statement, 0),
    .name = g_strdup ((const char *) sqlite3_column_text (statement, 1)),
    .query = g_strdup ((const char *) sqlite3_column_text (statement, 2)),
    .folder = sqlite3_column_int64 (statement, 3),
  };
  return saved;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  const StoreSaved *one = *(StoreSaved *const *) a, *other = *(StoreSaved *const *) b;

  return g_utf8_collate (one->name, other->name);
}

GPtrArray *
store_saved_list (StoreDatabase *database, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) store_saved_free);
  g_autoptr (StoreStatement) statement = store_database_prepare (database, "SELECT id, name, query, folder FROM saved_search ORDER BY id", error);
  gboolean has_row;

  while (statement && store_database_step (database, statement, &has_row, error))
    {
      if (has_row)
        {
          g_ptr_array_add (list, read_row (statement));
          continue;
        }
      g_ptr_array_sort (list, compare_names);
      return g_steal_pointer (&list);
    }
  return NULL;
}

StoreSaved *
store_saved_get (StoreDatabase *database, gint64 id, GError **error)
{
  g_autoptr (StoreStatement) statement = store_database_prepare (database, "SELECT id, name, query, folder FROM saved_search WHERE id = ?1", error);
  gboolean has_row;

  if (!statement)
    return NULL;
  sqlite3_bind_int64 (statement, 1, id);
  if (!store_database_step (database, statement, &has_row, error))
    return NULL;
  if (has_row)
    return read_row (statement);
  g_set_error (error, BASE_ERROR, BASE_ERROR_NOT_FOUND, "There is no saved search %" G_GINT64_FORMAT ".", id);
  return NULL;
}

MailQuery *
store_saved_parse (const StoreSaved *self)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();

  return mail_query_parse (self->query, TRUE, g_get_real_time () / G_USEC_PER_SEC, zone);
}

static char *
make_name (const char *name)
{
  g_autofree char *valid = g_utf8_make_valid (name ? name : "", -1);
  const char *end = valid + MIN (strlen (valid), MAX_NAME);

  if (*end)
    end = g_utf8_find_prev_char (valid, end + 1);
  return g_strstrip (g_strndup (valid, (gsize) (end - valid)));
}

static gboolean
is_taken (StoreDatabase *database, const char *name, gint64 id, gboolean *result, GError **error)
{
  sqlite3_stmt *statement = store_database_prepare (database, "SELECT id FROM saved_search WHERE name = ?1 AND id <> ?2", error);
  gint64 other;

  if (!statement)
    return FALSE;
  sqlite3_bind_text (statement, 1, name, -1, SQLITE_STATIC);
  sqlite3_bind_int64 (statement, 2, id);
  if (!store_database_query_int (database, statement, 0, &other, error))
    return FALSE;
  *result = other != 0;
  return TRUE;
}

static gboolean
check_query (const StoreSaved *saved, GError **error)
{
  g_autoptr (MailQuery) query = store_saved_parse (saved);
  const char *complaint = mail_query_get_complaint (query);

  if (!complaint && mail_query_get_clauses (query)->len > 0)
    return TRUE;
  g_set_error_literal (error, BASE_ERROR, BASE_ERROR_INVALID, complaint ? complaint : "There is nothing in this search to look for.");
  return FALSE;
}

static gboolean
check_name (StoreDatabase *database, const char *name, gint64 id, GError **error)
{
  gboolean is_other;

  if (!*name)
    {
      g_set_error_literal (error, BASE_ERROR, BASE_ERROR_INVALID, "A saved search needs a name.");
      return FALSE;
    }
  if (!is_taken (database, name, id, &is_other, error))
    return FALSE;
  if (is_other)
    g_set_error (error, BASE_ERROR, BASE_ERROR_EXISTS, "There is a saved search “%s” already.", name);
  return !is_other;
}

static gboolean
write_row (StoreDatabase *database, const StoreSaved *saved, const char *name, gint64 *id, GError **error)
{
  sqlite3_stmt *statement = store_database_prepare (database, "INSERT INTO saved_search (id, name, query, folder) VALUES (?1, ?2, ?3, ?4)"
                                                    " ON CONFLICT (id) DO UPDATE SET name = ?2, query = ?3, folder = ?4", error);

  if (!statement)
    return FALSE;
  if (saved->id)
    sqlite3_bind_int64 (statement, 1, saved->id);
  sqlite3_bind_text (statement, 2, name, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, 3, saved->query, -1, SQLITE_STATIC);
  if (saved->folder)
    sqlite3_bind_int64 (statement, 4, saved->folder);
  if (!store_database_run (database, statement, error))
    return FALSE;
  *id = saved->id ? saved->id : sqlite3_last_insert_rowid (store_database_get_handle (database));
  return TRUE;
}

static gboolean
end (StoreDatabase *database, gboolean is_good, GError **error)
{
  if (is_good)
    {
      store_database_note (database, STORE_CHANGED_SAVED, 0, 0);
      return store_database_commit (database, error);
    }
  store_database_rollback (database);
  return FALSE;
}

gint64
store_saved_put (StoreDatabase *database, const StoreSaved *saved, GError **error)
{
  g_autofree char *name = make_name (saved->name);
  gint64 id = -1;

  if (!store_database_begin (database, error))
    return -1;
  return end (database, check_query (saved, error) && check_name (database, name, saved->id, error)
              && write_row (database, saved, name, &id, error), error) ? id : -1;
}

gboolean
store_saved_rename (StoreDatabase *database, gint64 id, const char *name, GError **error)
{
  g_autoptr (StoreSaved) saved = store_saved_get (database, id, error);

  if (!saved)
    return FALSE;
  g_free (saved->name);
  saved->name = g_strdup (name);
  return store_saved_put (database, saved, error) == id;
}

gboolean
store_saved_delete (StoreDatabase *database, gint64 id, GError **error)
{
  sqlite3_stmt *statement;

  if (!store_database_begin (database, error))
    return FALSE;
  statement = store_database_prepare (database, "DELETE FROM saved_search WHERE id = ?1", error);
  if (statement)
    sqlite3_bind_int64 (statement, 1, id);
  return end (database, statement && store_database_run (database, statement, error), error);
}
