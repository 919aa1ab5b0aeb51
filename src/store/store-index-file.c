/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The file of the search index: its tables, and one message's words put in and taken out.
 *
 * The words are a contentless FTS5 table: it holds no text, only where each word is, and costs a quarter of what it would. (Measured on
 * 10,000 messages with 80 MB of text.) The price: SQLite before 3.43 can take words out only when it is told them again. So they are kept
 * for what is known to change soon; of other messages that go, the number is forgotten, which no search finds any more, and when more is
 * dead than alive the index is built anew. */
#include "store-index-file.h"

#include "base-error.h"
#include "store-people.h"
#include "store-private.h"

#include <string.h>
#include <unistd.h>

#define INDEX_APPLICATION_ID 0x706f7369 /* "posi" */
#define INDEX_VERSION 4                 /* of the tables and of mail-words.c: another number builds it anew */
#define MINIMUM_DEAD 2000
#define PAGE_SIZE 8192
#define PASSING_BYTES 16384             /* longer ones are not kept */
#define LAST_SECOND (G_GINT64_CONSTANT (1) << 40)
#define PATIENCE_USEC (5 * G_USEC_PER_SEC)
#define PAUSE_USEC 5000

/* The mail is folded before it comes here, so the plainest tokenizer will do: letters are ASCII or not ASCII at all. The beginnings of two
 * and of three letters have indexes of their own, because they stand for the most words: "the*" is five words in every second letter, and "st*"
 * hundreds in each. (Measured on 30,000 messages: that of two letters is a fifth more of file and a sixteenth more of processor time, and
 * "st*" takes 0.3 ms instead of 18.) */
static const char tables[] =
  "CREATE TABLE state ("
  "  id INTEGER PRIMARY KEY CHECK (id = 1), identity BLOB NOT NULL, message INTEGER NOT NULL, change INTEGER NOT NULL,"
  "  dead INTEGER NOT NULL);"
  "CREATE TABLE doc (id INTEGER PRIMARY KEY, message INTEGER NOT NULL UNIQUE);"
  STORE_PEOPLE_TABLES
  "CREATE TABLE passing (id INTEGER PRIMARY KEY, subject TEXT, sender TEXT, receiver TEXT, body TEXT, attachment TEXT);"
  "CREATE VIRTUAL TABLE words USING fts5 (subject, sender, receiver, body, attachment, content='', tokenize='ascii', prefix='2 3');"
  "INSERT INTO words (words, rank) VALUES ('hashsize', 8388608);"
  "INSERT INTO words (words, rank) VALUES ('automerge', 16);"
  "INSERT INTO words (words, rank) VALUES ('crisismerge', 32);";

char *
store_index_file_dup_path (StoreDatabase *mail)
{
  return g_strconcat (sqlite3_db_filename (store_database_get_handle (mail), "main"), "-search", NULL);
}

static gboolean
query (StoreDatabase *database, const char *sql, gint64 *value, GError **error)
{
  return store_database_query_int (database, store_database_prepare (database, sql, error), 0, value, error);
}

/* The mark of an index that has everything before it: what changed until now is seen as it is */
static gboolean
begin_anew (StoreDatabase *index, StoreDatabase *mail, GError **error)
{
  g_autoptr (StoreStatement) identity = store_database_prepare (mail, "SELECT value FROM search_identity", error);
  sqlite3_stmt *statement;
  gboolean has_row;
  gint64 change;

  if (!identity || !query (mail, "SELECT seq FROM sqlite_sequence WHERE name = 'search_change'", &change, error)
      || !store_database_step (mail, identity, &has_row, error))
    return FALSE;
  statement = store_database_prepare (index, "INSERT OR REPLACE INTO state VALUES (1, ?1, 0, ?2, 0)", error);
  if (!statement)
    return FALSE;
  sqlite3_bind_blob (statement, 1, sqlite3_column_blob (identity, 0), sqlite3_column_bytes (identity, 0), SQLITE_TRANSIENT);
  sqlite3_bind_int64 (statement, 2, change);
  return store_database_run (index, statement, error);
}

