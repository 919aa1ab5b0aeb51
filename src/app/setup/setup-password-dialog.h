/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks for a password that is missing or was refused. */
#pragma once

#include <adwaita.h>

#include "account-list.h"
#include "account-secrets.h"
#include "sync-engine.h"

G_BEGIN_DECLS

/**
 * setup_password_dialog_present:
 * @why: (nullable): what the engine's "password-needed" said
 *
 * Says why in a sentence and asks once: while one is open for that account and direction, it is only brought to the front; while one
 * is open for another, the question waits until that one is closed, and is dropped with @parent or with its account. The
 * answer goes to the keyring, or is remembered for this run where there is none (and the dialog says so); then the account runs again.
 */
void setup_password_dialog_present (GtkWindow *parent, AccountList *accounts, AccountSecrets *secrets, SyncEngine *engine,
                                    Account *account, AccountDirection direction, const GError *why);

G_END_DECLS
