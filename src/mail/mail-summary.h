/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a message list shows of a message. Filled by mime/ (from the source) or store/ (from a row), then shared and never
 * changed; references may be held and dropped in any thread. */
#pragma once

#include "mail-flags.h"

G_BEGIN_DECLS

typedef struct
{
  gatomicrefcount references;

  /* the store's: 0 until a message is kept */
  gint64 id;
  gint64 folder;
  gint64 thread;            /* the conversation; below 0 when it is a server's word: the one thing here that may be said before */
  MailFlags flags;
  gboolean is_whole;        /* FALSE while only the headers are here (POP3 TOP, IMAP) */

  /* the message's own */
  char *message_id;         /* without angle brackets; NULL when it has none */
  char *subject;            /* decoded, one line, no control or direction characters; "" when there is none */
  GPtrArray *from;          /* of MailAddress, never NULL */
  GPtrArray *to;            /* To and then Cc */
  gint64 date;              /* the Date header in seconds since 1970; `received` where it is missing or nonsense */
  int date_offset;          /* its zone, minutes east of UTC */
  gint64 received;          /* when we or the server got it, seconds since 1970; 0 until known */
  gint64 size;              /* bytes of the source; of the server's word while not whole */
  gboolean has_attachments; /* something a person would call an attachment: no inline pictures, no signatures */
  char *in_reply_to;        /* first msg-id, without brackets; NULL when none */
  char **references_ids;    /* References, oldest first, without brackets, at most 100; never NULL */
} MailSummary;

#define MAIL_TYPE_SUMMARY (mail_summary_get_type ())
GType mail_summary_get_type (void);

MailSummary *mail_summary_new (void); /* everything empty, is_whole TRUE */
MailSummary *mail_summary_ref (MailSummary *self);
void mail_summary_unref (MailSummary *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MailSummary, mail_summary_unref)

G_END_DECLS
