/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A response as a line of the log, without mail and without secrets. */
#pragma once

#include "base-trace.h"
#include "imap-parser.h"

G_BEGIN_DECLS

/**
 * imap_trace_received:
 * @trace: (nullable)
 *
 * Statuses with their words; of data only what kind it is; of a continuation nothing: it may be a challenge, with which a password can
 * be guessed at leisure.
 */
void imap_trace_received (BaseTrace *trace, const char *tag, const ImapResponse *response);

G_END_DECLS
