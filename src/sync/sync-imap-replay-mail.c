/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Messages that are at the server marked, moved, copied and deleted there. */
#include "sync-imap-replay-mail.h"

#include "imap-move.h"
#include "imap-search.h"
#include "imap-store-flags.h"
#include "store-folders.h"
#include "sync-imap-replay-find.h"

#include <stdlib.h>

#define EXPUNGE_PATIENCE 3600 /* seconds until it is looked again whether only our messages are marked */

static int
compare_uids (gconstpointer a, gconstpointer b)
{
  guint32 one = *(const guint32 *) a, other = *(const guint32 *) b;

  return one < other ? -1 : one > other;
}

/* (transfer full): of guint32, ascending, each once */
static GArray *
collect_uids (GPtrArray *operations)
{
  GArray *uids = g_array_new (FALSE, FALSE, sizeof (guint32));
  guint n = 0;

  for (guint i = 0; i < operations->len; i++)
    {
      guint32 uid = ((const StoreOperation *) g_ptr_array_index (operations, i))->uid;

      g_array_append_val (uids, uid);
    }
  g_array_sort (uids, compare_uids);
  for (guint i = 0; i < uids->len; i++)
    if (n == 0 || g_array_index (uids, guint32, i) != g_array_index (uids, guint32, n - 1))
      g_array_index (uids, guint32, n++) = g_array_index (uids, guint32, i);
  g_array_set_size (uids, n);
  return uids;
}

static const guint32 *
get_uids (const GArray *uids)
{
  return (const guint32 *) (gpointer) uids->data;
}

static gboolean
has_uid (const GArray *uids, gint64 uid)
{
  guint32 key = uid;

  return g_array_binary_search ((GArray *) uids, &key, compare_uids, NULL);
}

/* What a server did not say when the message came there is looked for now. @is_known: (out) */
static gboolean
need_uid (SyncImapReplay *self, StoreOperation *operation, gboolean *is_known, GError **error)
{
  guint32 uid = 0;

  if (!store_replay_resolve (self->pass->database, operation, error)
      || (operation->uid == 0 && !sync_imap_replay_find (self, operation->folder, operation, 0, NULL, &uid, error))
      || (uid > 0 && !store_replay_name (self->pass->database, operation, uid, error)))
    return FALSE;
  *is_known = operation->uid > 0;
  return TRUE;
}

/* Opens the folder and leaves in @operations what has a name there. */
static gboolean
open_folder (SyncImapReplay *self, GPtrArray *operations, GError **error)
{
  const StoreOperation *first = g_ptr_array_index (operations, 0);
  g_autoptr (StoreFolder) row = store_folders_get (self->pass->database, first->folder, NULL);
  gboolean is_open;

  if (!sync_imap_replay_select (self, first->folder, &is_open, error))
    return FALSE;
  if (!is_open || self->mailbox.is_read_only)
    {
      g_autoptr (GPtrArray) all = g_ptr_array_copy (operations, NULL, NULL);

      g_ptr_array_set_size (operations, 0);
      if (!row)
        return sync_imap_replay_forget (self, all, error);
      if (is_open)
        return sync_imap_replay_refused (self, all, g_error_new (BASE_ERROR, BASE_ERROR_REFUSED, "The folder “%s” can only be read at the server.",
                                                                  row ? row->name : ""), error);
      sync_imap_replay_leave_all (self, all);
      return TRUE;
    }
  for (guint i = 0; i < operations->len;)
    {
      StoreOperation *operation = g_ptr_array_index (operations, i);
      gboolean is_known;

      if (!need_uid (self, operation, &is_known, error))
        return FALSE;
      if (is_known)
        {
          i++;
          continue;
        }
      /* Below 0 the pass is still to recognise it; else the server does not have it any more. */
      if (operation->uid == 0)
        {
          if (!store_replay_vanish (self->pass->database, operation, error))
            return FALSE;
        }
      else
        sync_imap_replay_leave (self, operation);
      g_ptr_array_remove_index (operations, i);
    }
  return TRUE;
}

static gboolean
finish_all (SyncImapReplay *self, GPtrArray *operations, GError **error)
{
  for (guint i = 0; i < operations->len; i++)
    if (!store_replay_finish (self->pass->database, g_ptr_array_index (operations, i), 0, error))
      return FALSE;
  return TRUE;
}

typedef gboolean (*GroupFunc) (SyncImapReplay *self, GPtrArray *operations, GError **error);

/* Of several that were refused together each is tried alone: one that cannot be must not take the others along. */
static gboolean
refused (SyncImapReplay *self, GPtrArray *operations, GroupFunc func, GError *refusal, GError **error)
{
  if (operations->len <= 1 || !imap_session_is_open (self->session) || base_error_is_temporary (refusal))
    return sync_imap_replay_refused (self, operations, refusal, error);
  g_error_free (refusal);
  for (guint i = 0; i < operations->len; i++)
    {
      g_autoptr (GPtrArray) one = g_ptr_array_new ();

      g_ptr_array_add (one, g_ptr_array_index (operations, i));
      if (!func (self, one, error))
        return FALSE;
    }
  return TRUE;
}

