/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the "message" commands share. */
#pragma once

#include "cli-commands.h"
#include "cli-output.h"

G_BEGIN_DECLS

CliStatus cli_message_list (CliSession *session, int argc, char **argv);
CliStatus cli_message_show (CliSession *session, int argc, char **argv);
CliStatus cli_message_save_attachment (CliSession *session, int argc, char **argv);

/* cli_message_list_rows: into the open array of @builder with --json, else as lines; ids that are gone are passed over */
gboolean cli_message_list_rows (CliSession *session, JsonBuilder *builder, const gint64 *ids, gsize n_ids, GError **error);

/* cli_message_parse_id: a positive number; %BASE_ERROR_NOT_FOUND for anything else */
gboolean cli_message_parse_id (const char *text, gint64 *id, GError **error);

G_END_DECLS
