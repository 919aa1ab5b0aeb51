/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What becomes of an operation that is not done: left, put off, refused; and the mailboxes that it is about. */
#include "sync-imap-replay.h"

#include "store-folders.h"
#include "store-imap.h"

void
sync_imap_replay_leave (SyncImapReplay *self, const StoreOperation *operation)
{
  g_hash_table_add (self->left, g_memdup2 (&operation->id, sizeof operation->id));
}

void
sync_imap_replay_leave_all (SyncImapReplay *self, GPtrArray *operations)
{
  for (guint i = 0; i < operations->len; i++)
    sync_imap_replay_leave (self, g_ptr_array_index (operations, i));
}

gboolean
sync_imap_replay_forget (SyncImapReplay *self, GPtrArray *operations, GError **error)
{
  for (guint i = 0; i < operations->len; i++)
    if (!store_replay_vanish (self->pass->database, g_ptr_array_index (operations, i), error))
      return FALSE;
  return TRUE;
}

/* (transfer full) */
static GError *
make_gone_error (const char *path)
{
  return g_error_new (BASE_ERROR, BASE_ERROR_NOT_FOUND, "The folder “%s” is not at the server any more.", path);
}

gboolean
sync_imap_replay_end_without_target (SyncImapReplay *self, GPtrArray *operations, GError **error)
{
  const StoreOperation *first = g_ptr_array_index (operations, 0);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (StoreFolder) row = store_folders_get (self->pass->database, first->target, &local_error);

  if (row)
    return sync_imap_replay_refused (self, operations, make_gone_error (row->path), error);
  if (g_error_matches (local_error, BASE_ERROR, BASE_ERROR_NOT_FOUND))
    return sync_imap_replay_forget (self, operations, error);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gint64
get_delay (guint attempts)
{
  static const gint64 minutes[] = { 1, 5, 15, 60 };

  return minutes[MIN (attempts, G_N_ELEMENTS (minutes) - 1)] * 60;
}

static void
report (SyncImapReplay *self, const GError *refusal)
{
  if (self->pass->report)
    g_ptr_array_add (self->pass->report->errors, g_error_copy (refusal));
}

/* A mailbox that another program uses, a server in trouble: the same command may work later. */
static gboolean
put_off_all (SyncImapReplay *self, GPtrArray *operations, const GError *refusal, GError **error)
{
  for (guint i = 0; i < operations->len; i++)
    {
      const StoreOperation *operation = g_ptr_array_index (operations, i);

      if (!store_replay_put_off (self->pass->database, operation, self->pass->now + get_delay (operation->attempts), refusal, error))
        return FALSE;
    }
  sync_imap_replay_leave_all (self, operations);
  return TRUE;
}

gboolean
sync_imap_replay_refused (SyncImapReplay *self, GPtrArray *operations, GError *refusal, GError **error)
{
  g_autoptr (GError) reason = refusal;

  if (!imap_session_is_open (self->session) || reason->domain != BASE_ERROR || g_cancellable_is_cancelled (self->cancellable))
    {
      g_propagate_error (error, g_steal_pointer (&reason));
      return FALSE;
    }
  if (base_error_is_temporary (reason))
    return put_off_all (self, operations, reason, error);
  for (guint i = operations->len; i > 0; i--) /* the last first: each finds its message where it left it */
    if (!store_replay_fail (self->pass->database, g_ptr_array_index (operations, i - 1), reason, error))
      return FALSE;
  if (operations->len > 0)
    report (self, reason);
  return TRUE;
}

gboolean
sync_imap_replay_select (SyncImapReplay *self, gint64 folder, gboolean *is_open, GError **error)
{
  g_autoptr (GError) refusal = NULL;
  guint32 uidvalidity;
  g_autofree char *wire = store_replay_get_wire (self->pass->database, folder, &uidvalidity, &refusal);

  *is_open = FALSE;
  if (refusal)
    {
      g_propagate_error (error, g_steal_pointer (&refusal));
      return FALSE;
    }
  if (!wire)
    return TRUE;
  if (self->selected != folder || !imap_session_is_selected (self->session, wire, self->mailbox.uidvalidity))
    {
      self->selected = 0;
      imap_selected_clear (&self->mailbox);
      if (!imap_mailbox_select (self->session, wire, FALSE, 0, 0, &self->mailbox, NULL, NULL, self->cancellable, &refusal))
        {
          if (imap_session_is_open (self->session) && !g_cancellable_is_cancelled (self->cancellable))
            return TRUE; /* the next list of folders says what has become of it */
          g_propagate_error (error, g_steal_pointer (&refusal));
          return FALSE;
        }
      self->selected = folder;
    }
  *is_open = uidvalidity == 0 || self->mailbox.uidvalidity == uidvalidity;
  return TRUE;
}

/* What goes into a mailbox that no pass has opened yet is of this mailbox, and of no later one under its name. */
static gboolean
keep_uidvalidity (SyncImapReplay *self, StoreImapFolder *row, guint32 uidvalidity, GError **error)
{
  if (row->uidvalidity > 0 || uidvalidity == 0)
    return TRUE;
  row->uidvalidity = uidvalidity;
  return store_imap_set_state (self->pass->database, row, error);
}

gboolean
sync_imap_replay_check_target (SyncImapReplay *self, GPtrArray *operations, const char *wire_name, guint32 *uidnext, GError **error)
{
  const StoreOperation *first = g_ptr_array_index (operations, 0);
  ImapFolderStatus status;
  g_autoptr (GError) refusal = NULL;
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (StoreImapFolder) row = NULL;

  *uidnext = 0;
  if (!imap_folder_get_status (self->session, wire_name, &status, self->cancellable, &refusal))
    {
      if (imap_session_is_open (self->session) && !g_cancellable_is_cancelled (self->cancellable))
        return TRUE;
      g_propagate_error (error, g_steal_pointer (&refusal));
      return FALSE;
    }
  *uidnext = status.uidnext;
  row = store_imap_get_folder (self->pass->database, first->target, NULL);
  if (row && status.is_there)
    return keep_uidvalidity (self, row, status.uidvalidity, error);
  if (!row || row->uidvalidity == 0 || row->role != MAIL_ROLE_NONE)
    return TRUE;
  all = g_ptr_array_copy (operations, NULL, NULL);
  g_ptr_array_set_size (operations, 0);
  return sync_imap_replay_refused (self, all, make_gone_error (row->path), error);
}
