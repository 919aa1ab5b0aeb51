/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One line of the wizard's test: it ticks off, or says what is wrong and what helps. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define SETUP_TYPE_CHECK_ROW (setup_check_row_get_type ())
G_DECLARE_FINAL_TYPE (SetupCheckRow, setup_check_row, SETUP, CHECK_ROW, AdwActionRow)

/* Signal "help" (AppHelp as int): the one button that helps was clicked. */

void setup_check_row_wait (SetupCheckRow *self);                        /* not begun */
void setup_check_row_start (SetupCheckRow *self, const char *host);     /* @host is being asked */

/* setup_check_row_end: @error: (nullable): it works; @is_online: whether this computer has a way to anywhere */
void setup_check_row_end (SetupCheckRow *self, const GError *error, gboolean is_online);

G_END_DECLS
