/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The quick look at a header says what the thorough one says, or nothing. */
#include "mime-scan.h"

#include <string.h>

#include "mime-body.h"
#include "mime-part.h"
#include "mime-summary.h"

/* Returns whether it said yes */
static gboolean
compare (const char *data, gsize length, gboolean is_whole)
{
  g_autoptr (GArray) fields = g_array_new (FALSE, FALSE, sizeof (MimeField));
  g_autofree char *charset = NULL;
  g_autoptr (MimePart) top = NULL;

  if (!mime_scan (data, length, is_whole, fields, &charset))
    {
      g_assert_null (charset);
      return FALSE;
    }
  top = mime_part_parse (data, length, NULL);
  g_assert_cmpuint (fields->len, ==, top->fields->len);
  for (guint i = 0; i < fields->len; i++)
    g_assert_true (memcmp (&g_array_index (fields, MimeField, i), &g_array_index (top->fields, MimeField, i), sizeof (MimeField)) == 0);
  g_assert_cmpstr (charset, ==, mime_value_get (top->type, "charset"));
  if (is_whole)
    {
      g_autoptr (MimeBody) body = mime_body_new (top);

      g_assert_false (mime_body_has_attachments (body));
    }
  return TRUE;
}

static gboolean
scan (const char *text, gboolean is_whole)
{
  return compare (text, strlen (text), is_whole);
}

static void
assert_header (const char *header, gboolean is_plain)
{
  g_autofree char *whole = g_strconcat (header, "\r\nText\r\n", NULL);
  g_autofree char *bare = g_strconcat (header, "\r\n", NULL);

  g_assert_cmpint (scan (whole, TRUE), ==, is_plain);
  g_assert_cmpint (scan (bare, FALSE), ==, is_plain);
}

static void
letters_are_plain (void)
{
  assert_header ("Subject: x\r\n", TRUE);
  assert_header ("From: a@example.org\r\nReferences: <1@x>\r\n <2@x>\r\n\t<3@x>\r\nSubject: \xd0\xbf raw\r\n", TRUE);
  assert_header ("Subject: x\nContent-Type: text/plain; charset=koi8-r\n", TRUE);
  assert_header ("Content-Type: TEXT/html;\r\n Charset=\"utf-8\"\r\nSubject:\r\n", TRUE);
  assert_header ("Content-Type: text/plain; format=flowed; delsp=yes; charset=us-ascii\r\nContent-Transfer-Encoding: quoted-printable\r\n", TRUE);
}

static void
what_is_in_doubt_is_left_alone (void)
{
  assert_header ("From a@example.org Mon Jan 1 00:00:00 2024\r\nSubject: x\r\n", FALSE);
  assert_header ("Subject: x\r\nno field\r\n", FALSE);
  assert_header (" Subject: x\r\n", FALSE);
  assert_header ("Subject: x\r\n \r\n", FALSE);
  assert_header ("Subject : x\r\n", FALSE);
  assert_header ("Subject: x\ry\r\n", FALSE);
  assert_header ("Content-Type: text/plain\r\nContent-Type: text/html\r\n", FALSE);
  assert_header ("Content-Type: text\r\n", FALSE);
  assert_header ("Content-Type: text/plain; name=a.txt\r\n", FALSE);
  assert_header ("Content-Type: text/plain; charset*0=utf; charset*1=-8\r\n", FALSE);
  assert_header ("Content-Type: text/plain; charset=utf-8; charset=koi8-r\r\n", FALSE);
  assert_header ("Content-Type: text/plain (a letter)\r\n", FALSE);
  assert_header ("Content-Type: text/plain;\r\n", FALSE);
  assert_header ("Content-Type: text/plain; charset=\r\n", FALSE);
  assert_header ("Content-Type: text/plain; charset=\"utf-8\r\n", FALSE);
  assert_header ("Content-Disposition: attachment\r\n", FALSE);
  g_assert_false (scan ("", TRUE));
  g_assert_false (scan ("\r\n", TRUE));
  g_assert_false (scan ("Subject: x\r\n", TRUE));
  g_assert_false (compare ("Subject: \0\r\n\r\n", 14, TRUE));
}

static void
other_types_are_plain_as_headers (void)
{
  const char *text = "Content-Type: multipart/mixed; boundary=\"=_b\"; charset=utf-8\r\n\r\n";

  g_assert_false (scan (text, TRUE));
  g_assert_true (scan (text, FALSE));
}

static void
sizes_are_bounded (void)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < 300; i++)
    g_string_append (text, "X: y\r\n");
  g_string_append (text, "\r\n");
  g_assert_false (scan (text->str, TRUE));
  g_string_assign (text, "References:");
  for (guint i = 0; i < 10000; i++)
    g_string_append (text, " <12345@x>\r\n");
  g_string_append (text, "\r\n");
  g_assert_false (scan (text->str, TRUE));
}

/* Every byte of a letter spoilt in turn: never another word than the thorough look's. */
static void
a_spoilt_letter_is_read_alike_or_not_at_all (void)
{
  static const char letter[] = "From: A <a@x>\r\nContent-Type: text/plain; charset=\"utf-8\"\r\nSubject: a\r\n b\r\n\r\nText: x\r\n";
  static const char spoilers[] = { '\0', '\n', '\r', ' ', ':', ';', '"', '=', '\t', '-', '/', (char) 0xe9, '(' };

  for (gsize i = 0; i < sizeof letter - 1; i++)
    for (gsize j = 0; j < sizeof spoilers; j++)
      {
        char spoilt[sizeof letter];

        memcpy (spoilt, letter, sizeof letter);
        spoilt[i] = spoilers[j];
        compare (spoilt, sizeof letter - 1, TRUE);
        compare (spoilt, sizeof letter - 1, FALSE);
      }
}

/* A row says of attachments what the tree of parts says, whatever way it came about. */
static void
assert_attachments (const char *data, gsize length)
{
  g_autoptr (GBytes) source = g_bytes_new (data, length);
  g_autoptr (MailSummary) summary = mime_summary_new (source, TRUE, 0);
  g_autoptr (MimePart) top = mime_part_parse (data, length, NULL);
  g_autoptr (MimeBody) body = mime_body_new (top);

  g_assert_cmpint (summary->has_attachments, ==, mime_body_has_attachments (body));
}

static void
the_collection_is_read_alike (void)
{
  g_autofree char *folder = g_test_build_filename (G_TEST_DIST, "data", "mime", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n_plain = 0;

  for (const char *name; (name = g_dir_read_name (dir));)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *data = NULL;
      const char *end;
      gsize length;

      if (!g_str_has_suffix (name, ".eml"))
        continue;
      g_assert_true (g_file_get_contents (path, &data, &length, NULL));
      n_plain += compare (data, length, TRUE);
      assert_attachments (data, length);
      end = g_strstr_len (data, length, "\n\n");
      if (!end)
        end = g_strstr_len (data, length, "\n\r\n");
      if (end)
        compare (data, MIN (length, (gsize) (end - data) + 3 - (end[1] == '\n')), FALSE);
    }
  g_assert_cmpuint (n_plain, >, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mime_init ();
#define ADD(name) g_test_add_func ("/mime/scan/" #name, name)
  ADD (letters_are_plain);
  ADD (what_is_in_doubt_is_left_alone);
  ADD (other_types_are_plain_as_headers);
  ADD (sizes_are_bounded);
  ADD (a_spoilt_letter_is_read_alike_or_not_at_all);
  ADD (the_collection_is_read_alike);
  return g_test_run ();
}
