/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Quota and sizes, from the server into the store. */
#include "sync-imap-room.h"

#include "imap-room.h"
#include "store-database.h"
#include "store-room.h"

static ImapRoom *
get_room (SyncImapContext *context)
{
  if (!context->room)
    context->room = imap_room_new (context->session);
  return context->room;
}

void
sync_imap_room_ask (SyncImapContext *context, const char *wire_name)
{
  /* what breaks the connection is found by those who wait for something */
  if (imap_room_ask_quota (get_room (context), context->cancellable, NULL))
    imap_room_ask_size (context->room, wire_name, context->cancellable, NULL);
}

static gboolean
ask_rest (SyncImapContext *context, GError **error)
{
  if ((context->is_new_session || context->changed->len > 0) && !imap_room_ask_quota (get_room (context), context->cancellable, error))
    return FALSE;
  for (guint i = 0; i < context->changed->len; i++)
    if (!imap_room_ask_size (context->room, ((const SyncImapFolder *) g_ptr_array_index (context->changed, i))->kept->wire_name, context->cancellable,
                             error))
      return FALSE;
  return TRUE;
}

static gboolean
write_room (SyncImapContext *context, GError **error)
{
  StoreDatabase *database = context->pass->database;
  const ImapQuota *quota = imap_room_get_quota (context->room);
  const StoreQuota kept = { quota->used, quota->limit };

  if (!store_room_set_quota (database, context->pass->account, &kept, error))
    return FALSE;
  for (guint i = 0; i < context->changed->len; i++)
    {
      const SyncImapFolder *folder = g_ptr_array_index (context->changed, i);
      gint64 size = imap_room_get_size (context->room, folder->kept->wire_name);

      if (size >= 0 && !store_room_set_size (database, folder->kept->folder, size, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
sync_imap_room_run (SyncImapContext *context, GError **error)
{
  StoreDatabase *database = context->pass->database;

  if (!context->is_interrupted && !ask_rest (context, error))
    return FALSE;
  if (!context->room)
    return TRUE;
  if (!imap_room_settle (context->room, context->cancellable, error) || !store_database_begin (database, error))
    return FALSE;
  if (write_room (context, error))
    return store_database_commit (database, error);
  store_database_rollback (database);
  return FALSE;
}
