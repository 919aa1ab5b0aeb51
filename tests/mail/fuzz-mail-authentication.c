/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as Authentication-Results. */
#include <stdint.h>

#include "mail-authentication.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (MailAuthentication) parsed = mail_authentication_parse ((const char *) data, size);

  if (parsed)
    {
      mail_authentication_is_by (parsed, "imap.example.org");
      mail_authentication_judge (parsed, "example.org");
    }
  return 0;
}
