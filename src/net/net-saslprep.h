/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SASLprep (RFC 4013): user names and passwords of SCRAM, so that the same word typed on two keyboards is the same bytes. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * net_saslprep:
 * @text: UTF-8
 *
 * Spaces of all kinds become a space, what shows nothing goes, the rest is NFKC; characters of newer Unicode than 3.2 may
 * stand (a client's "query", RFC 3454 §7). The bidirectional check is left to servers: it only ever refuses. Any thread.
 *
 * Returns: (transfer full): to be wiped by the caller when it is a secret; or %NULL with %BASE_ERROR_INVALID: not UTF-8, or
 *   a character that no password may have (control, private use…), or nothing left
 */
char *net_saslprep (const char *text, GError **error);

G_END_DECLS
