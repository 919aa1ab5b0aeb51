/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Answers in passing. */
#include "imap-left.h"

gboolean
imap_left_is_answer (const ImapResponse *response, guint number)
{
  char tag[16];

  g_snprintf (tag, sizeof tag, "a%u", number);
  return response->tag && g_str_equal (response->tag, tag);
}

gboolean
imap_left_take (GArray *left, ImapSession *session, const ImapResponse *response)
{
  ImapLeft first = { 0 };

  if (left->len > 0)
    first = g_array_index (left, ImapLeft, 0);
  if (first.number == 0 || !imap_left_is_answer (response, first.number))
    return FALSE;
  g_array_remove_index (left, 0);
  if (first.done)
    first.done (session, response, first.data);
  return TRUE;
}

void
imap_left_hand (GArray *left, ImapSession *session, const ImapResponse *response)
{
  const ImapLeft *first = left->len > 0 ? &g_array_index (left, ImapLeft, 0) : NULL;

  if (first && first->func)
    first->func (session, response, first->data);
}
