/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A body made fit for SMTP: canonical line ends, short lines, no NUL, 7-bit where it must be. Parts that are fit already keep
 * their bytes, so that signatures stay whole. */
#pragma once

#include <glib.h>

#include "mime-header.h"

G_BEGIN_DECLS

#define MIME_REWRITE_MAX_LINE 998 /* RFC 5322 §2.1.1, without CRLF */

/**
 * mime_rewrite_message:
 * @keep: (nullable): which fields of the message's own header stay
 * @is_7bit: whether 8-bit bodies are to be encoded too
 *
 * Returns: (transfer full): the message, fit: CRLF lines, the last one ended
 */
GString *mime_rewrite_message (const char *data, gsize length, gboolean (*keep) (const MimeField *field), gboolean is_7bit);

G_END_DECLS
