/* SPDX-License-Identifier: GPL-3.0-or-later */
/* CREATE, RENAME, DELETE, SUBSCRIBE, STATUS, NAMESPACE, one mailbox at a time. */
#include "imap-folder-ops.h"

#include "base-error.h"
#include "imap-mailbox-name.h"

#include <string.h>

void
imap_root_clear (ImapRoot *self)
{
  g_clear_pointer (&self->prefix, g_free);
}

static void
read_delimiter (ImapRoot *root, const ImapNode *node)
{
  const char *text = node && node->type != IMAP_NODE_NIL ? imap_node_get_string (node) : NULL;

  root->delimiter = text ? *text : 0;
}

/* RFC 2342: the first of the personal ones */
static void
on_namespace (ImapSession *session, const ImapResponse *response, gpointer data)
{
  ImapRoot *root = data;
  const ImapNode *personal = response->kind == IMAP_RESPONSE_DATA && g_str_equal (response->name, "NAMESPACE") ? response->arguments : NULL;
  const ImapNode *first = personal && personal->type == IMAP_NODE_LIST ? personal->first : NULL;

  if (!first || first->type != IMAP_NODE_LIST || !imap_node_get_string (first->first))
    return;
  g_free (root->prefix);
  root->prefix = g_strdup (imap_node_get_string (first->first));
  read_delimiter (root, first->first->next);
}

static void
on_list (ImapSession *session, const ImapResponse *response, gpointer data)
{
  if (response->kind == IMAP_RESPONSE_DATA && g_str_equal (response->name, "LIST") && response->arguments)
    read_delimiter (data, response->arguments->next);
}

gboolean
imap_folder_get_root (ImapSession *session, ImapRoot *root, GCancellable *cancellable, GError **error)
{
  gboolean has_namespace = imap_session_can (session, IMAP_CAN_NAMESPACE);
  g_autoptr (ImapCommand) command = imap_command_new (has_namespace ? "NAMESPACE" : "LIST \"\" \"\"");

  *root = (ImapRoot) { g_strdup (""), 0 };
  if (imap_session_run (session, command, "the list of folders", has_namespace ? on_namespace : on_list, root, cancellable, error))
    return TRUE;
  imap_root_clear (root);
  return FALSE;
}

char *
imap_folder_spell (ImapSession *session, const ImapRoot *root, const char *parent, const char *name)
{
  gboolean is_utf8 = imap_session_get_dialect (session)->is_utf8;
  g_autofree char *spelt = is_utf8 ? g_strdup (name) : imap_mailbox_name_encode (name);

  if (root->delimiter && strchr (spelt, root->delimiter))
    return NULL;
  if (!parent)
    return g_strconcat (root->prefix, spelt, NULL);
  return root->delimiter ? g_strdup_printf ("%s%c%s", parent, root->delimiter, spelt) : NULL;
}

/* A command about one mailbox, or two */
static gboolean
run (ImapSession *session, const char *verb, const char *wire_name, const char *second, const char *what, GCancellable *cancellable, GError **error)
{
  g_autoptr (ImapCommand) command = imap_command_new (verb);

  imap_command_add_wire_mailbox (command, wire_name);
  if (second)
    imap_command_add_wire_mailbox (command, second);
  return imap_session_run (session, command, what, NULL, NULL, cancellable, error);
}

gboolean
imap_folder_subscribe (ImapSession *session, const char *wire_name, gboolean is_subscribed, GCancellable *cancellable, GError **error)
{
  return run (session, is_subscribed ? "SUBSCRIBE" : "UNSUBSCRIBE", wire_name, NULL, "the subscription", cancellable, error);
}

/* Subscriptions are a courtesy to other programs: a server that refuses them still has the folder. */
static gboolean
subscribe_if_possible (ImapSession *session, const char *wire_name, gboolean is_subscribed, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) refusal = NULL;

  if (imap_folder_subscribe (session, wire_name, is_subscribed, cancellable, &refusal) || imap_session_is_open (session))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&refusal));
  return FALSE;
}

static const char *
get_use (MailRole role)
{
  switch (role)
    {
    case MAIL_ROLE_DRAFTS:
      return "\\Drafts";
    case MAIL_ROLE_SENT:
      return "\\Sent";
    case MAIL_ROLE_JUNK:
      return "\\Junk";
    case MAIL_ROLE_TRASH:
      return "\\Trash";
    case MAIL_ROLE_ARCHIVE:
      return "\\Archive";
    default:
      return NULL;
    }
}

static gboolean
create (ImapSession *session, const char *wire_name, const char *use, GCancellable *cancellable, GError **error)
{
  g_autoptr (ImapCommand) command = imap_command_new ("CREATE");

  imap_command_add_wire_mailbox (command, wire_name);
  if (use)
    imap_command_add_format (command, "(USE (%s))", use);
  return imap_session_run (session, command, "the new folder", NULL, NULL, cancellable, error);
}

