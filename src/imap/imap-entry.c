/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a login to a session that is ready. */
#include "imap-entry.h"

#include "imap-compress.h"
#include "imap-enable.h"
#include "imap-login.h"
#include "net-connection.h"

ImapSession *
imap_entry_open (MailLogin *login, BaseTrace *trace, const char *trace_tag, GCancellable *cancellable, GError **error)
{
  g_autoptr (ImapSession) session = imap_session_open (login, trace, trace_tag, cancellable, error);

  if (!session || !imap_login (session, login, cancellable, error) || !imap_enable (session, cancellable, error))
    return NULL;
  if (imap_session_can (session, IMAP_CAN_COMPRESS) && !net_connection_is_near (imap_session_get_connection (session))
      && (!imap_session_settle (session, cancellable, error) || !imap_compress (session, cancellable, error)))
    return NULL;
  return g_steal_pointer (&session);
}
