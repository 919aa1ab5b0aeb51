/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Drafts saved again and again, and sent mail filed, also where the folder is a server's. */
#include "store-messages.h"
#include "store-pending.h"
#include "store-private.h"

static gboolean
run_on (StoreDatabase *database, const char *sql, gint64 id, const char *text, GError **error)
{
  sqlite3_stmt *statement = store_database_prepare (database, sql, error);

  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, id);
  if (sqlite3_bind_parameter_count (statement) > 1)
    sqlite3_bind_text (statement, 2, text, -1, SQLITE_STATIC);
  return store_database_run (database, statement, error);
}

static gboolean
record_append (StoreDatabase *database, const StoreFolder *folder, gint64 message, const char *message_id, StoreStage stage, GError **error)
{
  StoreOperation append = { .kind = STORE_OPERATION_APPEND, .account = folder->account, .message = message, .target = folder->id,
                            .message_id = (char *) message_id, .stage = stage };

  return !folder->is_remote || store_pending_record (database, &append, error);
}

/* The server's copy is the old text now: the new one first, then the old one's end. One that waits already takes the new text along. */
static gboolean
record_replacement (StoreDatabase *database, gint64 id, const StorePlace *former, const char *digest, const char *message_id, GError **error)
{
  StoreFolder folder = { .id = former->folder, .account = former->account, .is_remote = TRUE };
  StoreOperation removal = { .kind = STORE_OPERATION_DELETE, .account = former->account, .message = id, .folder = former->folder, .uid = former->uid,
                             .name = (char *) digest };

  if (!run_on (database, "UPDATE pending SET message_id = ?2 WHERE message = ?1 AND kind = 5 AND stage = 0", id, message_id, error))
    return FALSE;
  if (sqlite3_changes (store_database_get_handle (database)) > 0)
    return TRUE;
  if (former->uid == 0)
    {
      gint64 from = 0, uid = 0;
      sqlite3_stmt *statement = store_database_prepare (database,
        "SELECT folder FROM pending WHERE message = ?1 AND kind = 2 AND stage = 0 AND uid > 0 ORDER BY id DESC LIMIT 1", error);

      /* It was moved here, and the server has not heard of that: what it has goes there. */
      if (!statement)
        return FALSE;
      sqlite3_bind_int64 (statement, 1, id);
      if (!store_database_query_int (database, statement, 0, &from, error))
        return FALSE;
      statement = store_database_prepare (database, "SELECT uid FROM pending WHERE message = ?1 AND kind = 2 AND stage = 0 AND uid > 0"
                                                    " ORDER BY id DESC LIMIT 1", error);
      if (!statement)
        return FALSE;
      sqlite3_bind_int64 (statement, 1, id);
      if (!store_database_query_int (database, statement, 0, &uid, error)
          || (from > 0 && !run_on (database, "DELETE FROM pending WHERE message = ?1 AND kind IN (1, 2) AND stage = 0", id, NULL, error)))
        return FALSE;
      removal.folder = from;
      removal.uid = uid;
    }
  return record_append (database, &folder, id, message_id, STORE_STAGE_WAITING, error)
         && (removal.uid == 0 || store_pending_record (database, &removal, error))
         && run_on (database, "UPDATE message SET uid = NULL, modseq = NULL WHERE id = ?1", id, NULL, error);
}

static gint64
save_draft (StoreDatabase *database, gint64 folder, gint64 id, GBytes *source, MailSummary *summary, GError **error)
{
  g_autoptr (StoreFolder) target = store_folders_get (database, folder, error);
  g_auto (StorePlace) former = { 0 };
  g_autofree char *digest = NULL;

  if (!target || !store_pending_find_place (database, id, &former, error))
    return -1;
  if (former.folder == 0)
    {
      id = store_messages_add (database, folder, source, summary, error);
      return id > 0 && record_append (database, target, id, summary->message_id, STORE_STAGE_WAITING, error) ? id : -1;
    }
  digest = former.is_remote ? store_identity_load_digest (database, id) : NULL;
  if (!store_messages_replace (database, id, source, summary, error)
      || (former.is_remote && !record_replacement (database, id, &former, digest, summary->message_id, error)))
    return -1;
  return former.folder == folder || store_pending_move (database, &id, 1, folder, error) ? id : -1;
}

gint64
store_pending_save_draft (StoreDatabase *database, gint64 folder, gint64 id, GBytes *source, MailSummary *summary, GError **error)
{
  if (!store_database_begin (database, error))
    return -1;
  id = save_draft (database, folder, id, source, summary, error);
  if (id < 0)
    {
      store_database_rollback (database);
      return -1;
    }
  return store_database_commit (database, error) ? id : -1;
}

static gboolean
file_sent (StoreDatabase *database, gint64 message, gint64 sent_folder, gboolean is_copy, GError **error)
{
  g_autoptr (StoreFolder) folder = store_folders_get (database, sent_folder, error);
  g_auto (StorePlace) place = { 0 };

  if (!folder || !store_pending_find_place (database, message, &place, error))
    return FALSE;
  if (!is_copy)
    return store_messages_move (database, &message, 1, sent_folder, error)
           && record_append (database, folder, message, place.message_id, STORE_STAGE_BEGUN, error);
  return store_messages_copy (database, &message, 1, sent_folder, error)
         && record_append (database, folder, sqlite3_last_insert_rowid (store_database_get_handle (database)), place.message_id,
                           STORE_STAGE_BEGUN, error);
}

gboolean
store_pending_file_sent (StoreDatabase *database, gint64 message, gint64 sent_folder, gboolean is_copy, GError **error)
{
  if (!store_database_begin (database, error))
    return FALSE;
  if (file_sent (database, message, sent_folder, is_copy, error))
    return store_database_commit (database, error);
  store_database_rollback (database);
  return FALSE;
}
