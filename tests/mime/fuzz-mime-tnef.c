/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as a winmail.dat. */
#include <stdint.h>

#include "mime-tnef.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GPtrArray) files = mime_tnef_unpack (bytes);

  for (guint i = 0; i < files->len; i++)
    {
      const MimeTnefFile *file = files->pdata[i];

      g_assert_true (g_utf8_validate (file->name, -1, NULL));
      g_assert_cmpuint (g_bytes_get_size (file->data), <=, size);
    }
  return 0;
}
