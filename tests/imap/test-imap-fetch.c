/* SPDX-License-Identifier: GPL-3.0-or-later */
/* FETCH responses and BODYSTRUCTUREs of real and of odd servers. */
#include "imap-fetch.h"
#include "imap-structure.h"

#include <string.h>

static const ImapResponse *
parse (ImapParser *parser, const char *line)
{
  const ImapResponse *response = NULL;

  g_byte_array_append (imap_parser_get_pending (parser), (const guint8 *) line, strlen (line));
  g_byte_array_append (imap_parser_get_pending (parser), (const guint8 *) "\r\n", 2);
  g_assert_cmpint (imap_parser_next (parser, &response), ==, IMAP_EVENT_RESPONSE);
  return response;
}

static void
test_everything (void)
{
  g_autoptr (ImapParser) parser = imap_parser_new ();
  ImapFetch fetch;

  g_assert_true (imap_fetch_read (parse (parser, "* 12 FETCH (UID 77 FLAGS (\\Seen $Forwarded \\Recent Custom) MODSEQ (624140003) "
                                                 "INTERNALDATE \"17-Jul-1996 02:44:25 -0700\" RFC822.SIZE 44827 BODY[HEADER] {5}\r\nA: b\n "
                                                 "X-GM-MSGID 1278455344230334865 X-GM-THRID 5 X-GM-LABELS (\\Inbox \"R&AOk-sum\") EMAILID (M00000001) THREADID (T8) BODY[] \"x\")"), &fetch));
  g_assert_cmpuint (fetch.sequence, ==, 12);
  g_assert_cmpuint (fetch.uid, ==, 77);
  g_assert_true (fetch.has_flags);
  g_assert_cmpint (fetch.flags, ==, MAIL_FLAG_SEEN | MAIL_FLAG_FORWARDED);
  g_assert_cmpuint (fetch.modseq, ==, 624140003);
  g_assert_cmpint (fetch.internal_date, ==, 837596665);
  g_assert_cmpuint (fetch.size, ==, 44827);
  g_assert_cmpmem (g_bytes_get_data (fetch.header, NULL), g_bytes_get_size (fetch.header), "A: b\n", 5);
  g_assert_cmpmem (g_bytes_get_data (fetch.body, NULL), g_bytes_get_size (fetch.body), "x", 1);
  g_assert_cmpuint (fetch.gmail_message, ==, 1278455344230334865u);
  g_assert_cmpuint (fetch.gmail_thread, ==, 5);
  g_assert_cmpstr (fetch.email_id, ==, "M00000001");
  g_assert_cmpstr (fetch.thread_id, ==, "T8");
  imap_fetch_clear (&fetch);
}

static void
test_partial_body_is_no_body (void)
{
  g_autoptr (ImapParser) parser = imap_parser_new ();
  ImapFetch fetch;

  g_assert_true (imap_fetch_read (parse (parser, "* 1 FETCH (UID 1 BODY[]<0> \"abc\" BODY[1] \"abc\" BODY[] NIL)"), &fetch));
  g_assert_null (fetch.body);
  imap_fetch_clear (&fetch);
}

/* RFC 8474 §7; Cyrus 3.6 has been seen to send what lay in its memory */
static void
test_object_ids (void)
{
  g_autoptr (ImapParser) parser = imap_parser_new ();
  g_autofree char *longest = g_strnfill (255, 'x');
  g_autofree char *line = g_strdup_printf ("* 1 FETCH (EMAILID (%s) THREADID (%sx))", longest, longest);
  ImapFetch fetch;

  g_assert_true (imap_fetch_read (parse (parser, "* 1 FETCH (EMAILID (\xa4:v\x93\xea) THREADID NIL)"), &fetch));
  g_assert_null (fetch.email_id);
  g_assert_null (fetch.thread_id);
  imap_fetch_clear (&fetch);
  g_assert_true (imap_fetch_read (parse (parser, line), &fetch));
  g_assert_cmpstr (fetch.email_id, ==, longest);
  g_assert_null (fetch.thread_id);
  imap_fetch_clear (&fetch);
}

