/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a message is recognised by where its server has not said what it calls it: the bytes of its header. */
#include "store-private.h"
#include "store-replay.h"

char *
store_replay_digest_header (GBytes *source)
{
  gsize size;
  const char *data = g_bytes_get_data (source, &size);

  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) (data ? data : ""), data ? store_source_measure_header (data, size) : 0);
}

char *
store_identity_load_digest (StoreDatabase *database, gint64 message)
{
  g_autoptr (GBytes) source = message > 0 ? store_source_load_head (database, message, NULL) : NULL;

  return source ? store_replay_digest_header (source) : NULL;
}

/* What a deletion remembers of a message whose row is gone */
static char *
load_remembered (StoreDatabase *database, gint64 message)
{
  g_autoptr (StoreStatement) statement = store_database_prepare (database,
    "SELECT name FROM pending WHERE message = ?1 AND kind = 4 AND name IS NOT NULL ORDER BY id DESC LIMIT 1", NULL);
  gboolean has_row;

  if (!statement)
    return NULL;
  sqlite3_bind_int64 (statement, 1, message);
  if (!store_database_step (database, statement, &has_row, NULL) || !has_row)
    return NULL;
  return g_strdup ((const char *) sqlite3_column_text (statement, 0));
}

char *
store_replay_load_digest (StoreDatabase *database, const StoreOperation *operation)
{
  gint64 message = operation->kind == STORE_OPERATION_COPY && operation->origin > 0 ? operation->origin : operation->message;
  char *digest = NULL;

  if (operation->kind == STORE_OPERATION_DELETE && operation->name)
    return g_strdup (operation->name);
  digest = store_identity_load_digest (database, message);
  if (!digest && operation->kind == STORE_OPERATION_COPY)
    digest = store_identity_load_digest (database, operation->message);
  return digest || message == 0 ? digest : load_remembered (database, message);
}

gint64
store_identity_find_newest (StoreDatabase *database, GError **error)
{
  gint64 newest = 0;
  sqlite3_stmt *statement = store_database_prepare (database, "SELECT max (id) FROM message", error);

  return statement && store_database_query_int (database, statement, 0, &newest, error) ? newest : -1;
}

/* Of a message that was here already when the operation was recorded, or begun: another one. What a pass has shown since may be its own. */
gboolean
store_replay_is_taken (StoreDatabase *database, gint64 folder, guint32 uid, const StoreOperation *operation, gboolean *is_taken, GError **error)
{
  gint64 newest = operation->kind == STORE_OPERATION_COPY ? operation->message : operation->origin;
  gint64 value = 0;
  sqlite3_stmt *statement;

  *is_taken = FALSE;
  if (operation->kind == STORE_OPERATION_APPEND)
    return TRUE;
  statement = store_database_prepare (database,
    "SELECT EXISTS (SELECT 1 FROM message WHERE folder = ?1 AND uid = ?2 AND id <> ?3 AND id <= ?4)"
    " OR EXISTS (SELECT 1 FROM pending WHERE folder = ?1 AND uid = ?2 AND kind IN (2, 4) AND message <> ?3)", error);
  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, folder);
  sqlite3_bind_int64 (statement, 2, uid);
  sqlite3_bind_int64 (statement, 3, operation->message);
  sqlite3_bind_int64 (statement, 4, newest);
  if (!store_database_query_int (database, statement, 0, &value, error))
    return FALSE;
  *is_taken = value != 0;
  return TRUE;
}

gboolean
store_replay_name (StoreDatabase *database, StoreOperation *operation, guint32 uid, GError **error)
{
  sqlite3_stmt *statement = store_database_prepare (database, "UPDATE pending SET uid = ?2 WHERE id = ?1 AND uid IS NULL", error);

  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, operation->id);
  sqlite3_bind_int64 (statement, 2, uid);
  if (!store_database_run (database, statement, error))
    return FALSE;
  operation->uid = uid;
  return TRUE;
}
