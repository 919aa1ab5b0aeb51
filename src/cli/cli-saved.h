/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The saved searches that a command line names. */
#pragma once

#include "cli-session.h"
#include "store-saved.h"

G_BEGIN_DECLS

/* cli_saved_find: (transfer full): by its name as it is written, or else by its ID; %BASE_ERROR_NOT_FOUND. The store is open. */
StoreSaved *cli_saved_find (CliSession *session, const char *text, GError **error);

G_END_DECLS
