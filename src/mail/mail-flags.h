/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is known of a message besides its bytes. The numbers are written into databases: add, never renumber. */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef enum /*< flags >*/
{
  MAIL_FLAG_SEEN = 1 << 0,      /* \Seen */
  MAIL_FLAG_ANSWERED = 1 << 1,  /* \Answered */
  MAIL_FLAG_FLAGGED = 1 << 2,   /* \Flagged */
  MAIL_FLAG_DELETED = 1 << 3,   /* \Deleted */
  MAIL_FLAG_DRAFT = 1 << 4,     /* \Draft */
  MAIL_FLAG_FORWARDED = 1 << 5, /* $Forwarded */
  MAIL_FLAG_JUNK = 1 << 6,      /* $Junk */
  MAIL_FLAG_NOT_JUNK = 1 << 7,  /* $NotJunk */
  MAIL_FLAG_RECEIPT = 1 << 8,   /* $MDNSent (RFC 3503): the wish for a read receipt was answered, or refused */
} MailFlags;

/* mail_flags_to_string: (transfer full): words with spaces between, as "seen flagged" */
char *mail_flags_to_string (MailFlags flags);

/* mail_flags_from_word: one of those words, in any case; 0 when it is none of them */
MailFlags mail_flags_from_word (const char *word);

G_END_DECLS
