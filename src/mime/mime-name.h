/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names that come from strangers, made safe to show and to save under. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define MIME_NAME_MAX 200 /* bytes of a file name: file systems end at 255, and " (2)" must still fit */

/* mime_name_clean_line: (transfer full): @text (valid UTF-8) as one line: control and direction characters gone, runs of
 * blanks that held a line break or tab made one space, none at the ends */
char *mime_name_clean_line (const char *text);

/**
 * mime_name_clean_file:
 * @name: (nullable): as the mail has it, decoded
 * @content_type: what to name it after, and its extension, where no name is left
 *
 * Returns: (transfer full): a name that stays in its folder on every system: no path, no leading dot, none of Windows'
 *   reserved names and characters, nothing invisible; never empty, at most %MIME_NAME_MAX bytes
 */
char *mime_name_clean_file (const char *name, const char *content_type);

G_END_DECLS
