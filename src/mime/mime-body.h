/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What of a message's parts is to be read, and what is attached. The list's paper clip and the reader ask the same rules. */
#pragma once

#include "mime-message.h"
#include "mime-part.h"

G_BEGIN_DECLS

/* One thing to be read: as plain text, as HTML, or both to choose from. */
typedef struct
{
  const MimePart *plain; /* NULL when there is none */
  const MimePart *html;
} MimePiece;

typedef struct
{
  const MimePart *part;
  gboolean is_inline;  /* says "inline" itself, or is a picture inside an HTML body */
  gboolean counts;     /* a person would call it an attachment */
} MimeExtra;

typedef struct
{
  GArray *pieces;      /* of MimePiece, in order */
  GArray *extras;      /* of MimeExtra, in order */
} MimeBody;

/* mime_body_new: (transfer full): points into @top's tree */
MimeBody *mime_body_new (const MimePart *top);
void mime_body_free (MimeBody *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MimeBody, mime_body_free)

MimeProtection mime_body_find_protection (const MimePart *top); /* of any of its parts */
gboolean mime_body_has_attachments (const MimeBody *self);

G_END_DECLS
