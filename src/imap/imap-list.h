/* SPDX-License-Identifier: GPL-3.0-or-later */
/* LIST, LSUB, XLIST, STATUS and NAMESPACE (RFC 9051 §6.3.9 to §6.3.11, RFC 5258, RFC 5819, RFC 6154, RFC 2342). */
#pragma once

#include "imap-session.h"
#include "mail-role.h"

G_BEGIN_DECLS

typedef struct
{
  char *wire_name;       /* to the byte */
  char *name;            /* in UTF-8; "INBOX" whatever its case was */
  char *path;            /* the same for people: "/" between levels (a "/" in a name is shown as U+2215), the namespace's prefix left out */
  char delimiter;        /* 0 when the server has no levels */
  gboolean can_be_opened;
  gboolean can_have_children;
  gboolean is_subscribed;
  MailRole role;         /* by SPECIAL-USE or XLIST alone; NONE else */
  gboolean is_gmail_all; /* \All of a Gmail server */
  gboolean has_status;   /* what follows was said */
  guint32 n_messages, n_unseen, uidnext, uidvalidity;
  guint64 highestmodseq; /* 0 when not said */
} ImapMailbox;

void imap_mailbox_free (ImapMailbox *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImapMailbox, imap_mailbox_free)

/**
 * imap_list:
 *
 * All mailboxes of the personal namespace with their roles, subscriptions and counts: one round trip with LIST-EXTENDED and LIST-STATUS;
 * without, LIST, LSUB and pipelined STATUS. At most 10,000 are believed. Mailboxes of other people and shared ones are left out.
 *
 * Returns: (transfer full): of ImapMailbox, INBOX among them, each wire name once; %NULL with @error
 */
GPtrArray *imap_list (ImapSession *session, GCancellable *cancellable, GError **error);

/* imap_list_with_prefix: the same; @prefix: (out) (transfer full): of the personal namespace as the wire has it, "" or "INBOX.": what a new
 * mailbox's name begins with */
GPtrArray *imap_list_with_prefix (ImapSession *session, char **prefix, GCancellable *cancellable, GError **error);

G_END_DECLS
