/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One SQLite handle in one thread: transactions, cached statements, errors in our domain, the changes of a transaction. */
#include "store-private.h"

#include "base-error.h"
#include "store-checkpoint.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define BUSY_TIMEOUT_MS 60000
#define WRITER_CACHE_KIB 24576
#define READER_CACHE_KIB 4096
#define CHECKPOINT_PAGES 2000          /* 16 MB: the WAL of a long import stays about this long */
#define WAL_LIMIT_BYTES (64 * 1024 * 1024)
#define RECLAIM_PAGES 256              /* a transaction of 2 MB at a time */
#define RECLAIM_MINIMUM_PAGES 1024

/* Where the collected changes stood when a savepoint was set. */
typedef struct
{
  guint n_notes;
  StoreChangeKind kinds;
  int n_changes;          /* of rows, ever, by this handle */
} Mark;

struct _StoreDatabase
{
  sqlite3 *handle;
  GThread *owner;
  gboolean is_reader;
  GHashTable *statements; /* char * → sqlite3_stmt */

  /* the open transaction */
  guint depth;
  gboolean is_whole;      /* without savepoints */
  gboolean is_lazy;       /* STORE_SAFE_LATER */
  gboolean is_reading;
  GArray *marks;          /* of Mark, one for every savepoint */
  GArray *notes;          /* of StoreNote */
  StoreChangeKind kinds;  /* those that need no note */

  StoreChanges *hub;      /* (nullable) */
  StoreCheckpoint *checkpoint; /* (nullable) */
};

static void
assert_owner (StoreDatabase *self)
{
  g_assert (self->owner == g_thread_self ());
}

/* The disk can be full for the write-ahead log too, which SQLite tells as an I/O error. */
static gboolean
is_disk_full (sqlite3 *handle, int code)
{
  int number = handle ? sqlite3_system_errno (handle) : 0;

  return (code & 0xff) == SQLITE_FULL || ((code & 0xff) == SQLITE_IOERR && (number == ENOSPC || number == EDQUOT));
}

void
store_error_from_sqlite (GError **error, sqlite3 *handle, int code)
{
  const char *words = handle ? sqlite3_errmsg (handle) : sqlite3_errstr (code);

  if (is_disk_full (handle, code))
    g_set_error (error, BASE_ERROR, BASE_ERROR_DISK_FULL, "The disk is full, so mail could not be stored.");
  else
    switch (code & 0xff)
      {
      case SQLITE_CORRUPT:
      case SQLITE_NOTADB:
        g_set_error (error, BASE_ERROR, BASE_ERROR_STORE_DAMAGED, "The mail database is damaged: %s.", words);
        break;
      case SQLITE_BUSY:
      case SQLITE_LOCKED:
        g_set_error (error, BASE_ERROR, BASE_ERROR_STORE, "The mail database is in use by another program for too long.");
        break;
      case SQLITE_INTERRUPT:
        g_set_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Cancelled");
        break;
      case SQLITE_READONLY:
      case SQLITE_PERM:
      case SQLITE_AUTH:
        g_set_error (error, BASE_ERROR, BASE_ERROR_STORE, "The mail database cannot be written: %s.", words);
        break;
      case SQLITE_CANTOPEN:
        g_set_error (error, BASE_ERROR, BASE_ERROR_STORE, "The mail database cannot be opened: %s.", words);
        break;
      case SQLITE_TOOBIG:
        g_set_error (error, BASE_ERROR, BASE_ERROR_TOO_LARGE, "The message is too large to be stored.");
        break;
      default:
        g_set_error (error, BASE_ERROR, BASE_ERROR_STORE, "The mail database could not be read or written: %s.", words);
      }
}

void
store_database_set_error (StoreDatabase *self, GError **error)
{
  store_error_from_sqlite (error, self->handle, sqlite3_extended_errcode (self->handle));
}

sqlite3 *
store_database_get_handle (StoreDatabase *self)
{
  return self->handle;
}

gboolean
store_database_execute (StoreDatabase *self, const char *sql, GError **error)
{
  assert_owner (self);
  if (sqlite3_exec (self->handle, sql, NULL, NULL, NULL) == SQLITE_OK)
    return TRUE;
  store_database_set_error (self, error);
  return FALSE;
}

