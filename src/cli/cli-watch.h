/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "sync --watch": pass after pass, until a signal comes. */
#pragma once

#include "cli-report.h"

G_BEGIN_DECLS

/* CliPassFunc: one pass over those accounts; %NULL when it was cancelled */
typedef CliReport *(*CliPassFunc) (CliSession *session, GPtrArray *ids, gpointer data);

/**
 * cli_watch_run:
 * @ids: of gint64: the accounts
 *
 * A pass over all of them at once and whenever the shortest of their intervals has passed; one over an account alone when its server tells of
 * something (IDLE), or when another program has changed mail here that its server should hear of. Each is printed when it ends: one JSON line with
 * --json. SIGINT and SIGTERM end it: that is how it is meant to end.
 */
void cli_watch_run (CliSession *session, GPtrArray *ids, CliPassFunc pass, gpointer data);

G_END_DECLS