static gboolean
make_tables (StoreDatabase *index, StoreDatabase *mail, GError **error)
{
  g_autofree char *pragmas = g_strdup_printf ("PRAGMA application_id = %d; PRAGMA user_version = %d", INDEX_APPLICATION_ID, INDEX_VERSION);

  return store_database_execute (index, "DROP TABLE IF EXISTS words; DROP TABLE IF EXISTS passing; DROP TABLE IF EXISTS doc;"
                                 "DROP TABLE IF EXISTS state;" STORE_PEOPLE_DROP, error)
         && store_database_execute (index, tables, error) && store_database_execute (index, pragmas, error)
         && begin_anew (index, mail, error);
}

static gboolean
is_current (StoreDatabase *index, gboolean *result, GError **error)
{
  gint64 application, version, n_states;

  *result = FALSE;
  if (!query (index, "PRAGMA application_id", &application, error) || !query (index, "PRAGMA user_version", &version, error))
    return FALSE;
  if (application != INDEX_APPLICATION_ID || version != INDEX_VERSION)
    return TRUE;
  if (!query (index, "SELECT count (*) FROM state", &n_states, error))
    return FALSE;
  *result = n_states == 1;
  return TRUE;
}

/* Of this mail, and not of a later state of it (somebody brought back an old copy) */
static gboolean
is_of_mail (StoreDatabase *index, StoreDatabase *mail, gboolean *result, GError **error)
{
  g_autoptr (StoreStatement) theirs = store_database_prepare (index, "SELECT identity, message, change FROM state", error);
  g_autoptr (StoreStatement) ours = NULL;
  gboolean has_row;

  *result = FALSE;
  if (!theirs || !store_database_step (index, theirs, &has_row, error))
    return FALSE;
  if (!has_row)
    return TRUE;
  ours = store_database_prepare (mail, "SELECT 1 FROM search_identity WHERE value = ?1"
    " AND ?2 <= ifnull ((SELECT seq FROM sqlite_sequence WHERE name = 'message'), 0)"
    " AND ?3 <= ifnull ((SELECT seq FROM sqlite_sequence WHERE name = 'search_change'), 0)", error);
  if (!ours)
    return FALSE;
  sqlite3_bind_blob (ours, 1, sqlite3_column_blob (theirs, 0), sqlite3_column_bytes (theirs, 0), SQLITE_TRANSIENT);
  sqlite3_bind_int64 (ours, 2, sqlite3_column_int64 (theirs, 1));
  sqlite3_bind_int64 (ours, 3, sqlite3_column_int64 (theirs, 2));
  return store_database_step (mail, ours, result, error);
}

static gboolean
empty (StoreDatabase *index, StoreDatabase *mail, GError **error)
{
  return store_database_execute (index, STORE_PEOPLE_EMPTY "DELETE FROM doc; DELETE FROM passing; INSERT INTO words (words) VALUES ('delete-all')", error)
         && begin_anew (index, mail, error);
}

/* In a transaction, so that of two processes one makes it and the other finds it made */
static gboolean
prepare_inside (StoreDatabase *index, StoreDatabase *mail, GError **error)
{
  gboolean is_good;

  if (!is_current (index, &is_good, error))
    return FALSE;
  if (!is_good)
    return make_tables (index, mail, error);
  return is_of_mail (index, mail, &is_good, error) && (is_good || empty (index, mail, error));
}

/* When two change the mode at once one is told at once that the other is there: SQLite does not wait where both might wait for each other. */
static gboolean
set_mode (StoreDatabase *index, GError **error)
{
  gint64 end = g_get_monotonic_time () + PATIENCE_USEC;

  for (;;)
    {
      g_autoptr (GError) failure = NULL;

      if (store_database_execute (index, "PRAGMA journal_mode = WAL", &failure))
        return TRUE;
      if ((sqlite3_errcode (store_database_get_handle (index)) & 0xff) != SQLITE_BUSY || g_get_monotonic_time () >= end)
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return FALSE;
        }
      g_usleep (PAUSE_USEC);
    }
}

