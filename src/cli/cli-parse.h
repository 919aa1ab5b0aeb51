/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The document that "parse" and "message show" print. */
#pragma once

#include "cli-session.h"
#include "mime-message.h"

G_BEGIN_DECLS

void cli_parse_print_json (MimeMessage *message);

/* cli_parse_print_text: a few headers, the text, the names of the attachments: for people */
void cli_parse_print_text (MimeMessage *message);

G_END_DECLS
