/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a command ended: the tagged answer, kept after its response is gone. */
#pragma once

#include "base-error.h"
#include "imap-parser.h"

G_BEGIN_DECLS

/* Made to be a field, all zeros at first. */
typedef struct
{
  ImapStatus status;
  char *code;       /* response code in upper case; NULL when none */
  char *arguments;  /* its values as text with spaces between; "" when none */
  GError *refusal;  /* NULL for OK */
} ImapOutcome;

/* imap_outcome_take: @what and @fallback: see imap_refusal_new () */
void imap_outcome_take (ImapOutcome *self, const ImapResponse *response, const char *what, BaseErrorCode fallback);
void imap_outcome_clear (ImapOutcome *self);

G_END_DECLS
