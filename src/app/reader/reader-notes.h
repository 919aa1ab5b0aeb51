/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a reader should know of a message besides its words, in sentences. */
#pragma once

#include "account-list.h"
#include "model-body.h"

G_BEGIN_DECLS

/* reader_notes_dup_warnings: (transfer full): that the sender may not be who it seems to be; one sentence a line, "" when nothing is wrong */
char *reader_notes_dup_warnings (ModelBody *body, AccountList *accounts);

/* reader_notes_dup_remarks: (transfer full): who vouches for the sender (only where there is no warning), how it is signed or encrypted; likewise */
char *reader_notes_dup_remarks (ModelBody *body, AccountList *accounts);

G_END_DECLS
