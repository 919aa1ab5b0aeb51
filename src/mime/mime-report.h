/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finds in a message what machines say to each other: reports of other mail, and a wish to be told that this one was read. */
#pragma once

#include "mail-receipt.h"
#include "mail-report.h"
#include "mime-part.h"

G_BEGIN_DECLS

/**
 * mime_report_find:
 * @details: (out) (transfer full): the part for machines as text, for those who want to see it; left alone where %NULL is returned
 *
 * Returns: (transfer full) (nullable): of a multipart/report (RFC 6522) anywhere in @top, with the name of the mail it is about from the copy or
 *   header that came with it
 */
MailReport *mime_report_find (const MimePart *top, char **details);

/* mime_report_is_machinery: what is for machines alone: the report itself, the signature of a signed message */
gboolean mime_report_is_machinery (const MimePart *part);

/**
 * mime_report_find_wish:
 * @fields: of MimeField: the message's header
 *
 * Returns: (transfer full) (nullable): as mail_receipt_new () has it; %NULL too for what came over a list or in bulk, for what a program
 *   answered, and where the sender wants more than we know of (RFC 8098 §2.2)
 */
MailReceipt *mime_report_find_wish (const GArray *fields, const GPtrArray *from);

G_END_DECLS
