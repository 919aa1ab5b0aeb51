/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tells the server what a person did meanwhile: what belongs together at once, and nothing of a message out of turn. */
#include "sync-imap-replay.h"

#include "imap-entry.h"
#include "sync-imap-names.h"
#include "sync-imap-replay-append.h"
#include "sync-imap-replay-folders.h"
#include "sync-imap-replay-mail.h"

#define MAX_GROUP 500
#define MAX_TRIES 10    /* of one operation in one replay */
#define LIFE_SECONDS 15 /* that a kept connection has to answer in */

static gint64
get_patience (const SyncImapReplay *self)
{
  return self->pass->options & SYNC_BY_ITSELF ? self->pass->now : 0;
}

typedef struct
{
  GHashTable *messages;  /* of ids: something of theirs has to be done first */
  GHashTable *folders;   /* likewise, for what is done to folders */
  GHashTable *unmade;    /* that are to be made first, wherever in the list that stands: a move that waited may have been sent on into a new one */
} Waiting;

static GHashTable *
new_set (void)
{
  return g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
}

static void
add_id (GHashTable *set, gint64 id)
{
  if (id != 0)
    g_hash_table_add (set, g_memdup2 (&id, sizeof id));
}

static void
hold (Waiting *self, const StoreOperation *operation)
{
  add_id (self->messages, operation->message);
  if (operation->kind == STORE_OPERATION_COPY)
    add_id (self->messages, operation->origin);
  add_id (self->folders, operation->folder);
  if (operation->kind < STORE_OPERATION_CREATE_FOLDER)
    add_id (self->folders, operation->target);
}

static gboolean
is_held (const Waiting *self, const StoreOperation *operation)
{
  if (operation->kind == STORE_OPERATION_CREATE_FOLDER)
    return FALSE;
  if (operation->kind > STORE_OPERATION_CREATE_FOLDER)
    return g_hash_table_contains (self->folders, &operation->folder);
  if (g_hash_table_contains (self->unmade, &operation->folder) || g_hash_table_contains (self->unmade, &operation->target))
    return TRUE;
  return (operation->message != 0 && g_hash_table_contains (self->messages, &operation->message))
         || (operation->kind == STORE_OPERATION_COPY && g_hash_table_contains (self->messages, &operation->origin));
}

/* (transfer container): what may be done now. What is done to a folder waits for all before it, and all behind it wait for it; one is made as soon
 * as nothing before it can be done. */
static GPtrArray *
list_ready (SyncImapReplay *self, GPtrArray *operations)
{
  g_autoptr (GHashTable) messages = new_set ();
  g_autoptr (GHashTable) folders = new_set ();
  g_autoptr (GHashTable) unmade = new_set ();
  Waiting waiting = { messages, folders, unmade };
  GPtrArray *ready = g_ptr_array_new ();

  for (guint i = 0; i < operations->len; i++)
    {
      const StoreOperation *operation = g_ptr_array_index (operations, i);

      if (operation->kind == STORE_OPERATION_CREATE_FOLDER)
        add_id (unmade, operation->folder);
    }
  for (guint i = 0; i < operations->len; i++)
    {
      StoreOperation *operation = g_ptr_array_index (operations, i);
      gboolean is_folders = operation->kind >= STORE_OPERATION_CREATE_FOLDER;
      gboolean is_left = operation->is_blocked || g_hash_table_contains (self->left, &operation->id);

      if (is_folders && ready->len > 0)
        break;
      if (!is_left && !is_held (&waiting, operation))
        g_ptr_array_add (ready, operation);
      if (is_folders && ready->len > 0)
        break;
      hold (&waiting, operation);
    }
  return ready;
}

static gboolean
belong_together (const StoreOperation *a, const StoreOperation *b)
{
  return a->kind == b->kind && a->folder == b->folder && a->target == b->target && a->add == b->add && a->remove == b->remove
         && a->kind < STORE_OPERATION_CREATE_FOLDER;
}

/* (transfer container): the next that belong together, those of the open mailbox before others */
static GPtrArray *
take_group (SyncImapReplay *self, GPtrArray *operations)
{
  g_autoptr (GPtrArray) ready = list_ready (self, operations);
  GPtrArray *group = g_ptr_array_new ();
  const StoreOperation *first = ready->len > 0 ? g_ptr_array_index (ready, 0) : NULL;

  for (guint i = 0; i < ready->len; i++)
    {
      const StoreOperation *operation = g_ptr_array_index (ready, i);

      if (operation->folder != self->selected || self->selected == 0)
        continue;
      first = operation;
      break;
    }
  for (guint i = 0; first && i < ready->len && group->len < MAX_GROUP; i++)
    if (g_ptr_array_index (ready, i) == first || belong_together (first, g_ptr_array_index (ready, i)))
      g_ptr_array_add (group, g_ptr_array_index (ready, i));
  return group;
}

