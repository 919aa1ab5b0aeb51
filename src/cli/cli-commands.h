/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The commands. Each is given its own command line, argv[0] being its name, and returns the exit status. */
#pragma once

#include "cli-session.h"

G_BEGIN_DECLS

CliStatus cli_account (CliSession *session, int argc, char **argv);
CliStatus cli_setup (CliSession *session, int argc, char **argv);
CliStatus cli_sync (CliSession *session, int argc, char **argv);
CliStatus cli_folder (CliSession *session, int argc, char **argv);
CliStatus cli_message (CliSession *session, int argc, char **argv);
CliStatus cli_ids (CliSession *session, int argc, char **argv);
CliStatus cli_parse (CliSession *session, int argc, char **argv);
CliStatus cli_send (CliSession *session, int argc, char **argv);
CliStatus cli_rule (CliSession *session, int argc, char **argv);
CliStatus cli_saved (CliSession *session, int argc, char **argv);
CliStatus cli_search (CliSession *session, int argc, char **argv);
CliStatus cli_check (CliSession *session, int argc, char **argv);

/* cli_account_add: "account add", which is long enough for a file of its own */
CliStatus cli_account_add (CliSession *session, int argc, char **argv);

/* A word that chooses among several commands ("account add"). */
typedef struct
{
  const char *name;
  CliStatus (*run) (CliSession *session, int argc, char **argv);
  const char *usage;       /* what follows it */
  const char *description; /* one line */
} CliCommand;

/**
 * cli_dispatch:
 * @group: "account", or "" for the program itself
 * @commands: ended by an entry without a name
 *
 * Runs the command that argv[1] names; prints help or a usage error.
 */
CliStatus cli_dispatch (CliSession *session, const char *group, const CliCommand *commands, int argc, char **argv);

G_END_DECLS
