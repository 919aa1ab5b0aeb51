/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail-receipt.h"
#include "mail-report.h"

#include <string.h>

#define BOUNCE \
  "Reporting-MTA: dns; mx.example.net\r\nArrival-Date: Sun, 22 Nov 2026 10:00:00 +0000\r\n\r\n" \
  "Original-Recipient: rfc822;tom+2Bwork@example.net\r\nFinal-Recipient: rfc822; t.berg@example.net\r\nAction: failed\r\nStatus: 5.0.0\r\n" \
  "Diagnostic-Code: smtp; 552 5.2.2 <t.berg@example.net>\r\n over quota\r\n\r\n" \
  "Final-Recipient: rfc822;eve@example.net\r\nAction: DELAYED (for a while)\r\nStatus: 4.4.1\r\n\r\n" \
  "Final-Recipient: rfc822;max@example.net\r\nAction: delivered\r\nStatus: 2.0.0\r\n"

#define RECEIPT \
  "Reporting-UA: x\nOriginal-Message-ID: <a.b@example.org>\nFinal-Recipient: rfc822;tom@example.net\n" \
  "Disposition: manual-action/MDN-sent-manually; displayed/warning\n"

static const MailReportRecipient *
get (const MailReport *report, guint i)
{
  g_assert_cmpuint (report->recipients->len, >, i);
  return g_ptr_array_index (report->recipients, i);
}

static void
test_bounce (void)
{
  g_autoptr (MailReport) report = mail_report_parse (MAIL_REPORT_DELIVERY, BOUNCE);

  g_assert_cmpuint (report->recipients->len, ==, 3);
  g_assert_cmpstr (get (report, 0)->address, ==, "tom+work@example.net");
  g_assert_cmpint (get (report, 0)->fate, ==, MAIL_REPORT_FAILED);
  g_assert_cmpstr (get (report, 0)->words, ==, "552 5.2.2 <t.berg@example.net> over quota");
  g_assert_cmpint (get (report, 1)->fate, ==, MAIL_REPORT_DELAYED);
  g_assert_cmpint (get (report, 2)->fate, ==, MAIL_REPORT_DELIVERED);
}

/* 5.0.0 says nothing; the server's words do. */
static void
test_cause_in_words (void)
{
  g_autoptr (MailReport) report = mail_report_parse (MAIL_REPORT_DELIVERY, BOUNCE);

  g_assert_cmpstr (get (report, 0)->status, ==, "5.2.2");
  g_assert_cmpint (get (report, 0)->cause, ==, MAIL_REPORT_CAUSE_FULL);
  g_assert_cmpint (get (report, 1)->cause, ==, MAIL_REPORT_CAUSE_NO_ANSWER);
}

static void
test_causes (void)
{
  static const struct { const char *status; MailReportCause cause; } cases[] = {
    { "5.1.1", MAIL_REPORT_CAUSE_NO_ADDRESS }, { "5.1.10", MAIL_REPORT_CAUSE_NO_ADDRESS }, { "5.1.2", MAIL_REPORT_CAUSE_NO_DOMAIN },
    { "5.2.1", MAIL_REPORT_CAUSE_DISABLED },   { "4.2.2", MAIL_REPORT_CAUSE_FULL },        { "5.3.4", MAIL_REPORT_CAUSE_TOO_LARGE },
    { "4.4.7", MAIL_REPORT_CAUSE_TOO_LATE },   { "5.7.26", MAIL_REPORT_CAUSE_REFUSED },    { "5.9.9", MAIL_REPORT_CAUSE_UNKNOWN },
    { "7.2.2", MAIL_REPORT_CAUSE_UNKNOWN },    { "5.2", MAIL_REPORT_CAUSE_UNKNOWN },       { "nonsense", MAIL_REPORT_CAUSE_UNKNOWN },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf ("Final-Recipient: rfc822;a@b.org\nAction: failed\nStatus: %s\n", cases[i].status);
      g_autoptr (MailReport) report = mail_report_parse (MAIL_REPORT_DELIVERY, text);

      g_assert_cmpint (get (report, 0)->cause, ==, cases[i].cause);
    }
}

static void
test_receipt (void)
{
  g_autoptr (MailReport) report = mail_report_parse (MAIL_REPORT_RECEIPT, RECEIPT);

  g_assert_cmpint (get (report, 0)->fate, ==, MAIL_REPORT_READ);
  g_assert_cmpstr (get (report, 0)->address, ==, "tom@example.net");
  g_assert_cmpstr (report->original_id, ==, "a.b@example.org");
}

