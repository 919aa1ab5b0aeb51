/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any text as an invitation. */
#include <stdint.h>

#include "mail-invitation.h"

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
  return 0;
}
