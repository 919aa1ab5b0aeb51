/* SPDX-License-Identifier: GPL-3.0-or-later */
/* LIST, put right: roles, what a person has deleted meanwhile, and what is listed and cannot be opened. */
#include "sync-imap-listing.h"

#include "base-error.h"
#include "store-pending.h"
#include "sync-imap-roles.h"

#include <string.h>

void
sync_imap_listing_init (SyncImapListing *self, SyncImapContext *context)
{
  *self = (SyncImapListing) { .context = context, .refused = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL) };
}

void
sync_imap_listing_clear (SyncImapListing *self)
{
  g_clear_pointer (&self->mailboxes, g_ptr_array_unref);
  g_clear_pointer (&self->refused, g_hash_table_unref);
  g_clear_pointer (&self->prefix, g_free);
}

static ImapMailbox *
find_role (GPtrArray *listed, MailRole role)
{
  for (guint i = 0; i < listed->len; i++)
    {
      ImapMailbox *mailbox = g_ptr_array_index (listed, i);

      if (mailbox->role == role)
        return mailbox;
    }
  return NULL;
}

/* One folder a role: the first that the server names; names count only where it names none. */
static void
give_roles (GPtrArray *listed)
{
  guint32 taken = 0;

  for (guint i = 0; i < listed->len; i++)
    {
      ImapMailbox *mailbox = g_ptr_array_index (listed, i);

      if (mailbox->role == MAIL_ROLE_NONE)
        continue;
      if ((taken & (1u << mailbox->role)) || !mailbox->can_be_opened)
        mailbox->role = MAIL_ROLE_NONE;
      else
        taken |= 1u << mailbox->role;
    }
  for (guint i = 0; i < listed->len; i++)
    {
      ImapMailbox *mailbox = g_ptr_array_index (listed, i);
      MailRole guess = mailbox->role == MAIL_ROLE_NONE && mailbox->can_be_opened ? sync_imap_roles_guess (mailbox->path) : MAIL_ROLE_NONE;

      if (guess == MAIL_ROLE_NONE || (taken & (1u << guess)))
        continue;
      mailbox->role = guess;
      taken |= 1u << guess;
    }
  /* On Gmail what is in no other folder is in the archive: All Mail is it, and moving there takes the other labels away. */
  for (guint i = 0; i < listed->len && !(taken & (1u << MAIL_ROLE_ARCHIVE)); i++)
    if (((ImapMailbox *) g_ptr_array_index (listed, i))->is_gmail_all)
      {
        ((ImapMailbox *) g_ptr_array_index (listed, i))->role = MAIL_ROLE_ARCHIVE;
        break;
      }
}

static gboolean
run_optional (SyncImapContext *context, ImapCommand *command, gboolean *is_done, GError **error)
{
  g_autoptr (GError) refusal = NULL;

  *is_done = imap_session_run (context->session, command, "a new folder", NULL, NULL, context->cancellable, &refusal);
  if (*is_done || imap_session_is_open (context->session))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&refusal));
  return FALSE;
}

static gboolean
create_role (SyncImapListing *self, MailRole role, GError **error)
{
  g_autoptr (ImapCommand) create = imap_command_new ("CREATE");
  g_autoptr (ImapCommand) subscribe = imap_command_new ("SUBSCRIBE");
  g_autofree char *wire_name = g_strconcat (self->prefix, sync_imap_roles_get_name (role), NULL);
  gboolean has_use = imap_session_can (self->context->session, IMAP_CAN_CREATE_SPECIAL_USE);
  gboolean is_done, is_subscribed;

  imap_command_add_wire_mailbox (create, wire_name);
  imap_command_add_wire_mailbox (subscribe, wire_name);
  if (has_use)
    imap_command_add_format (create, "(USE (%s))", sync_imap_roles_get_use (role));
  if (!run_optional (self->context, create, &is_done, error))
    return FALSE;
  if (!is_done && has_use) /* RFC 6154 §3: a server may know the command and still not want this use of it */
    {
      g_autoptr (ImapCommand) plain = imap_command_new ("CREATE");

      imap_command_add_wire_mailbox (plain, wire_name);
      if (!run_optional (self->context, plain, &is_done, error))
        return FALSE;
    }
  return !is_done || run_optional (self->context, subscribe, &is_subscribed, error);
}

/* A server that refuses is left as it is: what needs the folder says so then. */
gboolean
sync_imap_listing_create_roles (SyncImapListing *self, gboolean *has_created, GError **error)
{
  *has_created = FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (sync_imap_roles_needed); i++)
    {
      MailRole role = sync_imap_roles_needed[i];

      if (find_role (self->mailboxes, role))
        continue;
      if (!create_role (self, role, error))
        return FALSE;
      *has_created = TRUE;
    }
  return TRUE;
}

/* A folder that a person deleted, which the server has not heard of yet, does not come back meanwhile. */
static gboolean
remove_deleted (SyncImapListing *self, GError **error)
{
  SyncPass *pass = self->context->pass;

  for (guint i = self->mailboxes->len; i > 0; i--)
    {
      const ImapMailbox *mailbox = g_ptr_array_index (self->mailboxes, i - 1);
      gboolean is_deleted;

      if (!store_pending_is_folder_deleted (pass->database, pass->account, mailbox->wire_name, &is_deleted, error))
        return FALSE;
      if (is_deleted)
        g_ptr_array_remove_index (self->mailboxes, i - 1);
    }
  return TRUE;
}

static gboolean
has_child (SyncImapListing *self, const ImapMailbox *mailbox)
{
  gsize length = strlen (mailbox->wire_name);

  for (guint i = 0; mailbox->delimiter && i < self->mailboxes->len; i++)
    {
      const char *other = ((const ImapMailbox *) g_ptr_array_index (self->mailboxes, i))->wire_name;

      if (strncmp (other, mailbox->wire_name, length) == 0 && other[length] == mailbox->delimiter)
        return TRUE;
    }
  return FALSE;
}

/* Dovecot, of a mailbox that was deleted while another was made below it: listed without \Noselect, and not to be opened. */
static gboolean
find_refused (SyncImapListing *self, GError **error)
{
  SyncImapContext *context = self->context;

  for (guint i = 0; i < self->mailboxes->len; i++)
    {
      ImapMailbox *mailbox = g_ptr_array_index (self->mailboxes, i);
      g_auto (ImapSelected) selected = { 0 };
      g_autoptr (GError) refusal = NULL;

      if (!mailbox->can_be_opened || mailbox->has_status || !has_child (self, mailbox)
          || imap_mailbox_select (context->session, mailbox->wire_name, TRUE, 0, 0, &selected, NULL, NULL, context->cancellable, &refusal))
        continue;
      if (!imap_session_is_open (context->session) || g_cancellable_is_cancelled (context->cancellable))
        {
          g_propagate_error (error, g_steal_pointer (&refusal));
          return FALSE;
        }
      if (base_error_is_temporary (refusal))
        continue;
      mailbox->can_be_opened = FALSE;
      g_hash_table_add (self->refused, g_strdup (mailbox->wire_name));
    }
  return TRUE;
}

gboolean
sync_imap_listing_read (SyncImapListing *self, GError **error)
{
  SyncImapContext *context = self->context;

  g_clear_pointer (&self->prefix, g_free);
  g_clear_pointer (&self->mailboxes, g_ptr_array_unref);
  self->mailboxes = imap_list_with_prefix (context->session, &self->prefix, context->cancellable, error);
  if (!self->mailboxes || !remove_deleted (self, error) || !find_refused (self, error))
    return FALSE;
  give_roles (self->mailboxes);
  return TRUE;
}
