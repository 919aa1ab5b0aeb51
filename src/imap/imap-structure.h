/* SPDX-License-Identifier: GPL-3.0-or-later */
/* BODYSTRUCTURE (RFC 9051 §7.5.2), as far as a mail client needs it: which parts there are, and whether a person would call one of them an
 * attachment. Servers get it wrong in many ways; whatever is not understood is taken for a plain part. */
#pragma once

#include "imap-parser.h"

G_BEGIN_DECLS

typedef struct
{
  char *section;      /* "1", "2.1": what BODY[…] takes */
  char *content_type; /* lower case, as "text/plain" */
  char *disposition;  /* lower case; NULL when not said */
  char *name;         /* file name as sent, still encoded; NULL when there is none */
  char *content_id;   /* without brackets; NULL when there is none */
  guint64 size;       /* bytes as encoded */
} ImapPart;

void imap_part_free (ImapPart *part);

/* imap_structure_list_parts: (transfer full): of ImapPart, leaves alone, in order; at most 1,000 */
GPtrArray *imap_structure_list_parts (const ImapNode *structure);

/* imap_structure_has_attachments: something a person would call an attachment: no inline pictures, no signatures */
gboolean imap_structure_has_attachments (const ImapNode *structure);

G_END_DECLS
