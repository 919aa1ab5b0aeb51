/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Proves the store whole: SQLite's own checks, every source against its checksum, what the tables owe each other, and the search index. */
#include "store-check.h"

#include "base-error.h"
#include "mail-role.h"
#include "store-index-check.h"
#include "store-outbox.h"
#include "store-pop3.h"
#include "store-private.h"

#include <gnutls/crypto.h>
#include <string.h>

#define PIECE_BYTES (256 * 1024)
#define MAX_FAULTS 1000
#define STEPS_BETWEEN_LOOKS 20000
#define SOURCES_A_BATCH 256

typedef struct
{
  StoreDatabase *database;
  GPtrArray *faults;
  gint64 done, total;
  StoreCheckProgress progress;
  gpointer data;
  GCancellable *cancellable;
  char *piece;
} Check;

G_GNUC_PRINTF (2, 3)
static void
add_fault (Check *self, const char *format, ...)
{
  va_list arguments;

  if (self->faults->len > MAX_FAULTS)
    return;
  if (self->faults->len == MAX_FAULTS)
    {
      g_ptr_array_add (self->faults, g_strdup ("There are more faults than can be listed."));
      return;
    }
  va_start (arguments, format);
  g_ptr_array_add (self->faults, g_strdup_vprintf (format, arguments));
  va_end (arguments);
}

/* Damage is what we look for, so it is a finding and not the end. */
static gboolean
accept_damage (Check *self, GError **failure, GError **error)
{
  g_autoptr (GError) taken = g_steal_pointer (failure);

  if (g_error_matches (taken, BASE_ERROR, BASE_ERROR_STORE_DAMAGED))
    {
      add_fault (self, "%s", taken->message);
      return TRUE;
    }
  g_propagate_error (error, g_steal_pointer (&taken));
  return FALSE;
}

/* One fault for every row; @format is given the first column as a number and the second as text. */
static gboolean
report_rows (Check *self, const char *sql, const char *format, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (StoreStatement) statement = store_database_prepare (self->database, sql, &failure);
  gboolean has_row = statement != NULL;

  while (has_row && store_database_step (self->database, statement, &has_row, &failure) && has_row)
    {
      const char *text = (const char *) sqlite3_column_text (statement, 1);
      g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, (gint64) sqlite3_column_int64 (statement, 0));
      g_auto (GStrv) parts = g_strsplit (format, "%", 3);

      /* "… %n … %t …" */
      add_fault (self, "%s%s%s%s%s", parts[0], parts[1] ? (parts[1][0] == 't' ? text : number) : "", parts[1] ? parts[1] + 1 : "",
                 parts[1] && parts[2] ? (parts[2][0] == 't' ? text : number) : "", parts[1] && parts[2] ? parts[2] + 1 : "");
    }
  return !failure || accept_damage (self, &failure, error);
}

static gboolean
check_file (Check *self, GError **error)
{
  return report_rows (self, "SELECT 0, integrity_check FROM pragma_integrity_check WHERE integrity_check <> 'ok'",
                      "The database file is damaged: %t.", error)
         && report_rows (self, "SELECT ifnull (rowid, 0), \"table\" FROM pragma_foreign_key_check",
                         "Row %n of the table “%t” belongs to something that is gone.", error);
}

