/* SPDX-License-Identifier: GPL-3.0-or-later */
/* COMPRESS DEFLATE. */
#include "imap-compress.h"

#include "imap-session-private.h"

gboolean
imap_compress (ImapSession *session, GCancellable *cancellable, GError **error)
{
  g_autoptr (ImapCommand) command = imap_command_new ("COMPRESS");
  g_autoptr (GError) refusal = NULL;

  imap_command_add (command, "DEFLATE");
  if (imap_session_run (session, command, "compression", NULL, NULL, cancellable, &refusal))
    {
      imap_session_start_deflate (session);
      return TRUE;
    }
  if (imap_session_is_open (session))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&refusal));
  return FALSE;
}
