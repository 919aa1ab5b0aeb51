/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person typed to find mail, understood. Every text is a query: what is no operator is words, and nothing is a syntax error. */
#pragma once

#include "mail-flags.h"

G_BEGIN_DECLS

#define MAIL_QUERY_MAX_TERMS 64        /* more are passed over */
#define MAIL_QUERY_MAX_TEXT 4096       /* bytes that are looked at */
#define MAIL_QUERY_PREFIX_LETTERS 2    /* of word*: one letter alone begins too many words to be of use */
#define MAIL_QUERY_TYPING_LETTERS 3    /* of a word that is still typed, before it is taken for a beginning */

typedef enum
{
  MAIL_FIELD_ANY,
  MAIL_FIELD_SUBJECT,
  MAIL_FIELD_FROM,
  MAIL_FIELD_TO,          /* To, Cc and Bcc */
  MAIL_FIELD_BODY,
  MAIL_FIELD_ATTACHMENT,  /* the attachments' names */
} MailField;

typedef enum
{
  MAIL_TERM_WORDS,        /* words one after the other in `field` */
  MAIL_TERM_ATTACHED,     /* has:attachment */
  MAIL_TERM_FLAGS,        /* is:…: those of `flags` are set, or with `is_unset` are not */
  MAIL_TERM_FOLDER,       /* in:… */
  MAIL_TERM_BEFORE,       /* received before `number`, seconds since 1970 */
  MAIL_TERM_AFTER,        /* received at `number` or later */
  MAIL_TERM_LARGER,       /* more than `number` bytes */
  MAIL_TERM_SMALLER,      /* fewer */
} MailTermKind;

typedef struct
{
  MailTermKind kind;
  gboolean is_negated;
  MailField field;
  char *words;            /* folded, a space between them; of a folder its name folded likewise. NULL where the kind has none */
  gboolean is_prefix;     /* the last word may go on */
  MailFlags flags;
  gboolean is_unset;
  gint64 number;
} MailTerm;

/* Immutable, any thread. */
typedef struct _MailQuery MailQuery;

#define MAIL_TYPE_QUERY (mail_query_get_type ())
GType mail_query_get_type (void);

/**
 * mail_query_parse:
 * @text: as typed, in any state: made valid and cut to %MAIL_QUERY_MAX_TEXT
 * @is_typing: the last word may still grow: it is a prefix, and an operator whose value has only begun is passed over
 * @now: seconds since 1970, for "yesterday" and "7d"
 * @zone: where a day begins
 *
 * Words and "phrases" must all be there, `-` before one says that it must not; `OR` between two says that one is enough, and binds closer
 * (`a b OR c` is a with b or c); `word*` is a beginning. Operators: from: to: subject: body: attachment: has:attachment
 * is:unread|read|flagged|unflagged|answered|unanswered|forwarded|draft in:FOLDER before: after: larger: smaller:. A day is 2026-11-22, a
 * month 2026-11, a year 2026, or today, yesterday, 7d, 2w, 3m, 1y (so long ago); a size 500, 20k, 5M, 1G (powers of 1,000; 5MB is fine).
 * An operator that we do not know is a word, as is what follows it.
 *
 * Returns: (transfer full)
 */
MailQuery *mail_query_parse (const char *text, gboolean is_typing, gint64 now, GTimeZone *zone);
MailQuery *mail_query_ref (MailQuery *self);
void mail_query_unref (MailQuery *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MailQuery, mail_query_unref)

const char *mail_query_get_text (const MailQuery *self); /* as typed, valid UTF-8, no blanks around it */

/* mail_query_get_clauses: of GPtrArray of MailTerm: of each clause one term must be true. Empty: there is nothing to look for. */
const GPtrArray *mail_query_get_clauses (const MailQuery *self);

/* mail_query_get_complaint: (nullable): an English sentence on a date or size that is none; nothing is to be found then */
const char *mail_query_get_complaint (const MailQuery *self);

G_END_DECLS
