/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Is the copy there, and is it coming by itself? */
#include "sync-imap-sent.h"

#include "imap-fetch.h"
#include "sync-imap-replay-find.h"

#include <string.h>

#define PATIENCE_SECONDS (10 * 60)
#define N_NEWEST 20 /* messages whose headers are looked at */

/* Hosts of IMAP whose submission servers file what they send: Exchange Online since 2018, Outlook.com, Zoho unless it is told not to. Gmail is
 * known by its extension, under any name. */
static const char *const filing_hosts[] = {
  "outlook.office365.com", "outlook.office.com", "imap-mail.outlook.com", "partner.outlook.cn", "outlook.office365.us", "imap.zoho.com",
  "imappro.zoho.com", "imap.zoho.eu", "imappro.zoho.eu", "imap.zoho.in", "imappro.zoho.in", "imap.zoho.com.au", "imappro.zoho.com.au",
};

typedef struct
{
  char *bracketed;  /* Message-ID */
  guint32 uid;
} Look;

gboolean
sync_imap_sent_is_copy (const StoreOperation *operation)
{
  return operation->kind == STORE_OPERATION_APPEND && operation->stage == STORE_STAGE_BEGUN && operation->uid_floor == 0 && operation->origin == 0;
}

/* What is in the header is what was asked for: fields that hold nothing but such names */
static void
on_header (ImapSession *session, const ImapResponse *response, gpointer data)
{
  Look *self = data;
  ImapFetch fetch;

  if (!imap_fetch_read (response, &fetch))
    return;
  if (fetch.uid > self->uid && fetch.header)
    {
      gsize size;
      const char *bytes = g_bytes_get_data (fetch.header, &size);

      if (size > 0 && memmem (bytes, size, self->bracketed, strlen (self->bracketed)))
        self->uid = fetch.uid;
    }
  imap_fetch_clear (&fetch);
}

/* Microsoft and Google keep the Message-ID that they replace in a field of their own. */
static gboolean
look_at_newest (SyncImapReplay *self, const char *message_id, guint32 *uid, GError **error)
{
  g_autoptr (ImapCommand) command = imap_command_new ("FETCH");
  g_autofree char *bracketed = g_strdup_printf ("<%s>", message_id);
  guint32 n_messages = self->mailbox.n_messages;
  Look look = { bracketed, 0 };
  g_autoptr (GError) refusal = NULL;

  if (n_messages == 0)
    return TRUE;
  imap_command_add_format (command, "%u:*", n_messages > N_NEWEST ? n_messages - N_NEWEST + 1 : 1);
  imap_command_add (command, "(UID BODY.PEEK[HEADER.FIELDS (MESSAGE-ID X-MICROSOFT-ORIGINAL-MESSAGE-ID X-GOOGLE-ORIGINAL-MESSAGE-ID)])");
  if (!imap_session_run (self->session, command, "the newest messages", on_header, &look, self->cancellable, &refusal)
      && !imap_session_is_open (self->session))
    {
      g_propagate_error (error, g_steal_pointer (&refusal));
      return FALSE;
    }
  *uid = look.uid;
  return TRUE;
}

gboolean
sync_imap_sent_find (SyncImapReplay *self, const StoreOperation *operation, guint32 *uid, GError **error)
{
  if (!sync_imap_replay_find (self, operation->target, operation, operation->uid_floor, NULL, uid, error))
    return FALSE;
  if (*uid > 0 || !operation->message_id || self->selected != operation->target)
    return TRUE;
  return look_at_newest (self, operation->message_id, uid, error);
}

static gboolean
is_filing_server (SyncImapReplay *self)
{
  const char *host = mail_login_get_host (self->pass->login);

  if (imap_session_can (self->session, IMAP_CAN_GMAIL))
    return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (filing_hosts); i++)
    if (g_ascii_strcasecmp (host, filing_hosts[i]) == 0)
      return TRUE;
  return FALSE;
}

gboolean
sync_imap_sent_is_awaited (SyncImapReplay *self, const StoreOperation *operation)
{
  gint64 age = self->pass->now - operation->created;

  return sync_imap_sent_is_copy (operation) && operation->message_id && age >= 0 && age < PATIENCE_SECONDS && is_filing_server (self);
}
