/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long received mail stays on the server, as a choice in words. */
#pragma once

#include <adwaita.h>

#include "account.h"

G_BEGIN_DECLS

#define SETUP_TYPE_LEAVE_GROUP (setup_leave_group_get_type ())
G_DECLARE_FINAL_TYPE (SetupLeaveGroup, setup_leave_group, SETUP, LEAVE_GROUP, AdwPreferencesGroup)

void setup_leave_group_set_account (SetupLeaveGroup *self, Account *account); /* binds both ways */

/* setup_leave_group_describe: (transfer full): a whole sentence, as "It stays on the server for 14 days, or until you delete it here." */
char *setup_leave_group_describe (Account *account);

G_END_DECLS