static void
test_not_a_fetch (void)
{
  g_autoptr (ImapParser) parser = imap_parser_new ();
  ImapFetch fetch;

  g_assert_false (imap_fetch_read (parse (parser, "* 1 EXISTS"), &fetch));
  g_assert_false (imap_fetch_read (parse (parser, "* FETCH (UID 1)"), &fetch));
  g_assert_false (imap_fetch_read (parse (parser, "* 1 FETCH UID 1"), &fetch));
  g_assert_true (imap_fetch_read (parse (parser, "* 1 FETCH (UID 99999999999 FLAGS NIL MODSEQ () RFC822.SIZE x UID)"), &fetch));
  g_assert_cmpuint (fetch.uid, ==, 0);
  g_assert_false (fetch.has_flags || fetch.has_size);
  imap_fetch_clear (&fetch);
}

static void
test_dates (void)
{
  static const struct { const char *text; gint64 when; } dates[] = {
    { "17-Jul-1996 02:44:25 -0700", 837596665 }, { " 1-Jan-2020 00:00:00 +0000", 1577836800 }, { "01-jan-2020 05:30:00 +0530", 1577836800 },
    { "1-Jan-2020 00:00:00 +0000", 1577836800 }, { "32-Jan-2020 00:00:00 +0000", 0 }, { "01-Foo-2020 00:00:00 +0000", 0 }, { "01-Jan-2020", 0 }, { "", 0 },
    { "01-Jan-2020 00:00:00 +00", 0 }, { "01-Jan-2020 00:00:00 +0000x", 0 }, { "31-Dec-2016 23:59:60 +0000", 1483228799 },
  };
  g_autofree char *written = imap_fetch_format_date (837596665, -420);

  for (gsize i = 0; i < G_N_ELEMENTS (dates); i++)
    if (imap_fetch_read_date (dates[i].text) != dates[i].when)
      g_error ("«%s» was read as %" G_GINT64_FORMAT, dates[i].text, imap_fetch_read_date (dates[i].text));
  g_assert_cmpstr (written, ==, "17-Jul-1996 02:44:25 -0700");
}

static void
test_flag_words (void)
{
  g_autofree char *words = imap_flags_to_string (MAIL_FLAG_SEEN | MAIL_FLAG_JUNK | MAIL_FLAG_FORWARDED);

  g_assert_cmpstr (words, ==, "\\Seen $Forwarded $Junk");
  g_assert_cmpint (imap_flags_from_word ("\\SEEN"), ==, MAIL_FLAG_SEEN);
  g_assert_cmpint (imap_flags_from_word ("NonJunk"), ==, MAIL_FLAG_NOT_JUNK);
  g_assert_cmpint (imap_flags_from_word ("whatever"), ==, 0);
}

typedef struct
{
  const char *name, *structure, *sections;
  gboolean has_attachments;
} Structure;

