/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Messages into the folder of a role of their own account: junk, archive, back to the Inbox. */
#include "store-pending.h"

#include "store-folders.h"
#include "store-private.h"

static gboolean
file_one (StoreDatabase *database, gint64 id, MailRole role, MailFlags add, MailFlags remove, GError **error)
{
  g_auto (StorePlace) place = { 0 };
  gint64 target;

  if (!store_pending_find_place (database, id, &place, error))
    return FALSE;
  if (place.folder == 0 || place.role == role || place.role == MAIL_ROLE_OUTBOX || place.role == MAIL_ROLE_DRAFTS)
    return TRUE;
  target = store_pending_need_role (database, place.account, role, place.is_remote, error);
  return target > 0 && (!(add | remove) || store_pending_mark (database, &id, 1, add, remove, error))
         && store_pending_move (database, &id, 1, target, error);
}

gboolean
store_pending_file (StoreDatabase *database, const gint64 *ids, gsize n_ids, MailRole role, MailFlags add, MailFlags remove, GError **error)
{
  if (!store_database_begin (database, error))
    return FALSE;
  for (gsize i = 0; i < n_ids; i++)
    if (!file_one (database, ids[i], role, add, remove, error))
      {
        store_database_rollback (database);
        return FALSE;
      }
  return store_database_commit (database, error);
}
