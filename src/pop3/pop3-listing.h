/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What lies in the mailbox: UIDL and LIST of one session put together, with everything a server can say wrongly sorted out. */
#pragma once

#include "pop3-session.h"

G_BEGIN_DECLS

/* Messages in a mailbox; a server that counts on is not believed. */
#define POP3_LISTING_LIMIT 2000000

typedef struct
{
  guint number;  /* what this session calls it: 1 and up, as the server spelled it, in any order */
  char *uidl;    /* NULL: the server gave none, nonsense, or two for the same number; else of bytes 0x21 to 0x7E, of any length */
  gint64 size;   /* the server's word, which is often wrong; -1: it said nothing or nonsense */
} Pop3ListingEntry;

typedef struct
{
  GArray *entries;          /* of Pop3ListingEntry, each number once, in rising order */
  gboolean has_uidls;       /* the server answered UIDL */
} Pop3Listing;

Pop3Listing *pop3_listing_new (void);
void pop3_listing_free (Pop3Listing *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Pop3Listing, pop3_listing_free)

/* Lines of the answers in any order, sans-IO; a line that makes no sense is passed over. Then pop3_listing_settle (). */
void pop3_listing_add_uidl_line (Pop3Listing *self, const char *line);
void pop3_listing_add_list_line (Pop3Listing *self, const char *line);
void pop3_listing_settle (Pop3Listing *self);

/**
 * pop3_listing_ask:
 *
 * Sends UIDL, and LIST too where the server pipelines. While the server gets the answers ready the caller may do what it has to do anyway, before
 * pop3_listing_read ().
 */
gboolean pop3_listing_ask (Pop3Session *session, GCancellable *cancellable, GError **error);

/**
 * pop3_listing_read:
 *
 * The answers to pop3_listing_ask (). A server without UIDL is asked for LIST alone; a message that only one of
 * the two names is in the listing all the same.
 *
 * Returns: (transfer full): or %NULL with %BASE_ERROR_PROTOCOL for a list without end, the refusal of both, or the
 *   errors of a connection
 */
Pop3Listing *pop3_listing_read (Pop3Session *session, GCancellable *cancellable, GError **error);

G_END_DECLS
