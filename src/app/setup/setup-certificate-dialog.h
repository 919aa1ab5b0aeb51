/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shows a certificate that was refused, and lets a person trust exactly this one for this host and port. */
#pragma once

#include <adwaita.h>

#include "account-list.h"
#include "sync-engine.h"

G_BEGIN_DECLS

/**
 * setup_certificate_dialog_present:
 * @account: saved (it runs again afterwards) or, in the wizard, not yet
 * @error: %BASE_ERROR_CERTIFICATE with its certificate
 */
void setup_certificate_dialog_present (GtkWindow *parent, AccountList *accounts, SyncEngine *engine, Account *account,
                                       AccountDirection direction, const GError *error);

G_END_DECLS
