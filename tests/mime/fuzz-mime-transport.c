/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes to be sent: what leaves is canonical and holds no Bcc. */
#include <stdint.h>
#include <string.h>

#include "mime-builder.h"
#include "mime-summary.h"

#include <sanitizer/lsan_interface.h>

int LLVMFuzzerInitialize (int *argc, char ***argv);
int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  /* What GMime's table loses by it once a process (see tests/lsan.supp) is no finding; libFuzzer takes no suppressions. */
  __lsan_disable ();
  mime_init ();
  __lsan_enable ();
  return 0;
}

static void
check (GBytes *bytes)
{
  gsize length, column = 0;
  const char *data = g_bytes_get_data (bytes, &length);

  for (gsize i = 0; i < length; i++)
    {
      g_assert_cmpint (data[i], !=, '\0');
      g_assert_true (data[i] != '\n' || (i > 0 && data[i - 1] == '\r'));
      g_assert_true (data[i] != '\r' || (i + 1 < length && data[i + 1] == '\n'));
      column = data[i] == '\n' ? 0 : column + 1;
      g_assert_cmpuint (column, <=, 999);
    }
  g_assert_cmpuint (column, ==, 0);
  for (const char *p = data, *end = data + length; p < end && memcmp (p, "\r\n", 2) != 0; p = (const char *) memchr (p, '\n', end - p) + 1)
    g_assert_false (g_ascii_strncasecmp (p, "Bcc", 3) == 0 && strchr (": \t", p[3]));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static const char head[] = "From: a@example.org\nTo: b@example.org\n";
  g_autoptr (GByteArray) array = g_byte_array_new ();
  g_autoptr (GBytes) source = NULL;
  g_autoptr (MimeTransport) transport = NULL;

  g_byte_array_append (array, (const guint8 *) head, strlen (head));
  g_byte_array_append (array, data, size);
  source = g_byte_array_free_to_bytes (g_steal_pointer (&array));
  transport = mime_transport_new (source, NULL);
  if (!transport)
    return 0;
  check (transport->bytes);
  (void) mime_transport_encode_7bit (transport, NULL);
  check (transport->bytes);
  return 0;
}
