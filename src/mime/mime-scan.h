/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Headers so plainly written that GMime need not be asked: most of all mail, and what a row needs of it at a quarter of the cost. */
#pragma once

#include "mime-header.h"

G_BEGIN_DECLS

/**
 * mime_scan:
 * @is_whole: @data is a message; else its header, up to the empty line
 * @fields: of MimeField; emptied first: the header's fields as mime_part_parse () finds them
 * @charset: (out) (nullable): the Content-Type's, of the whole message
 *
 * Says yes only where nothing is in doubt: every line is a field or goes on with one, there is an end, and Content-Type, where there is one,
 * is a type with simple parameters. Of a whole message also: it is one text, and nobody calls it a file.
 *
 * Returns: %FALSE when GMime has to look; then nothing is said
 */
gboolean mime_scan (const char *data, gsize length, gboolean is_whole, GArray *fields, char **charset);

G_END_DECLS
