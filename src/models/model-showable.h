/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text made such as a text view can carry. Pure. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * model_showable_cut:
 * @text: valid UTF-8, '\n'
 * @most: bytes that are left of it; what comes behind the last whole character goes
 * @line: bytes of a line; longer ones are broken at a blank, or else at a character's end
 * @is_cut: (out): whether something went
 *
 * Returns: (transfer full)
 */
char *model_showable_cut (const char *text, gsize most, gsize line, gboolean *is_cut);

G_END_DECLS
