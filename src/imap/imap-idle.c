/* SPDX-License-Identifier: GPL-3.0-or-later */
/* IDLE and DONE. */
#include "imap-idle.h"

#include "imap-session-private.h"
#include "net-connection.h"

#define DEADLINE_DONE 20 /* seconds for the answer to DONE: a connection that slept may be dead */

static void
on_cancelled (GCancellable *cancellable, GCancellable *either)
{
  g_cancellable_cancel (either);
}

static gulong
pass_on (GCancellable *from, GCancellable *to)
{
  return from ? g_cancellable_connect (from, G_CALLBACK (on_cancelled), to, NULL) : 0;
}

gboolean
imap_idle (ImapSession *session, guint seconds, ImapDataFunc func, gpointer data, GCancellable *wake, GCancellable *cancellable, GError **error)
{
  g_autoptr (GCancellable) either = g_cancellable_new ();
  NetConnection *connection = imap_session_get_connection (session);
  const ImapResponse *response = imap_session_converse (session, "IDLE", "IDLE", cancellable, error);
  gulong on_wake, on_cancel;
  gboolean is_fine;

  if (!response)
    return FALSE;
  if (response->kind == IMAP_RESPONSE_STATUS)
    return imap_session_refuse (session, response, "waiting for news", error);
  on_wake = pass_on (wake, either);
  on_cancel = pass_on (cancellable, either);
  net_connection_set_deadline (connection, seconds);
  is_fine = imap_session_await (session, func, data, either, error);
  if (on_wake)
    g_cancellable_disconnect (wake, on_wake);
  if (on_cancel)
    g_cancellable_disconnect (cancellable, on_cancel);
  if (!is_fine)
    return FALSE;
  net_connection_set_deadline (connection, DEADLINE_DONE);
  is_fine = imap_session_end_wait (session, "DONE", "waiting for news", func, data, cancellable, error);
  if (imap_session_is_open (session))
    net_connection_set_deadline (connection, NET_DEADLINE_COMMAND);
  return is_fine;
}
