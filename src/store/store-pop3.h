/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is known of each POP3 server's mailbox: the memory that makes "leave on server" work. */
#pragma once

#include "store.h"

G_BEGIN_DECLS

typedef enum
{
  STORE_POP3_KEPT,          /* the whole message is here */
  STORE_POP3_HEADERS,       /* only its headers are; the body is fetched when asked for */
  STORE_POP3_BODY_WANTED,   /* somebody asked: fetch it at the next chance */
  STORE_POP3_DELETED_HERE,  /* the person removed it for good on this side (set by a trigger when the message goes) */
  STORE_POP3_LEFT,          /* only its headers are here, because a rule left the rest at the server: the body is fetched when asked for */
  STORE_POP3_REFUSED,       /* a rule wants it off the server, and nothing of it is here */
} StorePop3State;

typedef struct
{
  char *uidl;          /* the server's unique-id, 1 to 70 bytes; unique in the account */
  guint8 digest[32];   /* of the header block, as pop3_digest_headers () makes it: matches mail when a server renumbers its UIDLs */
  gint64 message;      /* 0 when it is gone here */
  gint64 first_seen;   /* seconds since 1970: "N days" count from here */
  gint64 size;         /* in bytes, as the server says it, which may differ from what came */
  gint64 gone_since;   /* seconds since 1970: since when the server does not show it; 0 while it does */
  StorePop3State state;
} StorePop3Entry;

void store_pop3_entry_free (StorePop3Entry *self);

/* store_pop3_load: (transfer full): uidl → StorePop3Entry, of one account; 100,000 in under half a second */
GHashTable *store_pop3_load (StoreDatabase *database, gint64 account, GError **error);

/* store_pop3_add: in the same transaction as store_messages_add (), or the message may come twice */
gboolean store_pop3_add (StoreDatabase *database, gint64 account, const StorePop3Entry *entry, GError **error);

/* store_pop3_has: whether there is an entry of that name by now */
gboolean store_pop3_has (StoreDatabase *database, gint64 account, const char *uidl, gboolean *has_it, GError **error);

gboolean store_pop3_set_state (StoreDatabase *database, gint64 account, const char *uidl, StorePop3State state, GError **error);

/* store_pop3_rename: the server gave the same message another unique-id */
gboolean store_pop3_rename (StoreDatabase *database, gint64 account, const char *old_uidl, const char *new_uidl, GError **error);

/* store_pop3_update: what the server says of it now; nothing happens to an entry that is gone */
gboolean store_pop3_update (StoreDatabase *database, gint64 account, const char *uidl, gint64 size, const guint8 *digest, GError **error);
gboolean store_pop3_set_gone (StoreDatabase *database, gint64 account, const char *uidl, gint64 gone_since, GError **error);

/* store_pop3_forget: QUIT was acknowledged after its DELE, or the server has it no more */
gboolean store_pop3_forget (StoreDatabase *database, gint64 account, const char *uidl, GError **error);

/* store_pop3_want_body: of a message that is headers only: BODY_WANTED; %BASE_ERROR_NOT_FOUND when no server has it */
gboolean store_pop3_want_body (StoreDatabase *database, gint64 message, GError **error);

/* store_pop3_is_left: (main thread, too: short): whether a rule left @message at the server */
gboolean store_pop3_is_left (StoreDatabase *database, gint64 message, gboolean *is_left, GError **error);

/* store_pop3_find_account: whose server has @message; -1 with %BASE_ERROR_NOT_FOUND when none has */
gint64 store_pop3_find_account (StoreDatabase *database, gint64 message, GError **error);

G_END_DECLS
