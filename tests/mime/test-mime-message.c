/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What people get to see of the messages in tests/data/mime. */
#include "mime-message.h"

#include <string.h>
#include <time.h>

#include "mail-address.h"
#include "mime-summary.h"

typedef struct
{
  const char *path;        /* of the test: a sentence */
  const char *file;
  const char *text;        /* what must come out; NULL: not this test's matter */
  const char *subject;
  const char *from;
  const char *to;
  const char *attachments; /* "name type disposition size", joined by "; " */
  const char *defect;      /* that must be named */
  int has_attachments;     /* of the summary: 1 yes, -1 no */
} Case;

static const Case cases[] = {
  { "/mime/message/plain-text/is-shown-as-it-is", "plain.eml", .text = "Shall we?\n\nAna\n", .subject = "Lunch", .has_attachments = -1 },
  { "/mime/message/encoded-words/join-inside-a-character", "subject-split-inside-character.eml", .subject = "Grüße aus ü" },
  { "/mime/message/encoded-words/are-read-inside-quotes", "subject-word-in-quotes.eml", .subject = "\"café\"", .from = "José <jose@example.org>" },
  { "/mime/message/encoded-words/are-read-across-a-broken-line", "subject-word-broken-across-lines.eml", .subject = "Grüße for all" },
  { "/mime/message/raw-utf8-in-a-header/is-read", "header-raw-utf8.eml", .subject = "Grüße", .from = "Zoë <zoe@example.org>",
    .defect = "UTF-8 in a header without encoding" },
  { "/mime/message/raw-8-bit-in-a-header/is-windows-1252", "header-raw-windows-1252.eml", .subject = "Grüße – bis dann",
    .from = "Zoë <zoe@example.org>" },
  { "/mime/message/raw-8-bit-in-a-header/follows-the-body", "header-raw-in-charset-of-body.eml", .subject = "Привет", .text = "Привет\n" },
  { "/mime/message/subject/loses-control-and-direction-characters", "subject-with-control-and-direction.eml",
    .subject = "paygpj.exe now Bcc: x?[1m!" },
  { "/mime/message/several-from/are-all-shown", "from-several-and-group.eml", .from = "Ana <ana@example.org>, Eve <eve@example.org>",
    .defect = "more than one From" },
  { "/mime/message/groups/give-their-members", "from-several-and-group.eml", .to = "Bo <bo@example.net>, \"Li, Di\" <di@example.net>" },
  { "/mime/message/nonsense-date/is-a-defect", "date-is-nonsense.eml", .text = "x\n", .defect = "Date that cannot be understood" },
  { "/mime/message/no-date/is-a-defect", "date-missing.eml", .text = "x\n", .defect = "no Date" },
  { "/mime/message/no-mime-version/does-not-matter", "no-mime-version.eml", .text = "Hello you\n" },
  { "/mime/message/unknown-charset/is-guessed", "unknown-charset.eml", .text = "café\n", .defect = "charset x-unknown does not fit the text" },
  { "/mime/message/ascii/that-is-utf8", "ascii-that-is-utf8.eml", .text = "café\n", .defect = "charset us-ascii does not fit the text" },
  { "/mime/message/latin1/that-is-windows-1252", "latin1-that-is-windows-1252.eml", .text = "“quoted” € 5\n" },
  { "/mime/message/latin1/that-is-utf8", "latin1-that-is-utf8.eml", .text = "naïve Straße\n" },
  { "/mime/message/gb2312/is-gb18030", "gb2312-with-gb18030.eml", .text = "朱镕基\n" },
  { "/mime/message/ks-c-5601/is-cp949", "ks-c-5601.eml", .text = "똠방각하\n" },
  { "/mime/message/shift-jis/is-cp932", "shift-jis-with-cp932.eml", .text = "①髙\n" },
  { "/mime/message/iso-2022-jp/is-read", "iso-2022-jp.eml", .text = "こんにちは\n", .subject = "こんにちは" },
  { "/mime/message/utf-16/is-read", "utf-16.eml", .text = "Grüße\n", .from = "Ana Ruiz <ana@example.org>" },
  { "/mime/message/utf-7/is-read", "utf-7.eml", .text = "Hi Mom ☺!\n" },
  { "/mime/message/nul-bytes/are-left-out", "nul-bytes.eml", .text = "before and after\n", .defect = "NUL bytes in the text" },
  { "/mime/message/base64-garbage/is-skipped", "base64-garbage.eml", .text = "Hello world" },
  { "/mime/message/uuencoded-file/is-an-attachment", "uuencoded.eml", .text = "Here it is:\n\n\nBye\n",
    .attachments = "cat.txt application/octet-stream attachment 3", .has_attachments = 1 },
  { "/mime/message/alternative/shows-the-plain-text", "alternative.eml", .text = "the plain one", .attachments = "", .has_attachments = -1 },
  { "/mime/message/alternative/in-odd-order-too", "alternative-odd-order.eml", .text = "the plain one", .attachments = "" },
  { "/mime/message/alternative/with-blank-plain-text-shows-the-html", "alternative-blank-plain.eml", .text = "the only one\n" },
  { "/mime/message/alternative/keeps-the-files-of-all-forms", "apple-several-html.eml", .text = "the plain one",
    .attachments = "x.pdf application/pdf inline 4" },
  { "/mime/message/related/start-names-the-page", "related-with-start.eml", .text = "Look: [our logo]\n",
    .attachments = "logo.png image/png inline 8", .has_attachments = -1 },
  { "/mime/message/mixed/shows-all-texts-in-order", "mixed-several-texts.eml", .text = "first\n\nsecond\n\nthïrd",
    .attachments = "a.pdf application/pdf attachment 4", .has_attachments = 1 },
  { "/mime/message/text-put-away/is-an-attachment", "text-as-attachment.eml", .text = "read me",
    .attachments = "notes.txt text/plain attachment 6", .has_attachments = 1 },
  { "/mime/message/attached-message/is-named-by-its-subject", "message-attached.eml", .text = "see below",
    .attachments = "Café a_b.eml message/rfc822 attachment 66", .has_attachments = 1 },
  { "/mime/message/digest/gives-messages", "digest.eml", .attachments = "One.eml message/rfc822 attachment 15; Two.eml message/rfc822 attachment 15" },
  { "/mime/message/partial/is-an-attachment", "partial.eml", .text = "", .attachments = "part of a message.eml message/partial attachment 11" },
  { "/mime/message/signed/signature-is-no-attachment-in-the-list", "signed.eml", .text = "I said so.\n", .has_attachments = -1 },
  { "/mime/message/report/is-no-attachment-in-the-list", "report.eml", .text = "It did not go.", .has_attachments = -1 },
  { "/mime/message/calendar/invitation-is-an-attachment", "calendar.eml", .text = "Come!",
    .attachments = "invitation.ics text/calendar attachment 29; invite.ics application/ics attachment 32", .has_attachments = 1 },
  { "/mime/message/winmail/stays-an-attachment", "winmail.eml", .attachments = "winmail.dat application/ms-tnef attachment 4" },
  { "/mime/message/missing-end-boundary/loses-nothing", "missing-end-boundary.eml", .text = "hello",
    .attachments = "archive.zip application/zip attachment 4", .defect = "a multipart's end is missing" },
  { "/mime/message/no-boundary-parameter/is-guessed", "no-boundary-parameter.eml", .text = "found anyway", .defect = "multipart without a boundary" },
  { "/mime/message/boundary-that-never-comes/is-text", "boundary-never-comes.eml", .text = "just text\nafter all\n" },
  { "/mime/message/names/by-rfc2231-and-rfc2047", "names-rfc2231.eml",
    .attachments = "Grüsse €.pdf application/octet-stream attachment 1; Übersicht 2026.xls application/octet-stream attachment 1; "
                   "Preisliste für Sie.doc application/octet-stream attachment 1" },
  { "/mime/message/flowed/is-joined", "flowed.eml",
    .text = "This is one long line.\n> quoted more\n>> deeper \n> not joined\n stuffed\n>no quote\n-- \nAna\n" },
  { "/mime/message/flowed/delsp-joins-without-a-blank", "flowed-delsp.eml", .text = "長い行\n" },
  { "/mime/message/folding-that-is-broken/ends-no-header", "folding-is-broken.eml", .text = "body\n", .defect = "lines in a header that are none" },
  { "/mime/message/missing-empty-line/starts-the-body", "no-empty-line.eml", .text = "This is the body at once, is it not\nand more of it\n" },
  { "/mime/message/no-header/is-all-text", "no-header.eml", .text = "just some words\nand others\n" },
  { "/mime/message/mbox-line/is-skipped", "mbox-line.eml", .text = "body\n", .from = "Ana Ruiz <ana@example.org>" },
};