static gboolean
check_tables (Check *self, GError **error)
{
  static const char counts[] =
    "SELECT f.id, f.path FROM folder f LEFT JOIN (SELECT folder, count (*) AS total, sum (flags & 1 = 0) AS unread FROM message"
    " INDEXED BY message_state GROUP BY folder) m ON m.folder = f.id"
    " WHERE f.total <> ifnull (m.total, 0) OR f.unread <> ifnull (m.unread, 0)";
  static const char homeless[] = "SELECT id, '' FROM message WHERE folder NOT IN (SELECT id FROM folder)";
  static const char unused[] = "SELECT id, '' FROM source WHERE id NOT IN (SELECT source FROM message)";
  static const char no_data[] = "SELECT id, '' FROM source WHERE id NOT IN (SELECT id FROM source_data)";
  static const char sizes[] = "SELECT m.id, '' FROM message m JOIN source s ON s.id = m.source WHERE m.is_whole AND m.size <> s.size";
  static const char uidls[] =
    "SELECT account, uidl FROM pop3_uidl WHERE (state IN (3, 5)) <> (message IS NULL)"
    " OR (message IS NOT NULL AND message NOT IN (SELECT id FROM message))";
  static const char bodies[] =
    "SELECT p.account, p.uidl FROM pop3_uidl p JOIN message m ON m.id = p.message WHERE (p.state = 0) <> (m.is_whole <> 0)";
  static const char unsendable[] =
    "SELECT m.id, '' FROM message m JOIN folder f ON f.id = m.folder WHERE f.role = 7 AND m.id NOT IN (SELECT message FROM outbox)";
  static const char misplaced[] =
    "SELECT o.message, '' FROM outbox o JOIN message m ON m.id = o.message JOIN folder f ON f.id = m.folder WHERE f.role <> 7";
  G_STATIC_ASSERT (MAIL_ROLE_OUTBOX == 7 && STORE_POP3_KEPT == 0 && STORE_POP3_DELETED_HERE == 3 && STORE_POP3_REFUSED == 5);

  return report_rows (self, counts, "The counts of the folder “%t” (%n) do not match its messages.", error)
         && report_rows (self, homeless, "Message %n is in no folder.", error)
         && report_rows (self, unused, "Source %n belongs to no message.", error)
         && report_rows (self, no_data, "Source %n has lost its bytes.", error)
         && report_rows (self, sizes, "Message %n says another size than its source has.", error)
         && report_rows (self, uidls, "Account %n remembers the server's message “%t” wrongly.", error)
         && report_rows (self, bodies, "Account %n is wrong about the body of the server's message “%t”.", error)
         && report_rows (self, unsendable, "Message %n in the Outbox does not know whom it is for.", error)
         && report_rows (self, misplaced, "Message %n waits to be sent but is not in the Outbox.", error);
}

typedef struct
{
  gint64 id;
  gint64 size;
  gint64 n_messages;
  guint8 sha256[32];
  gboolean is_legible;
} Source;

/* @sources: the next batch after @last; the walk holds no read open for long, so that the log can be taken in meanwhile */
static gboolean
list_sources (Check *self, gint64 last, GArray *sources, GError **error)
{
  g_autoptr (StoreStatement) statement = store_database_prepare (self->database,
    "SELECT id, size, sha256, (SELECT count (*) FROM message WHERE source = s.id) FROM source s WHERE id > ?1 ORDER BY id LIMIT ?2", error);
  gboolean has_row = TRUE;

  g_array_set_size (sources, 0);
  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, last);
  sqlite3_bind_int (statement, 2, SOURCES_A_BATCH);
  while (store_database_step (self->database, statement, &has_row, error))
    {
      Source source = { 0 };

      if (!has_row)
        return TRUE;
      source.id = sqlite3_column_int64 (statement, 0);
      source.size = sqlite3_column_int64 (statement, 1);
      source.is_legible = sqlite3_column_bytes (statement, 2) == sizeof source.sha256;
      if (source.is_legible)
        memcpy (source.sha256, sqlite3_column_blob (statement, 2), sizeof source.sha256);
      source.n_messages = sqlite3_column_int64 (statement, 3);
      g_array_append_val (sources, source);
    }
  return FALSE;
}

/* Hashes in pieces: a message of any size takes the same memory. */
static gboolean
hash_blob (Check *self, sqlite3_blob *blob, gint64 size, guint8 *sha256)
{
  gnutls_hash_hd_t hash;
  gboolean is_good = TRUE;

  if (gnutls_hash_init (&hash, GNUTLS_DIG_SHA256) < 0)
    return FALSE;
  for (gint64 offset = 0; is_good && offset < size; offset += PIECE_BYTES)
    {
      int length = MIN (PIECE_BYTES, size - offset);

      is_good = sqlite3_blob_read (blob, self->piece, length, offset) == SQLITE_OK && gnutls_hash (hash, self->piece, length) >= 0;
    }
  gnutls_hash_deinit (hash, sha256);
  return is_good;
}