static const Structure structures[] = {
  { "plain", "(\"TEXT\" \"PLAIN\" (\"CHARSET\" \"utf-8\") NIL NIL \"7BIT\" 1152 23)", "1:text/plain", FALSE },
  { "alternative", "((\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" 10 1)(\"TEXT\" \"HTML\" NIL NIL NIL \"7BIT\" 20 1) \"ALTERNATIVE\" (\"BOUNDARY\" \"x\") NIL NIL)", "1:text/plain 2:text/html", FALSE },
  { "mixed-with-file",
    "((\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" 10 1 NIL NIL NIL NIL)(\"APPLICATION\" \"PDF\" (\"NAME\" \"a.pdf\") NIL NIL \"BASE64\" 400 NIL (\"ATTACHMENT\" (\"FILENAME\" \"b.pdf\")) NIL NIL) \"MIXED\")",
    "1:text/plain 2:application/pdf", TRUE },
  { "inline-picture",
    "(((\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" 10 1)(\"TEXT\" \"HTML\" NIL NIL NIL \"7BIT\" 10 1) \"ALTERNATIVE\")(\"IMAGE\" \"PNG\" (\"NAME\" \"l.png\") \"<id@x>\" NIL \"BASE64\" 40 NIL (\"INLINE\" NIL)) \"RELATED\")",
    "1.1:text/plain 1.2:text/html 2:image/png", FALSE },
  { "signed", "((\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" 10 1)(\"APPLICATION\" \"PGP-SIGNATURE\" (\"NAME\" \"signature.asc\") NIL NIL \"7BIT\" 40) \"SIGNED\")", "1:text/plain 2:application/pgp-signature", FALSE },
  { "attached-message",
    "((\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" 10 1)(\"MESSAGE\" \"RFC822\" NIL NIL NIL \"7BIT\" 500 (NIL \"s\" NIL NIL NIL NIL NIL NIL NIL NIL) (\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" 5 1) 9) \"MIXED\")",
    "1:text/plain 2:message/rfc822", TRUE },
  { "fields-left-out", "(\"TEXT\" \"PLAIN\")", "1:text/plain", FALSE },
  { "empty-multipart", "(\"MIXED\" (\"BOUNDARY\" \"x\"))", "1:application/octet-stream", TRUE },
  /* Exchange leaves the parameter list of a multipart out, and puts NIL for a whole part that it cannot convert */
  { "exchange-nil-for-a-part", "((\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" 10 1) NIL (\"IMAGE\" \"PNG\" NIL NIL NIL \"BASE64\" 9) \"MIXED\")", "1:text/plain 3:image/png", TRUE },
  { "exchange-nil-subtype", "(\"TEXT\" NIL NIL NIL NIL \"7BIT\" 10 1)", "1:application/octet-stream", TRUE },
  /* Gmail once left out the body of an attached message, and gives its envelope NIL */
  { "gmail-message-without-its-body", "((\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" 10 1)(\"MESSAGE\" \"RFC822\" (\"NAME\" \"a.eml\") NIL NIL \"7BIT\" 500 NIL NIL 9 NIL (\"ATTACHMENT\" (\"FILENAME\" \"a.eml\"))) \"MIXED\")",
    "1:text/plain 2:message/rfc822", TRUE },
  { "addresses-without-host", "(\"MESSAGE\" \"RFC822\" NIL NIL NIL \"7BIT\" 500 (NIL NIL ((NIL NIL \"group\" NIL)(NIL NIL NIL NIL)) NIL NIL NIL NIL NIL NIL NIL) (\"TEXT\" \"PLAIN\") 9)", "1:message/rfc822", TRUE },
  { "nil-where-a-list-must-be", "(\"IMAGE\" \"PNG\" NIL \"<i@x>\" NIL NIL NIL NIL NIL NIL)", "1:image/png", FALSE },
  { "odd-parameters", "(\"TEXT\" \"PLAIN\" (\"CHARSET\") NIL NIL \"7BIT\" \"many\" NIL NIL ((\"x\")) (\"ATTACHMENT\" NIL))", "1:text/plain", TRUE },
  { "parameter-in-pieces", "(\"TEXT\" \"PLAIN\" (\"NAME*0*\" \"utf-8''a\" \"NAME*1\" \".txt\") NIL NIL \"7BIT\" 10 1)", "1:text/plain", TRUE },
  { "lists-of-nothing", "((()()) (()))", "1.1:application/octet-stream 1.2:application/octet-stream 2.1:application/octet-stream", TRUE },
  { "atoms-for-strings", "(TEXT PLAIN NIL NIL NIL 7BIT 10 1)", "1:text/plain", FALSE },
  { "empty", "()", "1:application/octet-stream", TRUE },
};

static void
test_structure (gconstpointer data)
{
  const Structure *c = data;
  g_autoptr (ImapParser) parser = imap_parser_new ();
  g_autofree char *line = g_strdup_printf ("* 1 FETCH (BODYSTRUCTURE %s)", c->structure);
  g_autoptr (GPtrArray) parts = NULL;
  g_autoptr (GString) sections = g_string_new (NULL);
  ImapFetch fetch;

  g_assert_true (imap_fetch_read (parse (parser, line), &fetch));
  parts = imap_structure_list_parts (fetch.structure);
  for (guint i = 0; i < parts->len; i++)
    {
      ImapPart *part = g_ptr_array_index (parts, i);

      g_string_append_printf (sections, "%s%s:%s", i ? " " : "", part->section, part->content_type);
    }
  g_assert_cmpstr (sections->str, ==, c->sections);
  g_assert_cmpint (imap_structure_has_attachments (fetch.structure), ==, c->has_attachments);
  imap_fetch_clear (&fetch);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/imap/fetch/everything-that-can-be-said", test_everything);
  g_test_add_func ("/imap/fetch/part-of-a-body-is-no-body", test_partial_body_is_no_body);
  g_test_add_func ("/imap/fetch/identifiers/only-what-can-be-one", test_object_ids);
  g_test_add_func ("/imap/fetch/nonsense-is-passed-over", test_not_a_fetch);
  g_test_add_func ("/imap/fetch/dates-there-and-back", test_dates);
  g_test_add_func ("/imap/fetch/flags-there-and-back", test_flag_words);
  for (gsize i = 0; i < G_N_ELEMENTS (structures); i++)
    {
      g_autofree char *path = g_strdup_printf ("/imap/structure/%s", structures[i].name);

      g_test_add_data_func (path, &structures[i], test_structure);
    }
  return g_test_run ();
}
