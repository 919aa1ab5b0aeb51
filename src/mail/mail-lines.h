/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ends of lines. Pure. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* mail_lines_unify: (transfer full): @text (UTF-8) with CRLF, a lone CR and U+2029, at which a text view ends paragraphs too, made into LF. One pass,
 * whatever comes: a letter may be made of nothing else. */
char *mail_lines_unify (const char *text);

/* mail_lines_clean: (transfer full): @text (UTF-8) as one line to be shown: controls are blanks, what turns the direction of what is around it goes,
 * and so do blanks at its ends */
char *mail_lines_clean (const char *text);

G_END_DECLS
