/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the engine does, in words. Pure. */
#pragma once

#include "account-list.h"
#include "model-refusals.h"
#include "sync-status.h"

G_BEGIN_DECLS

/* status_words_activity: (transfer full) (nullable): "Receiving 34 of 210 from Work · 2.1 MB"; %NULL while the account rests */
char *status_words_activity (SyncStatus *status, Account *account);

/**
 * status_words_together:
 * @busy: of SyncStatus, those that do something; their accounts are in @accounts
 *
 * Returns: (transfer full) (nullable): what all of them do, in one line: "Receiving 40 of 250 from 2 accounts · 2.1 MB", or what matters most and how
 * many more there are
 */
char *status_words_together (GPtrArray *busy, AccountList *accounts);

/* status_words_step: (transfer full) (nullable): the same where the account is named already: "Receiving 34 of 210 · 2.1 MB" */
char *status_words_step (SyncStatus *status);

/* status_words_offline: (transfer full): instead of status_words_rest () without a network, or by a person's wish */
char *status_words_offline (void);

/* status_words_index: (transfer full): while the search index catches up: "Preparing search: 12,000 of 100,000" */
char *status_words_index (guint done, guint total, gboolean is_offline);

/* status_words_problem: (transfer full): "Work: mail.example.org did not accept the password." */
char *status_words_problem (const GError *error, Account *account);

/* status_words_rest: (transfer full): while nothing is going on: whether all is well and since when; @last, @now: seconds since 1970;
 * "" when nothing was ever checked (@last 0) */
char *status_words_rest (gint64 last, gint64 now, gboolean has_problem);

/* status_words_refused: (transfer full): "Work: the server refused 2 changes." */
char *status_words_refused (guint n, Account *account);

/* status_words_refusal: (transfer full): "“Figures” could not be moved to “Projects/Porto”." */
char *status_words_refusal (ModelRefusal *refusal);

/* status_words_refusal_reason: (transfer full): why, in our words and the server's, and when; @account (nullable): whose server it was */
char *status_words_refusal_reason (ModelRefusal *refusal, Account *account, gint64 now);

G_END_DECLS