static gboolean
prepare (StoreDatabase *index, StoreDatabase *mail, GError **error)
{
  gboolean is_good;

  /* Only what is read again need be durable here, so nobody waits for the disk. */
  if (!is_current (index, &is_good, error)
      || (!is_good && !store_database_execute (index, "PRAGMA page_size = " G_STRINGIFY (PAGE_SIZE), error))
      || !set_mode (index, error)
      || !store_database_execute (index, "PRAGMA synchronous = NORMAL; PRAGMA cache_size = -16384", error))
    return FALSE;
  if (is_good && is_of_mail (index, mail, &is_good, error) && is_good)
    return TRUE;
  if (!store_database_begin (index, error))
    return FALSE;
  if (prepare_inside (index, mail, error))
    return store_database_commit (index, error);
  store_database_rollback (index);
  return FALSE;
}

gboolean
store_index_file_is_of_mail (StoreDatabase *index, StoreDatabase *mail, gboolean *result, GError **error)
{
  return is_current (index, result, error) && (!*result || is_of_mail (index, mail, result, error));
}

static StoreDatabase *
open_path (const char *path, StoreDatabase *mail, GError **error)
{
  g_autoptr (StoreDatabase) index = store_database_make_file (path, error) ? store_database_new (path, STORE_DATABASE_WRITER, NULL, error) : NULL;

  return index && prepare (index, mail, error) ? g_steal_pointer (&index) : NULL;
}

static void
remove_files (const char *path)
{
  static const char *const endings[] = { "", "-wal", "-shm" };

  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *name = g_strconcat (path, endings[i], NULL);

      unlink (name);
    }
}

/* What stands at the beginning of our files: SQLite's file format, section 1.3, with pages of 8192 bytes and a log */
static const guint8 head[] = { 'S', 'Q', 'L', 'i', 't', 'e', ' ', 'f', 'o', 'r', 'm', 'a', 't', ' ', '3', 0, 0x20, 0x00, 2, 2, 0, 64, 32, 32 };

/* A file that others have open can be written by its log alone, and that it has one is said in its head. */
static void
mend_head (sqlite3 *handle)
{
  guint8 page[PAGE_SIZE] = { 0 };
  sqlite3_file *file = NULL;

  if (sqlite3_file_control (handle, "main", SQLITE_FCNTL_FILE_POINTER, &file) != SQLITE_OK || !file || !file->pMethods)
    return;
  if (file->pMethods->xRead (file, page, sizeof page, 0) == SQLITE_OK && memcmp (page, head, sizeof head) == 0)
    return;
  memset (page, 0, sizeof page);
  memcpy (page, head, sizeof head);
  file->pMethods->xWrite (file, page, sizeof page, 0);
}

gboolean
store_index_file_empty (const char *path, GError **error)
{
  /* The number by which handles know that the tables are others has begun anew too, and would come to what they remember. */
  g_autofree char *tables_are_others = g_strdup_printf ("PRAGMA schema_version = %d", g_random_int_range (1 << 20, 1 << 30));
  sqlite3 *handle = NULL;
  int code = sqlite3_open_v2 (path, &handle, SQLITE_OPEN_READWRITE, NULL);

  if (code == SQLITE_OK)
    {
      mend_head (handle);
      sqlite3_busy_timeout (handle, PATIENCE_USEC / 1000);
      sqlite3_exec (handle, "SELECT count (*) FROM sqlite_schema", NULL, NULL, NULL); /* finds the log; what it says is of no interest */
      sqlite3_db_config (handle, SQLITE_DBCONFIG_RESET_DATABASE, 1, NULL);            /* from here on SQLite's recipe */
      code = sqlite3_exec (handle, "VACUUM", NULL, NULL, NULL);
      sqlite3_db_config (handle, SQLITE_DBCONFIG_RESET_DATABASE, 0, NULL);
    }
  if (code == SQLITE_OK)
    code = sqlite3_exec (handle, tables_are_others, NULL, NULL, NULL);
  if (code != SQLITE_OK)
    store_error_from_sqlite (error, handle, code);
  sqlite3_close (handle);
  return code == SQLITE_OK;
}

