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
  for (guint i = 0; i < left->len; i++)
    {
      ImapLeft one = g_array_index (left, ImapLeft, i);

      if (!imap_left_is_answer (response, one.number))
        continue;
      g_array_remove_index (left, i);
      if (one.done)
        one.done (session, response, one.data);
      return TRUE;
    }
  return FALSE;
}

void
imap_left_hand (GArray *left, ImapSession *session, const ImapResponse *response)
{
  for (guint i = 0; i < left->len; i++)
    {
      const ImapLeft *one = &g_array_index (left, ImapLeft, i);

      if (one->func)
        one->func (session, response, one->data);
    }
}
