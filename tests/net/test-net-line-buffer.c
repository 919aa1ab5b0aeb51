/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The line reader at every split of its bytes. */
#include "net-line-buffer.h"

#include <string.h>

static const char mixed[] = "+OK hello\r\n\r\nbare\ncr\rinside\r\nnul\0inside\r\n\xff\xfe\r\n.\r\nrest";

static void
feed (NetLineBuffer *lines, const char *bytes, gsize length)
{
  g_byte_array_append (lines->pending, (const guint8 *) bytes, length);
}

/* All lines of @bytes, fed at most @step bytes at a time after a first lot of @first, joined by '|'. */
static char *
read_all (const char *bytes, gsize length, gsize first, gsize step)
{
  NetLineBuffer lines;
  g_autoptr (GString) out = g_string_new (NULL);
  gsize at = 0;

  net_line_buffer_init (&lines, 20);
  for (;;)
    {
      const char *line;
      gsize size, n = at == 0 && first ? first : step;

      if (net_line_buffer_next (&lines, &line, &size) == NET_LINE_READY)
        {
          g_assert_cmpint (line[size], ==, '\0');
          for (gsize i = 0; i < size; i++)
            g_string_append_c (out, line[i] ? line[i] : '0');
          g_string_append (out, lines.is_bare ? "!|" : "|");
          continue;
        }
      if (at == length)
        break;
      n = MIN (n, length - at);
      feed (&lines, bytes + at, n);
      at += n;
    }
  g_string_append_printf (out, "(%u)", net_line_buffer_get_rest (&lines)->len);
  net_line_buffer_clear (&lines);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static void
test_every_split (void)
{
  const char *expected = "+OK hello||bare!|cr\rinside|nul0inside|\xff\xfe|.|(4)";

  for (gsize first = 1; first < sizeof mixed - 1; first++)
    {
      g_autofree char *in_two = read_all (mixed, sizeof mixed - 1, first, sizeof mixed);

      g_assert_cmpstr (in_two, ==, expected);
    }
  for (gsize step = 1; step < sizeof mixed; step++)
    {
      g_autofree char *in_steps = read_all (mixed, sizeof mixed - 1, 0, step);

      g_assert_cmpstr (in_steps, ==, expected);
    }
}

static NetLine
feed_bytewise (const char *text, gsize limit, gsize *length)
{
  NetLineBuffer lines;
  NetLine result = NET_LINE_NEED_BYTES;
  const char *line;

  net_line_buffer_init (&lines, limit);
  for (; *text && result == NET_LINE_NEED_BYTES; text++)
    {
      feed (&lines, text, 1);
      result = net_line_buffer_next (&lines, &line, length);
    }
  if (result == NET_LINE_TOO_LONG)
    g_assert_cmpint (net_line_buffer_next (&lines, &line, length), ==, NET_LINE_TOO_LONG);
  net_line_buffer_clear (&lines);
  return result;
}

static void
test_limit (void)
{
  gsize length = 0;

  g_assert_cmpint (feed_bytewise ("12345\r\n", 5, &length), ==, NET_LINE_READY);
  g_assert_cmpuint (length, ==, 5);
  g_assert_cmpint (feed_bytewise ("12345\n", 5, &length), ==, NET_LINE_READY);
  g_assert_cmpint (feed_bytewise ("123456", 5, &length), ==, NET_LINE_TOO_LONG);
  g_assert_cmpint (feed_bytewise ("12345\r\r", 5, &length), ==, NET_LINE_TOO_LONG);
}

static void
test_limit_in_one_lot (void)
{
  NetLineBuffer lines;
  const char *line;
  gsize length;

  net_line_buffer_init (&lines, 5);
  feed (&lines, "ab\r\n123456\r\n", 12);
  g_assert_cmpint (net_line_buffer_next (&lines, &line, &length), ==, NET_LINE_READY);
  g_assert_cmpint (net_line_buffer_next (&lines, &line, &length), ==, NET_LINE_TOO_LONG);
  net_line_buffer_clear (&lines);
}

static void
test_pieces (void)
{
  static const char text[] = "0123456789\r\nab\rcd\r\r\n\r\nlong again \n12345\r\n1234\r\n";

  for (gsize step = 1; step < sizeof text; step++)
    {
      NetLineBuffer lines;
      g_autoptr (GString) out = g_string_new (NULL);

      net_line_buffer_init (&lines, 5);
      for (gsize at = 0; at < sizeof text - 1; at += step)
        {
          const char *piece;
          gsize size;
          NetLine result;

          feed (&lines, text + at, MIN (step, sizeof text - 1 - at));
          while ((result = net_line_buffer_next_piece (&lines, &piece, &size)) != NET_LINE_NEED_BYTES)
            {
              g_assert_cmpint (result, !=, NET_LINE_TOO_LONG);
              g_assert_cmpuint (size, <=, 5);
              g_string_append_len (out, piece, size);
              if (result == NET_LINE_READY)
                g_string_append (out, lines.is_bare ? "\n" : "\r\n");
            }
        }
      g_assert_cmpstr (out->str, ==, text);
      net_line_buffer_clear (&lines);
    }
}

static void
test_take (void)
{
  NetLineBuffer lines;
  const char *bytes;
  gsize length;

  net_line_buffer_init (&lines, 100);
  feed (&lines, "{5}\r\nab\r\nc\r\n", 12);
  g_assert_cmpint (net_line_buffer_next (&lines, &bytes, &length), ==, NET_LINE_READY);
  g_assert_cmpuint (net_line_buffer_take (&lines, 3, &bytes), ==, 3);
  g_assert_cmpmem (bytes, 3, "ab\r", 3);
  g_assert_cmpuint (net_line_buffer_take (&lines, 2, &bytes), ==, 2);
  g_assert_cmpmem (bytes, 2, "\nc", 2);
  g_assert_cmpint (net_line_buffer_next (&lines, &bytes, &length), ==, NET_LINE_READY);
  g_assert_cmpuint (length, ==, 0);
  g_assert_cmpuint (net_line_buffer_take (&lines, 2, &bytes), ==, 0);
  net_line_buffer_clear (&lines);
}

static void
test_memory_stays_small (void)
{
  NetLineBuffer lines;
  g_autofree char *block = g_strnfill (65536, 'x');
  gsize n_lines = 0;

  for (gsize i = 77; i < 65536; i += 78)
    block[i] = '\n';
  net_line_buffer_init (&lines, 100);
  for (int i = 0; i < 200; i++)
    {
      const char *line;
      gsize length;

      feed (&lines, block, 65536);
      while (net_line_buffer_next (&lines, &line, &length) == NET_LINE_READY)
        n_lines++;
      g_assert_cmpuint (lines.pending->len, <, 100);
    }
  g_assert_cmpuint (n_lines, ==, 200 * (65536 / 78));
  net_line_buffer_clear (&lines);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/net/line-buffer/every-split/gives-the-same-lines", test_every_split);
  g_test_add_func ("/net/line-buffer/line-over-the-limit/is-too-long-for-good", test_limit);
  g_test_add_func ("/net/line-buffer/line-over-the-limit-in-one-lot/is-too-long", test_limit_in_one_lot);
  g_test_add_func ("/net/line-buffer/pieces/put-together-are-the-text", test_pieces);
  g_test_add_func ("/net/line-buffer/counted-bytes/stand-between-lines", test_take);
  g_test_add_func ("/net/line-buffer/handed-out-lines/are-dropped", test_memory_stays_small);
  return g_test_run ();
}
