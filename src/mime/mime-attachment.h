/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How messages make their attachments; reading them is mime-message.h's. */
#pragma once

#include "mime-message.h"
#include "mime-part.h"

G_BEGIN_DECLS

/* mime_attachment_new_part: of @source, which it keeps; @is_inline as mime-body.h has it */
MimeAttachment *mime_attachment_new_part (GBytes *source, const MimePart *part, gboolean is_inline);

/* mime_attachment_new_data: with bytes of its own */
MimeAttachment *mime_attachment_new_data (const char *name, const char *content_type, GBytes *data);

G_END_DECLS
