/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One server's settings as fields: where, how secured, who. For the wizard and the preferences. */
#pragma once

#include <adwaita.h>

#include "account.h"

G_BEGIN_DECLS

#define SETUP_TYPE_SERVER_GROUP (setup_server_group_get_type ())
G_DECLARE_FINAL_TYPE (SetupServerGroup, setup_server_group, SETUP, SERVER_GROUP, AdwPreferencesGroup)

/* Signal "password-edited": the own password for sending, which is no setting of the account. */

/**
 * setup_server_group_set_account:
 * @account: one that is being edited, not the list's own: binds both ways, half-typed values included
 */
void setup_server_group_set_account (SetupServerGroup *self, Account *account, AccountDirection direction);

/* setup_server_group_check: whether everything is there and possible; where not, a sentence stands by the first wrong field.
 * @needs_password: a password of its own must have been typed */
gboolean setup_server_group_check (SetupServerGroup *self, gboolean needs_password);

/* setup_server_group_get_password: (nullable) (transfer none): the own password for sending, %NULL where none was typed or needed */
const char *setup_server_group_get_password (SetupServerGroup *self);

/* setup_server_group_ask_password: the own password was refused */
void setup_server_group_ask_password (SetupServerGroup *self, const char *sentence);

/* setup_server_group_describe: (transfer full): a whole sentence, as "Mail arrives through pop.example.org, encrypted." */
char *setup_server_group_describe (Account *account, AccountDirection direction);

G_END_DECLS
