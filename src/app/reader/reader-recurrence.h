/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How often an event is, in words. */
#pragma once

#include "mail-invitation.h"

G_BEGIN_DECLS

/* reader_recurrence_dup_words: (transfer full) (nullable): "every week on Monday, until 31 December 2026"; where no sentence is true of the rule, the rule
 * itself; %NULL where it is but once */
char *reader_recurrence_dup_words (const MailInvitation *invitation);

G_END_DECLS
