/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a run of rules did. */
#include "sync-rule-undo.h"

#include "base-error.h"
#include "store-database.h"
#include "store-messages.h"
#include "store-pending.h"
#include "store-rules.h"

#define MESSAGES_A_BATCH 100

typedef struct
{
  gint64 message;
  gint64 copy;                   /* 0: it is about the message itself */
  gint64 folder_before, folder_after;
  MailFlags added, removed;
} Change;

struct _SyncRuleUndo
{
  GArray *changes;               /* of Change, in order */
  guint n_sure;                  /* of them: committed */
};

SyncRuleUndo *
sync_rule_undo_new (void)
{
  SyncRuleUndo *self = g_new0 (SyncRuleUndo, 1);

  self->changes = g_array_new (FALSE, FALSE, sizeof (Change));
  return self;
}

void
sync_rule_undo_free (SyncRuleUndo *self)
{
  if (!self)
    return;
  g_array_unref (self->changes);
  g_free (self);
}

gboolean
sync_rule_undo_is_empty (const SyncRuleUndo *self)
{
  return self->changes->len == 0;
}

void
sync_rule_undo_begin (SyncRuleUndo *self)
{
  self->n_sure = self->changes->len;
}

void
sync_rule_undo_roll_back (SyncRuleUndo *self)
{
  g_array_set_size (self->changes, self->n_sure);
}

/* (nullable): %NULL without an error when it is gone */
static MailSummary *
find (StoreDatabase *database, gint64 id, GError **error)
{
  g_autoptr (GError) failure = NULL;
  MailSummary *row = store_messages_get (database, id, &failure);

  if (!row && !g_error_matches (failure, BASE_ERROR, BASE_ERROR_NOT_FOUND))
    g_propagate_error (error, g_steal_pointer (&failure));
  return row;
}

gboolean
sync_rule_undo_note (SyncRuleUndo *self, StoreDatabase *database, const MailSummary *before, gint64 newest, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (GArray) copies = store_rules_list_newer (database, newest, &failure);
  g_autoptr (MailSummary) after = copies ? find (database, before->id, &failure) : NULL;

  if (failure)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  for (guint i = 0; i < copies->len; i++)
    {
      Change change = { .message = before->id, .copy = g_array_index (copies, gint64, i) };

      g_array_append_val (self->changes, change);
    }
  if (after && (after->folder != before->folder || after->flags != before->flags))
    {
      Change change = { before->id, 0, before->folder, after->folder, after->flags & ~before->flags, before->flags & ~after->flags };

      g_array_append_val (self->changes, change);
    }
  return TRUE;
}

static gboolean
take_back (StoreDatabase *database, const Change *change, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (MailSummary) now = find (database, change->message, &failure);

  if (failure)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (!now)
    return TRUE;
  if (change->copy)
    return store_pending_delete (database, &change->copy, 1, TRUE, error);
  if (now->folder == change->folder_after && now->folder != change->folder_before
      && !store_pending_move (database, &change->message, 1, change->folder_before, &failure)
      && !g_error_matches (failure, BASE_ERROR, BASE_ERROR_NOT_FOUND)) /* the folder is gone: where should it go? */
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  return store_pending_mark (database, &change->message, 1, change->removed, change->added, error);
}

static gboolean
take_back_some (const SyncRuleUndo *self, StoreDatabase *database, guint from, guint to, GError **error)
{
  if (!store_database_begin (database, error))
    return FALSE;
  for (guint i = to; i > from; i--)
    if (!take_back (database, &g_array_index (self->changes, Change, i - 1), error))
      {
        store_database_rollback (database);
        return FALSE;
      }
  return store_database_commit (database, error);
}

gboolean
sync_rule_undo_run (const SyncRuleUndo *self, StoreDatabase *database, GError **error)
{
  for (guint to = self->changes->len; to > 0; to -= MIN (to, MESSAGES_A_BATCH))
    if (!take_back_some (self, database, to - MIN (to, MESSAGES_A_BATCH), to, error))
      return FALSE;
  return TRUE;
}