static gboolean
run_group (SyncImapReplay *self, GPtrArray *group, GError **error)
{
  const StoreOperation *first = g_ptr_array_index (group, 0);

  switch (first->kind)
    {
    case STORE_OPERATION_MARK:
      return sync_imap_replay_mail_mark (self, group, error);
    case STORE_OPERATION_MOVE:
    case STORE_OPERATION_COPY:
      return sync_imap_replay_mail_transfer (self, group, error);
    case STORE_OPERATION_DELETE:
      return sync_imap_replay_mail_delete (self, group, error);
    case STORE_OPERATION_APPEND:
      return sync_imap_replay_append_run (self, group, error);
    case STORE_OPERATION_CREATE_FOLDER:
    case STORE_OPERATION_RENAME_FOLDER:
    case STORE_OPERATION_DELETE_FOLDER:
      return sync_imap_replay_folders_run (self, first, error);
    case STORE_OPERATION_MOVE_FOLDER:
      break;
    }
  sync_imap_replay_leave (self, first); /* a newer version's */
  return TRUE;
}

/* Each round ends something, or leaves it; what a round has changed (a move that became a deletion) is seen by listing again. */
static gboolean
replay (SyncImapReplay *self, GError **error)
{
  g_autoptr (GHashTable) tries = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  for (;;)
    {
      g_autoptr (GPtrArray) operations = store_replay_list (self->pass->database, self->pass->account, get_patience (self), error);
      g_autoptr (GPtrArray) group = operations ? take_group (self, operations) : NULL;

      if (!group || group->len == 0)
        return group != NULL;
      for (guint i = 0; i < group->len; i++)
        {
          const StoreOperation *operation = g_ptr_array_index (group, i);
          guint n = GPOINTER_TO_UINT (g_hash_table_lookup (tries, &operation->id)) + 1;

          g_hash_table_replace (tries, g_memdup2 (&operation->id, sizeof operation->id), GUINT_TO_POINTER (n));
          if (n > MAX_TRIES) /* a server that says yes and does nothing */
            sync_imap_replay_leave (self, operation);
        }
      if (g_cancellable_set_error_if_cancelled (self->cancellable, error) || !run_group (self, group, error))
        return FALSE;
    }
}

static gboolean
has_work (SyncPass *pass, gboolean *has_any, GError **error)
{
  g_autoptr (GPtrArray) operations = store_replay_list (pass->database, pass->account, pass->options & SYNC_BY_ITSELF ? pass->now : 0, error);

  *has_any = FALSE;
  for (guint i = 0; operations && i < operations->len; i++)
    *has_any |= !((const StoreOperation *) g_ptr_array_index (operations, i))->is_blocked;
  return operations != NULL;
}

static gboolean
connect (SyncPass *pass, ImapSession **session, GCancellable *cancellable, GError **error)
{
  /* one that was kept may have died while nobody looked */
  if (*session && imap_session_is_open (*session) && imap_session_is_alive (*session, LIFE_SECONDS, cancellable))
    return TRUE;
  g_clear_object (session);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  *session = imap_entry_open (pass->login, pass->trace, pass->trace_tag, cancellable, error);
  return *session && sync_imap_names_respell (pass, *session, error);
}

gboolean
sync_imap_replay (SyncPass *pass, ImapSession **session, GCancellable *cancellable, GError **error)
{
  SyncImapReplay self = { .pass = pass, .cancellable = cancellable };
  gboolean has_any, is_good;

  if (!has_work (pass, &has_any, error))
    return FALSE;
  if (!has_any)
    return TRUE;
  is_good = connect (pass, session, cancellable, error) && imap_session_settle (*session, cancellable, error);
  if (is_good)
    {
      self.session = *session;
      self.left = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
      is_good = replay (&self, error);
      g_hash_table_unref (self.left);
      imap_selected_clear (&self.mailbox);
      imap_root_clear (&self.root);
    }
  if (*session && (!is_good || !imap_session_is_open (*session)))
    {
      imap_session_close (*session);
      g_clear_object (session);
    }
  return is_good;
}
