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

/* mail_lines_put_in: (transfer full): @sentence, which may be any, with @word in the place of its first "%s" */
char *mail_lines_put_in (const char *sentence, const char *word);

/* mail_lines_append_folded: a content line of vCard and iCalendar (RFC 6350 §3.2, RFC 5545 §3.1) with its CR LF: at most 75 bytes, then a blank and on;
 * no character is cut in two */
void mail_lines_append_folded (GString *out, const char *line);

G_END_DECLS