static GBytes *
read_data (const char *file)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "mime", file, NULL);
  g_autoptr (GError) error = NULL;
  char *data;
  gsize length;

  g_file_get_contents (path, &data, &length, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (data, length);
}

static char *
describe_attachments (MimeMessage *message)
{
  GListModel *attachments = mime_message_get_attachments (message);
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (attachments); i++)
    {
      g_autoptr (MimeAttachment) attachment = g_list_model_get_item (attachments, i);
      g_autoptr (GBytes) data = mime_attachment_dup_data (attachment);

      g_assert_cmpuint (g_bytes_get_size (data), ==, mime_attachment_get_size (attachment));
      g_string_append_printf (out, "%s%s %s %s %" G_GINT64_FORMAT, i > 0 ? "; " : "", mime_attachment_get_name (attachment),
                              mime_attachment_get_content_type (attachment), mime_attachment_get_disposition (attachment),
                              mime_attachment_get_size (attachment));
    }
  return g_string_free (out, FALSE);
}

static void
check_case (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (GBytes) source = read_data (c->file);
  g_autoptr (MimeMessage) message = mime_message_new (source);
  g_autoptr (MailSummary) summary = mime_summary_new (source, TRUE, 7);
  g_autofree char *from = mail_address_list_to_string (mime_message_get_from (message));
  g_autofree char *to = mail_address_list_to_string (mime_message_get_to (message));
  g_autofree char *attachments = describe_attachments (message);

  if (c->text)
    g_assert_cmpstr (mime_message_get_text (message), ==, c->text);
  if (c->subject)
    {
      g_assert_cmpstr (mime_message_get_subject (message), ==, c->subject);
      g_assert_cmpstr (summary->subject, ==, c->subject);
    }
  if (c->from)
    g_assert_cmpstr (from, ==, c->from);
  if (c->to)
    g_assert_cmpstr (to, ==, c->to);
  if (c->attachments)
    g_assert_cmpstr (attachments, ==, c->attachments);
  if (c->defect)
    g_assert_true (g_strv_contains (mime_message_get_defects (message), c->defect));
  if (c->has_attachments)
    g_assert_cmpint (summary->has_attachments, ==, c->has_attachments > 0);
}

