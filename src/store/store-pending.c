/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A person's changes: made at once and, where a server has the folder too, recorded in the same transaction for replay. */
#include "store-pending.h"

#include "base-error.h"
#include "store-folders.h"
#include "store-messages.h"
#include "store-outbox.h"
#include "store-private.h"

/* Ends what was begun: commits when @is_good. */
static gboolean
end (StoreDatabase *database, gboolean is_good, GError **error)
{
  if (is_good)
    return store_database_commit (database, error);
  store_database_rollback (database);
  return FALSE;
}

static gboolean
mark_all (StoreDatabase *database, const gint64 *ids, gsize n_ids, MailFlags add, MailFlags remove, GError **error)
{
  for (gsize i = 0; i < n_ids; i++)
    {
      g_auto (StorePlace) place = { 0 };

      if (!store_pending_find_place (database, ids[i], &place, error) || !store_pending_record_mark (database, ids[i], &place, add, remove, error))
        return FALSE;
    }
  return store_messages_set_flags (database, ids, n_ids, add, remove, error);
}

gboolean
store_pending_mark (StoreDatabase *database, const gint64 *ids, gsize n_ids, MailFlags add, MailFlags remove, GError **error)
{
  return store_database_begin (database, error)
         && end (database, mark_all (database, ids, n_ids, add, remove, error), error);
}

static StoreFolder *
get_target (StoreDatabase *database, gint64 id, GError **error)
{
  g_autoptr (StoreFolder) folder = store_folders_get (database, id, error);

  if (!folder || folder->role != MAIL_ROLE_OUTBOX)
    return g_steal_pointer (&folder);
  g_set_error (error, BASE_ERROR, BASE_ERROR_INVALID, "A message comes into the Outbox only by being sent.");
  return NULL;
}

static gboolean
check_whole (const StorePlace *place, const StoreFolder *target, GError **error)
{
  if (place->is_whole || !place->is_remote || (target->is_remote && target->account == place->account))
    return TRUE;
  g_set_error (error, BASE_ERROR, BASE_ERROR_NOT_AVAILABLE, "The whole message must be here before it can be taken from its server.");
  return FALSE;
}

static gboolean
move_one (StoreDatabase *database, gint64 id, const StoreFolder *target, GError **error)
{
  gboolean is_done = FALSE;
  g_auto (StorePlace) place = { 0 };

  if (!store_pending_find_place (database, id, &place, error))
    return FALSE;
  if (place.folder == 0 || place.folder == target->id || place.is_being_sent)
    return TRUE;
  if (!check_whole (&place, target, error) || !store_pending_redirect (database, id, &place, target, &is_done, error))
    return FALSE;
  if (is_done)
    return TRUE;
  if (place.role == MAIL_ROLE_OUTBOX)
    store_database_note (database, STORE_CHANGED_OUTBOX, 0, 0);
  return store_pending_record_move (database, id, &place, target, error)
         && store_filing_move_one (database, id, place.folder, target->id, error);
}

static gboolean
move_all (StoreDatabase *database, const gint64 *ids, gsize n_ids, gint64 folder, GError **error)
{
  g_autoptr (StoreFolder) target = get_target (database, folder, error);

  if (!target)
    return FALSE;
  for (gsize i = 0; i < n_ids; i++)
    if (!move_one (database, ids[i], target, error))
      return FALSE;
  return TRUE;
}

gboolean
store_pending_move (StoreDatabase *database, const gint64 *ids, gsize n_ids, gint64 folder, GError **error)
{
  return store_database_begin (database, error) && end (database, move_all (database, ids, n_ids, folder, error), error);
}

static gboolean
copy_one (StoreDatabase *database, gint64 id, const StoreFolder *target, GError **error)
{
  g_auto (StorePlace) place = { 0 };
  StoreOperation operation = { 0 };

  if (!store_pending_find_place (database, id, &place, error))
    return FALSE;
  if (place.folder == 0)
    return TRUE;
  if (!check_whole (&place, target, error) || !store_messages_copy (database, &id, 1, target->id, error))
    return FALSE;
  if (!target->is_remote)
    return TRUE;
  operation.kind = STORE_OPERATION_APPEND;
  operation.account = target->account;
  operation.message = sqlite3_last_insert_rowid (store_database_get_handle (database));
  operation.target = target->id;
  operation.message_id = place.message_id;
  if (place.is_remote && place.account == target->account)
    {
      operation.kind = STORE_OPERATION_COPY;
      operation.folder = place.folder;
      operation.uid = place.uid;
      operation.origin = id;
    }
  return store_pending_record (database, &operation, error);
}

