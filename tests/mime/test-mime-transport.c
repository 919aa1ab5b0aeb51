/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What goes over the wire: Bcc never, everything else as it was as far as SMTP lets it. */
#include <string.h>

#include "base-error.h"
#include "mime-builder.h"
#include "mime-message.h"
#include "mime-summary.h"

#define HEAD "From: ana@example.org\r\nTo: bo@example.net\r\nSubject: x\r\n"

static MimeTransport *
new_transport (const char *data, gssize length)
{
  g_autoptr (GBytes) source = g_bytes_new (data, length < 0 ? strlen (data) : (gsize) length);
  g_autoptr (GError) error = NULL;
  MimeTransport *transport = mime_transport_new (source, &error);

  g_assert_no_error (error);
  return transport;
}

static char *
dup_bytes (const MimeTransport *transport)
{
  gsize length;
  const char *data = g_bytes_get_data (transport->bytes, &length);

  g_assert_null (memchr (data, '\0', length));
  return g_strndup (data, length);
}

static char *
send_through (const char *data, gssize length)
{
  g_autoptr (MimeTransport) transport = new_transport (data, length);

  return dup_bytes (transport);
}

static void
bcc_never_leaves (void)
{
  g_autoptr (MimeTransport) transport = new_transport ("bcC : secret@example.org,\r\n\tother@example.org\r\n" HEAD
                                                       "BCC: third@example.org\r\nResent-Bcc: x@example.org\r\n\r\nBcc: in the text\r\n", -1);
  g_autofree char *message = dup_bytes (transport);

  g_assert_cmpstr (message, ==, HEAD "\r\nBcc: in the text\r\n");
}

static void
recipients_are_each_once_in_order (void)
{
  g_autoptr (MimeTransport) transport = new_transport ("From: Ana <ana@example.org>\nTo: Friends: Bo <bo@example.net>, \"L, D\" <di@example.net>;\n"
                                                       "Cc: BO@example.net, undisclosed-recipients:;\nBcc: cy@b\xc3\xbc" "cher.example\n\nx\n", -1);
  g_autofree char *recipients = g_strjoinv (" ", transport->recipients);

  g_assert_cmpstr (transport->sender, ==, "ana@example.org");
  g_assert_cmpstr (recipients, ==, "bo@example.net di@example.net cy@xn--bcher-kva.example");
}

static void
resent_goes_to_the_new_people (void)
{
  g_autoptr (MimeTransport) transport = new_transport ("Resent-From: di@example.net\r\nResent-To: eve@example.net\r\n" HEAD "\r\nx\r\n", -1);

  g_assert_cmpstr (transport->sender, ==, "di@example.net");
  g_assert_cmpstr (transport->recipients[0], ==, "eve@example.net");
  g_assert_null (transport->recipients[1]);
}

/* Each way in which two resendings can stand one above the other: only the upper one is this journey. */
static void
older_resendings_are_not_repeated (void)
{
  static const char *const older[] = {
    "Resent-Date: x\r\nResent-From: old@example.net\r\nResent-To: old-to@example.net\r\nResent-Cc: old-cc@example.net\r\n",
    "Received: by x\r\nResent-Cc: old-cc@example.net\r\nResent-Sender: old@example.net\r\nResent-To: old-to@example.net\r\n",
    "rEsEnT-tO: old-to@example.net\r\nResent-Bcc: old-bcc@example.net\r\n",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (older); i++)
    {
      g_autofree char *text = g_strconcat ("Received: by y\r\nResent-Date: x\r\nResent-From: di@example.net\r\nResent-To: eve@example.net\r\n",
                                           older[i], HEAD "\r\nx\r\n", NULL);
      g_autoptr (MimeTransport) transport = new_transport (text, -1);
      g_autofree char *recipients = g_strjoinv (" ", transport->recipients);

      g_assert_cmpstr (transport->sender, ==, "di@example.net");
      g_assert_cmpstr (recipients, ==, "eve@example.net");
    }
}

