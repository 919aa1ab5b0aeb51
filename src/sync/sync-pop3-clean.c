/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The end of a POP3 session. */
#include "sync-pop3-clean.h"

#include "pop3-deletion.h"
#include "store-database.h"
#include "store-messages.h"

#define ROWS_AT_ONCE 200

static SyncPop3Memory *
get_memory (SyncPop3Plan *plan, GArray *indexes, guint i)
{
  return g_array_index (plan->messages, SyncPop3Message, g_array_index (indexes, guint, i)).memory;
}

/* The store's own word, just before the point of no return: what is not whole there is not deleted. */
static GArray *
keep_only_safe (SyncPass *pass, SyncPop3Plan *plan, GArray *due, GError **error)
{
  g_autoptr (GArray) safe = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint from = 0; from < due->len; from += ROWS_AT_ONCE)
    {
      guint n = MIN (due->len - from, ROWS_AT_ONCE);
      gint64 ids[ROWS_AT_ONCE];
      g_autoptr (GPtrArray) rows = NULL;

      for (guint i = 0; i < n; i++)
        ids[i] = get_memory (plan, due, from + i)->row->message;
      rows = store_messages_get_rows (pass->database, ids, n, error);
      if (rows == NULL)
        return NULL;
      for (guint i = 0; i < n; i++)
        {
          const MailSummary *row = g_ptr_array_index (rows, i);
          guint index = g_array_index (due, guint, from + i);

          /* No row: it was removed here. */
          if (row == NULL || row->is_whole)
            g_array_append_val (safe, index);
        }
    }
  return g_steal_pointer (&safe);
}

static gboolean
forget (SyncPass *pass, GPtrArray *memories, GError **error)
{
  for (guint i = 0; i < memories->len; i++)
    if (!store_pop3_forget (pass->database, pass->account, ((const SyncPop3Memory *) g_ptr_array_index (memories, i))->key, error))
      return FALSE;
  return TRUE;
}

static gboolean
note_turned (SyncPass *pass, GPtrArray *turned, GError **error)
{
  for (guint i = 0; i < turned->len; i++)
    {
      const SyncPop3Memory *memory = g_ptr_array_index (turned, i);

      if (!store_pop3_set_gone (pass->database, pass->account, memory->key, memory->is_here ? 0 : pass->now, error))
        return FALSE;
    }
  return TRUE;
}

/* @turned and @forgotten: of SyncPop3Memory */
static gboolean
write_changes (SyncPass *pass, GPtrArray *turned, GPtrArray *forgotten, GError **error)
{
  if (turned->len == 0 && forgotten->len == 0)
    return TRUE;
  if (!store_database_begin (pass->database, error))
    return FALSE;
  if (note_turned (pass, turned, error) && forget (pass, forgotten, error))
    return store_database_commit (pass->database, error);
  store_database_rollback (pass->database);
  return FALSE;
}

static gboolean
note_gone (SyncPass *pass, SyncPop3Plan *plan, GError **error)
{
  g_autoptr (GPtrArray) turned = sync_pop3_plan_list_turned (plan);
  g_autoptr (GPtrArray) gone = sync_pop3_plan_list_gone (plan);

  return write_changes (pass, turned, gone, error);
}

static gboolean
delete_and_quit (SyncPass *pass, Pop3Session *session, SyncPop3Plan *plan, GArray *safe, GCancellable *cancellable, GError **error)
{
  g_autofree guint *numbers = g_new (guint, safe->len);
  g_autofree gboolean *is_marked = g_new0 (gboolean, safe->len);
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (GPtrArray) deleted = g_ptr_array_new ();

  for (guint i = 0; i < safe->len; i++)
    numbers[i] = g_array_index (plan->messages, SyncPop3Message, g_array_index (safe, guint, i)).number;
  if (pass->progress != NULL)
    pass->progress (SYNC_CLEANING, 0, safe->len, 0, pass->progress_data);
  if (!pop3_deletion_mark (session, numbers, safe->len, is_marked, cancellable, error)
      || !pop3_session_quit (session, cancellable, error))
    return FALSE;
  for (guint i = 0; i < safe->len; i++)
    if (is_marked[i])
      g_ptr_array_add (deleted, get_memory (plan, safe, i));
  if (pass->report != NULL)
    pass->report->n_deleted += deleted->len;
  return write_changes (pass, none, deleted, error);
}

static gboolean
has_received (const SyncPop3Plan *plan)
{
  for (guint i = 0; i < plan->messages->len; i++)
    if (g_array_index (plan->messages, SyncPop3Message, i).need != SYNC_POP3_NOTHING)
      return TRUE;
  return FALSE;
}

gboolean
sync_pop3_clean (SyncPass *pass, Pop3Session *session, SyncPop3Plan *plan, GCancellable *cancellable, GError **error)
{
  g_autoptr (GArray) due = sync_pop3_plan_list_due (plan);
  g_autoptr (GArray) safe = keep_only_safe (pass, plan, due, error);
  gboolean is_done;

  if (safe == NULL || !note_gone (pass, plan, error))
    {
      pop3_session_close (session);
      return FALSE;
    }
  if (safe->len > 0)
    is_done = delete_and_quit (pass, session, plan, safe, cancellable, error);
  else
    {
      /* There are servers that delete by themselves what was received: they get their time. Otherwise nothing hangs on the answer. */
      if (has_received (plan))
        pop3_session_quit (session, cancellable, NULL);
      else
        pop3_session_leave (session);
      is_done = TRUE;
    }
  pop3_session_close (session);
  return is_done;
}
