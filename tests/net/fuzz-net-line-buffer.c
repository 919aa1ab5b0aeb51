/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes in any lots: lines whole and pieces put together must be the bytes that came. */
#include "net-line-buffer.h"

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

#define LIMIT 16

/* What came of @data, fed @step bytes at a time; whole lines, or pieces. */
static GString *
run (const uint8_t *data, size_t size, gsize step, gboolean in_pieces)
{
  NetLineBuffer lines;
  GString *out = g_string_new (NULL);
  gsize at = 0;

  net_line_buffer_init (&lines, LIMIT);
  for (;;)
    {
      const char *line = NULL;
      gsize length = 0;
      NetLine result = in_pieces ? net_line_buffer_next_piece (&lines, &line, &length)
                                 : net_line_buffer_next (&lines, &line, &length);

      if (result == NET_LINE_TOO_LONG)
        {
          g_assert_false (in_pieces);
          g_string_append (out, "<too long>");
          break;
        }
      if (result == NET_LINE_NEED_BYTES)
        {
          gsize n = MIN (step, size - at);

          g_assert_cmpuint (lines.pending->len, <=, LIMIT + 1);
          if (n == 0)
            break;
          g_byte_array_append (lines.pending, data + at, n);
          at += n;
          continue;
        }
      g_assert_cmpuint (length, <=, LIMIT);
      g_string_append_len (out, line, length);
      if (result == NET_LINE_READY)
        g_string_append (out, lines.is_bare ? "\n" : "\r\n");
    }
  if (in_pieces)
    {
      const GByteArray *rest = net_line_buffer_get_rest (&lines);

      if (rest->len > 0)
        g_string_append_len (out, (const char *) rest->data, rest->len);
      g_assert_cmpmem (out->str, out->len, data, size);
    }
  net_line_buffer_clear (&lines);
  return out;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  gsize step = size > 0 ? 1 + data[0] % 40 : 1;
  g_autoptr (GString) by_byte = run (data, size, 1, FALSE);
  g_autoptr (GString) by_step = run (data, size, step, FALSE);
  G_GNUC_UNUSED g_autoptr (GString) pieces = run (data, size, step, TRUE);

  g_assert_true (g_string_equal (by_byte, by_step));
  return 0;
}
