/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a signature stands in a text that is being written, and how another one takes its place. Pure. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * mime_signature_swap:
 * @text: UTF-8, '\n'
 * @old: what stands there now; "" for none
 * @signature: what is to stand there; "" for none
 * @quote: (nullable): what was quoted, as it was put in: with no @old the signature goes above it, or where there is none to the end
 *
 * A signature begins with the line "-- " (RFC 3676 §4.3). One that a person has changed is theirs and stays.
 *
 * Returns: (transfer full): the text with the other signature
 */
char *mime_signature_swap (const char *text, const char *old, const char *signature, const char *quote);

G_END_DECLS
