/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Answers that are made and not written: a read receipt (RFC 8098), an answer to an invitation (RFC 6047). */
#pragma once

#include "mime-message.h"

G_BEGIN_DECLS

typedef struct
{
  const MailAddress *from;     /* whose address was written to */
  const MailAddress *to;
  const char *subject;         /* one line */
  const char *text;            /* for people: UTF-8, '\n' */
  gint64 now;                  /* seconds since 1970 */
  int zone_minutes;            /* east of UTC */
} MimeAnswer;

/**
 * mime_answer_new_receipt:
 * @message: that was read
 *
 * A multipart/report whose disposition says that a person saw the message and had this sent; it names no program, no machine and nothing of the
 * message but its Message-ID. Goes out with the empty sender on its envelope (§3).
 *
 * Returns: (transfer full): RFC 5322 bytes; or %NULL with %BASE_ERROR_INVALID: an address that cannot be
 */
GBytes *mime_answer_new_receipt (const MimeAnswer *self, MimeMessage *message, GError **error);

/**
 * mime_answer_new_calendar:
 * @message: the invitation
 * @calendar: what mail_invitation_write_reply () wrote
 *
 * A multipart/alternative of the text and a text/calendar part with method=REPLY. Errors likewise.
 */
GBytes *mime_answer_new_calendar (const MimeAnswer *self, MimeMessage *message, const char *calendar, GError **error);

G_END_DECLS
