/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any text as an address list: written and read again it is the same list, and nothing valid could end an SMTP command. */
#include "mail-address.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autoptr (GPtrArray) list = mail_address_list_parse (text);
  g_autofree char *once = mail_address_list_to_string (list);
  g_autoptr (GPtrArray) again = mail_address_list_parse (once);
  g_autofree char *twice = mail_address_list_to_string (again);
  g_autoptr (GPtrArray) third = mail_address_list_parse (twice);
  g_autofree char *thrice = mail_address_list_to_string (third);

  g_assert_cmpstr (twice, ==, thrice);
  for (guint i = 0; i < list->len; i++)
    {
      const MailAddress *one = g_ptr_array_index (list, i);

      if (mail_address_is_valid (one->address))
        g_assert_null (strpbrk (one->address, "\r\n <>"));
      g_assert_true (mail_address_equal (one->address, one->address));
      mail_address_get_domain (one->address);
    }
  return 0;
}
