/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mime-tnef.h"

#include <string.h>

static void
put (GByteArray *out, guint32 number, gsize n)
{
  for (gsize i = 0; i < n; i++)
    {
      guint8 byte = (guint8) (number >> (8 * i));

      g_byte_array_append (out, &byte, 1);
    }
}

static void
put_attribute (GByteArray *out, guint32 id, const void *data, gsize length)
{
  put (out, 2, 1);
  put (out, id, 4);
  put (out, (guint32) length, 4);
  g_byte_array_append (out, data, (guint) length);
  put (out, 0, 2);
}

/* As Outlook writes it: a short name and the bytes, then properties with the long name, among others. */
static GBytes *
make_winmail (void)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();
  g_autoptr (GByteArray) properties = g_byte_array_new ();
  static const guint8 guid[16] = { 0 };

  put (out, 0x223e9f78, 4);
  put (out, 1, 2);
  put_attribute (out, 0x0002800c, "body", 5);
  put_attribute (out, 0x00069002, "\0\0", 2);
  put_attribute (out, 0x00018010, "FIGURE~1.ODS", 13);
  put_attribute (out, 0x0006800f, "content", 7);
  put (properties, 4, 4);
  put (properties, 0x37050003, 4);           /* a number */
  put (properties, 1, 4);
  put (properties, 0x8001001e, 4);           /* a named property with a name of five bytes */
  g_byte_array_append (properties, guid, 16);
  put (properties, 1, 4);
  put (properties, 5, 4);
  g_byte_array_append (properties, (const guint8 *) "namex\0\0\0", 8);
  put (properties, 1, 4);
  put (properties, 2, 4);
  g_byte_array_append (properties, (const guint8 *) "v\0\0\0", 4);
  put (properties, 0x3707001f, 4);           /* the long name in UTF-16 */
  put (properties, 1, 4);
  put (properties, 10, 4);
  g_byte_array_append (properties, (const guint8 *) "\xdc\0.\0o\0d\0s\0\0\0", 12);
  put (properties, 0x370e001e, 4);
  put (properties, 1, 4);
  put (properties, 4, 4);
  g_byte_array_append (properties, (const guint8 *) "a/b\0", 4);
  put_attribute (out, 0x00069005, properties->data, properties->len);
  put_attribute (out, 0x00069002, "\0\0", 2);
  put_attribute (out, 0x00018010, "caf\xe9.txt", 9);
  put_attribute (out, 0x0006800f, "", 0);
  return g_byte_array_free_to_bytes (g_steal_pointer (&out));
}

static void
test_files (void)
{
  g_autoptr (GBytes) bytes = make_winmail ();
  g_autoptr (GPtrArray) files = mime_tnef_unpack (bytes);
  const MimeTnefFile *first, *second;

  g_assert_cmpuint (files->len, ==, 2);
  first = files->pdata[0];
  second = files->pdata[1];
  g_assert_cmpstr (first->name, ==, "Ü.ods");
  g_assert_cmpstr (first->type, ==, "a/b");
  g_assert_cmpmem (g_bytes_get_data (first->data, NULL), g_bytes_get_size (first->data), "content", 7);
  g_assert_cmpstr (second->name, ==, "café.txt");
  g_assert_cmpuint (g_bytes_get_size (second->data), ==, 0);
}

static void
test_cut (void)
{
  g_autoptr (GBytes) bytes = make_winmail ();

  for (gsize i = 0; i < g_bytes_get_size (bytes); i++)
    {
      g_autoptr (GBytes) cut = g_bytes_new (g_bytes_get_data (bytes, NULL), i);
      g_autoptr (GPtrArray) files = mime_tnef_unpack (cut);

      g_assert_cmpuint (files->len, <=, 2);
    }
}

/* Each byte in turn says the most that it can: lengths and counts among them. */
static void
test_lies (void)
{
  g_autoptr (GBytes) bytes = make_winmail ();
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  for (gsize i = 6; i < length; i++)
    {
      g_autofree guint8 *lying = g_memdup2 (data, length);
      g_autoptr (GBytes) lie = NULL;
      g_autoptr (GPtrArray) files = NULL;

      lying[i] = 0xff;
      lie = g_bytes_new (lying, length);
      files = mime_tnef_unpack (lie);
      g_assert_cmpuint (files->len, <=, 2);
    }
}

static void
test_other (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("PK\3\4 something else", 19);
  g_autoptr (GPtrArray) files = mime_tnef_unpack (bytes);

  g_assert_cmpuint (files->len, ==, 0);
  g_assert_false (mime_tnef_is ("PK", 2));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mime/tnef/files/come-out-with-their-long-names", test_files);
  g_test_add_func ("/mime/tnef/cut-anywhere/gives-what-was-whole", test_cut);
  g_test_add_func ("/mime/tnef/lengths-that-lie/harm-nobody", test_lies);
  g_test_add_func ("/mime/tnef/something-else/gives-nothing", test_other);
  return g_test_run ();
}
