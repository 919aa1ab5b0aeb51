/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sources: the bytes of messages, kept once however many messages share them. Triggers drop those that no message has any more. */
#include "store-private.h"

#include "base-error.h"
#include "store-messages.h"

#include <gnutls/crypto.h>
#include <string.h>

#define SHA256_SIZE 32
#define HEAD_BYTES 8192

static gint64
find (StoreDatabase *database, const guint8 *sha256, gsize size, GError **error)
{
  sqlite3_stmt *statement = store_database_prepare (database, "SELECT id FROM source WHERE sha256 = ?1 AND size = ?2", error);
  gint64 id;

  if (!statement)
    return -1;
  sqlite3_bind_blob (statement, 1, sha256, SHA256_SIZE, SQLITE_STATIC);
  sqlite3_bind_int64 (statement, 2, size);
  return store_database_query_int (database, statement, 0, &id, error) ? id : -1;
}

static gint64
insert (StoreDatabase *database, const guint8 *sha256, gconstpointer data, gsize size, GError **error)
{
  sqlite3_stmt *statement = store_database_prepare (database, "INSERT INTO source (sha256, size) VALUES (?1, ?2)", error);
  gint64 id;

  if (!statement)
    return -1;
  sqlite3_bind_blob (statement, 1, sha256, SHA256_SIZE, SQLITE_STATIC);
  sqlite3_bind_int64 (statement, 2, size);
  if (!store_database_run (database, statement, error))
    return -1;
  id = sqlite3_last_insert_rowid (store_database_get_handle (database));

  statement = store_database_prepare (database, "INSERT INTO source_data (id, data) VALUES (?1, ?2)", error);
  if (!statement)
    return -1;
  sqlite3_bind_int64 (statement, 1, id);
  if (sqlite3_bind_blob64 (statement, 2, size > 0 ? data : "", size, SQLITE_STATIC) != SQLITE_OK)
    {
      store_database_set_error (database, error);
      return -1;
    }
  return store_database_run (database, statement, error) ? id : -1;
}

gint64
store_source_add (StoreDatabase *database, GBytes *bytes, GError **error)
{
  gsize size;
  gconstpointer data = g_bytes_get_data (bytes, &size);
  guint8 sha256[SHA256_SIZE];
  gint64 id;

  if (gnutls_hash_fast (GNUTLS_DIG_SHA256, size > 0 ? data : "", size, sha256) < 0)
    {
      g_set_error (error, BASE_ERROR, BASE_ERROR_FAILED, "The checksum of a message could not be made.");
      return -1;
    }
  id = find (database, sha256, size, error);
  return id != 0 ? id : insert (database, sha256, data, size, error);
}

static gint64
find_of_message (StoreDatabase *database, gint64 id, GError **error)
{
  sqlite3_stmt *statement = store_database_prepare (database, "SELECT source FROM message WHERE id = ?1", error);
  gint64 source;

  if (!statement)
    return -1;
  sqlite3_bind_int64 (statement, 1, id);
  if (!store_database_query_int (database, statement, 0, &source, error))
    return -1;
  if (source == 0)
    {
      g_set_error (error, BASE_ERROR, BASE_ERROR_NOT_FOUND, "There is no message %" G_GINT64_FORMAT ".", id);
      return -1;
    }
  return source;
}

/* (transfer full): the first @size bytes. Read as a stream of pages into memory of the right size: a large message is in memory once, not twice. */
static GBytes *
read_blob (StoreDatabase *database, sqlite3_blob *blob, int size, GError **error)
{
  g_autofree char *data = g_malloc (MAX (size, 1));

  if (sqlite3_blob_read (blob, data, size, 0) == SQLITE_OK)
    return g_bytes_new_take (g_steal_pointer (&data), size);
  store_database_set_error (database, error);
  return NULL;
}

static GBytes *
read_whole (StoreDatabase *database, sqlite3_blob *blob, GError **error)
{
  return read_blob (database, blob, sqlite3_blob_bytes (blob), error);
}

gsize
store_source_measure_header (const char *data, gsize size)
{
  for (const char *p = data; size > 0 && (p = memchr (p, '\n', size - (p - data))); p++)
    {
      const char *next = p + 1;
      gsize rest = size - (next - data);

      if (rest >= 1 && *next == '\n')
        return next - data;
      if (rest >= 2 && next[0] == '\r' && next[1] == '\n')
        return next - data;
    }
  return size;
}

/* Most headers are in the first piece; the message behind them may be large. */
static GBytes *
read_head (StoreDatabase *database, sqlite3_blob *blob, GError **error)
{
  gint64 whole = sqlite3_blob_bytes (blob);

  for (gint64 size = MIN (HEAD_BYTES, whole);; size = MIN (size * 4, whole))
    {
      g_autoptr (GBytes) bytes = read_blob (database, blob, size, error);

      if (!bytes || size == whole || store_source_measure_header (g_bytes_get_data (bytes, NULL), size) < (gsize) size)
        return g_steal_pointer (&bytes);
    }
}

static GBytes *
load (StoreDatabase *database, gint64 id, GBytes *(*read) (StoreDatabase *, sqlite3_blob *, GError **), GError **error)
{
  sqlite3_blob *blob = NULL;
  GBytes *bytes = NULL;
  gint64 source;

  if (!store_database_begin_read (database, error))
    return NULL;
  source = find_of_message (database, id, error);
  if (source > 0 && sqlite3_blob_open (store_database_get_handle (database), "main", "source_data", "data", source, 0, &blob) != SQLITE_OK)
    store_database_set_error (database, error);
  else if (source > 0)
    bytes = read (database, blob, error);
  sqlite3_blob_close (blob);
  store_database_end_read (database);
  return bytes;
}

GBytes *
store_messages_load_source (StoreDatabase *database, gint64 id, GError **error)
{
  return load (database, id, read_whole, error);
}

GBytes *
store_source_load_head (StoreDatabase *database, gint64 message, GError **error)
{
  return load (database, message, read_head, error);
}

gboolean
store_messages_foreach_id (StoreDatabase *database, gint64 account, StoreMessageIdFunc func, gpointer data, GError **error)
{
  g_autoptr (StoreStatement) statement = store_database_prepare (database,
    "SELECT f.account, m.message_id, s.sha256 FROM message m JOIN folder f ON f.id = m.folder JOIN source s ON s.id = m.source"
    " WHERE ?1 < 0 OR f.account = ?1 ORDER BY m.id", error);
  gboolean has_row;

  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, account);
  while (store_database_step (database, statement, &has_row, error))
    {
      if (!has_row)
        return TRUE;
      if (sqlite3_column_bytes (statement, 2) == SHA256_SIZE)
        func (sqlite3_column_int64 (statement, 0), (const char *) sqlite3_column_text (statement, 1),
              sqlite3_column_blob (statement, 2), data);
    }
  return FALSE;
}
