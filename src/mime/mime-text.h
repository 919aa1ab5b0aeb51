/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text parts made into text, and text made into format=flowed (RFC 3676). */
#pragma once

#include "mime-part.h"

G_BEGIN_DECLS

/* A file that stood uuencoded in a text. */
typedef struct
{
  char *name;    /* as the mail has it */
  GBytes *data;
} MimeUuFile;

void mime_uu_file_free (MimeUuFile *self);

/* mime_text_from_part: (transfer full): decoded, of whatever charset, lines ended by '\n', no control character but tab; as written:
 * flowed text is still in its short lines */
char *mime_text_from_part (const MimePart *part, GPtrArray *defects);

/* mime_text_show_part: (transfer full): the same for people: flowed paragraphs joined, uuencoded files moved to @files (a GPtrArray of
 * MimeUuFile, (nullable): then they stay) */
char *mime_text_show_part (const MimePart *part, GPtrArray *defects, GPtrArray *files);

/**
 * mime_text_flow:
 * @text: UTF-8, '\n'
 *
 * Wraps to lines of at most 78 characters with soft breaks, quote-aware and space-stuffed, so that mime_text_unflow () gives back
 * @text without the blanks that ended its lines. A word is never cut.
 *
 * Returns: (transfer full): '\n'
 */
char *mime_text_flow (const char *text);
char *mime_text_unflow (const char *text, gboolean deletes_space); /* (transfer full): DelSp=yes: §4.1 */

G_END_DECLS