static void
names_stay_in_their_folder (void)
{
  static const char *const names[] = { "passwd", "x.exe", "bashrc", "_con.txt", "photogpj.exe", "ab" /* GMime ends it at the NUL */, NULL, "document.pdf", "_aux",
                                       "a_b_c_.txt", "trailing", "picture.jpg" };
  g_autoptr (GBytes) source = read_data ("names-hostile.eml");
  g_autoptr (MimeMessage) message = mime_message_new (source);
  GListModel *attachments = mime_message_get_attachments (message);

  g_assert_cmpuint (g_list_model_get_n_items (attachments), ==, G_N_ELEMENTS (names));
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (MimeAttachment) attachment = g_list_model_get_item (attachments, i);
      const char *name = mime_attachment_get_name (attachment);

      g_assert_cmpuint (strlen (name), <=, 200);
      if (names[i])
        g_assert_cmpstr (name, ==, names[i]);
      else
        g_assert_true (g_str_has_suffix (name, "x.pdf"));
    }
}

static void
ids_have_no_brackets (void)
{
  g_autoptr (GBytes) source = read_data ("bare-list.eml");
  g_autoptr (MimeMessage) message = mime_message_new (source);
  g_autofree char *references = g_strjoinv (" ", (char **) mime_message_get_references (message));

  g_assert_cmpstr (mime_message_get_message_id (message), ==, "1@example.org");
  g_assert_cmpstr (references, ==, "a@x b@x c@x");
  g_assert_cmpstr (mime_message_get_in_reply_to (message)[0], ==, "c@x");
}

static void
date_keeps_its_zone (void)
{
  g_autoptr (GBytes) source = read_data ("plain.eml");
  g_autoptr (MimeMessage) message = mime_message_new (source);
  g_autofree char *date = g_date_time_format (mime_message_get_date (message), "%F %T %z");

  g_assert_cmpstr (date, ==, "2026-11-22 05:02:52 +0100");
}

static void
digest_is_of_the_decoded_bytes (void)
{
  g_autoptr (GBytes) source = read_data ("mixed-several-texts.eml");
  g_autoptr (MimeMessage) message = mime_message_new (source);
  g_autoptr (MimeAttachment) attachment = g_list_model_get_item (mime_message_get_attachments (message), 0);
  g_autofree char *digest = mime_attachment_dup_sha256 (attachment);
  g_autofree char *wanted = g_compute_checksum_for_string (G_CHECKSUM_SHA256, "%PDF", 4);

  g_assert_cmpstr (digest, ==, wanted);
}

