/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any text as an invitation. */
#include <stdint.h>

#include "mail-invitation.h"
#include "mail-recurrence.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *raw = g_strndup ((const char *) data, size);
  g_autofree char *text = g_utf8_make_valid (raw, -1);
  g_autoptr (MailInvitation) found = mail_invitation_parse (text);

  if (found)
    {
      g_assert_true (g_utf8_validate (found->summary, -1, NULL));
      g_assert_true (g_utf8_validate (found->location, -1, NULL));
      g_assert_true (g_utf8_validate (found->organizer, -1, NULL));
    }
  for (guint i = 0; found && i < found->attendees->len && i < 3; i++)
    {
      g_autofree char *reply = mail_invitation_write_reply (text, ((MailAttendee *) found->attendees->pdata[i])->address, MAIL_PARTICIPATION_ACCEPTED, 0);
      g_autoptr (MailInvitation) answer = reply ? mail_invitation_parse (reply) : NULL;

      g_assert_true (!answer || (answer->kind == MAIL_INVITATION_REPLY && answer->attendees->len == 1));
    }
  if (found && *found->rule)
    {
      g_autoptr (MailRecurrence) rule = mail_recurrence_parse (found->rule);

      g_assert_true (!rule || rule->interval > 0);
    }
  return 0;
}
