/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The wizard's first question: who are you? */
#pragma once

#include <adwaita.h>

#include "account-list.h"

G_BEGIN_DECLS

#define SETUP_TYPE_PERSON (setup_person_get_type ())
G_DECLARE_FINAL_TYPE (SetupPerson, setup_person, SETUP, PERSON, AdwBin)

void setup_person_set_account (SetupPerson *self, Account *account); /* binds name and address */

/* setup_person_check: whether one can go on; where not, a sentence says why */
gboolean setup_person_check (SetupPerson *self, AccountList *accounts);

const char *setup_person_get_password (SetupPerson *self);           /* (transfer none) as typed */

/* setup_person_ask_password: the password was refused: @sentence says so, and the field waits for another */
void setup_person_ask_password (SetupPerson *self, const char *sentence);

void setup_person_start (SetupPerson *self); /* the focus to the first field */

G_END_DECLS
