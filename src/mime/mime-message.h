/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A message made into what people read: headers decoded, the text chosen, attachments named safely. */
#pragma once

#include <gio/gio.h>

#include "mail-authentication.h"
#include "mail-card.h"
#include "mail-invitation.h"
#include "mail-receipt.h"
#include "mail-report.h"

G_BEGIN_DECLS

#define MIME_TYPE_MESSAGE (mime_message_get_type ())
G_DECLARE_FINAL_TYPE (MimeMessage, mime_message, MIME, MESSAGE, GObject)

#define MIME_TYPE_ATTACHMENT (mime_attachment_get_type ())
G_DECLARE_FINAL_TYPE (MimeAttachment, mime_attachment, MIME, ATTACHMENT, GObject)

/* How a message is signed or encrypted, by its own word */
typedef enum
{
  MIME_PROTECTION_NONE = 0,
  MIME_SIGNED_PGP = 1 << 0,
  MIME_SIGNED_SMIME = 1 << 1,
  MIME_ENCRYPTED_PGP = 1 << 2,
  MIME_ENCRYPTED_SMIME = 1 << 3,
} MimeProtection;

/**
 * mime_message_new:
 * @source: RFC 5322 bytes, however broken; kept
 *
 * Time and memory grow with the size alone: nesting (50), parts (10,000) and headers are bounded (mime-part.h, mime-header.h). Never
 * fails: what is wrong becomes a defect, and what cannot be understood becomes text or an attachment, so that nothing of the mail is
 * out of reach. Any thread, after mime_init (); afterwards immutable, may be given to another.
 */
MimeMessage *mime_message_new (GBytes *source);

GBytes *mime_message_get_source (MimeMessage *self);

/* Lists of MailAddress, never NULL */
GPtrArray *mime_message_get_from (MimeMessage *self);
GPtrArray *mime_message_get_to (MimeMessage *self);
GPtrArray *mime_message_get_cc (MimeMessage *self);
GPtrArray *mime_message_get_bcc (MimeMessage *self);
GPtrArray *mime_message_get_reply_to (MimeMessage *self);
const char *mime_message_get_subject (MimeMessage *self);        /* "" when none; control and direction characters gone */
GDateTime *mime_message_get_date (MimeMessage *self);            /* (nullable) with its zone */
const char *mime_message_get_message_id (MimeMessage *self);     /* (nullable) without brackets */
const char *const *mime_message_get_in_reply_to (MimeMessage *self);
const char *const *mime_message_get_references (MimeMessage *self);

/* mime_message_dup_header: (nullable) (transfer full): the first such header, decoded to one line of UTF-8 */
char *mime_message_dup_header (MimeMessage *self, const char *name);

/* mime_message_dup_header_lines: (transfer full): every header as "Name: value", decoded likewise; at most 1,000 */
char **mime_message_dup_header_lines (MimeMessage *self);

/* mime_message_dup_headers: (transfer full): the header block as received, made valid UTF-8, lines ended by '\n' */
char *mime_message_dup_headers (MimeMessage *self);

/**
 * mime_message_get_text:
 *
 * Returns: what to show as text: the text parts to be shown, one after the other (format=flowed rejoined), else the HTML turned
 *   to text; valid UTF-8 whatever the charset claimed, lines ended by '\n'; "" when there is none
 */
const char *mime_message_get_text (MimeMessage *self);

/* mime_message_get_html: (nullable): the HTML body as UTF-8, unsanitised: never show it as it is */
const char *mime_message_get_html (MimeMessage *self);

/* mime_message_get_attachments: GListModel of MimeAttachment: also inline pictures (disposition "inline", a content id);
 * what Outlook wrapped into a winmail.dat instead of that */
GListModel *mime_message_get_attachments (MimeMessage *self);

/* mime_message_get_authentication: (nullable): what the topmost such field says of the sender: whose word it is, is for the caller to look at */
const MailAuthentication *mime_message_get_authentication (MimeMessage *self);
const MailInvitation *mime_message_get_invitation (MimeMessage *self); /* (nullable): the first one */
const char *mime_message_get_calendar (MimeMessage *self);             /* (nullable): the text that it stands in */
#define MIME_MESSAGE_MAX_CARDS 20
GPtrArray *mime_message_get_cards (MimeMessage *self);   /* of MailCard, never NULL: of people, from the vCards that are attached */
MimeProtection mime_message_get_protection (MimeMessage *self);
const MailReport *mime_message_get_report (MimeMessage *self);             /* (nullable): what became of another mail */
const char *mime_message_get_report_details (MimeMessage *self);           /* (nullable): the same as machines have it */
const MailReceipt *mime_message_get_receipt (MimeMessage *self);           /* (nullable): the wish to be told that it was read */

/* mime_message_get_defects: what is wrong with the mail, English words as "charset us-ascii has 8-bit bytes" */
const char *const *mime_message_get_defects (MimeMessage *self);

/* Properties of an attachment, bound by the reader: name, content-type, size, is-inline */
const char *mime_attachment_get_name (MimeAttachment *self);         /* safe as a file name: no path, control or direction characters, never empty, at most 200 bytes */
const char *mime_attachment_get_content_type (MimeAttachment *self); /* lower case, "application/octet-stream" where unknown */
gint64 mime_attachment_get_size (MimeAttachment *self);              /* bytes, decoded */
const char *mime_attachment_get_disposition (MimeAttachment *self);  /* "attachment" or "inline" */
const char *mime_attachment_get_content_id (MimeAttachment *self);   /* (nullable) without brackets */
gboolean mime_attachment_is_machinery (MimeAttachment *self);        /* for programs alone, and told otherwise: a signature, a report */

/* mime_attachment_dup_data: (transfer full): decoded; costs the decoding, so not in the main thread for big ones */
GBytes *mime_attachment_dup_data (MimeAttachment *self);

/* mime_attachment_dup_sha256: (transfer full): of the decoded bytes, lower-case hex */
char *mime_attachment_dup_sha256 (MimeAttachment *self);

G_END_DECLS
