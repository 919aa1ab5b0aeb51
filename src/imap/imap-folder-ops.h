/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mailboxes made, renamed, deleted, subscribed and asked about (RFC 9051 §6.3.4 to §6.3.11, RFC 6154). Names are wire names. */
#pragma once

#include "imap-session.h"
#include "mail-role.h"

G_BEGIN_DECLS

/* Where a person's own mailboxes begin. */
typedef struct
{
  char *prefix;   /* of the personal namespace, as "INBOX."; "" where there is none */
  char delimiter; /* 0 when the server has no levels */
} ImapRoot;

void imap_root_clear (ImapRoot *self);

/* imap_folder_get_root: by NAMESPACE, else LIST "" "" */
gboolean imap_folder_get_root (ImapSession *session, ImapRoot *root, GCancellable *cancellable, GError **error);

/* imap_folder_spell: (transfer full) (nullable): the wire name of the folder that people call @name in @parent (nullable: at the top); %NULL when
 * the server cannot have it: a level in a server without levels, the delimiter in a name */
char *imap_folder_spell (ImapSession *session, const ImapRoot *root, const char *parent, const char *name);

/* imap_folder_create: and subscribes; one that is there already is as good. @role is told to servers with CREATE-SPECIAL-USE */
gboolean imap_folder_create (ImapSession *session, const char *wire_name, MailRole role, GCancellable *cancellable, GError **error);

/* imap_folder_rename: and subscribes to the new name instead of the old */
gboolean imap_folder_rename (ImapSession *session, const char *from, const char *to, GCancellable *cancellable, GError **error);

/* imap_folder_delete: and unsubscribes; one that is gone already is as good. The session is in the Inbox, to look at, afterwards. */
gboolean imap_folder_delete (ImapSession *session, const char *wire_name, GCancellable *cancellable, GError **error);

gboolean imap_folder_subscribe (ImapSession *session, const char *wire_name, gboolean is_subscribed, GCancellable *cancellable, GError **error);

typedef struct
{
  gboolean is_there;
  guint32 uidvalidity; /* 0 when not said; likewise what follows */
  guint32 uidnext;
  guint32 n_messages;
  guint64 append_limit; /* bytes; only asked for with %IMAP_CAN_MAILBOX_LIMIT */
} ImapFolderStatus;

/* imap_folder_get_status: STATUS; a mailbox that is not there is no error */
gboolean imap_folder_get_status (ImapSession *session, const char *wire_name, ImapFolderStatus *status, GCancellable *cancellable, GError **error);

/* imap_folder_create_when_asked: makes @wire_name when the last answer was a NO with TRYCREATE; whether it was and could be made */
gboolean imap_folder_create_when_asked (ImapSession *session, const char *wire_name, GCancellable *cancellable);

G_END_DECLS
