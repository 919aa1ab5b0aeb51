/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A new UIDVALIDITY: messages lose their names and are recognised by their headers. A nameless message's uid is its own id, negated: no
 * server's name, unique, and still there after a crash. What waits for one has the same; a deletion is known by the digest of the header alone,
 * since the message of that id, where there is one still, may be another: a draft that was saved anew, what was copied before it is deleted. */
#include "store-imap.h"

#include "base-error.h"
#include "store-folders.h"
#include "store-messages.h"
#include "store-private.h"
#include "store-replay.h"

#include <string.h>

#define NAME_OPERATIONS "UPDATE pending SET uid = ?3 WHERE message = ?1 AND folder = ?2 AND uid < 0 AND kind <> 4"
#define NO_MESSAGE "281474976710656" /* more than any id: from here on numbers of operations whose message is known no more */

static gboolean
run_on_folder (StoreDatabase *database, const char *sql, gint64 folder, GError **error)
{
  sqlite3_stmt *statement = store_database_prepare (database, sql, error);

  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, folder);
  return store_database_run (database, statement, error);
}

static gboolean
end (StoreDatabase *database, gboolean is_good, GError **error)
{
  if (is_good)
    return store_database_commit (database, error);
  store_database_rollback (database);
  return FALSE;
}

gboolean
store_imap_begin_renumbering (StoreDatabase *database, gint64 folder, GError **error)
{
  return store_database_begin (database, error)
         && end (database,
                 run_on_folder (database, "UPDATE message SET uid = -id, modseq = NULL WHERE folder = ?1 AND uid > 0", folder, error)
                   && run_on_folder (database, "UPDATE pending SET uid = iif (message > 0, -message, -" NO_MESSAGE " - id) WHERE folder = ?1 AND uid > 0", folder, error)
                   && run_on_folder (database, "UPDATE folder SET uidvalidity = NULL, uidnext = NULL, highestmodseq = NULL WHERE id = ?1", folder, error),
                 error);
}

static gboolean
has_header (StoreDatabase *database, gint64 message, GBytes *header)
{
  g_autoptr (GBytes) source = store_messages_load_source (database, message, NULL);
  gsize source_size, header_size;
  const char *kept = source ? g_bytes_get_data (source, &source_size) : NULL;
  const char *shown = g_bytes_get_data (header, &header_size);

  if (!kept || !shown)
    return FALSE;
  source_size = store_source_measure_header (kept, source_size);
  header_size = store_source_measure_header (shown, header_size);
  return source_size == header_size && memcmp (kept, shown, source_size) == 0;
}

/* Nameless ones that may be it: of the folder, or taken away from it. A server's RFC822.SIZE may be off, so only the header decides; a few
 * are looked at, however many look alike. */
static GArray *
list_candidates (StoreDatabase *database, gint64 folder, const MailSummary *summary, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (StoreStatement) statement = store_database_prepare (database,
    summary->message_id
      ? "SELECT m.id FROM message m WHERE m.message_id = ?2 AND ((m.folder = ?1 AND m.uid < 0) OR EXISTS (SELECT 1 FROM pending p WHERE"
        " p.folder = ?1 AND p.uid = -m.id AND p.kind <> 4)) ORDER BY m.folder <> ?1, m.size <> ?3, m.id LIMIT 20"
      : "SELECT m.id FROM message m WHERE m.message_id IS NULL AND m.size = ?3 AND m.date = ?4 AND ((m.folder = ?1 AND m.uid < 0) OR m.id IN"
        " (SELECT -p.uid FROM pending p WHERE p.folder = ?1 AND p.uid < 0 AND p.kind <> 4)) ORDER BY m.folder <> ?1, m.id LIMIT 20",
    error);
  gboolean has_row;

  if (!statement)
    return NULL;
  sqlite3_bind_int64 (statement, 1, folder);
  if (summary->message_id)
    sqlite3_bind_text (statement, 2, summary->message_id, -1, SQLITE_STATIC);
  sqlite3_bind_int64 (statement, 3, summary->size);
  if (!summary->message_id)
    sqlite3_bind_int64 (statement, 4, summary->date);
  while (store_database_step (database, statement, &has_row, error))
    {
      gint64 id;

      if (!has_row)
        return g_steal_pointer (&ids);
      id = sqlite3_column_int64 (statement, 0);
      g_array_append_val (ids, id);
    }
  return NULL;
}

static gboolean
name_one (StoreDatabase *database, const char *sql, gint64 folder, gint64 message, guint32 uid, guint64 modseq, GError **error)
{
  sqlite3_stmt *statement = store_database_prepare (database, sql, error);

  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, message);
  sqlite3_bind_int64 (statement, 2, folder);
  sqlite3_bind_int64 (statement, 3, uid);
  if (sqlite3_bind_parameter_count (statement) >= 4)
    sqlite3_bind_int64 (statement, 4, modseq);
  return store_database_run (database, statement, error);
}

/* What else waits for the deleted message comes before its end. */
#define NAME_DELETION "UPDATE pending SET uid = ?3 WHERE folder = ?2 AND uid < 0 AND (id = ?1 OR (kind <> 4 AND message = (SELECT message FROM pending" \
                      " WHERE id = ?1) AND NOT EXISTS (SELECT 1 FROM message m WHERE m.id = pending.message)))"

/* A deletion that waits for its message to be shown again: the row is gone, the digest of its header is kept. Of several that look alike one each.
 * Returns a number above 0, 0 when there is none, -1 with @error. */