static gboolean
configure (StoreDatabase *self, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL; PRAGMA secure_delete = FAST;"
                                          "PRAGMA temp_store = MEMORY; PRAGMA trusted_schema = OFF; PRAGMA cache_size = -%d;"
                                          "PRAGMA wal_autocheckpoint = %d; PRAGMA journal_size_limit = %d; PRAGMA query_only = %s;",
                                          self->is_reader ? READER_CACHE_KIB : WRITER_CACHE_KIB, CHECKPOINT_PAGES,
                                          WAL_LIMIT_BYTES, self->is_reader ? "ON" : "OFF");

  return store_database_execute (self, sql, error);
}

/* SQLite gives its -wal and -shm files the mode of the database. */
gboolean
store_database_make_file (const char *path, GError **error)
{
  int fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  struct stat status;
  gboolean is_private;
  int number;

  if (fd < 0)
    {
      number = errno;
      if (number == ENOSPC || number == EDQUOT)
        g_set_error (error, BASE_ERROR, BASE_ERROR_DISK_FULL, "The disk is full, so the mail database cannot be made.");
      else
        g_set_error (error, BASE_ERROR, BASE_ERROR_STORE, "The mail database %s cannot be opened: %s.", path, g_strerror (number));
      return FALSE;
    }
  is_private = fstat (fd, &status) == 0 && ((status.st_mode & 077) == 0 || fchmod (fd, 0600) == 0);
  number = errno;
  close (fd);
  if (!is_private)
    g_set_error (error, BASE_ERROR, BASE_ERROR_STORE, "The mail database %s cannot be made private: %s.", path, g_strerror (number));
  return is_private;
}

StoreDatabase *
store_database_new (const char *path, StoreDatabaseMode mode, StoreChanges *hub, GError **error)
{
  g_autoptr (StoreDatabase) self = g_new0 (StoreDatabase, 1);
  int code;

  self->owner = g_thread_self ();
  self->is_reader = mode == STORE_DATABASE_READER;
  self->statements = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) sqlite3_finalize);
  self->marks = g_array_new (FALSE, FALSE, sizeof (Mark));
  self->notes = g_array_new (FALSE, FALSE, sizeof (StoreNote));
  self->hub = hub ? g_object_ref (hub) : NULL;

  code = sqlite3_open_v2 (path, &self->handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL);
  if (code != SQLITE_OK)
    {
      store_error_from_sqlite (error, self->handle, code);
      return NULL;
    }
  sqlite3_busy_timeout (self->handle, BUSY_TIMEOUT_MS);
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  return configure (self, error) ? g_steal_pointer (&self) : NULL;
}

void
store_database_share_checkpoint (StoreDatabase *self, StoreCheckpoint *checkpoint)
{
  g_assert (!self->checkpoint);
  self->checkpoint = store_checkpoint_ref (checkpoint);
  store_checkpoint_watch (checkpoint, self->handle);
}

void
store_database_free (StoreDatabase *self)
{
  if (!self)
    return;
  assert_owner (self);
  while (self->depth > 0)
    store_database_rollback (self);
  g_hash_table_unref (self->statements);
  sqlite3_close (self->handle);
  g_clear_pointer (&self->checkpoint, store_checkpoint_unref);
  g_array_unref (self->marks);
  g_array_unref (self->notes);
  g_clear_object (&self->hub);
  g_free (self);
}

/* After a full disk or an I/O error SQLite may have rolled everything back by itself; what a caller who did not notice would
 * do next must not be committed piece by piece. */
static gboolean
check_transaction (StoreDatabase *self, GError **error)
{
  if (self->depth == 0 || !sqlite3_get_autocommit (self->handle))
    return TRUE;
  g_set_error (error, BASE_ERROR, BASE_ERROR_STORE, "The change was taken back, because a part of it failed before.");
  return FALSE;
}

