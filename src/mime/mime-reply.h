/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a reply or a forward starts from. */
#pragma once

#include "mime-draft.h"
#include "mime-message.h"

G_BEGIN_DECLS

typedef enum
{
  MIME_REPLY,
  MIME_REPLY_ALL,
  MIME_REPLY_LIST,        /* to where List-Post says (RFC 2369 §3.4); without one as MIME_REPLY_ALL */
  MIME_FORWARD,           /* inline, attachments taken along */
  MIME_FORWARD_ATTACHED,  /* the whole message as it is, as an attachment */
} MimeReplyKind;

/**
 * mime_reply_new:
 * @own_addresses: the person's own, never among the recipients of a reply to all
 * @from: (nullable): the identity that answers; %NULL picks the one that was addressed
 * @attribution: (nullable): one line above the quote, already translated, as "On 22 Nov, Ana Ruiz wrote:"
 *
 * Recipients after RFC 5322 §3.6.3 (Reply-To, else From; one's own message is answered to its To), subject with one "Re: " or "Fwd: "
 * whatever language's prefixes were there, References grown as §3.6.4 says, text quoted with "> ", signature left out.
 */
MimeDraft *mime_reply_new (MimeMessage *original, MimeReplyKind kind, const GPtrArray *own_addresses, const MailAddress *from, const char *attribution);

/**
 * mime_reply_quote_html:
 * @draft: of mime_reply_new (), of the same @original and @kind: %MIME_FORWARD or a reply
 * @html: @original's, clean (html-clean.h); what stands in the body
 *
 * Makes it an answer with formatting: the HTML is the quote alone, without a place to write at; what of the mail it shows comes along in
 * pictures, and when forwarding the rest in files.
 */
void mime_reply_quote_html (MimeDraft *draft, MimeMessage *original, MimeReplyKind kind, const char *attribution, const char *html);

/**
 * mime_reply_new_from_old:
 * @own_addresses: the person's own
 *
 * "Edit as new": what @source says, to be sent again by whom it suits, with no thread and no date of its own.
 */
MimeDraft *mime_reply_new_from_old (GBytes *source, const GPtrArray *own_addresses);

/* mime_reply_dup_list: (nullable) (transfer full): the address that List-Post names */
char *mime_reply_dup_list (MimeMessage *message);

G_END_DECLS
