/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the "message" commands share. */
#pragma once

#include "cli-commands.h"

G_BEGIN_DECLS

CliStatus cli_message_list (CliSession *session, int argc, char **argv);
CliStatus cli_message_show (CliSession *session, int argc, char **argv);
CliStatus cli_message_save_attachment (CliSession *session, int argc, char **argv);

/* cli_message_parse_id: a positive number; %BASE_ERROR_NOT_FOUND for anything else */
gboolean cli_message_parse_id (const char *text, gint64 *id, GError **error);

G_END_DECLS
