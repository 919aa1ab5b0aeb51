/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sets of UIDs as IMAP writes them: "1:3,7,9:*" (RFC 9051 sequence-set). */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * imap_uid_set_format:
 * @uids: ascending, without repeats
 * @max_length: bytes of one set; servers take command lines of at least 8,000 bytes (RFC 7162 §4)
 *
 * Returns: (transfer full): of char *, as many sets as are needed, runs joined ("4:9"); %NULL-terminated
 */
char **imap_uid_set_format (const guint32 *uids, gsize n_uids, gsize max_length);

/**
 * imap_uid_set_parse:
 * @text: as in COPYUID, VANISHED, ESEARCH: no "*" there
 * @max: most UIDs that are believed; beyond it, or for nonsense, %NULL
 *
 * Keeps the order of the text, which COPYUID needs; "9:7" counts downwards as the server wrote it.
 *
 * Returns: (transfer full) (nullable): of guint32
 */
GArray *imap_uid_set_parse (const char *text, gsize max);

typedef struct
{
  guint32 first, last; /* first <= last */
} ImapUidRange;

/* imap_uid_set_parse_ranges: (transfer full) (nullable): of ImapUidRange, as they came: for sets that may name far more than there is, as
 * VANISHED (EARLIER) does; %NULL for nonsense and for more than @max ranges */
GArray *imap_uid_set_parse_ranges (const char *text, gsize max);

G_END_DECLS
