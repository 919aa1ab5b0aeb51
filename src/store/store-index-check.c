/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Proves the search index whole, and that it has what its mark says. */
#include "store-index-check.h"

#include "base-error.h"
#include "store-index-file.h"
#include "store-private.h"

#define MAX_FAULTS 100
#define STEPS_BETWEEN_LOOKS 20000

typedef struct
{
  StoreDatabase *mail, *index;
  StoreIndexMark mark;
  GPtrArray *faults;
} Check;

G_GNUC_PRINTF (2, 3)
static void
add_fault (Check *self, const char *format, ...)
{
  va_list arguments;

  if (self->faults->len >= MAX_FAULTS)
    return;
  va_start (arguments, format);
  g_ptr_array_add (self->faults, g_strdup_vprintf (format, arguments));
  va_end (arguments);
}

/* Damage is a finding, and the end of looking. */
static gboolean
accept_damage (Check *self, GError **failure, GError **error)
{
  g_autoptr (GError) taken = g_steal_pointer (failure);

  if (!g_error_matches (taken, BASE_ERROR, BASE_ERROR_STORE_DAMAGED))
    {
      g_propagate_error (error, g_steal_pointer (&taken));
      return FALSE;
    }
  add_fault (self, "The search index is damaged; removing the file %s has it built again.",
             sqlite3_db_filename (store_database_get_handle (self->index), "main"));
  return TRUE;
}

static gboolean
query (StoreDatabase *database, const char *sql, gint64 *value, GError **error)
{
  return store_database_query_int (database, store_database_prepare (database, sql, error), 0, value, error);
}

/* SQLite's own checks, of the tables and of the words */
static gboolean
check_file (Check *self, GError **error)
{
  g_autoptr (StoreStatement) statement = store_database_prepare (self->index,
    "SELECT integrity_check FROM pragma_integrity_check WHERE integrity_check <> 'ok'", error);
  gboolean has_row;

  if (!statement || !store_database_step (self->index, statement, &has_row, error))
    return FALSE;
  if (has_row)
    add_fault (self, "The search index is damaged: %s.", (const char *) sqlite3_column_text (statement, 0));
  return has_row || store_database_execute (self->index, "INSERT INTO words (words) VALUES ('integrity-check')", error);
}

/* Whether the mail still has to tell the index of this message */
static gboolean
is_awaited (Check *self, gint64 message, gboolean *result, GError **error)
{
  sqlite3_stmt *statement = store_database_prepare (self->mail, "SELECT 1 FROM search_change WHERE id > ?1 AND message = ?2", error);
  gint64 found;

  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, self->mark.change);
  sqlite3_bind_int64 (statement, 2, message);
  if (!store_database_query_int (self->mail, statement, 0, &found, error))
    return FALSE;
  *result = found != 0;
  return TRUE;
}

static gboolean
report_message (Check *self, gint64 message, gboolean is_indexed, GError **error)
{
  gboolean is_fine;

  if (!is_awaited (self, message, &is_fine, error))
    return FALSE;
  if (!is_fine && is_indexed)
    add_fault (self, "The search index has message %" G_GINT64_FORMAT ", which is gone.", message);
  else if (!is_fine)
    add_fault (self, "The search index has left out message %" G_GINT64_FORMAT ".", message);
  return TRUE;
}

static gboolean
next (StoreDatabase *database, sqlite3_stmt *statement, gint64 *id, GError **error)
{
  gboolean has_row;

  if (!store_database_step (database, statement, &has_row, error))
    return FALSE;
  *id = has_row ? sqlite3_column_int64 (statement, 0) : G_MAXINT64;
  return TRUE;
}

/* Both lists side by side, in order */
static gboolean
compare (Check *self, GError **error)
{
  g_autoptr (StoreStatement) indexed = store_database_prepare (self->index, "SELECT message FROM doc ORDER BY message", error);
  g_autoptr (StoreStatement) kept = indexed ? store_database_prepare (self->mail, "SELECT id FROM message WHERE id <= ?1 ORDER BY id", error) : NULL;
  gint64 ours, theirs;

  if (!kept)
    return FALSE;
  sqlite3_bind_int64 (kept, 1, self->mark.message);
  if (!next (self->index, indexed, &ours, error) || !next (self->mail, kept, &theirs, error))
    return FALSE;
  while (ours != G_MAXINT64 || theirs != G_MAXINT64)
    {
      if (ours != theirs && !report_message (self, MIN (ours, theirs), ours < theirs, error))
        return FALSE;
      if (ours <= theirs)
        {
          gboolean is_both = ours == theirs;

          if (!next (self->index, indexed, &ours, error) || (is_both && !next (self->mail, kept, &theirs, error)))
            return FALSE;
        }
      else if (!next (self->mail, kept, &theirs, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
check_messages (Check *self, GError **error)
{
  gint64 n_documents, n_words;
  gboolean is_good;

  if (!store_index_file_read_mark (self->index, &self->mark, error)
      || !query (self->index, "SELECT count (*) FROM doc", &n_documents, error)
      || !query (self->index, "SELECT count (*) FROM words_docsize", &n_words, error)
      || !store_database_begin_read (self->mail, error))
    return FALSE;
  if (n_words != n_documents + self->mark.n_dead)
    add_fault (self, "The search index has the words of %" G_GINT64_FORMAT " messages instead of %" G_GINT64_FORMAT ".", n_words,
               n_documents + self->mark.n_dead);
  is_good = compare (self, error);
  store_database_end_read (self->mail);
  return is_good;
}

/* With the index held, so that nothing is built meanwhile; the mail goes on. */
static gboolean
check_messages_held (Check *self, GError **error)
{
  gboolean is_good;

  if (!store_database_begin (self->index, error))
    return FALSE;
  is_good = check_messages (self, error);
  store_database_rollback (self->index);
  return is_good;
}

static int
on_steps (void *data)
{
  return g_cancellable_is_cancelled (data);
}

GPtrArray *
store_index_check (StoreDatabase *mail, GCancellable *cancellable, GError **error)
{
  g_autofree char *path = store_index_file_dup_path (mail);
  g_autoptr (GPtrArray) faults = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (StoreDatabase) index = NULL;
  g_autoptr (GError) failure = NULL;
  Check self = { .mail = mail, .faults = faults };
  gboolean is_of_mail = FALSE, is_complete;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return g_steal_pointer (&faults);
  index = self.index = store_database_new (path, STORE_DATABASE_WRITER, NULL, &failure);
  if (!index || !store_index_file_is_of_mail (index, mail, &is_of_mail, &failure))
    {
      if (!g_error_matches (failure, BASE_ERROR, BASE_ERROR_STORE_DAMAGED))
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return NULL;
        }
      return g_steal_pointer (&faults); /* no index at all: it is replaced when it is opened next */
    }
  if (!is_of_mail)
    return g_steal_pointer (&faults);
  if (cancellable)
    sqlite3_progress_handler (store_database_get_handle (index), STEPS_BETWEEN_LOOKS, on_steps, cancellable);
  is_complete = check_file (&self, &failure) && (faults->len > 0 || check_messages_held (&self, &failure));
  sqlite3_progress_handler (store_database_get_handle (index), 0, NULL, NULL);
  return is_complete || accept_damage (&self, &failure, error) ? g_steal_pointer (&faults) : NULL;
}
