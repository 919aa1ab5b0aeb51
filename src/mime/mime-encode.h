/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What every mail path carries: header fields folded and encoded, bodies in lines of 76 characters. All lines end with CRLF. */
#pragma once

#include <gio/gio.h>

#include "mail-address.h"

G_BEGIN_DECLS

/* mime_encode_header_text: "Name: text", folded; RFC 2047 where it is not ASCII, so that decoding gives back @text exactly
 * (without blanks at its ends) */
void mime_encode_header_text (GString *out, const char *name, const char *text);

/* mime_encode_header_addresses: nothing for an empty list. @is_draft keeps what cannot be an address as an encoded phrase */
void mime_encode_header_addresses (GString *out, const char *name, const GPtrArray *list, gboolean is_draft);

/* mime_encode_header_ids: brackets put around; ids that could not stand in a header are left out */
void mime_encode_header_ids (GString *out, const char *name, const char *const *ids);

/* mime_encode_header_date: RFC 5322 §3.3 */
void mime_encode_header_date (GString *out, gint64 now, int zone_minutes);

/* mime_encode_header_message_id: "Message-ID" with 160 random bits at the domain of @address (nullable) */
void mime_encode_header_message_id (GString *out, const char *address);

/* mime_encode_parameter: "; name=value", by RFC 2231 in pieces where it is long or not ASCII */
void mime_encode_parameter (GString *out, const char *name, const char *value);

/* mime_encode_address: (transfer full) (nullable): the form for the wire: the domain as A-labels while the local part is ASCII
 * (RFC 5890), UTF-8 otherwise (RFC 6531); %NULL when mail cannot be sent there */
char *mime_encode_address (const char *address);

/* mime_encode_check: whether that form exists; else %FALSE with %BASE_ERROR_INVALID and a sentence */
gboolean mime_encode_check (const MailAddress *address, GError **error);

/* mime_encode_random: (transfer full): 160 random bits as 32 characters a-z2-7 */
char *mime_encode_random (void);

void mime_encode_base64 (GString *out, const char *data, gsize length);

/* mime_encode_quoted: LF, CRLF and CR are line ends; blanks at line ends, "From " and a lone dot at line starts are encoded */
void mime_encode_quoted (GString *out, const char *data, gsize length);

G_END_DECLS
