/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From bytes in a claimed charset to UTF-8, whether the claim is true or not. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * mime_charset_to_utf8:
 * @charset: (nullable): as the mail claims; %NULL or "" when it claims none
 * @has_lied: (out) (optional): whether the bytes were not what was claimed, or the claim is unknown
 *
 * Never fails: where the claim is missing, unknown or wrong, valid UTF-8 is taken for UTF-8 and everything else for
 * windows-1252; names stand for the superset that programs really write (ISO-8859-1 for windows-1252, GB2312 for GB18030,
 * …; the WHATWG Encoding Standard's view). Bytes that mean nothing become U+FFFD, NUL is left out.
 *
 * Returns: (transfer full): valid UTF-8
 */
char *mime_charset_to_utf8 (const char *data, gsize length, const char *charset, gboolean *has_lied);

/* mime_charset_get_superset: what programs write that claim @charset; @charset itself where nothing is known */
const char *mime_charset_get_superset (const char *charset);

G_END_DECLS