static void
headers_are_as_received (void)
{
  g_autoptr (GBytes) source = read_data ("header-raw-utf8.eml");
  g_autoptr (MimeMessage) message = mime_message_new (source);
  g_autofree char *headers = mime_message_dup_headers (message);
  g_autofree char *subject = mime_message_dup_header (message, "SUBJECT");
  g_autofree char *missing = mime_message_dup_header (message, "X-None");

  g_assert_cmpstr (headers, ==, "From: Zoë <zoe@example.org>\nTo: Bo Li <bo@example.net>\nDate: Sun, 22 Nov 2026 05:02:52 +0100\n"
                                "Message-ID: <1@example.org>\nSubject: Grüße\n");
  g_assert_cmpstr (subject, ==, "Grüße");
  g_assert_null (missing);
}

static MimeMessage *
parse_repeated (const char *head, const char *piece, guint n, const char *tail)
{
  GString *text = g_string_new (head);

  for (guint i = 0; i < n; i++)
    g_string_append (text, piece);
  g_string_append (text, tail);
  {
    g_autoptr (GBytes) source = g_string_free_to_bytes (text);

    return mime_message_new (source);
  }
}

/* Each would take minutes, gigabytes or the stack of a parser that is not bounded. */
static void
bombs_are_bounded (gconstpointer data)
{
  static const struct { const char *name, *head, *piece, *tail; } bombs[] = {
    { "multiparts", "", "Content-Type: multipart/mixed; boundary=b\n\n--b\n", "\nx" },
    { "parts", "Content-Type: multipart/mixed; boundary=b\n\n", "--b\n\nx\n", "--b--" },
    { "messages", "", "Content-Type: message/rfc822\n\n", "x" },
    { "fields", "", "X: y\n", "\nx" },
    { "parameters", "Content-Type: text/plain", "; a=b", "\n\nx" },
    { "groups", "To: ", "a:", "\n\nx" },
    { "comments", "To: ", "(", "\n\nx" },
    { "encoded-words", "Subject:", " =?utf-8?q?x?=", "\n\nx" },
    { "references", "References:", " <x@y>", "\n\nx" },
    { "divs", "Content-Type: text/html\n\n", "<div>", "x" },
    { "quotes", "Content-Type: text/html\n\n", "<blockquote><ul>", "x" },
    { "formatting", "Content-Type: text/html\n\n", "<b id=x><p>", "x" },
    { "half-comments", "Content-Type: text/html\n\n", "<!-", "x" },
    { "half-attributes", "Content-Type: text/html\n\n", "<a b='", "x" },
  };
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr (MimeMessage) message = NULL;
  clock_t start = clock (); /* of this process: a machine may be busy with others */

  g_test_message ("%s", bombs[i].name);
  message = parse_repeated (bombs[i].head, bombs[i].piece, 100000, bombs[i].tail);
  g_assert_nonnull (mime_message_get_text (message));
  g_assert_cmpint ((clock () - start) / CLOCKS_PER_SEC, <, 20);
}

static void
no_source_can_crash_when_cut (void)
{
  g_autoptr (GBytes) source = read_data ("mixed-several-texts.eml");

  for (gsize n = 0; n < g_bytes_get_size (source); n++)
    {
      g_autofree char *data = g_memdup2 (g_bytes_get_data (source, NULL), n); /* so that reading past the end is seen */
      g_autoptr (GBytes) cut = g_bytes_new_take (g_steal_pointer (&data), n);
      g_autoptr (MimeMessage) message = mime_message_new (cut);

      g_assert_true (g_utf8_validate (mime_message_get_text (message), -1, NULL));
    }
}

static MimeMessage *
parse_text (const char *text)
{
  g_autoptr (GBytes) source = g_bytes_new (text, strlen (text));

  return mime_message_new (source);
}

static void
protection_is_named (void)
{
  static const struct { const char *source; MimeProtection protection; } sources[] = {
    { "Content-Type: multipart/signed; protocol=\"application/pgp-signature\"; boundary=b\n\n--b\n\nx\n--b--", MIME_SIGNED_PGP },
    { "Content-Type: multipart/signed; protocol=\"application/pkcs7-signature\"; boundary=b\n\n--b\n\nx\n--b--", MIME_SIGNED_SMIME },
    { "Content-Type: multipart/encrypted; protocol=\"application/pgp-encrypted\"; boundary=b\n\n--b\n\nx\n--b--", MIME_ENCRYPTED_PGP },
    { "Content-Type: application/pkcs7-mime; smime-type=enveloped-data\n\nx", MIME_ENCRYPTED_SMIME },
    { "Content-Type: application/pkcs7-mime; smime-type=signed-data\n\nx", MIME_SIGNED_SMIME },
    { "Subject: x\n\n-----BEGIN PGP SIGNED MESSAGE-----\nx", MIME_SIGNED_PGP },
    { "Subject: x\n\nx\n-----BEGIN PGP MESSAGE-----\nx", MIME_ENCRYPTED_PGP },
    { "Subject: x\n\nWrite -----BEGIN PGP MESSAGE----- above it.", MIME_PROTECTION_NONE },
    { "Subject: x\n\n-----BEGIN PGP ", MIME_PROTECTION_NONE }, /* and nothing behind it */
  };

  for (gsize i = 0; i < G_N_ELEMENTS (sources); i++)
    {
      g_autoptr (MimeMessage) message = parse_text (sources[i].source);

      g_assert_cmpint (mime_message_get_protection (message), ==, sources[i].protection);
    }
}

