/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Header fields made into what they mean by GMime: text, addresses, message ids, dates (RFC 5322, 2047). */
#pragma once

#include <gmime/gmime.h>

#include "mail-address.h"

G_BEGIN_DECLS

#define MIME_HEADER_MAX_VALUE (1 << 16) /* bytes of one field that are looked at */
#define MIME_HEADER_MAX_ADDRESSES 5000
#define MIME_HEADER_MAX_IDS 100

/* A field in the block it was found in: nothing is copied. */
typedef struct
{
  const char *name;   /* not NUL-terminated */
  gsize name_length;
  const char *value;  /* after the colon, folded as it came, without its last line end */
  gsize value_length;
  const char *start;  /* the whole field */
  gsize length;       /* its line ends included */
} MimeField;

/* mime_header_find: (nullable): the first such field, in any case of letters */
const MimeField *mime_header_find (const GArray *fields, const char *name);
gboolean mime_field_is (const MimeField *field, const char *name);

/**
 * mime_header_decode:
 * @charset: (nullable): what unencoded 8-bit bytes are in where they are not UTF-8
 *
 * Unfolds and decodes encoded words; the charset they name stands for the superset that programs really write (mime-charset.h).
 *
 * Returns: (transfer full): valid UTF-8, still with whatever control characters were encoded
 */
char *mime_header_decode (const char *value, gsize length, const char *charset);

/* mime_header_new_options: (transfer full): GMime's reading at its most lenient; free with g_mime_parser_options_free () */
GMimeParserOptions *mime_header_new_options (const char *charset);

/* mime_header_unfold: (transfer full): without line ends and NUL, encoded words naming supersets; at most %MIME_HEADER_MAX_VALUE bytes */
GString *mime_header_unfold (const char *value, gsize length);

/* mime_header_decode_line: (transfer full): the same, made one clean line to be shown */
char *mime_header_decode_line (const MimeField *field, const char *charset);

/* mime_header_add_addresses: adds what an address list holds, the members of groups included; what is no address becomes a name */
void mime_header_add_addresses (GPtrArray *list, const char *value, gsize length, const char *charset);

/* mime_header_add_ids: adds msg-ids (char *) without their brackets, each once, at most %MIME_HEADER_MAX_IDS of a long list: its first
 * and its newest */
void mime_header_add_ids (GPtrArray *ids, const char *value, gsize length);

/* mime_header_parse_date: (transfer full) (nullable): %NULL for what is no date or outside 1970 to 2199 */
GDateTime *mime_header_parse_date (const char *value, gsize length);

G_END_DECLS