/* A keyword that the mailbox cannot keep (PERMANENTFLAGS) stays here alone. */
static gboolean
store_marks (SyncImapReplay *self, GPtrArray *operations, GError **error)
{
  const StoreOperation *first = g_ptr_array_index (operations, 0);
  g_autoptr (GArray) uids = collect_uids (operations);
  MailFlags kept = self->mailbox.permanent_flags;
  GError *refusal = NULL;

  if (imap_store_flags (self->session, get_uids (uids), uids->len, first->add & kept, first->remove & kept, self->cancellable, &refusal))
    return finish_all (self, operations, error);
  return refused (self, operations, store_marks, refusal, error);
}

gboolean
sync_imap_replay_mail_mark (SyncImapReplay *self, GPtrArray *operations, GError **error)
{
  if (!open_folder (self, operations, error) || !store_replay_begin (self->pass->database, operations, 0, error))
    return FALSE;
  return operations->len == 0 || store_marks (self, operations, error);
}

/* Marked earlier: takes out of @operations what has gone since, and what somebody has rescued since. */
static gboolean
drop_settled (SyncImapReplay *self, GPtrArray *operations, GError **error)
{
  g_autoptr (GArray) uids = collect_uids (operations);
  g_autoptr (GArray) marked = NULL;

  for (guint i = 0; i < operations->len;)
    {
      const StoreOperation *operation = g_ptr_array_index (operations, i);

      if (operation->stage == STORE_STAGE_MARKED && !marked)
        {
          marked = imap_search_existing (self->session, get_uids (uids), uids->len, TRUE, self->cancellable, error);
          if (!marked)
            return FALSE;
        }
      if (operation->stage != STORE_STAGE_MARKED || has_uid (marked, operation->uid))
        {
          i++;
          continue;
        }
      if (!store_replay_finish (self->pass->database, operation, 0, error))
        return FALSE;
      g_ptr_array_remove_index (operations, i);
    }
  return TRUE;
}

static gboolean
remove_all (SyncImapReplay *self, GPtrArray *operations, GError **error)
{
  g_autoptr (GArray) uids = collect_uids (operations);
  gboolean is_gone;
  GError *refusal = NULL;

  if (!imap_remove (self->session, get_uids (uids), uids->len, &is_gone, self->cancellable, &refusal))
    return refused (self, operations, remove_all, refusal, error);
  if (is_gone)
    return finish_all (self, operations, error);
  for (guint i = 0; i < operations->len; i++)
    if (!store_replay_set_marked (self->pass->database, g_ptr_array_index (operations, i), self->pass->now + EXPUNGE_PATIENCE, error))
      return FALSE;
  sync_imap_replay_leave_all (self, operations);
  return TRUE;
}

gboolean
sync_imap_replay_mail_delete (SyncImapReplay *self, GPtrArray *operations, GError **error)
{
  if (!open_folder (self, operations, error) || !drop_settled (self, operations, error)
      || !store_replay_begin (self->pass->database, operations, 0, error))
    return FALSE;
  return operations->len == 0 || remove_all (self, operations, error);
}

/* The end of one that arrived: @uid there, 0 not known. @has_moved: the original went with it */
static gboolean
arrive (SyncImapReplay *self, const StoreOperation *operation, guint32 uid, gboolean has_moved, GError **error)
{
  if (operation->kind == STORE_OPERATION_MOVE && !has_moved)
    return store_replay_copied (self->pass->database, operation, uid, error);
  return store_replay_finish (self->pass->database, operation, uid, error);
}

/* Begun by a replay that was cut: whether it is in the target already. Fills @arrived: id → UID there. */
static gboolean
recognise (SyncImapReplay *self, GPtrArray *operations, GHashTable *arrived, GError **error)
{
  g_autoptr (GHashTable) found = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < operations->len; i++)
    {
      StoreOperation *operation = g_ptr_array_index (operations, i);
      guint32 uid = 0;

      if (operation->stage == STORE_STAGE_BEGUN
          && !sync_imap_replay_find (self, operation->target, operation, operation->uid_floor, found, &uid, error))
        return FALSE;
      if (uid == 0)
        continue;
      g_hash_table_insert (arrived, &operation->id, GUINT_TO_POINTER (uid));
      g_hash_table_add (found, GUINT_TO_POINTER (uid));
    }
  return TRUE;
}

