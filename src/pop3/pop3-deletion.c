/* SPDX-License-Identifier: GPL-3.0-or-later */
/* DELE. */
#include "pop3-deletion.h"

gboolean
pop3_deletion_mark (Pop3Session *session, const guint *numbers, gsize n_numbers, gboolean *is_marked,
                    GCancellable *cancellable, GError **error)
{
  gsize window = pop3_session_get_window (session);
  gsize n_sent = 0;

  for (gsize i = 0; i < n_numbers; i++)
    {
      Pop3Event event;

      if (n_sent - i <= window / 2)
        for (; n_sent < n_numbers && n_sent - i < window; n_sent++)
          {
            char line[32];

            g_snprintf (line, sizeof line, "DELE %u", numbers[n_sent]);
            if (!pop3_session_send (session, line, cancellable, error))
              return FALSE;
          }
      event = pop3_session_read_status (session, POP3_REPLY_LINE, NULL, cancellable, error);
      if (event == POP3_EVENT_CONTINUE)
        event = pop3_session_break (session, "it asks where nothing is to be asked", error);
      if (event == POP3_EVENT_BROKEN)
        return FALSE;
      is_marked[i] = event == POP3_EVENT_OK;
    }
  return TRUE;
}
