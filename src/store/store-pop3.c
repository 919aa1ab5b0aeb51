/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is known of each POP3 server's mailbox. The trigger on deletions is in store-schema.c. */
#include "store-pop3.h"

#include "base-error.h"
#include "store-private.h"

#include <string.h>

G_STATIC_ASSERT (STORE_POP3_DELETED_HERE == 3 && STORE_POP3_REFUSED == 5); /* the trigger's word, and what stands in files */

void
store_pop3_entry_free (StorePop3Entry *self)
{
  if (!self)
    return;
  g_free (self->uidl);
  g_free (self);
}

static StorePop3Entry *
read_row (sqlite3_stmt *statement)
{
  StorePop3Entry *self = g_new0 (StorePop3Entry, 1);

  self->uidl = g_strdup ((const char *) sqlite3_column_text (statement, 0));
  self->state = sqlite3_column_int (statement, 1);
  self->message = sqlite3_column_int64 (statement, 2);
  self->first_seen = sqlite3_column_int64 (statement, 3);
  self->size = sqlite3_column_int64 (statement, 4);
  if (sqlite3_column_bytes (statement, 5) == sizeof self->digest)
    memcpy (self->digest, sqlite3_column_blob (statement, 5), sizeof self->digest);
  self->gone_since = sqlite3_column_int64 (statement, 6);
  return self;
}

GHashTable *
store_pop3_load (StoreDatabase *database, gint64 account, GError **error)
{
  g_autoptr (GHashTable) entries = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) store_pop3_entry_free);
  g_autoptr (StoreStatement) statement = store_database_prepare (database,
    "SELECT uidl, state, message, first_seen, size, digest, gone_since FROM pop3_uidl WHERE account = ?1", error);
  gboolean has_row;

  if (!statement)
    return NULL;
  sqlite3_bind_int64 (statement, 1, account);
  while (store_database_step (database, statement, &has_row, error))
    {
      StorePop3Entry *entry;

      if (!has_row)
        return g_steal_pointer (&entries);
      entry = read_row (statement);
      g_hash_table_replace (entries, entry->uidl, entry);
    }
  return NULL;
}

gboolean
store_pop3_add (StoreDatabase *database, gint64 account, const StorePop3Entry *entry, GError **error)
{
  sqlite3_stmt *statement = store_database_prepare (database,
    "INSERT INTO pop3_uidl (account, uidl, state, message, first_seen, size, digest, gone_since)"
    " VALUES (?1, ?2, ?3, nullif (?4, 0), ?5, ?6, ?7, ?8)", error);

  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, account);
  sqlite3_bind_text (statement, 2, entry->uidl, -1, SQLITE_STATIC);
  sqlite3_bind_int (statement, 3, entry->state);
  sqlite3_bind_int64 (statement, 4, entry->message);
  sqlite3_bind_int64 (statement, 5, entry->first_seen);
  sqlite3_bind_int64 (statement, 6, entry->size);
  sqlite3_bind_blob (statement, 7, entry->digest, sizeof entry->digest, SQLITE_STATIC);
  sqlite3_bind_int64 (statement, 8, entry->gone_since);
  return store_database_run (database, statement, error);
}

/* Runs and answers %BASE_ERROR_NOT_FOUND when no row was touched. */
static gboolean
run_on_one (StoreDatabase *database, sqlite3_stmt *statement, const char *uidl, GError **error)
{
  if (!store_database_run (database, statement, error))
    return FALSE;
  if (sqlite3_changes (store_database_get_handle (database)) > 0)
    return TRUE;
  g_set_error (error, BASE_ERROR, BASE_ERROR_NOT_FOUND, "Nothing is known of the server's message “%s”.", uidl);
  return FALSE;
}

static sqlite3_stmt *
prepare_one (StoreDatabase *database, const char *sql, gint64 account, const char *uidl, GError **error)
{
  sqlite3_stmt *statement = store_database_prepare (database, sql, error);

  if (!statement)
    return NULL;
  sqlite3_bind_int64 (statement, 1, account);
  sqlite3_bind_text (statement, 2, uidl, -1, SQLITE_STATIC);
  return statement;
}

gboolean
store_pop3_has (StoreDatabase *database, gint64 account, const char *uidl, gboolean *has_it, GError **error)
{
  sqlite3_stmt *statement = prepare_one (database, "SELECT 1 FROM pop3_uidl WHERE account = ?1 AND uidl = ?2", account, uidl, error);
  gboolean is_read;

  *has_it = FALSE;
  if (!statement)
    return FALSE;
  is_read = store_database_step (database, statement, has_it, error);
  sqlite3_reset (statement);
  return is_read;
}

