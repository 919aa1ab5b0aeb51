/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What one side packs the other unpacks, however it is cut; and what no honest side would send. */
#include "net-deflate.h"

#include "base-error.h"

#include <string.h>

static void
pack (NetDeflate *packer, GByteArray *packed, const char *text)
{
  net_deflate_pack (packer, text, strlen (text), packed);
}

/* All that @self has to give, @room bytes at a time; FALSE with @error */
static gboolean
drain (NetDeflate *self, gsize room, GByteArray *out, GError **error)
{
  g_autofree guint8 *buffer = g_malloc (room);
  gssize n;

  while ((n = net_deflate_unpack (self, buffer, room, error)) > 0)
    g_byte_array_append (out, buffer, n);
  return n == 0;
}

static void
assert_text (const GByteArray *out, const char *text)
{
  g_assert_cmpmem (out->data, out->len, text, strlen (text));
}

static void
test_every_split (void)
{
  const char *text = "* 1 FETCH (UID 1 BODY[] {26}\r\nabcdefghijklmnopqrstuvwxyz)\r\n* 2 EXISTS\r\n";
  g_autoptr (NetDeflate) packer = net_deflate_new ();
  g_autoptr (GByteArray) packed = g_byte_array_new ();

  pack (packer, packed, text);
  for (gsize split = 0; split <= packed->len; split++)
    for (gsize room = 1; room < 200; room = room * 3 + 1)
      {
        g_autoptr (NetDeflate) unpacker = net_deflate_new ();
        g_autoptr (GByteArray) out = g_byte_array_new ();
        g_autoptr (GError) error = NULL;

        net_deflate_add (unpacker, packed->data, split);
        drain (unpacker, room, out, &error);
        net_deflate_add (unpacker, packed->data + split, packed->len - split);
        drain (unpacker, room, out, &error);
        g_assert_no_error (error);
        assert_text (out, text);
      }
}

static void
test_flush (void)
{
  static const char *const lines[] = { "a1 NOOP\r\n", "a2 SELECT \"INBOX\"\r\n", "", "DONE\r\n" };
  g_autoptr (NetDeflate) packer = net_deflate_new ();
  g_autoptr (NetDeflate) unpacker = net_deflate_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autoptr (GByteArray) packed = g_byte_array_new ();
      g_autoptr (GByteArray) out = g_byte_array_new ();
      g_autoptr (GError) error = NULL;

      pack (packer, packed, lines[i]);
      net_deflate_add (unpacker, packed->data, packed->len);
      g_assert_true (drain (unpacker, 4096, out, &error));
      g_assert_no_error (error);
      assert_text (out, lines[i]);
    }
}

static void
test_large (void)
{
  g_autoptr (NetDeflate) packer = net_deflate_new ();
  g_autoptr (NetDeflate) unpacker = net_deflate_new ();
  g_autoptr (GByteArray) packed = g_byte_array_new ();
  g_autoptr (GByteArray) out = g_byte_array_new ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  g_autofree guint8 *data = g_malloc (1000000);
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < 1000000; i++)
    data[i] = i < 500000 ? g_rand_int (rand) : 'x';
  net_deflate_pack (packer, data, 1000000, packed);
  net_deflate_add (unpacker, packed->data, packed->len);
  g_assert_true (drain (unpacker, 65536, out, &error));
  g_assert_cmpmem (out->data, out->len, data, 1000000);
}

/* A thousand to one without end: a bounded part of it comes out, and then nothing ever again. */
static void
test_bomb (void)
{
  g_autoptr (NetDeflate) packer = net_deflate_new ();
  g_autoptr (NetDeflate) unpacker = net_deflate_new ();
  g_autofree guint8 *zeros = g_malloc0 (1024 * 1024);
  g_autofree guint8 *buffer = g_malloc (65536);
  g_autoptr (GError) error = NULL;
  guint64 total = 0;
  gssize n = 0;

  for (int i = 0; i < 200 && n >= 0; i++)
    {
      g_autoptr (GByteArray) packed = g_byte_array_new ();

      net_deflate_pack (packer, zeros, 1024 * 1024, packed);
      net_deflate_add (unpacker, packed->data, packed->len);
      while ((n = net_deflate_unpack (unpacker, buffer, 65536, &error)) > 0)
        total += n;
    }
  g_assert_cmpint (n, ==, -1);
  g_assert_error (error, BASE_ERROR, BASE_ERROR_PROTOCOL);
  g_assert_cmpuint (total, >=, NET_DEFLATE_FREE);
  g_assert_cmpuint (total, <, 2 * NET_DEFLATE_FREE);
  g_clear_error (&error);
  g_assert_cmpint (net_deflate_unpack (unpacker, buffer, 65536, &error), ==, -1);
}

static void
assert_broken (const void *packed, gsize size)
{
  g_autoptr (NetDeflate) unpacker = net_deflate_new ();
  g_autoptr (GByteArray) out = g_byte_array_new ();
  g_autoptr (GError) error = NULL;

  net_deflate_add (unpacker, packed, size);
  g_assert_false (drain (unpacker, 4096, out, &error));
  g_assert_error (error, BASE_ERROR, BASE_ERROR_PROTOCOL);
}

static void
test_nonsense (void)
{
  assert_broken ("* OK this is not packed at all\r\n", 32);
}

static void
test_end (void)
{
  assert_broken ("\x03\x00", 2); /* RFC 1951: one last block with nothing in it */
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/net/deflate/unpacks-at-every-split", test_every_split);
  g_test_add_func ("/net/deflate/every-piece-can-be-unpacked-at-once", test_flush);
  g_test_add_func ("/net/deflate/large-pieces-arrive-whole", test_large);
  g_test_add_func ("/net/deflate/bomb-costs-an-error", test_bomb);
  g_test_add_func ("/net/deflate/what-is-not-packed-is-refused", test_nonsense);
  g_test_add_func ("/net/deflate/end-of-the-packed-stream-is-refused", test_end);
  return g_test_run ();
}
