/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One account in the list of what is going on: its state in words, how far it is, what is wrong, and the buttons for it. */
#pragma once

#include <gtk/gtk.h>

#include "account.h"
#include "sync-status.h"

G_BEGIN_DECLS

#define STATUS_TYPE_ACCOUNT (status_account_get_type ())
G_DECLARE_FINAL_TYPE (StatusAccount, status_account, STATUS, ACCOUNT, GtkWidget)

/* Its buttons activate win.run-account, win.cancel-account, win.account-help and status.show-refusals, each with the account's id (x), and emit
 * the signal "chosen" (). It does not follow @status: status_account_update () reads it. */
GtkWidget *status_account_new (SyncStatus *status, Account *account);

/**
 * status_account_update:
 * @is_offline: nothing is sent or received, by a person's wish or without a network
 * @n_refused: changes that its server refused and nobody has looked at
 * @has_refusals: any at all
 */
void status_account_update (StatusAccount *self, gboolean is_offline, guint n_refused, gboolean has_refusals);

SyncStatus *status_account_get_status (StatusAccount *self);

/* status_account_find_problem: (transfer none) (nullable): what a person should know: receiving first, then sending; a pass that was stopped is no
 * problem */
const GError *status_account_find_problem (SyncStatus *status);

G_END_DECLS