StoreDatabase *
store_index_file_open (StoreDatabase *mail, GError **error)
{
  g_autofree char *path = store_index_file_dup_path (mail);
  g_autoptr (GError) failure = NULL;
  StoreDatabase *index = open_path (path, mail, &failure);

  if (index)
    return index;
  if (!g_error_matches (failure, BASE_ERROR, BASE_ERROR_STORE_DAMAGED))
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }
  if (!store_index_file_empty (path, NULL)) /* all that was in it is in the mail */
    remove_files (path);
  return open_path (path, mail, error);
}

gboolean
store_index_file_read_mark (StoreDatabase *index, StoreIndexMark *mark, GError **error)
{
  g_autoptr (StoreStatement) statement = store_database_prepare (index, "SELECT message, change, dead FROM state", error);
  gboolean has_row;

  if (!statement || !store_database_step (index, statement, &has_row, error))
    return FALSE;
  *mark = (StoreIndexMark) { sqlite3_column_int64 (statement, 0), sqlite3_column_int64 (statement, 1), sqlite3_column_int64 (statement, 2) };
  return TRUE;
}

gboolean
store_index_file_write_mark (StoreDatabase *index, const StoreIndexMark *mark, GError **error)
{
  sqlite3_stmt *statement = store_database_prepare (index, "UPDATE state SET message = ?1, change = ?2, dead = ?3", error);

  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, mark->message);
  sqlite3_bind_int64 (statement, 2, mark->change);
  sqlite3_bind_int64 (statement, 3, mark->n_dead);
  return store_database_run (index, statement, error);
}

static gboolean
is_free (StoreDatabase *index, gint64 number, gboolean *result, GError **error)
{
  sqlite3_stmt *statement = store_database_prepare (index, "SELECT 1 FROM words_docsize WHERE id = ?1 UNION ALL SELECT 1 FROM doc WHERE id = ?1", error);
  gint64 found;

  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, number);
  if (!store_database_query_int (index, statement, 0, &found, error))
    return FALSE;
  *result = found == 0;
  return TRUE;
}

/* Looks further away from the second the fuller it is around: however many came at once, a few dozen looks find a place. Numbers of the
 * dead are not used again. */
static gint64
find_number (StoreDatabase *index, gint64 message, gint64 when, GError **error)
{
  gint64 first = CLAMP (when, 0, LAST_SECOND) * STORE_INDEX_NUMBERS_A_SECOND;
  guint64 random = (guint64) message;

  for (guint64 span = STORE_INDEX_NUMBERS_A_SECOND; span != 0; span <<= 1)
    for (int attempt = 0; attempt < 3; attempt++)
      {
        gint64 number = first + (gint64) (random % span % G_MAXINT32);
        gboolean is_good;

        if (!is_free (index, number, &is_good, error))
          return -1;
        if (is_good)
          return number;
        random = random * G_GUINT64_CONSTANT (6364136223846793005) + G_GUINT64_CONSTANT (1442695040888963407);
        random ^= random >> 29;
      }
  g_set_error (error, BASE_ERROR, BASE_ERROR_STORE, "There is no room for message %" G_GINT64_FORMAT " in the search index.", message);
  return -1;
}

static gboolean
run_with_columns (StoreDatabase *index, const char *sql, gint64 number, const char *const *columns, GError **error)
{
  sqlite3_stmt *statement = store_database_prepare (index, sql, error);

  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, number);
  for (int i = 0; i < STORE_INDEX_N_COLUMNS; i++)
    sqlite3_bind_text (statement, i + 2, columns[i], -1, SQLITE_STATIC);
  return store_database_run (index, statement, error);
}

gboolean
store_index_file_place (StoreDatabase *index, gint64 message, gint64 when, gint64 *number, GError **error)
{
  sqlite3_stmt *statement;

  *number = find_number (index, message, when, error);
  statement = *number < 0 ? NULL : store_database_prepare (index, "INSERT INTO doc (id, message) VALUES (?1, ?2)", error);
  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, *number);
  sqlite3_bind_int64 (statement, 2, message);
  return store_database_run (index, statement, error);
}

