/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Commands whose answers are taken in passing: see imap_session_leave (). */
#pragma once

#include "imap-session.h"

G_BEGIN_DECLS

typedef struct
{
  guint number;
  ImapDataFunc func; /* (nullable) */
  ImapDataFunc done; /* (nullable) */
  gpointer data;
} ImapLeft;

/* imap_left_is_answer: whether @response is the tagged answer of command @number */
gboolean imap_left_is_answer (const ImapResponse *response, guint number);

/* imap_left_take: whether a tagged @response is the answer of one of @left (of ImapLeft), which is done then. Usually the first, but a server may answer
 * what does not depend on each other in any order (RFC 9051 §5.5). */
gboolean imap_left_take (GArray *left, ImapSession *session, const ImapResponse *response);

/* imap_left_hand: an untagged @response to all of @left: it names no command, so each takes what is its own */
void imap_left_hand (GArray *left, ImapSession *session, const ImapResponse *response);

G_END_DECLS