static gboolean
is_still_there (Check *self, gint64 id)
{
  sqlite3_stmt *statement = store_database_prepare (self->database, "SELECT 1 FROM source WHERE id = ?1", NULL);
  gint64 found;

  if (!statement)
    return TRUE;
  sqlite3_bind_int64 (statement, 1, id);
  return !store_database_query_int (self->database, statement, 0, &found, NULL) || found != 0;
}

static void
check_source (Check *self, const Source *source)
{
  sqlite3_blob *blob = NULL;
  guint8 sha256[32];
  gint64 size;

  if (sqlite3_blob_open (store_database_get_handle (self->database), "main", "source_data", "data", source->id, 0, &blob) != SQLITE_OK)
    {
      sqlite3_blob_close (blob);
      if (is_still_there (self, source->id))
        add_fault (self, "The bytes of source %" G_GINT64_FORMAT " cannot be read.", source->id);
      return;
    }
  size = sqlite3_blob_bytes (blob);
  if (size != source->size)
    add_fault (self, "Source %" G_GINT64_FORMAT " has %" G_GINT64_FORMAT " bytes instead of %" G_GINT64_FORMAT ".",
               source->id, size, source->size);
  else if (!hash_blob (self, blob, size, sha256))
    add_fault (self, "The bytes of source %" G_GINT64_FORMAT " cannot be read.", source->id);
  else if (!source->is_legible || memcmp (sha256, source->sha256, sizeof sha256) != 0)
    add_fault (self, "The bytes of source %" G_GINT64_FORMAT " are not those that were stored.", source->id);
  sqlite3_blob_close (blob);
}

static gboolean
check_sources (Check *self, GError **error)
{
  g_autoptr (GArray) sources = g_array_new (FALSE, FALSE, sizeof (Source));
  g_autoptr (GError) failure = NULL;
  gint64 last = 0;

  do
    {
      if (!list_sources (self, last, sources, &failure))
        return accept_damage (self, &failure, error);
      for (guint i = 0; i < sources->len; i++)
        {
          const Source *source = &g_array_index (sources, Source, i);

          if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
            return FALSE;
          check_source (self, source);
          last = source->id;
          self->done += source->n_messages;
          if (self->progress)
            self->progress (MIN (self->done, self->total), self->total, self->data);
        }
    }
  while (sources->len > 0);
  return TRUE;
}

static int
on_steps (void *data)
{
  return g_cancellable_is_cancelled (data);
}

static gboolean
check_index (Check *self, GError **error)
{
  g_autoptr (GPtrArray) found = store_index_check (self->database, self->cancellable, error);

  for (guint i = 0; found && i < found->len; i++)
    add_fault (self, "%s", (const char *) g_ptr_array_index (found, i));
  return found != NULL;
}

static gboolean
check_all (Check *self, GError **error)
{
  g_autoptr (GError) failure = NULL;
  sqlite3_stmt *statement = store_database_prepare (self->database, "SELECT count (*) FROM message", &failure);

  if (!store_database_query_int (self->database, statement, 0, &self->total, &failure))
    return accept_damage (self, &failure, error);
  return check_file (self, error) && check_tables (self, error) && check_index (self, error) && check_sources (self, error);
}

GPtrArray *
store_check (StoreDatabase *database, gint64 *n_messages, StoreCheckProgress progress, gpointer data,
             GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) faults = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *piece = g_malloc (PIECE_BYTES);
  Check self = { database, faults, 0, 0, progress, data, cancellable, piece };
  sqlite3 *handle = store_database_get_handle (database);
  gboolean is_complete;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  if (cancellable)
    sqlite3_progress_handler (handle, STEPS_BETWEEN_LOOKS, on_steps, cancellable);
  is_complete = check_all (&self, error);
  sqlite3_progress_handler (handle, 0, NULL, NULL);
  if (n_messages)
    *n_messages = self.done;
  return is_complete ? g_steal_pointer (&faults) : NULL;
}
