/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Folders made, renamed and deleted at the server. */
#include "sync-imap-replay-folders.h"

#include "store-folders.h"

#include <string.h>

static gboolean
refused (SyncImapReplay *self, const StoreOperation *operation, GError *refusal, GError **error)
{
  g_autoptr (GPtrArray) one = g_ptr_array_new ();

  g_ptr_array_add (one, (gpointer) operation);
  return sync_imap_replay_refused (self, one, refusal, error);
}

static gboolean
begin (SyncImapReplay *self, const StoreOperation *operation, gboolean *is_begun, GError **error)
{
  g_autoptr (GPtrArray) one = g_ptr_array_new ();

  g_ptr_array_add (one, (gpointer) operation);
  if (!store_replay_begin (self->pass->database, one, 0, error))
    return FALSE;
  *is_begun = one->len == 1;
  return TRUE;
}

static gboolean
need_root (SyncImapReplay *self, GError **error)
{
  self->has_root = self->has_root || imap_folder_get_root (self->session, &self->root, self->cancellable, error);
  return self->has_root;
}

static GError *
make_name_error (const StoreFolder *folder)
{
  return g_error_new (BASE_ERROR, BASE_ERROR_INVALID, "The server cannot have a folder “%s” in that place.", folder->name);
}

/* Whether @folder is still to be made itself */
static gboolean
is_unmade (SyncImapReplay *self, gint64 folder)
{
  g_autoptr (GPtrArray) operations = store_replay_list (self->pass->database, self->pass->account, 0, NULL);

  for (guint i = 0; operations && i < operations->len; i++)
    {
      const StoreOperation *operation = g_ptr_array_index (operations, i);

      if (operation->kind == STORE_OPERATION_CREATE_FOLDER && operation->folder == folder)
        return TRUE;
    }
  return FALSE;
}

static gboolean
create (SyncImapReplay *self, const StoreOperation *operation, const StoreFolder *folder, GError **error)
{
  g_autofree char *parent = folder->parent ? store_replay_get_wire (self->pass->database, folder->parent, NULL, NULL) : NULL;
  g_autofree char *known = store_replay_get_wire (self->pass->database, folder->id, NULL, NULL);
  g_autofree char *wire = NULL;
  GError *refusal = NULL;

  if (known) /* a pass has found it there */
    return store_replay_finish (self->pass->database, operation, 0, error);
  if (folder->parent && !parent && is_unmade (self, folder->parent))
    {
      sync_imap_replay_leave (self, operation);
      return TRUE;
    }
  if (!need_root (self, error))
    return FALSE;
  wire = folder->parent && !parent ? NULL : imap_folder_spell (self->session, &self->root, parent, folder->name);
  if (!wire)
    return refused (self, operation, make_name_error (folder), error);
  if (!imap_folder_create (self->session, wire, folder->role, self->cancellable, &refusal))
    return refused (self, operation, refusal, error);
  return store_replay_set_wire (self->pass->database, folder->id, wire, self->root.delimiter, error)
         && store_replay_finish (self->pass->database, operation, 0, error);
}

/* The mailbox above @wire: what is before its last delimiter. (transfer full) (nullable): at the top */
static char *
get_parent (const char *wire, char delimiter)
{
  const char *last = delimiter ? strrchr (wire, delimiter) : NULL;

  return last ? g_strndup (wire, last - wire) : NULL;
}

static gboolean
rename_one (SyncImapReplay *self, const StoreOperation *operation, const StoreFolder *folder, GError **error)
{
  g_autofree char *old = store_replay_get_wire (self->pass->database, folder->id, NULL, NULL);
  g_autofree char *parent = NULL;
  g_autofree char *wire = NULL;
  ImapFolderStatus status;
  GError *refusal = NULL;

  if (!old)
    return store_replay_finish (self->pass->database, operation, 0, error);
  if (!need_root (self, error))
    return FALSE;
  parent = get_parent (old, self->root.delimiter);
  wire = imap_folder_spell (self->session, &self->root, parent, folder->name);
  if (!wire)
    return refused (self, operation, make_name_error (folder), error);
  if (!g_str_equal (wire, old) && !imap_folder_rename (self->session, old, wire, self->cancellable, &refusal))
    {
      /* a replay that was cut may have done it: then the old name is gone and the new one is there */
      gboolean is_done = operation->stage == STORE_STAGE_BEGUN && imap_session_is_open (self->session)
                         && imap_folder_get_status (self->session, old, &status, self->cancellable, NULL) && !status.is_there
                         && imap_folder_get_status (self->session, wire, &status, self->cancellable, NULL) && status.is_there;

      if (!is_done)
        return refused (self, operation, refusal, error);
      g_clear_error (&refusal);
    }
  self->selected = 0;
  return store_replay_set_wire (self->pass->database, folder->id, wire, self->root.delimiter, error)
         && store_replay_finish (self->pass->database, operation, 0, error);
}

/* What has come into it since a person decided nobody has seen yet: then it stays, and the next list of folders shows it again. */
static gboolean
delete_one (SyncImapReplay *self, const StoreOperation *operation, GError **error)
{
  ImapFolderStatus status;
  GError *refusal = NULL;

  if (!operation->name)
    return store_replay_finish (self->pass->database, operation, 0, error);
  if (!imap_folder_get_status (self->session, operation->name, &status, self->cancellable, &refusal))
    return refused (self, operation, refusal, error);
  if (status.is_there && operation->target > 0 && status.uidnext > operation->target && status.n_messages > 0
      && (operation->uid == 0 || status.uidvalidity == operation->uid))
    return refused (self, operation, g_error_new (BASE_ERROR, BASE_ERROR_REFUSED, "New messages have come into the folder “%s” in the meantime;"
                                                  " it was not deleted.", operation->name), error);
  if (!imap_folder_delete (self->session, operation->name, self->cancellable, &refusal))
    {
      if (imap_session_is_open (self->session) && !status.is_there)
        g_clear_error (&refusal);
      else
        return refused (self, operation, refusal, error);
    }
  self->selected = 0;
  return store_replay_finish (self->pass->database, operation, 0, error);
}

gboolean
sync_imap_replay_folders_run (SyncImapReplay *self, const StoreOperation *operation, GError **error)
{
  g_autoptr (StoreFolder) folder = NULL;
  gboolean is_begun = FALSE;

  if (!begin (self, operation, &is_begun, error))
    return FALSE;
  if (!is_begun)
    return TRUE;
  if (operation->kind == STORE_OPERATION_DELETE_FOLDER)
    return delete_one (self, operation, error);
  folder = store_folders_get (self->pass->database, operation->folder, NULL);
  if (!folder)
    return store_replay_finish (self->pass->database, operation, 0, error);
  return operation->kind == STORE_OPERATION_CREATE_FOLDER ? create (self, operation, folder, error) : rename_one (self, operation, folder, error);
}