static void
line_ends_become_crlf (void)
{
  g_autofree char *message = send_through ("From: ana@example.org\nTo: bo@example.net\nSubject: x\n\na\nb\rc\r\nd", -1);

  g_assert_cmpstr (message, ==, HEAD "\r\na\r\nb\r\nc\r\nd\r\n");
}

static void
sound_mail_keeps_its_bytes (void)
{
  static const char mail[] = HEAD "MIME-Version: 1.0\r\nContent-Type: multipart/signed; boundary=b\r\n\r\npreamble\r\n--b\r\n"
                                  "Content-Type: text/plain\r\n\r\ntrailing  \r\n\r\n--b\r\nContent-Type: application/pgp-signature\r\n\r\n"
                                  "sig\r\n--b--\r\nepilogue\r\n";
  g_autofree char *message = send_through (mail, -1);

  g_assert_cmpstr (message, ==, mail);
}

static void
long_lines_are_encoded (void)
{
  g_autofree char *line = g_strnfill (5000, 'x');
  g_autofree char *mail = g_strconcat (HEAD "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nshort\r\n--b\r\n"
                                            "Content-Type: text/plain\r\nContent-Transfer-Encoding: 7bit\r\n\r\n", line, "\r\n--b--\r\n", NULL);
  g_autofree char *message = send_through (mail, -1);
  g_auto (GStrv) lines = g_strsplit (message, "\r\n", -1);
  g_autoptr (GBytes) bytes = g_bytes_new (message, strlen (message));
  g_autoptr (MimeMessage) parsed = mime_message_new (bytes);
  g_autofree char *wanted = g_strconcat ("short\n\n", line, NULL);

  for (char **l = lines; *l; l++)
    g_assert_cmpuint (strlen (*l), <=, 998);
  g_assert_cmpstr (mime_message_get_text (parsed), ==, wanted);
  g_assert_nonnull (strstr (message, "\r\n\r\nshort\r\n--b\r\n"));
}

static void
long_headers_are_folded (void)
{
  g_autoptr (GString) mail = g_string_new ("From: ana@example.org\r\nTo: ");
  g_autofree char *message = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (MimeTransport) transport = NULL;

  for (guint i = 0; i < 200; i++)
    g_string_append_printf (mail, "%sp%u@example.net", i > 0 ? ", " : "", i);
  g_string_append (mail, "\r\n\r\nx\r\n");
  transport = new_transport (mail->str, -1);
  message = dup_bytes (transport);
  lines = g_strsplit (message, "\r\n", -1);
  for (char **l = lines; *l; l++)
    g_assert_cmpuint (strlen (*l), <=, 998);
  g_assert_cmpuint (g_strv_length (transport->recipients), ==, 200);
}

static void
lone_cr_in_a_header_makes_no_long_line (void)
{
  g_autofree char *half = g_strnfill (600, 'x');
  g_autofree char *mail = g_strconcat ("X-Long: ", half, "\r", half, "\r\n" HEAD "\r\nx\r\n", NULL);
  g_autofree char *message = send_through (mail, -1);
  g_auto (GStrv) lines = g_strsplit (message, "\r\n", -1);

  for (char **l = lines; *l; l++)
    g_assert_cmpuint (strlen (*l), <=, 998);
}

/* In the header of a part, after a line of the message's own that is none either */
static void
colon_after_a_thousand_letters_makes_no_long_line (void)
{
  g_autofree char *letters = g_strnfill (1200, 'y');
  g_autofree char *mail = g_strconcat (HEAD "Content-Type: multipart/mixed; boundary=b\tx\n", letters, "\n.X: y\n--b\tx\n\303\244", letters, ": x", NULL);
  g_autofree char *message = send_through (mail, -1);
  g_auto (GStrv) lines = g_strsplit (message, "\r\n", -1);

  for (char **l = lines; *l; l++)
    g_assert_cmpuint (strlen (*l), <=, 998);
  g_assert_nonnull (strstr (message, "yyy"));
}

