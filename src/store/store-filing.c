/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Messages marked, moved, copied and deleted, any number in one transaction. */
#include "store-messages.h"
#include "store-private.h"

typedef gboolean (*FilingFunc) (StoreDatabase *database, gint64 id, gconstpointer data, GError **error);

static gboolean
file_all (StoreDatabase *database, const gint64 *ids, gsize n_ids, FilingFunc func, gconstpointer data, GError **error)
{
  if (!store_database_begin (database, error))
    return FALSE;
  for (gsize i = 0; i < n_ids; i++)
    if (!func (database, ids[i], data, error))
      {
        store_database_rollback (database);
        return FALSE;
      }
  return store_database_commit (database, error);
}

/* Runs a statement with RETURNING to its end, where foreign keys are checked; @value is 0 when it touched no row. */
static gboolean
run_returning (StoreDatabase *database, sqlite3_stmt *statement, gint64 *value, GError **error)
{
  gboolean has_row = TRUE;

  *value = 0;
  while (has_row)
    {
      if (!store_database_step (database, statement, &has_row, error))
        return FALSE;
      if (has_row)
        *value = sqlite3_column_int64 (statement, 0);
    }
  sqlite3_reset (statement);
  return TRUE;
}

gint64
store_filing_find_folder (StoreDatabase *database, gint64 id, GError **error)
{
  sqlite3_stmt *statement = store_database_prepare (database, "SELECT folder FROM message WHERE id = ?1", error);
  gint64 folder;

  if (!statement)
    return -1;
  sqlite3_bind_int64 (statement, 1, id);
  return store_database_query_int (database, statement, 0, &folder, error) ? folder : -1;
}

typedef struct
{
  MailFlags add;
  MailFlags remove;
} Marks;

static gboolean
mark_one (StoreDatabase *database, gint64 id, gconstpointer data, GError **error)
{
  const Marks *marks = data;
  sqlite3_stmt *statement = store_database_prepare (database,
    "UPDATE message SET flags = (flags | ?2) & ~?3 WHERE id = ?1 AND flags <> (flags | ?2) & ~?3 RETURNING folder", error);
  gint64 folder;

  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, id);
  sqlite3_bind_int (statement, 2, marks->add);
  sqlite3_bind_int (statement, 3, marks->remove);
  if (!run_returning (database, statement, &folder, error))
    return FALSE;
  if (folder == 0)
    return TRUE;
  store_database_note (database, STORE_CHANGED_MESSAGES, folder, id);
  if ((marks->add | marks->remove) & MAIL_FLAG_SEEN)
    store_database_note (database, STORE_CHANGED_FOLDERS, 0, 0);
  return TRUE;
}

gboolean
store_messages_set_flags (StoreDatabase *database, const gint64 *ids, gsize n_ids, MailFlags add, MailFlags remove, GError **error)
{
  Marks marks = { add, remove };

  return file_all (database, ids, n_ids, mark_one, &marks, error);
}

gboolean
store_filing_move_one (StoreDatabase *database, gint64 id, gint64 from, gint64 to, GError **error)
{
  sqlite3_stmt *statement = store_database_prepare (database, "UPDATE message SET folder = ?2, uid = NULL, modseq = NULL WHERE id = ?1", error);

  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, id);
  sqlite3_bind_int64 (statement, 2, to);
  if (!store_database_run (database, statement, error))
    return FALSE;
  store_database_note (database, STORE_CHANGED_REMOVED, from, id);
  store_database_note (database, STORE_CHANGED_ADDED, to, id);
  store_database_note (database, STORE_CHANGED_FOLDERS, 0, 0);
  return TRUE;
}

static gboolean
move_one (StoreDatabase *database, gint64 id, gconstpointer data, GError **error)
{
  gint64 to = *(const gint64 *) data;
  gint64 from = store_filing_find_folder (database, id, error);

  if (from < 0)
    return FALSE;
  return from == 0 || from == to || store_filing_move_one (database, id, from, to, error);
}

gboolean
store_messages_move (StoreDatabase *database, const gint64 *ids, gsize n_ids, gint64 folder, GError **error)
{
  return file_all (database, ids, n_ids, move_one, &folder, error);
}

static gboolean
copy_one (StoreDatabase *database, gint64 id, gconstpointer data, GError **error)
{
  gint64 folder = *(const gint64 *) data;
  gint64 copy;
  sqlite3_stmt *statement = store_database_prepare (database,
    "INSERT INTO message (folder, source, thread, flags, is_whole, has_attachments, date, date_offset, received, size, message_id,"
    " in_reply_to, subject, from_list, to_list, ref_ids, sort_subject, sort_from, sort_to)"
    " SELECT ?2, source, thread, flags, is_whole, has_attachments, date, date_offset, received, size, message_id,"
    " in_reply_to, subject, from_list, to_list, ref_ids, sort_subject, sort_from, sort_to FROM message WHERE id = ?1 RETURNING id", error);

  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, id);
  sqlite3_bind_int64 (statement, 2, folder);
  if (!run_returning (database, statement, &copy, error))
    return FALSE;
  if (copy == 0)
    return TRUE;
  store_database_note (database, STORE_CHANGED_ADDED, folder, copy);
  store_database_note (database, STORE_CHANGED_FOLDERS, 0, 0);
  return TRUE;
}

gboolean
store_messages_copy (StoreDatabase *database, const gint64 *ids, gsize n_ids, gint64 folder, GError **error)
{
  return file_all (database, ids, n_ids, copy_one, &folder, error);
}

static gboolean
delete_one (StoreDatabase *database, gint64 id, gconstpointer data, GError **error)
{
  sqlite3_stmt *statement = store_database_prepare (database, "DELETE FROM message WHERE id = ?1 RETURNING folder", error);
  gint64 folder;

  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, id);
  if (!run_returning (database, statement, &folder, error))
    return FALSE;
  if (folder == 0)
    return TRUE;
  store_database_note (database, STORE_CHANGED_REMOVED, folder, id);
  store_database_note (database, STORE_CHANGED_FOLDERS, 0, 0);
  return TRUE;
}

gboolean
store_messages_delete (StoreDatabase *database, const gint64 *ids, gsize n_ids, GError **error)
{
  return file_all (database, ids, n_ids, delete_one, NULL, error);
}
