/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whole messages for rows that have headers only. */
#include "sync-imap-bodies.h"

#include "base-error.h"
#include "imap-mailbox.h"
#include "store-messages.h"
#include "sync-imap-receive.h"

typedef struct
{
  guint32 uid;
  gint64 message;
} Wanted;

static int
compare_wanted (const void *a, const void *b)
{
  const Wanted *one = a, *other = b;

  return one->uid < other->uid ? -1 : one->uid > other->uid;
}

/* A message that was removed here in the meantime is nobody's wish any more. */
static gboolean
keep (SyncImapContext *context, const SyncImapArrival *arrival, gpointer data, GError **error)
{
  const GArray *wanted = data;
  g_autoptr (GError) failure = NULL;

  if (store_messages_replace (context->pass->database, g_array_index (wanted, Wanted, arrival->index).message, arrival->source, arrival->summary, &failure)
      || g_error_matches (failure, BASE_ERROR, BASE_ERROR_NOT_FOUND))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

/* Ascending by UID: what the server has named in @folder */
static gboolean
list_wanted (SyncImapContext *context, const StoreImapFolder *folder, const gint64 *ids, gsize n_ids, GArray *wanted, GError **error)
{
  for (gsize i = 0; i < n_ids; i++)
    {
      gint64 where;
      gint64 uid = store_imap_get_uid (context->pass->database, ids[i], &where, error);
      Wanted one = { uid, ids[i] };

      if (uid < 0)
        return FALSE;
      if (uid > 0 && where == folder->folder)
        g_array_append_val (wanted, one);
    }
  g_array_sort (wanted, compare_wanted);
  return TRUE;
}

static SyncImapPlan *
make_plan (const GArray *wanted)
{
  g_autofree guint32 *uids = g_new (guint32, wanted->len);

  for (guint i = 0; i < wanted->len; i++)
    uids[i] = g_array_index (wanted, Wanted, i).uid;
  return sync_imap_plan_new (SYNC_IMAP_PLAN_WHOLE, uids, wanted->len, NULL, "(UID INTERNALDATE BODY.PEEK[])");
}

/* UIDs of another UIDVALIDITY would be other messages: those come when a pass has put the names right. */
static gboolean
select_mailbox (SyncImapContext *context, const StoreImapFolder *folder, gboolean *is_same, GError **error)
{
  g_auto (ImapSelected) selected = { 0 };

  *is_same = TRUE;
  if (imap_session_is_selected (context->session, folder->wire_name, folder->uidvalidity))
    return TRUE;
  if (!imap_mailbox_select (context->session, folder->wire_name, FALSE, 0, 0, &selected, NULL, NULL, context->cancellable, error))
    return FALSE;
  *is_same = selected.uidvalidity == folder->uidvalidity;
  return TRUE;
}

gboolean
sync_imap_bodies_fetch (SyncImapContext *context, const StoreImapFolder *folder, const gint64 *ids, gsize n_ids, GError **error)
{
  g_autoptr (GArray) wanted = g_array_new (FALSE, FALSE, sizeof (Wanted));
  g_autoptr (SyncImapPlan) plan = NULL;
  gboolean is_same;

  if (!list_wanted (context, folder, ids, n_ids, wanted, error) || !select_mailbox (context, folder, &is_same, error))
    return FALSE;
  if (!is_same || wanted->len == 0)
    return TRUE;
  plan = make_plan (wanted);
  return sync_imap_receive (context, plan, keep, wanted, error);
}

gboolean
sync_imap_bodies_run (SyncImapContext *context, SyncImapFolder *folder, GError **error)
{
  const SyncImapSettings *settings = context->settings;
  StoreDatabase *database = context->pass->database;
  gint64 since = settings->keep_days > 0 ? context->pass->now - (gint64) settings->keep_days * 86400 : 0;
  g_autoptr (GArray) missing = NULL;

  if (folder->has_asked_all || settings->keep_days == 0 || (context->pass->options & SYNC_HEADERS_ONLY))
    return TRUE;
  if (imap_session_can (context->session, IMAP_CAN_GMAIL) || imap_session_can (context->session, IMAP_CAN_OBJECTID))
    if (!store_imap_share_objects (database, folder->kept->folder, error))
      return FALSE;
  missing = store_imap_list_missing (database, folder->kept->folder, settings->headers_above, since, G_MAXINT, error);
  if (!missing)
    return FALSE;
  return missing->len == 0
         || sync_imap_bodies_fetch (context, folder->kept, (const gint64 *) (gpointer) missing->data, missing->len, error);
}