/* Ends what is there already, and what another client took away; leaves in @operations what is to be done. */
static gboolean
settle (SyncImapReplay *self, GPtrArray *operations, GHashTable *arrived, GError **error)
{
  g_autoptr (GArray) uids = collect_uids (operations);
  g_autoptr (GArray) existing = imap_search_existing (self->session, get_uids (uids), uids->len, FALSE, self->cancellable, error);

  if (!existing)
    return FALSE;
  for (guint i = 0; i < operations->len;)
    {
      const StoreOperation *operation = g_ptr_array_index (operations, i);
      guint32 there = GPOINTER_TO_UINT (g_hash_table_lookup (arrived, &operation->id));
      gboolean is_here = has_uid (existing, operation->uid);

      if (there == 0 && is_here)
        {
          i++;
          continue;
        }
      if (!(there > 0 ? arrive (self, operation, there, !is_here, error) : store_replay_vanish (self->pass->database, operation, error)))
        return FALSE;
      g_ptr_array_remove_index (operations, i);
    }
  return TRUE;
}

/* @is_done: the server said OK; else only what it named has gone there, and is taken out of @operations. A server that names some of what it
 * copied did not find the others. What it does not name at all the pass recognises. */
static gboolean
take_results (SyncImapReplay *self, GPtrArray *operations, const ImapCopied *copied, gboolean has_moved, gboolean is_done, GError **error)
{
  for (guint i = 0; i < operations->len;)
    {
      const StoreOperation *operation = g_ptr_array_index (operations, i);
      guint32 uidvalidity;
      g_autofree char *wire = store_replay_get_wire (self->pass->database, operation->target, &uidvalidity, NULL);
      guint32 uid = imap_copied_find (copied, operation->uid);
      gboolean is_good;

      if (!is_done && uid == 0)
        {
          i++;
          continue;
        }
      if (uid == 0 && copied->pairs->len > 0)
        is_good = store_replay_vanish (self->pass->database, operation, error);
      else if (uidvalidity != 0 && copied->uidvalidity != 0 && copied->uidvalidity != uidvalidity)
        is_good = arrive (self, operation, 0, has_moved, error); /* the pass finds the mailbox made anew, and the message in it */
      else
        is_good = arrive (self, operation, uid, has_moved, error);
      if (!is_good)
        return FALSE;
      g_ptr_array_remove_index (operations, i);
    }
  return TRUE;
}

/* @operations have begun and are in the open mailbox */
static gboolean
transfer (SyncImapReplay *self, GPtrArray *operations, GError **error)
{
  const StoreOperation *first = g_ptr_array_index (operations, 0);
  gboolean does_move = first->kind == STORE_OPERATION_MOVE && imap_session_can (self->session, IMAP_CAN_MOVE);
  g_autofree char *wire = store_replay_get_wire (self->pass->database, first->target, NULL, NULL);
  g_autoptr (GArray) uids = collect_uids (operations);
  ImapCopied copied;
  GError *refusal = NULL;
  gboolean is_done, is_open, is_good;

  if (!sync_imap_replay_select (self, first->folder, &is_open, error))
    return FALSE;
  if (!wire || !is_open)
    {
      sync_imap_replay_leave_all (self, operations);
      return TRUE;
    }
  imap_copied_init (&copied);
  is_done = does_move ? imap_move (self->session, get_uids (uids), uids->len, wire, &copied, self->cancellable, &refusal)
                      : imap_copy (self->session, get_uids (uids), uids->len, wire, &copied, self->cancellable, &refusal);
  is_good = is_done || imap_session_is_open (self->session);
  if (is_good)
    is_good = take_results (self, operations, &copied, does_move, is_done, error);
  imap_copied_clear (&copied);
  if (is_done)
    return is_good;
  if (is_good)
    return refused (self, operations, transfer, refusal, error);
  g_propagate_error (error, refusal);
  return FALSE;
}

gboolean
sync_imap_replay_mail_transfer (SyncImapReplay *self, GPtrArray *operations, GError **error)
{
  const StoreOperation *first = g_ptr_array_index (operations, 0);
  g_autofree char *wire = store_replay_get_wire (self->pass->database, first->target, NULL, NULL);
  g_autoptr (GHashTable) arrived = g_hash_table_new (g_int64_hash, g_int64_equal);
  guint32 floor = 0;

  if (!wire)
    return sync_imap_replay_end_without_target (self, operations, error);
  if (!recognise (self, operations, arrived, error) || !open_folder (self, operations, error))
    return FALSE;
  if (operations->len == 0)
    return TRUE;
  if (!settle (self, operations, arrived, error)
      || (operations->len > 0 && !sync_imap_replay_check_target (self, operations, wire, &floor, error)))
    return FALSE;
  if (operations->len == 0)
    return TRUE;
  for (guint i = 0; i < operations->len; i++)
    {
      StoreOperation *operation = g_ptr_array_index (operations, i);

      if (operation->stage == STORE_STAGE_WAITING)
        operation->uid_floor = floor;
    }
  if (!store_replay_begin (self->pass->database, operations, floor, error))
    return FALSE;
  return operations->len == 0 || transfer (self, operations, error);
}
