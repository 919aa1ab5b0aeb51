/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A sender's wish to be told that a mail was read (RFC 8098 §2), as far as it may be granted. Pure. */
#pragma once

#include "mail-address.h"

G_BEGIN_DECLS

typedef struct
{
  MailAddress *to;          /* where the answer would go */
  char *return_path;        /* the address that the mail came from on its way, where it is another than @to (RFC 8098 §2.1); else NULL */
  gboolean is_elsewhere;    /* @to is none of those who wrote it */
} MailReceipt;

/**
 * mail_receipt_new:
 * @wanted: of MailAddress: what Disposition-Notification-To has
 * @from: of MailAddress
 * @return_path: (nullable): "" for the empty one, that programs send with
 *
 * Returns: (transfer full) (nullable): %NULL where nobody is to be told: several addresses or none, one that no mail can be sent to, a mail that
 *   a program sent
 */
MailReceipt *mail_receipt_new (const GPtrArray *wanted, const GPtrArray *from, const char *return_path);
void mail_receipt_free (MailReceipt *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MailReceipt, mail_receipt_free)

G_END_DECLS
