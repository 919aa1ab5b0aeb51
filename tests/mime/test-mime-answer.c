/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Answers that are made: read again as anybody else would read them. */
#include "mime-answer.h"

#include <string.h>

#include "base-error.h"
#include "mime-builder.h"
#include "mime-summary.h"

#define ASKING \
  "Return-Path: <ana@example.org>\r\nFrom: Ana Ruiz <ana@example.org>\r\nTo: Tom Berg <tom@example.net>\r\nSubject: Figures\r\n" \
  "Date: Sun, 22 Nov 2026 10:00:00 +0000\r\nMessage-ID: <a.b@example.org>\r\nDisposition-Notification-To: <ana@example.org>\r\n\r\nHello\r\n"

static MimeMessage *
parse (const char *text)
{
  g_autoptr (GBytes) source = g_bytes_new (text, strlen (text));

  return mime_message_new (source);
}

static GBytes *
answer (MimeMessage *message, const char *from, GError **error)
{
  g_autoptr (MailAddress) reader = mail_address_new ("Tom Bérg", from);
  const MimeAnswer value = { reader, mime_message_get_receipt (message)->to, "Read: Figures", "Your message was shown.\n", 1795341600, 60 };

  return mime_answer_new_receipt (&value, message, error);
}

static void
test_receipt (void)
{
  g_autoptr (MimeMessage) asking = parse (ASKING);
  g_autoptr (GBytes) source = answer (asking, "tom@example.net", NULL);
  g_autoptr (MimeMessage) made = mime_message_new (source);
  const MailReport *report = mime_message_get_report (made);
  const MailReportRecipient *recipient = g_ptr_array_index (report->recipients, 0);

  g_assert_cmpint (recipient->fate, ==, MAIL_REPORT_READ);
  g_assert_cmpstr (recipient->address, ==, "tom@example.net");
  g_assert_cmpstr (report->original_id, ==, "a.b@example.org");
  g_assert_cmpstr (mime_message_get_text (made), ==, "Your message was shown.\n");
  g_assert_null (mime_message_get_receipt (made));
}

static void
test_headers (void)
{
  g_autoptr (MimeMessage) asking = parse (ASKING);
  g_autoptr (GBytes) source = answer (asking, "tom@example.net", NULL);
  g_autoptr (MimeMessage) made = mime_message_new (source);
  g_autoptr (MimeTransport) transport = mime_transport_new (source, NULL);
  g_autofree char *type = mime_message_dup_header (made, "Content-Type");

  g_assert_true (g_str_has_prefix (type, "multipart/report; report-type=disposition-notification;"));
  g_assert_cmpstr (mime_message_get_in_reply_to (made)[0], ==, "a.b@example.org");
  g_assert_cmpstr (transport->recipients[0], ==, "ana@example.org");
  g_assert_null (transport->recipients[1]);
  g_assert_false (transport->needs_8bitmime);
}

/* What is said back of the message must not become header fields of the answer. */
static void
test_hostile (void)
{
  g_autoptr (MimeMessage) asking = parse ("From: ana@example.org\r\nMessage-ID: <a\xc3\xa9 b\x01@x>\r\nOriginal-Recipient: rfc822;x\r\n\tDisposition: y\r\n"
                                          "Disposition-Notification-To: ana@example.org\r\n\r\nHello\r\n");
  g_autoptr (GBytes) source = answer (asking, "tom@example.net", NULL);
  g_autofree char *text = g_strndup (g_bytes_get_data (source, NULL), g_bytes_get_size (source));
  g_autoptr (MimeMessage) made = mime_message_new (source);

  g_assert_cmpuint (mime_message_get_report (made)->recipients->len, ==, 1);
  g_assert_null (strstr (text, "\nDisposition: y"));
}

static void
test_no_address (void)
{
  g_autoptr (MimeMessage) asking = parse (ASKING);
  g_autoptr (GError) error = NULL;

  g_assert_null (answer (asking, "tom", &error));
  g_assert_error (error, BASE_ERROR, BASE_ERROR_INVALID);
}

static void
test_who_may_not_ask (void)
{
  static const char *const headers[] = {
    "List-Id: <x.example.org>", "Precedence: bulk", "Auto-Submitted: auto-generated", "Return-Path: <>", "Disposition-Notification-To: other@example.org",
    "Disposition-Notification-Options: signed=required,x",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (headers); i++)
    {
      g_autofree char *text = g_strconcat (headers[i], "\r\n", ASKING, NULL);
      g_autoptr (MimeMessage) message = parse (text);

      g_assert_null (mime_message_get_receipt (message));
    }
}

#define BOUNCE \
  "From: postmaster@example.net\nTo: ana@example.org\nSubject: Undelivered\nMIME-Version: 1.0\n" \
  "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\nContent-Type: text/plain\n\nSorry.\n" \
  "--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; x\n\nFinal-Recipient: rfc822;tom@example.net\nAction: failed\nStatus: 5.2.2\n" \
  "--b\nContent-Type: text/rfc822-headers\n\nSubject: Figures\nMessage-ID: <c.d@example.org>\n--b--\n"

static void
test_bounce (void)
{
  g_autoptr (MimeMessage) message = parse (BOUNCE);
  const MailReport *report = mime_message_get_report (message);

  g_assert_cmpint (report->kind, ==, MAIL_REPORT_DELIVERY);
  g_assert_cmpstr (report->original_id, ==, "c.d@example.org");
  g_assert_nonnull (strstr (mime_message_get_report_details (message), "Status: 5.2.2"));
}

static guint
count_machinery (MimeMessage *message)
{
  GListModel *attachments = mime_message_get_attachments (message);
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (attachments); i++)
    {
      g_autoptr (MimeAttachment) attachment = g_list_model_get_item (attachments, i);

      n += mime_attachment_is_machinery (attachment);
    }
  return n;
}

static void
test_machinery (void)
{
  g_autoptr (MimeMessage) bounce = parse (BOUNCE);
  g_autoptr (MimeMessage) is_signed = parse ("MIME-Version: 1.0\nContent-Type: multipart/signed; protocol=\"application/pgp-signature\"; boundary=b\n\n--b\n\nHello\n"
                                             "--b\nContent-Type: application/pgp-signature; name=signature.asc\n\nx\n--b--\n");
  g_autoptr (MimeMessage) attached = parse ("MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nHello\n"
                                            "--b\nContent-Type: application/pgp-signature; name=file.sig\n\nx\n--b--\n");

  g_assert_cmpuint (count_machinery (bounce), ==, 1);
  g_assert_cmpuint (count_machinery (is_signed), ==, 1);
  g_assert_cmpuint (count_machinery (attached), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mime_init ();
  g_test_add_func ("/mime/answer/a-receipt/says-who-read-what", test_receipt);
  g_test_add_func ("/mime/answer/a-receipt/goes-to-who-asked-alone", test_headers);
  g_test_add_func ("/mime/answer/a-receipt/says-back-nothing-hostile", test_hostile);
  g_test_add_func ("/mime/answer/from-no-address/is-refused", test_no_address);
  g_test_add_func ("/mime/receipt/lists-programs-and-the-greedy/are-not-answered", test_who_may_not_ask);
  g_test_add_func ("/mime/report/a-bounce/names-the-mail", test_bounce);
  g_test_add_func ("/mime/report/what-is-for-machines/is-known", test_machinery);
  return g_test_run ();
}
