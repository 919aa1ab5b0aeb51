/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Modified UTF-7 made UTF-8. */
#include "sync-imap-names.h"

#include "imap-mailbox-name.h"
#include "store-imap.h"

/* (transfer full) (nullable): what @wire_name stands for; NULL: for itself */
static char *
respell (const char *wire_name)
{
  g_autofree char *spelt = g_str_is_ascii (wire_name) ? imap_mailbox_name_decode (wire_name) : NULL;

  return g_strcmp0 (spelt, wire_name) == 0 ? NULL : g_steal_pointer (&spelt);
}

static gboolean
save_as (StoreDatabase *database, StoreImapFolder *folder, char *spelt, GError **error)
{
  g_free (folder->wire_name);
  folder->wire_name = spelt;
  return store_imap_save_folder (database, folder, error) >= 0;
}

gboolean
sync_imap_names_respell (SyncPass *pass, ImapSession *session, GError **error)
{
  g_autoptr (GPtrArray) folders = NULL;

  if (!pass->database || !imap_session_get_dialect (session)->is_utf8)
    return TRUE;
  folders = store_imap_list_folders (pass->database, pass->account, error);
  if (!folders)
    return FALSE;
  for (guint i = 0; i < folders->len; i++)
    {
      StoreImapFolder *folder = g_ptr_array_index (folders, i);
      char *spelt = respell (folder->wire_name);

      if (spelt && !save_as (pass->database, folder, spelt, error))
        return FALSE;
    }
  return TRUE;
}
