/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Messages that are only here put on the server, each once. */
#include "sync-imap-replay-append.h"

#include "imap-append.h"
#include "store-messages.h"
#include "sync-imap-replay-find.h"
#include "sync-imap-sent.h"

#define AWAITED_SECONDS 60 /* between two looks for a copy that the provider is to file */

static gboolean
refused (SyncImapReplay *self, StoreOperation *operation, GError *refusal, GError **error)
{
  g_autoptr (GPtrArray) one = g_ptr_array_new ();

  g_ptr_array_add (one, operation);
  return sync_imap_replay_refused (self, one, refusal, error);
}

/* @is_begun: (out): FALSE when a person was faster */
static gboolean
begin (SyncImapReplay *self, StoreOperation *operation, guint32 floor, gboolean *is_begun, GError **error)
{
  g_autoptr (GPtrArray) one = g_ptr_array_new ();

  g_ptr_array_add (one, operation);
  if (!store_replay_begin (self->pass->database, one, floor, error))
    return FALSE;
  *is_begun = one->len == 1;
  if (operation->stage == STORE_STAGE_WAITING)
    operation->uid_floor = floor;
  return TRUE;
}

/* Sent off or filed by the provider already: it is looked for before it is put there (again). */
static gboolean
find_there (SyncImapReplay *self, StoreOperation *operation, guint32 *uid, GError **error)
{
  *uid = 0;
  if (operation->stage != STORE_STAGE_BEGUN)
    return TRUE;
  return sync_imap_sent_is_copy (operation) ? sync_imap_sent_find (self, operation, uid, error)
                                            : sync_imap_replay_find (self, operation->target, operation, operation->uid_floor, NULL, uid, error);
}

static gboolean
append_one (SyncImapReplay *self, StoreOperation *operation, const char *wire, guint32 floor, GError **error)
{
  StoreDatabase *database = self->pass->database;
  g_autoptr (MailSummary) summary = NULL;
  g_autoptr (GBytes) source = NULL;
  ImapAppended appended = { 0 };
  GError *refusal = NULL;
  guint32 uid = 0;
  gboolean is_begun = FALSE;

  if (!find_there (self, operation, &uid, error))
    return FALSE;
  if (uid > 0)
    return store_replay_finish (database, operation, uid, error);
  if (sync_imap_sent_is_awaited (self, operation))
    {
      sync_imap_replay_leave (self, operation);
      return store_replay_put_off (database, operation, self->pass->now + AWAITED_SECONDS, NULL, error);
    }
  if (!begin (self, operation, floor, &is_begun, error))
    return FALSE;
  if (!is_begun)
    return TRUE;
  /* read after it has begun: from now on a draft that is saved again waits for its own turn */
  summary = store_messages_get (database, operation->message, &refusal);
  source = summary ? store_messages_load_source (database, operation->message, &refusal) : NULL;
  if (!source && g_error_matches (refusal, BASE_ERROR, BASE_ERROR_NOT_FOUND))
    {
      g_error_free (refusal);
      return store_replay_finish (database, operation, 0, error);
    }
  if (!source)
    {
      g_propagate_error (error, refusal);
      return FALSE;
    }
  if (!summary->is_whole)
    return refused (self, operation, g_error_new_literal (BASE_ERROR, BASE_ERROR_NOT_AVAILABLE, "The whole message is not here."), error);
  if (!imap_append (self->session, wire, source, summary->flags & ~MAIL_FLAG_DELETED, summary->received, &appended, self->cancellable, &refusal))
    return refused (self, operation, refusal, error);
  if (appended.uid == 0 && operation->message_id
      && !sync_imap_replay_find (self, operation->target, operation, operation->uid_floor, NULL, &appended.uid, error))
    return FALSE;
  return store_replay_finish (database, operation, appended.uid, error);
}

gboolean
sync_imap_replay_append_run (SyncImapReplay *self, GPtrArray *operations, GError **error)
{
  const StoreOperation *first = g_ptr_array_index (operations, 0);
  g_autofree char *wire = store_replay_get_wire (self->pass->database, first->target, NULL, NULL);

  if (!wire)
    return sync_imap_replay_end_without_target (self, operations, error);
  while (operations->len > 0)
    {
      guint32 floor;

      if (g_cancellable_set_error_if_cancelled (self->cancellable, error)
          || !sync_imap_replay_check_target (self, operations, wire, &floor, error))
        return FALSE;
      if (operations->len > 0 && !append_one (self, g_ptr_array_index (operations, 0), wire, floor, error))
        return FALSE;
      if (operations->len > 0)
        g_ptr_array_remove_index (operations, 0);
    }
  return TRUE;
}