static void
test_unknown_disposition (void)
{
  g_autoptr (MailReport) report = mail_report_parse (MAIL_REPORT_RECEIPT, "Disposition: automatic-action/MDN-sent-automatically; displayedly");

  g_assert_cmpint (get (report, 0)->fate, ==, MAIL_REPORT_UNSAID);
  g_assert_cmpstr (get (report, 0)->address, ==, "");
}

static void
test_nothing (void)
{
  g_assert_null (mail_report_parse (MAIL_REPORT_DELIVERY, "Reporting-MTA: dns; mx.example.net\n\n"));
  g_assert_null (mail_report_parse (MAIL_REPORT_DELIVERY, "Final-Recipient: rfc822;a@b.org\nAction: eaten\n"));
  g_assert_null (mail_report_parse (MAIL_REPORT_RECEIPT, "Final-Recipient: rfc822;a@b.org\n"));
}

/* What turns the direction of a line could make one address look like another. */
static void
test_tricks (void)
{
  g_autoptr (MailReport) report = mail_report_parse (MAIL_REPORT_DELIVERY, "Final-Recipient: rfc822;a\xe2\x80\xae@b.org\x01\nAction: failed\n");

  g_assert_cmpstr (get (report, 0)->address, ==, "a@b.org");
}

static void
test_bounds (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (MailReport) report = NULL;

  for (guint i = 0; i < 2 * MAIL_REPORT_MAX_RECIPIENTS; i++)
    g_string_append (text, "Final-Recipient: rfc822;a@b.org\nAction: failed\n\n");
  report = mail_report_parse (MAIL_REPORT_DELIVERY, text->str);
  g_assert_cmpuint (report->recipients->len, ==, MAIL_REPORT_MAX_RECIPIENTS);
}

static void
test_cut (void)
{
  for (gsize i = 0; i <= strlen (BOUNCE); i++)
    {
      g_autofree char *cut = g_strndup (BOUNCE, i);
      g_autoptr (MailReport) report = mail_report_parse (MAIL_REPORT_DELIVERY, cut);

      g_assert_true (!report || report->recipients->len <= 3);
    }
}

static MailReceipt *
ask (const char *wanted, const char *from, const char *return_path)
{
  g_autoptr (GPtrArray) to = mail_address_list_parse (wanted);
  g_autoptr (GPtrArray) senders = mail_address_list_parse (from);

  return mail_receipt_new (to, senders, return_path);
}

static void
test_wish (void)
{
  g_autoptr (MailReceipt) plain = ask ("Ana@example.org", "Ana <ana@example.org>", "ana@example.org");
  g_autoptr (MailReceipt) elsewhere = ask ("spy@evil.example", "Ana <ana@example.org>", "ana@example.org");

  g_assert_false (plain->is_elsewhere);
  g_assert_null (plain->return_path);
  g_assert_true (elsewhere->is_elsewhere);
  g_assert_cmpstr (elsewhere->return_path, ==, "ana@example.org");
}

static void
test_no_wish (void)
{
  g_assert_null (ask ("", "ana@example.org", NULL));
  g_assert_null (ask ("ana@example.org, tom@example.org", "ana@example.org", NULL));
  g_assert_null (ask ("ana", "ana@example.org", NULL));
  g_assert_null (ask ("ana@example.org", "ana@example.org", ""));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mail/report/of-a-bounce/names-everybody", test_bounce);
  g_test_add_func ("/mail/report/a-cause/is-found-in-the-servers-words", test_cause_in_words);
  g_test_add_func ("/mail/report/causes/are-those-of-their-status", test_causes);
  g_test_add_func ("/mail/report/of-a-receipt/says-who-read-what", test_receipt);
  g_test_add_func ("/mail/report/an-unknown-word/claims-nothing", test_unknown_disposition);
  g_test_add_func ("/mail/report/that-tells-of-nobody/is-none", test_nothing);
  g_test_add_func ("/mail/report/tricks-with-directions/are-gone", test_tricks);
  g_test_add_func ("/mail/report/of-very-many/ends-somewhere", test_bounds);
  g_test_add_func ("/mail/report/cut-anywhere/harms-nobody", test_cut);
  g_test_add_func ("/mail/receipt/says-where-the-answer-goes", test_wish);
  g_test_add_func ("/mail/receipt/to-several-or-nobody/is-none", test_no_wish);
  return g_test_run ();
}
