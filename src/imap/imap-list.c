/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The mailboxes of a server, in as few round trips as it allows. */
#include "imap-list.h"

#include "imap-mailbox-name.h"

#include <string.h>

#define MAX_MAILBOXES 10000
#define MAX_PREFIXES 50

typedef struct
{
  ImapSession *session;
  GPtrArray *mailboxes;   /* of ImapMailbox */
  GHashTable *by_name;    /* wire name → ImapMailbox, borrowed */
  GPtrArray *foreign;     /* of char *: prefixes of other people's and shared mailboxes, in wire spelling */
  char *prefix;           /* of the personal namespace, wire spelling; "" */
} Listing;

void
imap_mailbox_free (ImapMailbox *self)
{
  if (!self)
    return;
  g_free (self->wire_name);
  g_free (self->name);
  g_free (self->path);
  g_free (self);
}

static void
listing_clear (Listing *self)
{
  g_clear_pointer (&self->mailboxes, g_ptr_array_unref);
  g_clear_pointer (&self->by_name, g_hash_table_unref);
  g_clear_pointer (&self->foreign, g_ptr_array_unref);
  g_clear_pointer (&self->prefix, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Listing, listing_clear)

static void
listing_init (Listing *self, ImapSession *session)
{
  self->session = session;
  self->mailboxes = g_ptr_array_new_with_free_func ((GDestroyNotify) imap_mailbox_free);
  self->by_name = g_hash_table_new (g_str_hash, g_str_equal);
  self->foreign = g_ptr_array_new_with_free_func (g_free);
  self->prefix = g_strdup ("");
}

/* INBOX is the one name without case (RFC 9051 §5.1). */
static const char *
normalize (const char *wire_name)
{
  return g_ascii_strcasecmp (wire_name, "INBOX") == 0 ? "INBOX" : wire_name;
}

/* NAMESPACE ((prefix delimiter)…) (other people's) (shared), each maybe NIL (RFC 2342) */
static void
read_namespace (Listing *self, const ImapResponse *r)
{
  const ImapNode *personal = r->arguments;
  const char *prefix = imap_node_get_string (imap_node_nth (imap_node_nth (personal, 0), 0));

  if (prefix)
    {
      g_free (self->prefix);
      self->prefix = g_strdup (prefix);
    }
  for (const ImapNode *kind = personal ? personal->next : NULL; kind; kind = kind->next)
    for (const ImapNode *one = kind->type == IMAP_NODE_LIST ? kind->first : NULL; one; one = one->next)
      {
        const char *other = imap_node_get_string (imap_node_nth (one, 0));

        if (other && *other && self->foreign->len < MAX_PREFIXES)
          g_ptr_array_add (self->foreign, g_strdup (other));
      }
}

static gboolean
is_foreign (Listing *self, const char *wire_name)
{
  for (guint i = 0; i < self->foreign->len; i++)
    if (g_str_has_prefix (wire_name, g_ptr_array_index (self->foreign, i)))
      return TRUE;
  return FALSE;
}

static const struct
{
  const char *word;
  MailRole role;
} role_words[] = {
  { "\\Inbox", MAIL_ROLE_INBOX },     { "\\Drafts", MAIL_ROLE_DRAFTS }, { "\\Sent", MAIL_ROLE_SENT }, { "\\Junk", MAIL_ROLE_JUNK },
  { "\\Spam", MAIL_ROLE_JUNK },       { "\\Trash", MAIL_ROLE_TRASH },   { "\\Archive", MAIL_ROLE_ARCHIVE },
  { "\\All", MAIL_ROLE_ALL },         { "\\AllMail", MAIL_ROLE_ALL },
};

static void
read_attribute (Listing *self, ImapMailbox *mailbox, const char *word)
{
  if (g_ascii_strcasecmp (word, "\\Noselect") == 0 || g_ascii_strcasecmp (word, "\\NonExistent") == 0)
    mailbox->can_be_opened = FALSE;
  else if (g_ascii_strcasecmp (word, "\\Noinferiors") == 0)
    mailbox->can_have_children = FALSE;
  else if (g_ascii_strcasecmp (word, "\\Subscribed") == 0)
    mailbox->is_subscribed = TRUE;
  else
    for (gsize i = 0; i < G_N_ELEMENTS (role_words); i++)
      if (g_ascii_strcasecmp (word, role_words[i].word) == 0)
        mailbox->role = role_words[i].role;
  mailbox->is_gmail_all = mailbox->role == MAIL_ROLE_ALL && imap_session_can (self->session, IMAP_CAN_GMAIL);
}

/* LIST (attributes) delimiter name [extended data] */
static void
read_mailbox (Listing *self, const ImapResponse *r)
{
  const ImapNode *attributes = r->arguments;
  const ImapNode *delimiter = attributes && attributes->type == IMAP_NODE_LIST ? attributes->next : NULL;
  const char *name = delimiter ? imap_node_get_string (delimiter->next) : NULL;
  const char *separator = imap_node_get_string (delimiter);
  ImapMailbox *mailbox;

  if (!name || !*name || self->mailboxes->len >= MAX_MAILBOXES || is_foreign (self, name)
      || g_hash_table_contains (self->by_name, normalize (name)))
    return;
  mailbox = g_new0 (ImapMailbox, 1);
  mailbox->wire_name = g_strdup (normalize (name));
  mailbox->name = imap_session_get_dialect (self->session)->is_utf8 ? g_utf8_make_valid (mailbox->wire_name, -1)
                                                                    : imap_mailbox_name_decode (mailbox->wire_name);
  mailbox->delimiter = separator && strlen (separator) == 1 ? *separator : '\0';
  mailbox->can_be_opened = mailbox->can_have_children = TRUE;
  for (const ImapNode *node = attributes->first; node; node = node->next)
    if (imap_node_get_string (node))
      read_attribute (self, mailbox, imap_node_get_string (node));
  mailbox->can_have_children = mailbox->can_have_children && mailbox->delimiter;
  if (g_str_equal (mailbox->wire_name, "INBOX"))
    mailbox->role = MAIL_ROLE_INBOX;
  g_ptr_array_add (self->mailboxes, mailbox);
  g_hash_table_insert (self->by_name, mailbox->wire_name, mailbox);
}

static void
read_status_item (ImapMailbox *mailbox, const ImapNode *name, const ImapNode *value)
{
  guint64 number = 0;
  gboolean fits = imap_node_get_number (value, &number) && number <= G_MAXUINT32;

  if (imap_node_is_atom (name, "MESSAGES") && fits)
    mailbox->n_messages = number;
  else if (imap_node_is_atom (name, "UNSEEN") && fits)
    mailbox->n_unseen = number;
  else if (imap_node_is_atom (name, "UIDNEXT") && fits)
    mailbox->uidnext = number;
  else if (imap_node_is_atom (name, "UIDVALIDITY") && fits)
    mailbox->uidvalidity = number;
  else if (imap_node_is_atom (name, "HIGHESTMODSEQ"))
    mailbox->highestmodseq = number;
}

static void
read_status (Listing *self, const ImapResponse *r)
{
  const char *name = imap_node_get_string (r->arguments);
  ImapMailbox *mailbox = name ? g_hash_table_lookup (self->by_name, normalize (name)) : NULL;
  const ImapNode *items = mailbox ? r->arguments->next : NULL;

  if (!items || items->type != IMAP_NODE_LIST)
    return;
  mailbox->has_status = TRUE;
  for (const ImapNode *node = items->first; node && node->next; node = node->next->next)
    read_status_item (mailbox, node, node->next);
}

static void
read_subscription (Listing *self, const ImapResponse *r)
{
  const ImapNode *attributes = r->arguments;
  const char *name = attributes && attributes->next ? imap_node_get_string (attributes->next->next) : NULL;
  ImapMailbox *mailbox = name ? g_hash_table_lookup (self->by_name, normalize (name)) : NULL;

  if (mailbox)
    mailbox->is_subscribed = TRUE;
}

static void
on_data (ImapSession *session, const ImapResponse *response, gpointer data)
{
  Listing *self = data;

  if (response->kind != IMAP_RESPONSE_DATA || response->has_number)
    return;
  if (g_str_equal (response->name, "LIST") || g_str_equal (response->name, "XLIST"))
    read_mailbox (self, response);
  else if (g_str_equal (response->name, "STATUS"))
    read_status (self, response);
  else if (g_str_equal (response->name, "LSUB"))
    read_subscription (self, response);
  else if (g_str_equal (response->name, "NAMESPACE"))
    read_namespace (self, response);
}

/* MAILBOXID is not among them: Cyrus 3.6 answers with what lies in its memory, which may be a bracket or the end of a line as well. SELECT's
 * is true. */
static const char *
get_status_items (ImapSession *session)
{
  return imap_session_can (session, IMAP_CAN_CONDSTORE) ? "(MESSAGES UNSEEN UIDNEXT UIDVALIDITY HIGHESTMODSEQ)"
                                                        : "(MESSAGES UNSEEN UIDNEXT UIDVALIDITY)";
}

static guint
send_list (Listing *self, const char *verb, gboolean with_status, GCancellable *cancellable, GError **error)
{
  g_autoptr (ImapCommand) command = imap_command_new (verb);
  const char *status = get_status_items (self->session);

  imap_command_add (command, "\"\" \"*\"");
  if (g_str_equal (verb, "LIST") && imap_session_can (self->session, IMAP_CAN_LIST_EXTENDED))
    imap_command_add_format (command, "RETURN (SUBSCRIBED CHILDREN%s%s%s)", imap_session_can (self->session, IMAP_CAN_SPECIAL_USE) ? " SPECIAL-USE" : "",
                             with_status ? " STATUS " : "", with_status ? status : "");
  return imap_session_send (self->session, command, cancellable, error);
}

static guint
send_namespace (Listing *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (ImapCommand) command = imap_command_new ("NAMESPACE");

  return imap_session_send (self->session, command, cancellable, error);
}

/* NAMESPACE is an offer: a server that refuses it has one without prefix. */
static gboolean
ask_names (Listing *self, gboolean with_status, GCancellable *cancellable, GError **error)
{
  gboolean is_extended = imap_session_can (self->session, IMAP_CAN_LIST_EXTENDED);
  gboolean is_xlist = imap_session_can (self->session, IMAP_CAN_XLIST) && !imap_session_can (self->session, IMAP_CAN_SPECIAL_USE);
  gboolean has_namespace = imap_session_can (self->session, IMAP_CAN_NAMESPACE);
  g_autoptr (GError) refusal = NULL;
  guint names, list, subscribed = 0;

  names = has_namespace ? send_namespace (self, cancellable, error) : 0;
  if (has_namespace && names == 0)
    return FALSE;
  list = send_list (self, is_xlist ? "XLIST" : "LIST", with_status, cancellable, error);
  if (list == 0)
    return FALSE;
  if ((!is_extended || is_xlist) && (subscribed = send_list (self, "LSUB", FALSE, cancellable, error)) == 0)
    return FALSE;
  if (names > 0 && !imap_session_wait (self->session, names, "the namespaces", on_data, self, cancellable, &refusal)
      && !imap_session_is_open (self->session))
    {
      g_propagate_error (error, g_steal_pointer (&refusal));
      return FALSE;
    }
  return imap_session_wait (self->session, list, "the list of folders", on_data, self, cancellable, error)
         && (subscribed == 0 || imap_session_wait (self->session, subscribed, "the list of subscriptions", on_data, self, cancellable, error));
}

/* A name in raw 8-bit takes a literal, which would hold up the others: opening the mailbox tells as much. */
static ImapCommand *
make_status (Listing *self, const ImapMailbox *mailbox, const char *items)
{
  g_autoptr (ImapCommand) command = imap_command_new ("STATUS");

  if (mailbox->has_status || !mailbox->can_be_opened)
    return NULL;
  imap_command_add_wire_mailbox (command, mailbox->wire_name);
  imap_command_add (command, items);
  return imap_command_waits (command, imap_session_get_dialect (self->session)) ? NULL : g_steal_pointer (&command);
}

/* Those that have none yet, some at a time. A mailbox whose STATUS is refused goes without. */
static gboolean
ask_statuses (Listing *self, GCancellable *cancellable, GError **error)
{
  const char *items = get_status_items (self->session);
  g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (guint));
  guint next = 0;

  while (next < self->mailboxes->len)
    {
      g_array_set_size (numbers, 0);
      for (; next < self->mailboxes->len && numbers->len < IMAP_WINDOW; next++)
        {
          g_autoptr (ImapCommand) command = make_status (self, g_ptr_array_index (self->mailboxes, next), items);
          guint number;

          if (!command)
            continue;
          number = imap_session_send (self->session, command, cancellable, error);
          if (number == 0)
            return FALSE;
          g_array_append_val (numbers, number);
        }
      for (guint i = 0; i < numbers->len; i++)
        {
          g_autoptr (GError) refusal = NULL;

          if (imap_session_wait (self->session, g_array_index (numbers, guint, i), "the state of a folder", on_data, self, cancellable, &refusal)
              || imap_session_is_open (self->session))
            continue;
          g_propagate_error (error, g_steal_pointer (&refusal));
          return FALSE;
        }
    }
  return TRUE;
}

