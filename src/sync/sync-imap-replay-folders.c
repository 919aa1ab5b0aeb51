/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Folders made, renamed, moved and deleted at the server. */
#include "sync-imap-replay-folders.h"

#include "store-folders.h"
#include "store-imap.h"

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

/* (transfer full) */
static GError *
make_name_error (const char *name)
{
  return g_error_new (BASE_ERROR, BASE_ERROR_INVALID, "The server cannot have a folder “%s” in that place.", name);
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

/* Where an operation wants its folder. */
typedef struct
{
  char *name;          /* (nullable): the folder is gone */
  gint64 parent;       /* 0: at the top */
  char *parent_wire;   /* NULL: at the top, or the server has none */
} Place;

static void
place_clear (Place *self)
{
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->parent_wire, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Place, place_clear)

/* The parent that a folder was made in may have gone since without the server ever having heard of it: then where the folder is now. */
static gboolean
find_place (SyncImapReplay *self, const StoreOperation *operation, const StoreFolder *folder, Place *place, GError **error)
{
  StoreDatabase *database = self->pass->database;

  if (!store_replay_get_place (database, operation, &place->name, &place->parent, error))
    return FALSE;
  place->parent_wire = place->parent ? store_replay_get_wire (database, place->parent, NULL, NULL) : NULL;
  if (!place->parent || place->parent_wire || is_unmade (self, place->parent) || place->parent == folder->parent)
    return TRUE;
  g_free (place->name);
  place->name = g_strdup (folder->name);
  place->parent = folder->parent;
  place->parent_wire = place->parent ? store_replay_get_wire (database, place->parent, NULL, NULL) : NULL;
  return TRUE;
}

static gboolean
create (SyncImapReplay *self, const StoreOperation *operation, const StoreFolder *folder, GError **error)
{
  g_autofree char *known = store_replay_get_wire (self->pass->database, folder->id, NULL, NULL);
  g_autofree char *wire = NULL;
  g_auto (Place) place = { 0 };
  GError *refusal = NULL;

  if (known) /* a pass has found it there */
    return store_replay_finish (self->pass->database, operation, 0, error);
  if (!find_place (self, operation, folder, &place, error))
    return FALSE;
  if (!place.name)
    return store_replay_finish (self->pass->database, operation, 0, error);
  if (place.parent && !place.parent_wire && is_unmade (self, place.parent))
    {
      sync_imap_replay_leave (self, operation);
      return TRUE;
    }
  if (!need_root (self, error))
    return FALSE;
  wire = place.parent && !place.parent_wire ? NULL : imap_folder_spell (self->session, &self->root, place.parent_wire, place.name);
  if (!wire)
    return refused (self, operation, make_name_error (place.name), error);
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

/* @wire: (out) (transfer full): where the folder is to be moved. Many servers make a parent that is not there, and somebody may have deleted it:
 * that is not undone. "INBOX" is no parent where all names begin with "INBOX.". */
static gboolean
spell_target (SyncImapReplay *self, const Place *place, char **wire, GError **refusal)
{
  const ImapRoot *root = &self->root;
  gsize length = place->parent_wire ? strlen (place->parent_wire) : 0;
  ImapFolderStatus status;

  if (place->parent && !place->parent_wire)
    g_set_error (refusal, BASE_ERROR, BASE_ERROR_NOT_FOUND, "The server does not have the folder that “%s” was to be moved into.", place->name);
  else if (length > 0 && root->delimiter && strncmp (root->prefix, place->parent_wire, length) == 0 && root->prefix[length] == root->delimiter
           && root->prefix[length + 1] == '\0')
    g_set_error_literal (refusal, BASE_ERROR, BASE_ERROR_INVALID, "At this server all folders are in the Inbox already.");
  else if (place->parent_wire)
    {
      g_autoptr (StoreImapFolder) row = store_imap_get_folder (self->pass->database, place->parent, NULL);

      if (!imap_folder_get_status (self->session, place->parent_wire, &status, self->cancellable, refusal))
        return FALSE;
      if (row && row->can_be_opened && !status.is_there)
        {
          g_set_error (refusal, BASE_ERROR, BASE_ERROR_NOT_FOUND, "The folder “%s” is not at the server any more.", row->path);
          return FALSE;
        }
      *wire = imap_folder_spell (self->session, root, place->parent_wire, place->name);
    }
  else
    *wire = imap_folder_spell (self->session, root, NULL, place->name);
  if (!*wire && refusal && !*refusal)
    *refusal = make_name_error (place->name);
  return *wire != NULL;
}

/* What is below it takes its new name along (RFC 9051 §6.3.6), and its subscriptions do not. A courtesy, so a refusal is none of ours. */
static gboolean
subscribe_children (SyncImapReplay *self, const char *old, const char *new, GError **error)
{
  g_autoptr (GPtrArray) folders = store_imap_list_folders (self->pass->database, self->pass->account, error);
  gsize length = strlen (old);

  for (guint i = 0; folders && self->root.delimiter && i < folders->len; i++)
    {
      const StoreImapFolder *child = g_ptr_array_index (folders, i);
      g_autofree char *renamed = NULL;
      g_autoptr (GError) refusal = NULL;

      if (!child->is_subscribed || strncmp (child->wire_name, old, length) != 0 || child->wire_name[length] != self->root.delimiter)
        continue;
      renamed = g_strconcat (new, child->wire_name + length, NULL);
      if ((imap_folder_subscribe (self->session, renamed, TRUE, self->cancellable, &refusal)
           && imap_folder_subscribe (self->session, child->wire_name, FALSE, self->cancellable, &refusal))
          || imap_session_is_open (self->session))
        continue;
      g_propagate_error (error, g_steal_pointer (&refusal));
      return FALSE;
    }
  return folders != NULL;
}

/* After a NO: a replay that was cut may have done it. Then the old name is gone and the new one is there. */
static gboolean
is_renamed (SyncImapReplay *self, const StoreOperation *operation, const char *old, const char *wire)
{
  ImapFolderStatus status;

  return operation->stage == STORE_STAGE_BEGUN && imap_session_is_open (self->session)
         && imap_folder_get_status (self->session, old, &status, self->cancellable, NULL) && !status.is_there
         && imap_folder_get_status (self->session, wire, &status, self->cancellable, NULL) && status.is_there;
}

static gboolean
rename_one (SyncImapReplay *self, const StoreOperation *operation, const StoreFolder *folder, GError **error)
{
  g_autofree char *old = store_replay_get_wire (self->pass->database, folder->id, NULL, NULL);
  g_autofree char *wire = NULL;
  g_auto (Place) place = { 0 };
  GError *refusal = NULL;

  if (!old)
    return store_replay_finish (self->pass->database, operation, 0, error);
  if (!need_root (self, error) || !find_place (self, operation, folder, &place, error))
    return FALSE;
  if (!place.name)
    return store_replay_finish (self->pass->database, operation, 0, error);
  if (place.parent == operation->origin)
    {
      g_autofree char *parent = get_parent (old, self->root.delimiter);

      wire = imap_folder_spell (self->session, &self->root, parent, place.name);
      refusal = wire ? NULL : make_name_error (place.name);
    }
  else if (place.parent && !place.parent_wire && is_unmade (self, place.parent))
    {
      sync_imap_replay_leave (self, operation);
      return TRUE;
    }
  else
    spell_target (self, &place, &wire, &refusal);
  if (wire && !g_str_equal (wire, old) && !imap_folder_rename (self->session, old, wire, self->cancellable, &refusal)
      && is_renamed (self, operation, old, wire))
    g_clear_error (&refusal);
  if (refusal)
    return refused (self, operation, refusal, error);
  self->selected = 0;
  return (g_str_equal (wire, old) || subscribe_children (self, old, wire, error))
         && store_replay_set_wire (self->pass->database, folder->id, wire, self->root.delimiter, error)
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