static void
nul_bytes_are_encoded (void)
{
  static const char mail[] = HEAD "\r\na\0b\r\n";
  g_autofree char *message = send_through (mail, sizeof mail - 1);

  g_assert_nonnull (strstr (message, "quoted-printable"));
  g_assert_nonnull (strstr (message, "a=00b\r\n"));
}

static void
eight_bit_body_is_told (void)
{
  g_autoptr (MimeTransport) plain = new_transport (HEAD "\r\nx\r\n", -1);
  g_autoptr (MimeTransport) transport = new_transport (HEAD "Content-Transfer-Encoding: 8bit\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nnaïve\r\n", -1);

  g_assert_false (plain->needs_8bitmime);
  g_assert_true (transport->needs_8bitmime);
  g_assert_false (transport->needs_smtputf8);
}

static void
eight_bit_body_can_be_encoded (void)
{
  g_autoptr (MimeTransport) transport = new_transport (HEAD "Content-Transfer-Encoding: 8bit\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nnaïve\r\n", -1);
  g_autofree char *message = NULL;

  g_assert_true (mime_transport_encode_7bit (transport, NULL));
  g_assert_false (transport->needs_8bitmime);
  message = dup_bytes (transport);
  g_assert_cmpstr (message, ==, HEAD "Content-Type: text/plain; charset=utf-8\r\nMIME-Version: 1.0\r\n"
                                     "Content-Transfer-Encoding: quoted-printable\r\n\r\nna=C3=AFve\r\n");
}

static void
eight_bit_names_are_encoded (void)
{
  g_autoptr (MimeTransport) transport = new_transport ("From: Zoë <zoe@example.org>\r\nTo: bo@example.net\r\nSubject: Grüße\r\n\r\nx\r\n", -1);
  g_autofree char *message = dup_bytes (transport);

  g_assert_false (transport->needs_smtputf8);
  g_assert_cmpstr (message, ==, "From: =?UTF-8?Q?Zo=C3=AB?= <zoe@example.org>\r\nTo: bo@example.net\r\nSubject: =?UTF-8?B?R3LDvMOfZQ==?=\r\n\r\nx\r\n");
}

static void
utf8_addresses_need_smtputf8 (void)
{
  g_autoptr (MimeTransport) transport = new_transport ("From: zoë@example.org\r\nTo: bo@example.net\r\n\r\nx\r\n", -1);

  g_assert_true (transport->needs_smtputf8);
}

static void
check_refused (gconstpointer data)
{
  g_autoptr (GBytes) source = g_bytes_new (data, strlen (data));
  g_autoptr (GError) error = NULL;

  g_assert_null (mime_transport_new (source, &error));
  g_assert_error (error, BASE_ERROR, BASE_ERROR_INVALID);
}

