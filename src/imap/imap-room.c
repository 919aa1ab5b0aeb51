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

typedef struct
{
  char *wire_name;
  gint64 size;
} Asked;

struct _ImapRoom
{
  ImapSession *session;
  ImapQuota quota;
  gboolean is_quota_asked;
  GPtrArray *asked;   /* of Asked */
  guint n_under_way;
};

static void
asked_free (gpointer data)
{
  Asked *self = data;

  g_free (self->wire_name);
  g_free (self);
}

ImapRoom *
imap_room_new (ImapSession *session)
{
  ImapRoom *self = g_new0 (ImapRoom, 1);

  self->session = session;
  self->asked = g_ptr_array_new_with_free_func (asked_free);
  return self;
}

void
imap_room_free (ImapRoom *self)
{
  g_ptr_array_unref (self->asked);
  g_free (self);
}

static void
on_quota (ImapSession *session, const ImapResponse *response, gpointer data)
{
  imap_room_read_quota (response, data);
}

/* Others may be said meanwhile: by name, then, and INBOX in any case. */
static void
on_status (ImapSession *session, const ImapResponse *response, gpointer data)
{
  Asked *self = data;
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
      self->size = size;
}

/* No more under way than a server's patience with those who do not listen */
static gboolean
ask (ImapRoom *self, ImapCommand *command, ImapDataFunc func, gpointer data, GCancellable *cancellable, GError **error)
{
  guint number;

  if (self->n_under_way == IMAP_WINDOW && !imap_room_settle (self, cancellable, error))
    return FALSE;
  number = imap_session_send (self->session, command, cancellable, error);
  if (number == 0)
    return FALSE;
  imap_session_leave (self->session, number, func, NULL, data);
  self->n_under_way++;
  return TRUE;
}

gboolean
imap_room_ask_quota (ImapRoom *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (ImapCommand) command = imap_command_new ("GETQUOTAROOT");

  if (self->is_quota_asked || !imap_session_can (self->session, IMAP_CAN_QUOTA))
    return TRUE;
  self->is_quota_asked = TRUE;
  imap_command_add_mailbox (command, "INBOX");
  return ask (self, command, on_quota, &self->quota, cancellable, error);
}

static Asked *
find_asked (const ImapRoom *self, const char *wire_name)
{
  for (guint i = 0; i < self->asked->len; i++)
    {
      Asked *asked = g_ptr_array_index (self->asked, i);

      if (g_str_equal (asked->wire_name, wire_name))
        return asked;
    }
  return NULL;
}

gboolean
imap_room_ask_size (ImapRoom *self, const char *wire_name, GCancellable *cancellable, GError **error)
{
  g_autoptr (ImapCommand) command = imap_command_new ("STATUS");
  Asked *asked;

  if (!imap_session_can (self->session, IMAP_CAN_STATUS_SIZE) || find_asked (self, wire_name))
    return TRUE;
  imap_command_add_wire_mailbox (command, wire_name);
  imap_command_add (command, "(SIZE)");
  /* a name in raw 8-bit takes a literal, which would hold up the others */
  if (imap_command_waits (command, imap_session_get_dialect (self->session)))
    return TRUE;
  asked = g_new (Asked, 1);
  *asked = (Asked) { g_strdup (wire_name), -1 };
  g_ptr_array_add (self->asked, asked);
  return ask (self, command, on_status, asked, cancellable, error);
}

gboolean
imap_room_settle (ImapRoom *self, GCancellable *cancellable, GError **error)
{
  self->n_under_way = 0;
  return imap_session_settle (self->session, cancellable, error);
}

const ImapQuota *
imap_room_get_quota (const ImapRoom *self)
{
  return &self->quota;
}

gint64
imap_room_get_size (const ImapRoom *self, const char *wire_name)
{
  const Asked *asked = find_asked (self, wire_name);

  return asked ? asked->size : -1;
}
