/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What goes to stdout and stderr: one JSON document, or lines for people. */
#pragma once

#include <json-glib/json-glib.h>

#include "cli-session.h"
#include "mail-summary.h"

G_BEGIN_DECLS

/* cli_output_json: (transfer full) of @builder's document, ended by a newline */
void cli_output_json (JsonBuilder *builder);

/* Members of the open object; %NULL is null, invalid UTF-8 is made valid. */
void cli_output_string (JsonBuilder *builder, const char *name, const char *value);
void cli_output_int (JsonBuilder *builder, const char *name, gint64 value);
void cli_output_boolean (JsonBuilder *builder, const char *name, gboolean value);
void cli_output_strings (JsonBuilder *builder, const char *name, const char *const *values);
void cli_output_addresses (JsonBuilder *builder, const char *name, const GPtrArray *addresses);
void cli_output_time (JsonBuilder *builder, const char *name, gint64 seconds, int offset_minutes);
void cli_output_local_time (JsonBuilder *builder, const char *name, gint64 seconds); /* 0 is null */
void cli_output_date (JsonBuilder *builder, const char *name, GDateTime *date);      /* (nullable) */

/* cli_output_id: {"name": id} is all that a command has to say; to people it says nothing */
void cli_output_id (CliSession *session, const char *name, gint64 id);

/* cli_output_error_member: the object that CLI.md describes; @account 0 is null */
void cli_output_error_member (JsonBuilder *builder, const char *name, const GError *error, gint64 account);

/**
 * cli_output_error:
 * @error: (transfer full): printed as the command's only output with --json, else as a line to stderr
 *
 * Returns: %CLI_FAILED
 */
CliStatus cli_output_error (CliSession *session, GError *error, gint64 account);

/* cli_output_error_line: for people, to stderr, with the server's words below */
void cli_output_error_line (const GError *error, const char *whose);

/* cli_output_usage: a wrong command line. Returns: %CLI_USAGE */
CliStatus cli_output_usage (CliSession *session, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* cli_output_not_available: what only a later version can do. Returns: %CLI_FAILED */
CliStatus cli_output_not_available (CliSession *session, const char *what);

/* cli_output_bytes: to stdout as they are; FALSE when they could not be written */
gboolean cli_output_bytes (GBytes *bytes);

/* cli_output_cell: (transfer full): @text cut or padded to so many columns of a terminal, for lists */
char *cli_output_cell (const char *text, guint columns);

/**
 * cli_output_parse_options:
 * @name: of the command, as "account add"
 * @usage: what follows the options, as "FILE|-"
 * @description: a sentence or more, what it does
 *
 * --help prints and exits. Afterwards @argv has only the arguments, without the command's name.
 *
 * Returns: whether the options are right; else a usage error was printed
 */
gboolean cli_output_parse_options (CliSession *session, const GOptionEntry *entries, const char *name, const char *usage,
                                   const char *description, int *argc, char ***argv);

G_END_DECLS
