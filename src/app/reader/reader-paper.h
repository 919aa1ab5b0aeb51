/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A message as it goes to paper or into a PDF: who, when and what above its page. */
#pragma once

#include "model-body.h"

G_BEGIN_DECLS

/* reader_paper_dup_page: (transfer full): HTML that may be shown, for a light ground; @is_plain: of its text even where there is HTML */
char *reader_paper_dup_page (ModelBody *body, gboolean is_plain);

/* reader_paper_dup_text: (transfer full): the same as plain text, for a file: all of it */
char *reader_paper_dup_text (ModelBody *body);

G_END_DECLS