static gboolean
copy_all (StoreDatabase *database, const gint64 *ids, gsize n_ids, gint64 folder, GError **error)
{
  g_autoptr (StoreFolder) target = get_target (database, folder, error);

  if (!target)
    return FALSE;
  for (gsize i = 0; i < n_ids; i++)
    if (!copy_one (database, ids[i], target, error))
      return FALSE;
  return TRUE;
}

gboolean
store_pending_copy (StoreDatabase *database, const gint64 *ids, gsize n_ids, gint64 folder, GError **error)
{
  return store_database_begin (database, error) && end (database, copy_all (database, ids, n_ids, folder, error), error);
}

static gboolean
delete_for_good (StoreDatabase *database, gint64 id, const StorePlace *place, GError **error)
{
  return store_pending_record_deletion (database, id, place, error) && store_messages_delete (database, &id, 1, error);
}

static gboolean
move_to_deleted (StoreDatabase *database, gint64 id, const StorePlace *place, GError **error)
{
  gint64 folder = store_pending_need_role (database, place->account, MAIL_ROLE_TRASH, place->is_remote, error);
  g_autoptr (StoreFolder) target = folder > 0 ? store_folders_get (database, folder, error) : NULL;

  return target && move_one (database, id, target, error);
}

static gboolean
delete_all (StoreDatabase *database, const gint64 *ids, gsize n_ids, gboolean for_good, GError **error)
{
  for (gsize i = 0; i < n_ids; i++)
    {
      g_auto (StorePlace) place = { 0 };

      if (!store_pending_find_place (database, ids[i], &place, error))
        return FALSE;
      if (place.folder == 0 || place.is_being_sent || (!for_good && place.role == MAIL_ROLE_TRASH))
        continue;
      if (place.role == MAIL_ROLE_OUTBOX)
        store_database_note (database, STORE_CHANGED_OUTBOX, 0, 0);
      if (!(for_good ? delete_for_good (database, ids[i], &place, error) : move_to_deleted (database, ids[i], &place, error)))
        return FALSE;
    }
  return TRUE;
}

gboolean
store_pending_delete (StoreDatabase *database, const gint64 *ids, gsize n_ids, gboolean for_good, GError **error)
{
  return store_database_begin (database, error) && end (database, delete_all (database, ids, n_ids, for_good, error), error);
}

static gboolean
empty (StoreDatabase *database, gint64 folder, gboolean for_good, GError **error)
{
  const StoreQuery query = { .folder = folder };
  g_autoptr (GArray) ids = store_messages_list_ids (database, &query, error);

  return ids && delete_all (database, (const gint64 *) (gpointer) ids->data, ids->len, for_good, error);
}

gboolean
store_pending_empty_folder (StoreDatabase *database, gint64 folder, gboolean for_good, GError **error)
{
  return store_database_begin (database, error) && end (database, empty (database, folder, for_good, error), error);
}

static gboolean
mark_read (StoreDatabase *database, gint64 folder, GError **error)
{
  const StoreQuery query = { .folder = folder, .only_unread = TRUE };
  g_autoptr (GArray) ids = store_messages_list_ids (database, &query, error);

  return ids && mark_all (database, (const gint64 *) (gpointer) ids->data, ids->len, MAIL_FLAG_SEEN, 0, error);
}

gboolean
store_pending_mark_folder_read (StoreDatabase *database, gint64 folder, GError **error)
{
  return store_database_begin (database, error) && end (database, mark_read (database, folder, error), error);
}

gint64
store_pending_count (StoreDatabase *database, gint64 account, GError **error)
{
  sqlite3_stmt *statement = store_database_prepare (database, "SELECT count (*) FROM pending WHERE account = ?1 AND stage < 2", error);
  gint64 count;

  if (!statement)
    return -1;
  sqlite3_bind_int64 (statement, 1, account);
  return store_database_query_int (database, statement, 0, &count, error) ? count : -1;
}
