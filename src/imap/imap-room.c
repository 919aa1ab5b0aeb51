/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GETQUOTAROOT and STATUS (SIZE). */
#include "imap-room.h"

#define UNIT 1024 /* bytes of STORAGE (RFC 9208 §5.1) */

static gboolean
is_fuller (const ImapQuota *one, const ImapQuota *other)
{
  return other->limit == 0 || (double) one->used / one->limit > (double) other->used / other->limit;
}

void
imap_room_read_quota (const ImapResponse *response, ImapQuota *quota)
{
  const ImapNode *root = response->kind == IMAP_RESPONSE_DATA && !response->has_number && g_str_equal (response->name, "QUOTA")
                           ? response->arguments : NULL;
  const ImapNode *list = root ? root->next : NULL;

  if (!list || list->type != IMAP_NODE_LIST)
    return;
  for (const ImapNode *node = list->first; node && node->next && node->next->next; node = node->next->next->next)
    {
      guint64 used, limit;
      ImapQuota found;

      if (!imap_node_is_atom (node, "STORAGE") || !imap_node_get_number (node->next, &used) || !imap_node_get_number (node->next->next, &limit)
          || limit == 0 || used > G_MAXINT64 / UNIT || limit > G_MAXINT64 / UNIT)
        continue;
      found = (ImapQuota) { used * UNIT, limit * UNIT };
      if (is_fuller (&found, quota))
        *quota = found;
    }
}

static void
on_quota (ImapSession *session, const ImapResponse *response, gpointer data)
{
  imap_room_read_quota (response, data);
}

typedef struct
{
  const char *wire_name;
  gint64 *size;
} Asked;

/* Others may be said meanwhile: by name, then, and INBOX in any case. */
static void
on_status (ImapSession *session, const ImapResponse *response, gpointer data)
{
  const Asked *self = data;
  const ImapNode *name = response->kind == IMAP_RESPONSE_DATA && g_str_equal (response->name, "STATUS") ? response->arguments : NULL;
  const char *spelt = imap_node_get_string (name);
  gboolean is_asked = spelt && (g_str_equal (spelt, self->wire_name)
                                || (g_ascii_strcasecmp (spelt, "INBOX") == 0 && g_str_equal (self->wire_name, "INBOX")));
  const ImapNode *list = is_asked ? name->next : NULL;
  guint64 size;

  if (!list || list->type != IMAP_NODE_LIST)
    return;
  for (const ImapNode *node = list->first; node && node->next; node = node->next->next)
    if (imap_node_is_atom (node, "SIZE") && imap_node_get_number (node->next, &size))
      *self->size = size;
}

/* @number: (out): 0 where nothing was sent: a name in raw 8-bit takes a literal, which would hold up the others */
static gboolean
send_status (ImapSession *session, const char *wire_name, guint *number, GCancellable *cancellable, GError **error)
{
  g_autoptr (ImapCommand) command = imap_command_new ("STATUS");

  *number = 0;
  imap_command_add_wire_mailbox (command, wire_name);
  imap_command_add (command, "(SIZE)");
  if (imap_command_waits (command, imap_session_get_dialect (session)))
    return TRUE;
  *number = imap_session_send (session, command, cancellable, error);
  return *number > 0;
}

/* A refusal is no failure. */
static gboolean
wait_for (ImapSession *session, guint number, ImapDataFunc func, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) refusal = NULL;

  if (imap_session_wait (session, number, "the room for mail", func, data, cancellable, &refusal) || imap_session_is_open (session))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&refusal));
  return FALSE;
}

static gboolean
ask_sizes (ImapSession *session, const char *const *wire_names, guint n, gint64 *sizes, GCancellable *cancellable, GError **error)
{
  guint numbers[IMAP_WINDOW];

  for (guint i = 0; i < n; i++)
    if (!send_status (session, wire_names[i], &numbers[i], cancellable, error))
      return FALSE;
  for (guint i = 0; i < n; i++)
    {
      Asked asked = { wire_names[i], &sizes[i] };

      if (numbers[i] > 0 && !wait_for (session, numbers[i], on_status, &asked, cancellable, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
ask_quota (ImapSession *session, ImapQuota *quota, GCancellable *cancellable, GError **error)
{
  g_autoptr (ImapCommand) command = imap_command_new ("GETQUOTAROOT");
  guint number;

  imap_command_add_mailbox (command, "INBOX");
  number = imap_session_send (session, command, cancellable, error);
  return number > 0 && wait_for (session, number, on_quota, quota, cancellable, error);
}

gboolean
imap_room_get (ImapSession *session, const char *const *wire_names, gint64 *sizes, ImapQuota *quota, GCancellable *cancellable, GError **error)
{
  guint n = g_strv_length ((char **) wire_names);

  *quota = (ImapQuota) { 0 };
  for (guint i = 0; i < n; i++)
    sizes[i] = -1;
  if (imap_session_can (session, IMAP_CAN_QUOTA) && !ask_quota (session, quota, cancellable, error))
    return FALSE;
  for (guint i = 0; imap_session_can (session, IMAP_CAN_STATUS_SIZE) && i < n; i += IMAP_WINDOW)
    if (!ask_sizes (session, wire_names + i, MIN (n - i, IMAP_WINDOW), sizes + i, cancellable, error))
      return FALSE;
  return TRUE;
}
