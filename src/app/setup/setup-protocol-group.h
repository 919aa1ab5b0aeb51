/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether mail stays on the server or is fetched from it: IMAP or POP3, in words. */
#pragma once

#include <adwaita.h>

#include "account.h"

G_BEGIN_DECLS

#define SETUP_TYPE_PROTOCOL_GROUP (setup_protocol_group_get_type ())
G_DECLARE_FINAL_TYPE (SetupProtocolGroup, setup_protocol_group, SETUP, PROTOCOL_GROUP, AdwPreferencesGroup)

void setup_protocol_group_set_account (SetupProtocolGroup *self, Account *account); /* binds both ways */

G_END_DECLS
