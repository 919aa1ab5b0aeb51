/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One line of progress on stderr, when that is a terminal. */
#pragma once

#include "cli-session.h"

G_BEGIN_DECLS

typedef struct _CliProgress CliProgress;

/* cli_progress_new: shows what the engine's accounts do, until it is freed */
CliProgress *cli_progress_new (CliSession *session);
void cli_progress_free (CliProgress *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CliProgress, cli_progress_free)

G_END_DECLS
