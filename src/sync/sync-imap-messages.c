/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One mailbox: changes found, then written. */
#include "sync-imap-messages.h"

#include "store-database.h"
#include "sync-imap-changes.h"
#include "sync-imap-summaries.h"

#define FEW_MESSAGES 20
#define DOUBT_SECONDS 3600
#define EXPUNGE_BATCH 2000 /* rows a transaction: others write too */

gboolean
sync_imap_messages_is_unchanged (const SyncImapFolder *folder)
{
  const StoreImapFolder *kept = folder->kept;
  const ImapMailbox *listed = folder->listed;

  return listed->has_status && kept->uidnext > 0 && kept->empty_since == 0 && kept->uidvalidity == listed->uidvalidity
         && kept->uidnext == listed->uidnext && kept->n_server == listed->n_messages
         && (listed->highestmodseq > 0 ? kept->highestmodseq == listed->highestmodseq : listed->n_messages == 0);
}

gboolean
sync_imap_messages_is_new_and_empty (SyncImapContext *context, const SyncImapFolder *folder)
{
  const ImapMailbox *listed = folder->listed;

  return folder->kept->uidvalidity == 0 && listed->has_status && listed->n_messages == 0 && listed->uidvalidity > 0 && listed->uidnext > 0
         && listed->highestmodseq > 0 && !imap_session_can (context->session, IMAP_CAN_OBJECTID);
}

gboolean
sync_imap_messages_note_empty (SyncImapContext *context, SyncImapFolder *folder, GError **error)
{
  StoreImapFolder *kept = folder->kept;
  const ImapMailbox *listed = folder->listed;

  kept->uidvalidity = listed->uidvalidity;
  kept->uidnext = listed->uidnext;
  kept->highestmodseq = listed->highestmodseq;
  kept->n_server = kept->n_server_unseen = 0;
  return store_imap_set_state (context->pass->database, kept, error);
}

/* @is_believed: (out): see the header */
static gboolean
look_twice (SyncImapContext *context, SyncImapFolder *folder, const SyncImapChanges *changes, gsize n_lost, gboolean *is_believed, GError **error)
{
  const StoreImapFolder *kept = folder->kept;
  g_auto (ImapSelected) again = { 0 };
  gint64 since = kept->empty_since;
  gboolean is_known;

  *is_believed = FALSE;
  if (!imap_mailbox_select (context->session, kept->wire_name, FALSE, 0, 0, &again, NULL, NULL, context->cancellable, error))
    return FALSE;
  if (again.n_messages > 0)
    return TRUE;
  is_known = !changes->is_renumbered && kept->uidvalidity > 0 && again.uidvalidity == kept->uidvalidity && again.uidnext > 0
             && again.uidnext >= kept->uidnext;
  *is_believed = is_known ? n_lost < FEW_MESSAGES || since != 0 : since != 0 && context->pass->now - since >= DOUBT_SECONDS;
  return TRUE;
}

/* The next pass looks at all of it again. */
static gboolean
remember_doubt (SyncImapContext *context, SyncImapFolder *folder, GError **error)
{
  StoreImapFolder *kept = folder->kept;

  if (kept->empty_since == 0)
    kept->empty_since = MAX (context->pass->now, 1);
  return store_imap_set_state (context->pass->database, kept, error);
}

static gboolean
expunge (SyncImapContext *context, SyncImapFolder *folder, const GArray *gone, GError **error)
{
  for (guint i = 0; i < gone->len; i += EXPUNGE_BATCH)
    if (!store_imap_expunge (context->pass->database, folder->kept->folder, &g_array_index (gone, guint32, i), MIN (gone->len - i, EXPUNGE_BATCH), error))
      return FALSE;
  if (context->pass->report)
    context->pass->report->n_deleted += gone->len;
  return TRUE;
}

static gboolean
take_marks (SyncImapContext *context, SyncImapFolder *folder, const GArray *marks, GError **error)
{
  StoreDatabase *database = context->pass->database;

  if (marks->len == 0)
    return TRUE;
  if (!store_database_begin (database, error))
    return FALSE;
  for (guint i = 0; i < marks->len; i++)
    {
      const SyncImapMark *mark = &g_array_index (marks, SyncImapMark, i);

      if (!store_imap_take_flags (database, folder->kept->folder, mark->uid, mark->flags, mark->modseq, error))
        {
          store_database_rollback (database);
          return FALSE;
        }
    }
  if (!store_database_commit (database, error))
    return FALSE;
  if (context->pass->report)
    context->pass->report->n_flags_changed += marks->len;
  return TRUE;
}

/* Whether flags may have been passed over because a person's own changes wait (store_imap_take_flags ()) */
static gboolean
has_passed_over (SyncImapContext *context, gint64 folder, const SyncImapChanges *changes, gboolean *has_any, GError **error)
{
  *has_any = FALSE;
  for (guint i = 0; changes->entries && i < changes->entries->len && !*has_any; i++)
    *has_any = g_array_index (changes->entries, StoreImapEntry, i).has_pending && g_array_index (changes->entries, StoreImapEntry, i).message > 0;
  return *has_any || store_imap_has_waiting (context->pass->database, folder, has_any, error);
}

