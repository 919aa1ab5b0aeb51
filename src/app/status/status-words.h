/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the engine does, in words. Pure. */
#pragma once

#include "account-list.h"
#include "sync-status.h"

G_BEGIN_DECLS

/* status_words_activity: (transfer full) (nullable): "Receiving 34 of 210 from Work · 2.1 MB"; %NULL while the account rests */
char *status_words_activity (SyncStatus *status, Account *account);

/* status_words_offline: (transfer full): instead of status_words_rest () without a network, or by a person's wish */
char *status_words_offline (void);

/* status_words_problem: (transfer full): "Work: mail.example.org did not accept the password." */
char *status_words_problem (const GError *error, Account *account);

/* status_words_rest: (transfer full): while nothing is going on: whether all is well and since when; @last, @now: seconds since 1970;
 * "" when nothing was ever checked (@last 0) */
char *status_words_rest (gint64 last, gint64 now, gboolean has_problem);

G_END_DECLS
