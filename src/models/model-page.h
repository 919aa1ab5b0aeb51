/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The HTML of a message that is written: cleaned before it is shown, kept or sent; and the quote that it begins with. Any thread. */
#pragma once

#include "mime-draft.h"
#include "mime-reply.h"

G_BEGIN_DECLS

/**
 * model_page_clean:
 * @value: with HTML, of whatever origin: an editor's, a mail's
 *
 * Makes the HTML what html_clean () lets through with %HTML_CLEAN_TO_WRITE, leaves out the pictures that it does not show, and makes parts of
 * those that stand in it (model-page-pictures.h); html_writing_mark_directions ().
 *
 * Returns: %FALSE with %BASE_ERROR_TOO_LARGE when it is too long or too entangled: nothing has changed then
 */
gboolean model_page_clean (MimeDraft *value, GError **error);

/* model_page_drop: @value becomes plain text; its pictures become files */
void model_page_drop (MimeDraft *value);

/* model_page_quote: where @original has HTML that can be cleaned, @draft, of mime_reply_new (), quotes that: mime_reply_quote_html () */
void model_page_quote (MimeDraft *draft, MimeMessage *original, MimeReplyKind kind, const char *attribution);

G_END_DECLS
