/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What NO and BAD mean: response codes (RFC 5530, RFC 9051 §7.1) as our errors. */
#pragma once

#include "base-error.h"
#include "imap-parser.h"

G_BEGIN_DECLS

/**
 * imap_refusal_new:
 * @response: a tagged or untagged NO, BAD or BYE
 * @what: what was refused, as "the list of folders"
 * @fallback: without a response code
 *
 * Returns: (transfer full): with the server's words
 */
GError *imap_refusal_new (const ImapResponse *response, const char *what, BaseErrorCode fallback);

/* imap_refusal_is_known: @code (nullable): whether it says more than that something was refused */
gboolean imap_refusal_is_known (const char *code);

G_END_DECLS