/* After a NO: what is in the way may be the folder itself, made by somebody who was faster; not every server has ALREADYEXISTS for that. */
static gboolean
is_there_after_all (ImapSession *session, const char *wire_name, GCancellable *cancellable)
{
  ImapFolderStatus status = { 0 };

  return imap_session_is_open (session) && imap_folder_get_status (session, wire_name, &status, cancellable, NULL) && status.is_there;
}

gboolean
imap_folder_create (ImapSession *session, const char *wire_name, MailRole role, GCancellable *cancellable, GError **error)
{
  const char *use = imap_session_can (session, IMAP_CAN_CREATE_SPECIAL_USE) ? get_use (role) : NULL;
  g_autoptr (GError) refusal = NULL;

  /* RFC 6154 §3: the use may be refused (USEATTR) where the folder would not be */
  if (create (session, wire_name, use, cancellable, &refusal)
      || (use && imap_session_is_open (session) && create (session, wire_name, NULL, cancellable, NULL))
      || is_there_after_all (session, wire_name, cancellable))
    return subscribe_if_possible (session, wire_name, TRUE, cancellable, error);
  g_propagate_error (error, g_steal_pointer (&refusal));
  return FALSE;
}

gboolean
imap_folder_rename (ImapSession *session, const char *from, const char *to, GCancellable *cancellable, GError **error)
{
  imap_session_set_mailbox (session, NULL, 0); /* it may be that one, or below it */
  return run (session, "RENAME", from, to, "the new name", cancellable, error)
         && subscribe_if_possible (session, from, FALSE, cancellable, error)
         && subscribe_if_possible (session, to, TRUE, cancellable, error);
}

/* RFC 9051 §6.3.5 allows to delete what is selected, and servers differ in what they make of it. CLOSE would expunge, and UNSELECT is
 * not everybody's. */
static gboolean
leave (ImapSession *session, GCancellable *cancellable, GError **error)
{
  imap_session_set_mailbox (session, NULL, 0);
  return run (session, "EXAMINE", "INBOX", NULL, "the Inbox", cancellable, error);
}

gboolean
imap_folder_delete (ImapSession *session, const char *wire_name, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) refusal = NULL;

  if (!leave (session, cancellable, error))
    return FALSE;
  if (run (session, "DELETE", wire_name, NULL, "the deletion of the folder", cancellable, &refusal)
      || g_error_matches (refusal, BASE_ERROR, BASE_ERROR_NOT_FOUND))
    return subscribe_if_possible (session, wire_name, FALSE, cancellable, error);
  g_propagate_error (error, g_steal_pointer (&refusal));
  return FALSE;
}

static guint32
read_number (const ImapNode *node)
{
  guint64 value = 0;

  return imap_node_get_number (node, &value) && value <= G_MAXUINT32 ? value : 0;
}

static void
on_status (ImapSession *session, const ImapResponse *response, gpointer data)
{
  ImapFolderStatus *self = data;
  const ImapNode *list = response->kind == IMAP_RESPONSE_DATA && g_str_equal (response->name, "STATUS") && response->arguments
                           ? response->arguments->next : NULL;

  if (!list || list->type != IMAP_NODE_LIST)
    return;
  for (const ImapNode *node = list->first; node && node->next; node = node->next->next)
    {
      if (imap_node_is_atom (node, "UIDVALIDITY"))
        self->uidvalidity = read_number (node->next);
      else if (imap_node_is_atom (node, "UIDNEXT"))
        self->uidnext = read_number (node->next);
      else if (imap_node_is_atom (node, "MESSAGES"))
        self->n_messages = read_number (node->next);
      else if (imap_node_is_atom (node, "APPENDLIMIT"))
        imap_node_get_number (node->next, &self->append_limit);
    }
}

gboolean
imap_folder_get_status (ImapSession *session, const char *wire_name, ImapFolderStatus *status, GCancellable *cancellable, GError **error)
{
  g_autoptr (ImapCommand) command = imap_command_new ("STATUS");
  g_autoptr (GError) refusal = NULL;

  *status = (ImapFolderStatus) { 0 };
  imap_command_add_wire_mailbox (command, wire_name);
  imap_command_add_format (command, "(UIDVALIDITY UIDNEXT MESSAGES%s)", imap_session_can (session, IMAP_CAN_MAILBOX_LIMIT) ? " APPENDLIMIT" : "");
  status->is_there = imap_session_run (session, command, "the folder's counts", on_status, status, cancellable, &refusal);
  if (status->is_there || (imap_session_is_open (session) && !base_error_is_temporary (refusal)))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&refusal));
  return FALSE;
}

gboolean
imap_folder_create_when_asked (ImapSession *session, const char *wire_name, GCancellable *cancellable)
{
  g_autofree char *code = imap_session_is_open (session) ? imap_session_dup_code (session, NULL) : NULL;

  return g_strcmp0 (code, "TRYCREATE") == 0 && imap_folder_create (session, wire_name, MAIL_ROLE_NONE, cancellable, NULL);
}