sqlite3_stmt *
store_database_prepare (StoreDatabase *self, const char *sql, GError **error)
{
  sqlite3_stmt *statement;

  assert_owner (self);
  if (!check_transaction (self, error))
    return NULL;
  statement = g_hash_table_lookup (self->statements, sql);
  if (!statement)
    {
      if (sqlite3_prepare_v3 (self->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL) != SQLITE_OK)
        {
          store_database_set_error (self, error);
          return NULL;
        }
      g_hash_table_insert (self->statements, g_strdup (sql), statement);
    }
  sqlite3_reset (statement);
  sqlite3_clear_bindings (statement);
  return statement;
}

gboolean
store_database_step (StoreDatabase *self, sqlite3_stmt *statement, gboolean *has_row, GError **error)
{
  int code = sqlite3_step (statement);

  assert_owner (self);
  *has_row = code == SQLITE_ROW;
  if (code == SQLITE_ROW || code == SQLITE_DONE)
    return TRUE;
  store_database_set_error (self, error);
  return FALSE;
}

gboolean
store_database_run (StoreDatabase *self, sqlite3_stmt *statement, GError **error)
{
  gboolean has_row;
  gboolean is_good = store_database_step (self, statement, &has_row, error);

  sqlite3_reset (statement);
  sqlite3_clear_bindings (statement); /* they may point into memory that goes now */
  return is_good;
}

gboolean
store_database_query_int (StoreDatabase *self, sqlite3_stmt *statement, gint64 fallback, gint64 *value, GError **error)
{
  gboolean has_row;

  if (!statement || !store_database_step (self, statement, &has_row, error))
    return FALSE;
  *value = has_row ? sqlite3_column_int64 (statement, 0) : fallback;
  sqlite3_reset (statement);
  return TRUE;
}

GArray *
store_database_query_ids (StoreDatabase *self, sqlite3_stmt *statement, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (StoreStatement) held = statement;
  gboolean has_row;

  while (held && store_database_step (self, held, &has_row, error))
    {
      gint64 id;

      if (!has_row)
        return g_steal_pointer (&ids);
      id = sqlite3_column_int64 (held, 0);
      g_array_append_val (ids, id);
    }
  return NULL;
}

static gboolean
run_sql (StoreDatabase *self, const char *sql, GError **error)
{
  sqlite3_stmt *statement = store_database_prepare (self, sql, error);

  return statement && store_database_run (self, statement, error);
}

gboolean
store_database_begin (StoreDatabase *self, GError **error)
{
  Mark mark = { self->notes->len, self->kinds, sqlite3_total_changes (self->handle) };

  assert_owner (self);
  g_assert (!self->is_reader && !self->is_reading);
  if (self->depth > 0 && self->is_whole)
    {
      if (!check_transaction (self, error))
        return FALSE;
    }
  else if (!run_sql (self, self->depth == 0 ? "BEGIN IMMEDIATE" : "SAVEPOINT part", error))
    return FALSE;
  g_array_append_val (self->marks, mark);
  self->depth++;
  return TRUE;
}

/* Only between transactions can it be said how safe they are. */
static void
end_whole (StoreDatabase *self)
{
  if (self->is_lazy)
    store_database_execute (self, "PRAGMA synchronous = FULL", NULL);
  self->is_lazy = self->is_whole = FALSE;
}

gboolean
store_database_begin_whole (StoreDatabase *self, StoreSafety safety, GError **error)
{
  g_assert (self->depth == 0);
  self->is_lazy = safety == STORE_SAFE_LATER;
  if ((self->is_lazy && !store_database_execute (self, "PRAGMA synchronous = NORMAL", error)) || !store_database_begin (self, error))
    {
      end_whole (self);
      return FALSE;
    }
  self->is_whole = TRUE;
  return TRUE;
}

static void
take_back (StoreDatabase *self, const Mark *mark)
{
  if (self->depth == 1)
    run_sql (self, "ROLLBACK", NULL);
  else if (self->is_whole)
    {
      /* without a savepoint all goes or nothing: check_transaction () tells the rest */
      if (sqlite3_total_changes (self->handle) != mark->n_changes)
        run_sql (self, "ROLLBACK", NULL);
    }
  else if (run_sql (self, "ROLLBACK TO part", NULL))
    run_sql (self, "RELEASE part", NULL);
}

/* One level up */
static void
end_part (StoreDatabase *self)
{
  g_array_set_size (self->marks, self->marks->len - 1);
  if (--self->depth == 0)
    end_whole (self);
}

