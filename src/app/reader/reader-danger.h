/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an attachment could do to who opens it. Pure, but for the desktop's own table of kinds. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * reader_danger_is_program:
 * @name: of the file
 * @type: (nullable): what the mail calls it
 *
 * Whether some system might run it instead of showing it: programs, scripts, installers, shortcuts, documents that carry programs. By all that
 * is said of it, because each of these lies in some mail; the last ending of a name counts, whatever stands before it ("invoice.pdf.exe").
 */
gboolean reader_danger_is_program (const char *name, const char *type);

G_END_DECLS