/* "INBOX.Work.2024" with the prefix "INBOX." is "Work/2024" */
static char *
make_path (Listing *self, const ImapMailbox *mailbox)
{
  g_autoptr (GString) path = g_string_new (NULL);
  const char *name = mailbox->name;
  gsize length = strlen (self->prefix);

  if (length > 0 && mailbox->role != MAIL_ROLE_INBOX && g_str_has_prefix (mailbox->wire_name, self->prefix) && strlen (name) > length
      && g_str_has_prefix (name, self->prefix))
    name += length;
  /* Yahoo and Exchange write "Inbox/Bills": the first level is INBOX in any case, so it lies below that one and not below another. */
  if (mailbox->delimiter && g_ascii_strncasecmp (name, "INBOX", 5) == 0 && name[5] == mailbox->delimiter)
    {
      g_string_append (path, "INBOX");
      name += 5;
    }
  for (const char *p = name; *p; p++)
    {
      if (*p == mailbox->delimiter)
        g_string_append_c (path, '/');
      else if (*p == '/')
        g_string_append (path, "\u2215");
      else
        g_string_append_c (path, *p);
    }
  /* "a//b" and "/a" have levels without a name; people are shown something they can see */
  while (path->len > 0 && path->str[path->len - 1] == '/')
    g_string_truncate (path, path->len - 1);
  if (path->len == 0)
    g_string_assign (path, "\u2215");
  return g_string_free (g_steal_pointer (&path), FALSE);
}

