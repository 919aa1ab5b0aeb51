/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A search index that turns out to be damaged while it is in use is emptied, and filled again from the mail. */
#include "store-index-repair.h"

#include "base-error.h"
#include "store-index-file.h"
#include "store-private.h"

/* What is no damage says nothing about the index: the disk is full, somebody else is writing, it was cancelled. */
static gboolean
may_be_damage (const GError *failure)
{
  return g_error_matches (failure, BASE_ERROR, BASE_ERROR_STORE_DAMAGED) || g_error_matches (failure, BASE_ERROR, BASE_ERROR_STORE);
}

/* @result: (out): whether every page and every word list can be read. FALSE without @error when they cannot. */
static gboolean
is_sound (StoreDatabase *index, StoreDatabase *mail, GError **error)
{
  g_autoptr (StoreStatement) statement = NULL;
  gboolean is_good;

  if (!store_index_file_is_of_mail (index, mail, &is_good, error) || !is_good)
    return FALSE;
  statement = store_database_prepare (index, "SELECT 1 FROM pragma_quick_check (1) WHERE quick_check <> 'ok'", error);
  if (!statement || !store_database_step (index, statement, &is_good, error) || is_good)
    return FALSE;
  sqlite3_reset (statement);
  /* asks of each table whether it is there */
  return store_database_execute (index, "SELECT (SELECT count (*) FROM doc WHERE 0), (SELECT count (*) FROM passing WHERE 0),"
                                 " (SELECT count (*) FROM person WHERE 0), (SELECT count (*) FROM person_word WHERE 0)", error)
         && store_database_execute (index, "INSERT INTO words (words) VALUES ('integrity-check')", error);
}

/* Whether that error can only mean a file that is of no use, and not that the moment was bad */
static gboolean
is_for_good (StoreDatabase *index, const GError *error)
{
  int code = index ? sqlite3_errcode (store_database_get_handle (index)) & 0xff : SQLITE_OK;

  return !error || g_error_matches (error, BASE_ERROR, BASE_ERROR_STORE_DAMAGED) || code == SQLITE_ERROR;
}

gboolean
store_index_repair (StoreDatabase *mail, const GError *failure)
{
  g_autofree char *path = store_index_file_dup_path (mail);
  g_autoptr (StoreDatabase) index = NULL;
  g_autoptr (GError) error = NULL;

  if (!may_be_damage (failure))
    return FALSE;
  index = store_database_new (path, STORE_DATABASE_WRITER, NULL, &error);
  if ((index && is_sound (index, mail, &error)) || !is_for_good (index, error))
    return FALSE;
  g_message ("The search index is damaged and made anew: %s", error ? error->message : failure->message);
  g_clear_pointer (&index, store_database_free);
  g_clear_error (&error);
  if (store_index_file_empty (path, &error))
    index = store_index_file_open (mail, &error);
  if (!index)
    g_message ("The search index could not be made anew: %s", error->message);
  return index != NULL;
}
