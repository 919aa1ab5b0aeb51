/* SPDX-License-Identifier: GPL-3.0-or-later */
/* UID STORE, one command a set and sign. */
#include "imap-store-flags.h"

#include "imap-fetch.h"
#include "imap-uid-set.h"

#define MAX_SET 7000 /* bytes: see imap_uid_set_format () */

static gboolean
store (ImapSession *session, const char *set, const char *item, MailFlags flags, GCancellable *cancellable, GError **error)
{
  g_autoptr (ImapCommand) command = imap_command_new ("UID STORE");
  g_autofree char *words = imap_flags_to_string (flags);

  imap_command_add (command, set);
  imap_command_add (command, item);
  imap_command_open (command);
  imap_command_add (command, words);
  imap_command_close (command);
  return imap_session_run (session, command, "the marks", NULL, NULL, cancellable, error);
}

gboolean
imap_store_flags (ImapSession *session, const guint32 *uids, gsize n_uids, MailFlags add, MailFlags remove,
                  GCancellable *cancellable, GError **error)
{
  g_auto (GStrv) sets = imap_uid_set_format (uids, n_uids, MAX_SET);

  for (char **set = sets; *set; set++)
    if (((add & ~remove) != 0 && !store (session, *set, "+FLAGS.SILENT", add & ~remove, cancellable, error))
        || (remove != 0 && !store (session, *set, "-FLAGS.SILENT", remove, cancellable, error)))
      return FALSE;
  return TRUE;
}
