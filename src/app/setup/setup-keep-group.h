/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What of an IMAP account is kept on this computer, and whether its server tells of new mail at once, as choices in words. */
#pragma once

#include <adwaita.h>

#include "account.h"

G_BEGIN_DECLS

#define SETUP_TYPE_KEEP_GROUP (setup_keep_group_get_type ())
G_DECLARE_FINAL_TYPE (SetupKeepGroup, setup_keep_group, SETUP, KEEP_GROUP, AdwPreferencesGroup)

void setup_keep_group_set_account (SetupKeepGroup *self, Account *account); /* binds both ways */

/* setup_keep_group_describe: (transfer full): whole sentences, as "Mail stays on the server, and a copy is kept here." */
char *setup_keep_group_describe (Account *account);

G_END_DECLS
