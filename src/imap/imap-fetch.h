/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What one FETCH response says of one message (RFC 9051 §7.5.2, RFC 7162, RFC 8474, Gmail's X-GM-EXT-1). */
#pragma once

#include "imap-parser.h"
#include "mail-flags.h"

G_BEGIN_DECLS

typedef struct
{
  guint32 sequence;
  guint32 uid;              /* 0 when it was not said */
  gboolean has_flags;
  MailFlags flags;          /* those that we know */
  guint64 modseq;           /* 0 when it was not said */
  gint64 internal_date;     /* seconds since 1970; 0 when not said or nonsense */
  gboolean has_size;
  guint64 size;             /* RFC822.SIZE */
  GBytes *header;           /* BODY[HEADER] or BODY[HEADER.FIELDS …] */
  GBytes *body;             /* BODY[], RFC822 or BINARY[] whole: not of a partial fetch */
  const ImapNode *structure; /* BODYSTRUCTURE or BODY, borrowed from the response */
  guint64 gmail_message;    /* X-GM-MSGID; 0 when not said */
  guint64 gmail_thread;     /* X-GM-THRID; 0 when not said */
  char *email_id;           /* OBJECTID's EMAILID; NULL when not said */
  char *thread_id;          /* OBJECTID's THREADID; NULL when not said, or when the server knows none */
} ImapFetch;

/**
 * imap_fetch_read:
 * @fetch: (out caller-allocates): clear with imap_fetch_clear ()
 *
 * What is not understood is passed over; what is said twice counts as it was said last.
 *
 * Returns: %FALSE when @response is no FETCH or has no list
 */
gboolean imap_fetch_read (const ImapResponse *response, ImapFetch *fetch);
void imap_fetch_clear (ImapFetch *fetch);

/* imap_fetch_read_date: an INTERNALDATE, "17-Jul-1996 02:44:25 -0700"; 0 for nonsense */
gint64 imap_fetch_read_date (const char *text);

/* imap_fetch_format_date: (transfer full): the same for APPEND; @zone_minutes east of UTC */
char *imap_fetch_format_date (gint64 when, int zone_minutes);

/* Flags as the server names them. $-keywords are matched in any case; the old ones of other clients too (Junk, NonJunk, Forwarded). */
MailFlags imap_flags_from_word (const char *word);
char *imap_flags_to_string (MailFlags flags); /* (transfer full): "\Seen $Forwarded", without brackets */

G_END_DECLS