static void
invitations_are_found (void)
{
  g_autoptr (MimeMessage) message = parse_text ("Content-Type: multipart/alternative; boundary=b\n\n--b\n\nx\n--b\nContent-Type: text/calendar; method=REQUEST\n\n"
                                                "METHOD:REQUEST\nBEGIN:VEVENT\nSUMMARY:Cake\nDTSTART:20261123T090000Z\nEND:VEVENT\n--b--");

  g_assert_nonnull (mime_message_get_invitation (message));
  g_assert_cmpstr (mime_message_get_invitation (message)->summary, ==, "Cake");
  g_assert_cmpstr (mime_message_get_text (message), ==, "x");
}

/* Outlook's file with one file in it, and one that is none */
static void
winmail_gives_way (void)
{
  g_autoptr (MimeMessage) message = parse_text ("Content-Type: multipart/mixed; boundary=b\n\n--b\n\nx\n--b\nContent-Type: application/ms-tnef; name=winmail.dat\n"
                                                "Content-Transfer-Encoding: base64\n\neJ8+IgEAAgKQBgACAAAAAAAAAAIQgAEACgAAAGxldHRlci50eHQAAAIPgAYABAAAAHRleHQAAA==\n"
                                                "--b\nContent-Type: application/ms-tnef; name=other.dat\n\nsomething\n--b--");
  GListModel *attachments = mime_message_get_attachments (message);
  g_autoptr (MimeAttachment) first = g_list_model_get_item (attachments, 0);
  g_autoptr (MimeAttachment) second = g_list_model_get_item (attachments, 1);
  g_autoptr (GBytes) data = mime_attachment_dup_data (first);

  g_assert_cmpuint (g_list_model_get_n_items (attachments), ==, 2);
  g_assert_cmpstr (mime_attachment_get_name (first), ==, "letter.txt");
  g_assert_cmpmem (g_bytes_get_data (data, NULL), g_bytes_get_size (data), "text", 4);
  g_assert_cmpstr (mime_attachment_get_name (second), ==, "other.dat");
}

/* The topmost was written last, by the server nearest to us. */
static void
only_the_topmost_results_count (void)
{
  g_autoptr (MimeMessage) message = parse_text ("Authentication-Results: mx.example.org; none\nAuthentication-Results: evil.example; dmarc=pass\n\nx");

  g_assert_cmpstr (mime_message_get_authentication (message)->server, ==, "mx.example.org");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mime_init ();
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_test_add_data_func (cases[i].path, &cases[i], check_case);
  g_test_add_func ("/mime/message/names/stay-in-their-folder", names_stay_in_their_folder);
  g_test_add_func ("/mime/message/ids/have-no-brackets", ids_have_no_brackets);
  g_test_add_func ("/mime/message/date/keeps-its-zone", date_keeps_its_zone);
  g_test_add_func ("/mime/message/digest/is-of-the-decoded-bytes", digest_is_of_the_decoded_bytes);
  g_test_add_func ("/mime/message/headers/are-as-received", headers_are_as_received);
  g_test_add_func ("/mime/message/cut-anywhere/is-read-without-harm", no_source_can_crash_when_cut);
  g_test_add_func ("/mime/message/protection/is-named", protection_is_named);
  g_test_add_func ("/mime/message/invitation/is-found-among-the-forms", invitations_are_found);
  g_test_add_func ("/mime/message/winmail/gives-way-to-what-is-in-it", winmail_gives_way);
  g_test_add_func ("/mime/message/authentication-results/only-the-topmost-count", only_the_topmost_results_count);
  for (guint i = 0; i < 14; i++)
    {
      g_autofree char *path = g_strdup_printf ("/mime/message/bombs/are-bounded/%u", i);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), bombs_are_bounded);
    }
  return g_test_run ();
}