gboolean
store_index_file_add (StoreDatabase *index, gint64 number, const char *const *columns, gboolean is_passing, GError **error)
{
  gsize length = 0;

  if (!run_with_columns (index, "INSERT INTO words (rowid, subject, sender, receiver, body, attachment) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                            number, columns, error))
    return FALSE;
  for (int i = 0; i < STORE_INDEX_N_COLUMNS; i++)
    length += strlen (columns[i]);
  return !is_passing || length > PASSING_BYTES
         || run_with_columns (index, "INSERT INTO passing VALUES (?1, ?2, ?3, ?4, ?5, ?6)", number, columns, error);
}

/* @was_kept: (out): whether its words were there to be taken out */
static gboolean
take_out (StoreDatabase *index, gint64 number, gboolean *was_kept, GError **error)
{
  sqlite3_stmt *statement = store_database_prepare (index,
    "INSERT INTO words (words, rowid, subject, sender, receiver, body, attachment)"
    " SELECT 'delete', id, subject, sender, receiver, body, attachment FROM passing WHERE id = ?1", error);

  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, number);
  if (!store_database_run (index, statement, error))
    return FALSE;
  statement = store_database_prepare (index, "DELETE FROM passing WHERE id = ?1", error);
  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, number);
  if (!store_database_run (index, statement, error))
    return FALSE;
  *was_kept = sqlite3_changes (store_database_get_handle (index)) > 0;
  return TRUE;
}

gboolean
store_index_file_drop (StoreDatabase *index, gint64 message, gint64 *n_dead, GError **error)
{
  sqlite3_stmt *statement = store_database_prepare (index, "SELECT id FROM doc WHERE message = ?1", error);
  gboolean was_kept;
  gint64 number;

  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, message);
  if (!store_database_query_int (index, statement, -1, &number, error))
    return FALSE;
  if (number < 0)
    return TRUE;
  if (!take_out (index, number, &was_kept, error))
    return FALSE;
  *n_dead += !was_kept;
  statement = store_database_prepare (index, "DELETE FROM doc WHERE id = ?1", error);
  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, number);
  return store_database_run (index, statement, error);
}

gboolean
store_index_file_merge (StoreDatabase *index, int pages, gboolean *is_more, GError **error)
{
  sqlite3 *handle = store_database_get_handle (index);
  sqlite3_stmt *statement = store_database_prepare (index, "INSERT INTO words (words, rank) VALUES ('merge', ?1)", error);
  int before = sqlite3_total_changes (handle);

  if (!statement)
    return FALSE;
  sqlite3_bind_int (statement, 1, pages);
  if (!store_database_run (index, statement, error))
    return FALSE;
  *is_more = sqlite3_total_changes (handle) - before >= 2; /* FTS5's own sign that there was something to merge */
  return TRUE;
}

gboolean
store_index_file_renew_if_stale (StoreDatabase *index, StoreDatabase *mail, gboolean *was_renewed, GError **error)
{
  gint64 n_dead, n_alive;

  *was_renewed = FALSE;
  if (!query (index, "SELECT dead FROM state", &n_dead, error))
    return FALSE;
  if (n_dead < MINIMUM_DEAD)
    return TRUE;
  if (!query (index, "SELECT count (*) FROM doc", &n_alive, error))
    return FALSE;
  if (n_dead < n_alive)
    return TRUE;
  if (!store_database_begin (index, error))
    return FALSE;
  *was_renewed = empty (index, mail, error);
  if (*was_renewed)
    return store_database_commit (index, error);
  store_database_rollback (index);
  return FALSE;
}

gboolean
store_index_file_attach (StoreDatabase *mail, GError **error)
{
  g_autofree char *path = store_index_file_dup_path (mail);
  g_autoptr (StoreDatabase) index = store_index_file_open (mail, error);
  sqlite3_stmt *statement = index ? store_database_prepare (mail, "ATTACH ?1 AS search", error) : NULL;

  if (!statement)
    return FALSE;
  sqlite3_bind_text (statement, 1, path, -1, SQLITE_STATIC);
  return store_database_run (mail, statement, error);
}