static gint64
recognise_deleted (StoreDatabase *database, gint64 folder, guint32 uid, GBytes *header, GError **error)
{
  g_autofree char *digest = store_replay_digest_header (header);
  sqlite3_stmt *statement = store_database_prepare (database,
    "SELECT id FROM pending WHERE folder = ?1 AND uid < 0 AND kind = ?2 AND name = ?3 ORDER BY id LIMIT 1", error);
  gint64 id;

  if (!statement)
    return -1;
  sqlite3_bind_int64 (statement, 1, folder);
  sqlite3_bind_int (statement, 2, STORE_OPERATION_DELETE);
  sqlite3_bind_text (statement, 3, digest, -1, SQLITE_STATIC);
  if (!store_database_query_int (database, statement, 0, &id, error))
    return -1;
  return id == 0 || name_one (database, NAME_DELETION, folder, id, uid, 0, error) ? id : -1;
}

/* Inside the transaction */
static gint64
recognise (StoreDatabase *database, gint64 folder, guint32 uid, guint64 modseq, GBytes *header, const MailSummary *summary, GError **error)
{
  g_autoptr (GArray) ids = list_candidates (database, folder, summary, error);

  if (!ids)
    return -1;
  for (guint i = 0; i < ids->len; i++)
    {
      gint64 id = g_array_index (ids, gint64, i);

      if (!has_header (database, id, header))
        continue;
      if (!name_one (database, "UPDATE message SET uid = ?3, modseq = nullif (?4, 0) WHERE id = ?1 AND folder = ?2 AND uid < 0", folder, id, uid, modseq, error)
          || !name_one (database, NAME_OPERATIONS, folder, id, uid, 0, error))
        return -1;
      return id;
    }
  return recognise_deleted (database, folder, uid, header, error);
}

gint64
store_imap_recognise (StoreDatabase *database, gint64 folder, guint32 uid, guint64 modseq, GBytes *header, const MailSummary *summary,
                      GError **error)
{
  gint64 id;

  if (!store_database_begin (database, error))
    return -1;
  id = recognise (database, folder, uid, modseq, header, summary, error);
  return end (database, id >= 0, error) ? id : -1;
}

gint64
store_imap_count_nameless (StoreDatabase *database, gint64 folder, GError **error)
{
  sqlite3_stmt *statement = store_database_prepare (database, "SELECT count (*) FROM message WHERE folder = ?1 AND uid < 0", error);
  gint64 count;

  if (!statement)
    return -1;
  sqlite3_bind_int64 (statement, 1, folder);
  return store_database_query_int (database, statement, 0, &count, error) ? count : -1;
}

int
store_imap_has_nameless (StoreDatabase *database, gint64 folder, GError **error)
{
  gint64 has_any = 0;
  sqlite3_stmt *statement = store_database_prepare (database,
    "SELECT EXISTS (SELECT 1 FROM message WHERE folder = ?1 AND uid < 0) OR EXISTS (SELECT 1 FROM pending WHERE folder = ?1 AND uid < 0)", error);

  if (!statement)
    return -1;
  sqlite3_bind_int64 (statement, 1, folder);
  return store_database_query_int (database, statement, 0, &has_any, error) ? has_any != 0 : -1;
}

/* What was to be deleted and nobody here knows by its header may be there still, among what has come as new: that is told. What is known and was not
 * shown has gone, as it was to. */
static gboolean
end_operation (StoreDatabase *database, const StoreFolder *folder, const StoreOperation *operation, GError **error)
{
  g_autoptr (GError) reason = NULL;

  if (operation->kind != STORE_OPERATION_DELETE || operation->name)
    return store_replay_vanish (database, operation, error);
  reason = g_error_new (BASE_ERROR, BASE_ERROR_NOT_FOUND, "The folder “%s” was made anew at the server, and a message that was to be deleted could not be"
                        " told from the others in it.", folder->name);
  return store_replay_fail (database, operation, reason, error);
}

static gboolean
end_operations (StoreDatabase *database, gint64 folder, GError **error)
{
  g_autoptr (StoreFolder) row = store_folders_get (database, folder, error);
  g_autoptr (GPtrArray) operations = row ? store_replay_list (database, row->account, 0, error) : NULL;

  for (guint i = 0; operations && i < operations->len; i++)
    {
      const StoreOperation *operation = g_ptr_array_index (operations, i);

      if (operation->folder == folder && operation->uid < 0 && !end_operation (database, row, operation, error))
        return FALSE;
    }
  return operations != NULL;
}

static gboolean
forget_nameless (StoreDatabase *database, gint64 folder, GError **error)
{
  g_autoptr (StoreStatement) statement = store_database_prepare (database, "DELETE FROM message WHERE folder = ?1 AND uid < 0 RETURNING id", error);
  gboolean has_row;

  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, folder);
  while (store_database_step (database, statement, &has_row, error))
    {
      if (!has_row)
        return TRUE;
      store_database_note (database, STORE_CHANGED_REMOVED, folder, sqlite3_column_int64 (statement, 0));
      store_database_note (database, STORE_CHANGED_FOLDERS, 0, 0);
    }
  return FALSE;
}

gboolean
store_imap_end_renumbering (StoreDatabase *database, gint64 folder, GError **error)
{
  return store_database_begin (database, error)
         && end (database,
                 forget_nameless (database, folder, error) && end_operations (database, folder, error),
                 error);
}
