/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The wizard's test: receiving and sending, apart. */
#pragma once

#include <adwaita.h>

#include "sync-engine.h"

G_BEGIN_DECLS

#define SETUP_TYPE_TEST (setup_test_get_type ())
G_DECLARE_FINAL_TYPE (SetupTest, setup_test, SETUP, TEST, AdwBin)

/* Signals: "passed": both work; "save-anyway": the person wants the account as it is; "help" (AccountDirection, AppHelp, both as int):
 * what would help against a failure, without APP_HELP_TRY_AGAIN, which the page does itself. */

/**
 * setup_test_start:
 * @password, @outgoing_password: as typed; copied, and wiped when the test is over
 *
 * Logs in to both servers side by side.
 */
void setup_test_start (SetupTest *self, SyncEngine *engine, Account *account, const char *password, const char *outgoing_password);
void setup_test_cancel (SetupTest *self);

/* setup_test_get_error: (nullable) (transfer none): what the last test of that direction ended with */
const GError *setup_test_get_error (SetupTest *self, AccountDirection direction);

/* setup_test_show_problem: what was tested could not be saved */
void setup_test_show_problem (SetupTest *self, const char *sentence);

G_END_DECLS