/* RFC 9051 §6.3.9 has INBOX in every list; a server that leaves it out still has it. */
static void
finish (Listing *self)
{
  if (!g_hash_table_contains (self->by_name, "INBOX"))
    {
      ImapMailbox *inbox = g_new0 (ImapMailbox, 1);

      inbox->wire_name = g_strdup ("INBOX");
      inbox->name = g_strdup ("INBOX");
      inbox->can_be_opened = inbox->can_have_children = inbox->is_subscribed = TRUE;
      inbox->role = MAIL_ROLE_INBOX;
      g_ptr_array_insert (self->mailboxes, 0, inbox);
      g_hash_table_insert (self->by_name, inbox->wire_name, inbox);
    }
  for (guint i = 0; i < self->mailboxes->len; i++)
    {
      ImapMailbox *mailbox = g_ptr_array_index (self->mailboxes, i);

      mailbox->path = make_path (self, mailbox);
    }
}

GPtrArray *
imap_list_with_prefix (ImapSession *session, char **prefix, GCancellable *cancellable, GError **error)
{
  gboolean with_status = imap_session_can (session, IMAP_CAN_LIST_EXTENDED | IMAP_CAN_LIST_STATUS);
  g_auto (Listing) self = { 0 };

  listing_init (&self, session);
  if (!ask_names (&self, with_status, cancellable, error))
    return NULL;
  finish (&self);
  if (!ask_statuses (&self, cancellable, error)) /* of all, or of those that LIST-STATUS left out */
    return NULL;
  *prefix = g_steal_pointer (&self.prefix);
  return g_steal_pointer (&self.mailboxes);
}

GPtrArray *
imap_list (ImapSession *session, GCancellable *cancellable, GError **error)
{
  g_autofree char *prefix = NULL;

  return imap_list_with_prefix (session, &prefix, cancellable, error);
}