void
store_database_rollback (StoreDatabase *self)
{
  const Mark *mark;

  assert_owner (self);
  g_return_if_fail (self->depth > 0);

  mark = &g_array_index (self->marks, Mark, self->marks->len - 1);
  if (!sqlite3_get_autocommit (self->handle))
    take_back (self, mark);
  g_array_set_size (self->notes, mark->n_notes);
  self->kinds = mark->kinds;
  end_part (self);
}

static gboolean
has_changes (StoreDatabase *self)
{
  return self->notes->len > 0 || self->kinds != 0;
}

/* Numbers the commits that change what people see, so that each process can tell others' from its own. */
static gboolean
number_commit (StoreDatabase *self, gint64 *generation, GError **error)
{
  sqlite3_stmt *statement = store_database_prepare (self, "UPDATE generation SET value = value + 1 RETURNING value", error);

  return store_database_query_int (self, statement, 0, generation, error);
}

static gboolean
commit_outermost (StoreDatabase *self, GError **error)
{
  gboolean is_told = self->hub && has_changes (self);
  gint64 generation;

  if (has_changes (self))
    {
      if (!number_commit (self, &generation, error))
        return FALSE;
      if (is_told)
        store_changes_claim (self->hub, generation);
    }
  if (!run_sql (self, "COMMIT", error))
    {
      if (is_told)
        store_changes_disclaim (self->hub);
      return FALSE;
    }
  if (is_told)
    store_changes_push (self->hub, (const StoreNote *) self->notes->data, self->notes->len, self->kinds);
  g_array_set_size (self->notes, 0);
  self->kinds = 0;
  return TRUE;
}

static gboolean
commit_part (StoreDatabase *self, GError **error)
{
  if (self->depth == 1)
    return commit_outermost (self, error);
  return self->is_whole ? check_transaction (self, error) : run_sql (self, "RELEASE part", error);
}

gboolean
store_database_commit (StoreDatabase *self, GError **error)
{
  assert_owner (self);
  g_return_val_if_fail (self->depth > 0, FALSE);

  if (!commit_part (self, error))
    {
      store_database_rollback (self);
      return FALSE;
    }
  end_part (self);
  return TRUE;
}

gboolean
store_database_begin_read (StoreDatabase *self, GError **error)
{
  assert_owner (self);
  if (self->depth > 0 || self->is_reading)
    return TRUE;
  self->is_reading = run_sql (self, "BEGIN", error);
  return self->is_reading;
}

void
store_database_end_read (StoreDatabase *self)
{
  if (self->is_reading && !sqlite3_get_autocommit (self->handle))
    run_sql (self, "COMMIT", NULL);
  self->is_reading = FALSE;
}

void
store_database_note (StoreDatabase *self, StoreChangeKind kind, gint64 folder, gint64 id)
{
  StoreNote note = { kind, folder, id };

  g_assert (self->depth > 0);
  if (kind & (STORE_CHANGED_FOLDERS | STORE_CHANGED_OUTBOX | STORE_CHANGED_REFUSALS | STORE_CHANGED_CONTACTS | STORE_CHANGED_RULES | STORE_CHANGED_SAVED
              | STORE_CHANGED_EVERYTHING))
    self->kinds |= kind;
  else
    g_array_append_val (self->notes, note);
}

static gboolean
query_pragma (StoreDatabase *self, const char *sql, gint64 *value, GError **error)
{
  return store_database_query_int (self, store_database_prepare (self, sql, error), 0, value, error);
}

gboolean
store_database_reclaim (StoreDatabase *self, gboolean *is_more, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("PRAGMA incremental_vacuum (%d)", RECLAIM_PAGES);
  gint64 n_free, n_pages;

  *is_more = FALSE;
  if (!query_pragma (self, "PRAGMA freelist_count", &n_free, error) || !query_pragma (self, "PRAGMA page_count", &n_pages, error))
    return FALSE;
  if (n_free < RECLAIM_MINIMUM_PAGES || n_free < n_pages / 10)
    return TRUE;
  *is_more = TRUE;
  return store_database_execute (self, sql, error);
}