/* What was passed over is told again: HIGHESTMODSEQ stays where it was. */
static gboolean
write_state (SyncImapContext *context, SyncImapFolder *folder, const SyncImapChanges *changes, GError **error)
{
  StoreImapFolder *kept = folder->kept;
  const ImapSelected *selected = &changes->selected;
  gboolean has_waiting;

  if (!has_passed_over (context, kept->folder, changes, &has_waiting, error))
    return FALSE;
  kept->uidvalidity = selected->uidvalidity;
  kept->uidnext = selected->uidnext;
  kept->highestmodseq = has_waiting ? MIN (kept->highestmodseq, selected->highestmodseq) : selected->highestmodseq;
  kept->n_server = selected->n_messages;
  kept->n_server_unseen = folder->listed->n_unseen;
  kept->empty_since = 0;
  if (selected->mailbox_id)
    {
      g_free (kept->mailbox_id);
      kept->mailbox_id = g_strdup (selected->mailbox_id);
    }
  return store_imap_set_state (context->pass->database, kept, error);
}

/* UIDVALIDITY is kept from the start, UIDNEXT only of a complete pass: whoever is interrupted compares all again. */
static gboolean
begin (SyncImapContext *context, SyncImapFolder *folder, const SyncImapChanges *changes, GError **error)
{
  StoreImapFolder *kept = folder->kept;

  if (changes->is_renumbered && !store_imap_begin_renumbering (context->pass->database, kept->folder, error))
    return FALSE;
  if (!changes->is_renumbered && kept->uidvalidity == changes->selected.uidvalidity)
    return TRUE;
  kept->uidvalidity = changes->selected.uidvalidity;
  kept->uidnext = 0;
  kept->highestmodseq = 0;
  return store_imap_set_state (context->pass->database, kept, error);
}

/* Nothing is taken for gone that was not looked for twice. @goes_on: (out): FALSE: left as it is for now */
static gboolean
check_loss (SyncImapContext *context, SyncImapFolder *folder, const SyncImapChanges *changes, gboolean *goes_on, GError **error)
{
  gint64 n_nameless = store_imap_count_nameless (context->pass->database, folder->kept->folder, error);
  gsize n_lost;

  *goes_on = TRUE;
  if (n_nameless < 0)
    return FALSE;
  n_lost = changes->gone->len + n_nameless + (changes->is_renumbered ? folder->kept->n_server : 0);
  if (changes->selected.n_messages > 0 || n_lost == 0)
    return TRUE;
  if (!look_twice (context, folder, changes, n_lost, goes_on, error))
    return FALSE;
  return *goes_on || remember_doubt (context, folder, error);
}

/* What was nameless all along the list is not there any more. */
static gboolean
end_renumbering (SyncImapContext *context, SyncImapFolder *folder, GError **error)
{
  gint64 n_nameless = store_imap_count_nameless (context->pass->database, folder->kept->folder, error);

  if (n_nameless < 0 || !store_imap_end_renumbering (context->pass->database, folder->kept->folder, error))
    return FALSE;
  if (context->pass->report)
    context->pass->report->n_deleted += n_nameless;
  return TRUE;
}

/* @changes: (inout): what is left to do */
static gboolean
fetch_fresh (SyncImapContext *context, SyncImapFolder *folder, SyncImapChanges **changes, GError **error)
{
  const ImapSelected *selected = &(*changes)->selected;
  SyncImapChanges *left;
  gboolean is_complete;

  if (!sync_imap_summaries_fetch_all (context, folder, selected->n_messages, selected->uidnext, &is_complete, error))
    return FALSE;
  if (is_complete || context->is_interrupted)
    return TRUE;
  left = sync_imap_changes_find (context, folder, FALSE, error);
  sync_imap_changes_free (*changes);
  *changes = left;
  return left != NULL;
}

/* What changes_find () found; @changes is not fresh */
static gboolean
apply (SyncImapContext *context, SyncImapFolder *folder, const SyncImapChanges *changes, GError **error)
{
  return take_marks (context, folder, changes->marks, error) && expunge (context, folder, changes->gone, error)
         && sync_imap_summaries_fetch (context, folder, (const guint32 *) (gpointer) changes->missing->data, changes->missing->len, error);
}

gboolean
sync_imap_messages_run (SyncImapContext *context, SyncImapFolder *folder, GError **error)
{
  g_autoptr (SyncImapChanges) changes = sync_imap_changes_find (context, folder, TRUE, error);
  gboolean goes_on;

  if (!changes || !check_loss (context, folder, changes, &goes_on, error))
    return FALSE;
  if (!goes_on)
    return TRUE;
  if (!begin (context, folder, changes, error) || (changes->is_fresh && !fetch_fresh (context, folder, &changes, error))
      || (!changes->is_fresh && !apply (context, folder, changes, error)))
    return FALSE;
  if (context->is_interrupted)
    return TRUE;
  return end_renumbering (context, folder, error) && write_state (context, folder, changes, error);
}
