/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Quota and sizes, from the server into the store. */
#include "sync-imap-room.h"

#include "imap-room.h"
#include "store-database.h"
#include "store-room.h"

static gboolean
write_room (SyncImapContext *context, const gint64 *sizes, const ImapQuota *quota, GError **error)
{
  StoreDatabase *database = context->pass->database;
  const StoreQuota kept = { quota->used, quota->limit };

  if (!store_room_set_quota (database, context->pass->account, &kept, error))
    return FALSE;
  for (guint i = 0; i < context->changed->len; i++)
    {
      const SyncImapFolder *folder = g_ptr_array_index (context->changed, i);

      if (sizes[i] >= 0 && !store_room_set_size (database, folder->kept->folder, sizes[i], error))
        return FALSE;
    }
  return TRUE;
}

gboolean
sync_imap_room_run (SyncImapContext *context, GError **error)
{
  StoreDatabase *database = context->pass->database;
  guint n = context->changed->len;
  g_autofree const char **names = g_new0 (const char *, n + 1);
  g_autofree gint64 *sizes = g_new0 (gint64, n + 1);
  ImapQuota quota;

  if (n == 0 && !context->is_new_session)
    return TRUE;
  for (guint i = 0; i < n; i++)
    names[i] = ((const SyncImapFolder *) g_ptr_array_index (context->changed, i))->kept->wire_name;
  if (!imap_room_get (context->session, names, sizes, &quota, context->cancellable, error) || !store_database_begin (database, error))
    return FALSE;
  if (write_room (context, sizes, &quota, error))
    return store_database_commit (database, error);
  store_database_rollback (database);
  return FALSE;
}
