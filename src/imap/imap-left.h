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

/* imap_left_take: whether a tagged @response is the answer of the first of @left (of ImapLeft), which is done then */
gboolean imap_left_take (GArray *left, ImapSession *session, const ImapResponse *response);

/* imap_left_hand: an untagged @response to the first of @left, if there is one */
void imap_left_hand (GArray *left, ImapSession *session, const ImapResponse *response);

G_END_DECLS