gboolean
store_pop3_set_state (StoreDatabase *database, gint64 account, const char *uidl, StorePop3State state, GError **error)
{
  sqlite3_stmt *statement = prepare_one (database, "UPDATE pop3_uidl SET state = ?3 WHERE account = ?1 AND uidl = ?2", account, uidl, error);

  if (!statement)
    return FALSE;
  sqlite3_bind_int (statement, 3, state);
  return run_on_one (database, statement, uidl, error);
}

gboolean
store_pop3_rename (StoreDatabase *database, gint64 account, const char *old_uidl, const char *new_uidl, GError **error)
{
  sqlite3_stmt *statement = prepare_one (database, "UPDATE pop3_uidl SET uidl = ?3 WHERE account = ?1 AND uidl = ?2", account, old_uidl, error);

  if (!statement)
    return FALSE;
  sqlite3_bind_text (statement, 3, new_uidl, -1, SQLITE_STATIC);
  return run_on_one (database, statement, old_uidl, error);
}

gboolean
store_pop3_update (StoreDatabase *database, gint64 account, const char *uidl, gint64 size, const guint8 *digest, GError **error)
{
  sqlite3_stmt *statement = prepare_one (database, "UPDATE pop3_uidl SET size = ?3, digest = ?4 WHERE account = ?1 AND uidl = ?2",
                                         account, uidl, error);

  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 3, size);
  sqlite3_bind_blob (statement, 4, digest, sizeof ((StorePop3Entry *) NULL)->digest, SQLITE_STATIC);
  return store_database_run (database, statement, error);
}

gboolean
store_pop3_set_gone (StoreDatabase *database, gint64 account, const char *uidl, gint64 gone_since, GError **error)
{
  sqlite3_stmt *statement = prepare_one (database, "UPDATE pop3_uidl SET gone_since = ?3 WHERE account = ?1 AND uidl = ?2", account, uidl, error);

  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 3, gone_since);
  return store_database_run (database, statement, error);
}

gboolean
store_pop3_forget (StoreDatabase *database, gint64 account, const char *uidl, GError **error)
{
  sqlite3_stmt *statement = prepare_one (database, "DELETE FROM pop3_uidl WHERE account = ?1 AND uidl = ?2", account, uidl, error);

  return statement && store_database_run (database, statement, error);
}

gboolean
store_pop3_want_body (StoreDatabase *database, gint64 message, GError **error)
{
  sqlite3_stmt *statement = store_database_prepare (database, "UPDATE pop3_uidl SET state = ?2 WHERE message = ?1 AND state IN (?2, ?3, ?4)", error);

  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, message);
  sqlite3_bind_int (statement, 2, STORE_POP3_BODY_WANTED);
  sqlite3_bind_int (statement, 3, STORE_POP3_HEADERS);
  sqlite3_bind_int (statement, 4, STORE_POP3_LEFT);
  if (!store_database_run (database, statement, error))
    return FALSE;
  if (sqlite3_changes (store_database_get_handle (database)) > 0)
    return TRUE;
  g_set_error (error, BASE_ERROR, BASE_ERROR_NOT_FOUND, "No server has the rest of this message any more.");
  return FALSE;
}

gboolean
store_pop3_is_left (StoreDatabase *database, gint64 message, gboolean *is_left, GError **error)
{
  sqlite3_stmt *statement = store_database_prepare (database, "SELECT 1 FROM pop3_uidl WHERE message = ?1 AND state = ?2", error);
  gint64 found;

  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, message);
  sqlite3_bind_int (statement, 2, STORE_POP3_LEFT);
  if (!store_database_query_int (database, statement, 0, &found, error))
    return FALSE;
  *is_left = found != 0;
  return TRUE;
}

gint64
store_pop3_find_account (StoreDatabase *database, gint64 message, GError **error)
{
  g_autoptr (StoreStatement) statement = store_database_prepare (database, "SELECT account FROM pop3_uidl WHERE message = ?1", error);
  gboolean has_row;

  if (!statement)
    return -1;
  sqlite3_bind_int64 (statement, 1, message);
  if (!store_database_step (database, statement, &has_row, error))
    return -1;
  if (has_row)
    return sqlite3_column_int64 (statement, 0);
  g_set_error (error, BASE_ERROR, BASE_ERROR_NOT_FOUND, "No server has the rest of this message any more.");
  return -1;
}
