/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ENABLE and ID. */
#include "imap-enable.h"

static void
on_enabled (ImapSession *session, const ImapResponse *response, gpointer data)
{
  guint32 enabled = 0;

  if (response->kind != IMAP_RESPONSE_DATA || !g_str_equal (response->name, "ENABLED"))
    return;
  for (const ImapNode *node = response->arguments; node; node = node->next)
    {
      if (imap_node_is_atom (node, "QRESYNC"))
        enabled |= IMAP_CAN_QRESYNC | IMAP_CAN_CONDSTORE;
      else if (imap_node_is_atom (node, "CONDSTORE"))
        enabled |= IMAP_CAN_CONDSTORE;
      else if (imap_node_is_atom (node, "UTF8=ACCEPT"))
        enabled |= IMAP_CAN_UTF8_ACCEPT;
      else if (imap_node_is_atom (node, "IMAP4rev2"))
        enabled |= IMAP_CAN_REV2;
    }
  imap_session_set_enabled (session, enabled);
}

static guint
send_enable (ImapSession *session, GCancellable *cancellable, GError **error)
{
  g_autoptr (ImapCommand) command = imap_command_new ("ENABLE");

  if (imap_session_can (session, IMAP_CAN_QRESYNC))
    imap_command_add (command, "QRESYNC");
  else if (imap_session_can (session, IMAP_CAN_CONDSTORE))
    imap_command_add (command, "CONDSTORE");
  if (imap_session_can (session, IMAP_CAN_UTF8_ACCEPT))
    imap_command_add (command, "UTF8=ACCEPT");
  if (imap_session_can (session, IMAP_CAN_REV2))
    imap_command_add (command, "IMAP4rev2");
  return imap_session_send (session, command, cancellable, error);
}

static guint
send_id (ImapSession *session, GCancellable *cancellable, GError **error)
{
  g_autoptr (ImapCommand) command = imap_command_new ("ID");

  imap_command_add (command, "NIL");
  return imap_session_send (session, command, cancellable, error);
}

gboolean
imap_enable (ImapSession *session, GCancellable *cancellable, GError **error)
{
  guint32 any = IMAP_CAN_QRESYNC | IMAP_CAN_CONDSTORE | IMAP_CAN_UTF8_ACCEPT | IMAP_CAN_REV2;
  guint32 names = IMAP_CAN_UTF8_ACCEPT | IMAP_CAN_REV2;
  gboolean enables = imap_session_can (session, IMAP_CAN_ENABLE) && (imap_session_get_capabilities (session)->can & any) != 0;
  gboolean asks_for_names = enables && (imap_session_get_capabilities (session)->can & names) != 0;
  gboolean says_id = imap_session_can (session, IMAP_CAN_ID);
  guint enable = enables ? send_enable (session, cancellable, error) : 0;
  guint id;

  if (enables && enable == 0)
    return FALSE;
  if (enables)
    imap_session_leave (session, enable, on_enabled, NULL, NULL);
  if (says_id && (id = send_id (session, cancellable, error)) == 0)
    return FALSE;
  if (says_id)
    imap_session_leave (session, id, NULL, NULL, NULL);
  /* in what the next command names a mailbox hangs on the answer */
  return !asks_for_names || imap_session_settle (session, cancellable, error);
}
