/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The wizard's second question: how does mail arrive? In words, with the fields behind "Change…". */
#pragma once

#include <adwaita.h>

#include "account.h"

G_BEGIN_DECLS

#define SETUP_TYPE_SERVERS (setup_servers_get_type ())
G_DECLARE_FINAL_TYPE (SetupServers, setup_servers, SETUP, SERVERS, AdwBin)

void setup_servers_set_account (SetupServers *self, Account *account);

/* setup_servers_guess: fills in what is known or guessed for the account's address; what a person has changed for that same
 * address stays */
void setup_servers_guess (SetupServers *self);

/* setup_servers_check: where something is missing the fields are opened and a sentence says what */
gboolean setup_servers_check (SetupServers *self);

void setup_servers_show_fields (SetupServers *self);
const char *setup_servers_get_outgoing_password (SetupServers *self); /* (nullable) (transfer none): where it is another one */
void setup_servers_ask_outgoing_password (SetupServers *self, const char *sentence);

G_END_DECLS