/* Whatever comes in, what goes out is canonical. */
static void
any_bytes_leave_canonical (void)
{
  static const char *const pieces[] = { "\r", "\n", "\r\n", "\n\n", "--b", "--b\n", "--b--\n", "Content-Type: multipart/mixed; boundary=b\n",
                                        "Content-Type: message/rfc822\n\n", "Content-Transfer-Encoding: binary\n", "Bcc: secret@example.org\n",
                                        "\tsecret@example.org\n", "word ", ".", "\xff\xfe", "ä", "Subject: ü\n", "X" };
  guint32 seed = g_test_rand_int ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  g_autofree char *filler = g_strnfill (1200, 'y');

  g_test_message ("seed %u", seed);
  for (guint i = 0; i < 2000; i++)
    {
      g_autoptr (GString) mail = g_string_new ("From: a@example.org\nTo: b@example.org\n");
      g_autoptr (GBytes) source = NULL;
      g_autoptr (MimeTransport) transport = NULL;
      gsize length, column = 0;
      const char *data;

      for (int n = g_rand_int_range (rand, 0, 40); n > 0; n--)
        {
          g_string_append (mail, pieces[g_rand_int_range (rand, 0, G_N_ELEMENTS (pieces))]);
          if (g_rand_int_range (rand, 0, 20) == 0)
            g_string_append (mail, filler);
          if (g_rand_int_range (rand, 0, 20) == 0)
            g_string_append_c (mail, '\0');
        }
      source = g_bytes_new (mail->str, mail->len);
      transport = mime_transport_new (source, NULL);
      if (!transport)
        continue;
      if (g_rand_boolean (rand))
        g_assert_true (mime_transport_encode_7bit (transport, NULL) || transport->needs_8bitmime);
      data = g_bytes_get_data (transport->bytes, &length);
      for (const char *p = data; p < data + length; p++)
        {
          g_assert_cmpint (*p, !=, '\0');
          g_assert_true (*p != '\n' || (p > data && p[-1] == '\r'));
          g_assert_true (*p != '\r' || p[1] == '\n');
          column = *p == '\n' ? 0 : column + 1;
          g_assert_cmpuint (column, <=, 999);
        }
      g_assert_cmpuint (column, ==, 0);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mime_init ();
  g_test_add_func ("/mime/transport/bcc/never-leaves", bcc_never_leaves);
  g_test_add_func ("/mime/transport/recipients/are-each-once-in-order", recipients_are_each_once_in_order);
  g_test_add_func ("/mime/transport/resent/goes-to-the-new-people", resent_goes_to_the_new_people);
  g_test_add_func ("/mime/transport/resent/older-resendings-are-not-repeated", older_resendings_are_not_repeated);
  g_test_add_func ("/mime/transport/line-ends/become-crlf", line_ends_become_crlf);
  g_test_add_func ("/mime/transport/sound-mail/keeps-its-bytes", sound_mail_keeps_its_bytes);
  g_test_add_func ("/mime/transport/long-lines/are-encoded", long_lines_are_encoded);
  g_test_add_func ("/mime/transport/long-headers/are-folded", long_headers_are_folded);
  g_test_add_func ("/mime/transport/lone-cr-in-a-header/makes-no-long-line", lone_cr_in_a_header_makes_no_long_line);
  g_test_add_func ("/mime/transport/colon-after-a-thousand-letters/makes-no-long-line", colon_after_a_thousand_letters_makes_no_long_line);
  g_test_add_func ("/mime/transport/nul-bytes/are-encoded", nul_bytes_are_encoded);
  g_test_add_func ("/mime/transport/eight-bit-body/is-told", eight_bit_body_is_told);
  g_test_add_func ("/mime/transport/eight-bit-body/can-be-encoded", eight_bit_body_can_be_encoded);
  g_test_add_func ("/mime/transport/eight-bit-names/are-encoded", eight_bit_names_are_encoded);
  g_test_add_func ("/mime/transport/utf8-addresses/need-smtputf8", utf8_addresses_need_smtputf8);
  g_test_add_data_func ("/mime/transport/no-sender/is-refused", "To: b@example.org\n\nx", check_refused);
  g_test_add_data_func ("/mime/transport/no-recipient/is-refused", "From: a@example.org\nTo: nobody:;\n\nx", check_refused);
  g_test_add_data_func ("/mime/transport/resent-to-nobody/is-refused", "Resent-From: a@example.org\nResent-From: c@example.org\n"
                        "Resent-To: old@example.org\nFrom: a@example.org\nTo: b@example.org\n\nx", check_refused);
  g_test_add_data_func ("/mime/transport/impossible-recipient/is-refused", "From: a@example.org\nTo: b@example.org, bo\n\nx", check_refused);
  g_test_add_func ("/mime/transport/any-bytes/leave-canonical", any_bytes_leave_canonical);
  return g_test_run ();
}
