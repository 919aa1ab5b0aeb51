/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any text as what became of a mail. */
#include <stdint.h>

#include "mail-report.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);

  for (MailReportKind kind = MAIL_REPORT_RECEIPT; kind <= MAIL_REPORT_DELIVERY; kind++)
    {
      g_autoptr (MailReport) report = mail_report_parse (kind, text);

      for (guint i = 0; report && i < report->recipients->len; i++)
        {
          const MailReportRecipient *recipient = g_ptr_array_index (report->recipients, i);

          g_assert_true (g_utf8_validate (recipient->address, -1, NULL));
          g_assert_true (g_utf8_validate (recipient->words, -1, NULL));
        }
    }
  return 0;
}
