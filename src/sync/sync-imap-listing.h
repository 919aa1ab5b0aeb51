/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The server's list of mailboxes as an account needs it: one folder a role, and the roles that are missing made. */
#pragma once

#include "imap-mailbox.h"
#include "sync-imap-context.h"

G_BEGIN_DECLS

typedef struct
{
  SyncImapContext *context;
  GPtrArray *mailboxes;  /* of ImapMailbox; NULL until read */
  GHashTable *refused;   /* wire names: listed as if they could be opened, and the server refuses to open them */
  char *prefix;          /* of the personal namespace */
} SyncImapListing;

void sync_imap_listing_init (SyncImapListing *self, SyncImapContext *context);
void sync_imap_listing_clear (SyncImapListing *self);

/* sync_imap_listing_read: may be called again. What a person deleted, and the server has not heard of yet, is not among them. */
gboolean sync_imap_listing_read (SyncImapListing *self, GError **error);

/**
 * sync_imap_listing_create_roles:
 * @has_created: (out): read the list again: there may be more now, also where another client was faster
 *
 * A server that refuses is left as it is: what needs the folder says so then.
 */
gboolean sync_imap_listing_create_roles (SyncImapListing *self, gboolean *has_created, GError **error);

G_END_DECLS
