/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of one message as it is read: what its bar, its cards and its list of attachments say. */
#include "mime-summary.h"
#include "reader-attachments.h"
#include "reader-bar.h"
#include "reader-card.h"
#include "reader-cards.h"
#include "reader-invitation.h"
#include "reader-page.h"
#include "reader-report.h"
#include "screen-test.h"
#include "store-database.h"
#include "store-folders.h"
#include "store-messages.h"

#include <string.h>

typedef struct
{
  Screen screen;
  StoreDatabase *database;
  gint64 inbox;
  GtkWindow *window;
  ReaderPage *page;
} PageTest;

static void
set_up (PageTest *test, gconstpointer data)
{
  Account *account;

  screen_set_up (&test->screen, data);
  account = screen_add_account (&test->screen, "Me", "me@example.org");
  test->database = store_open (test->screen.store, NULL);
  g_assert_true (store_folders_prepare_account (test->database, account_get_id (account), NULL));
  test->inbox = store_folders_find_role (test->database, account_get_id (account), MAIL_ROLE_INBOX, NULL);
  test->window = GTK_WINDOW (gtk_window_new ());
  test->page = g_object_new (READER_TYPE_PAGE, NULL);
  reader_page_set_models (test->page, NULL, NULL, test->screen.accounts);
  gtk_window_set_default_size (test->window, 760, 520);
  gtk_window_set_child (test->window, GTK_WIDGET (test->page));
  gtk_window_present (test->window);
}

static void
tear_down (PageTest *test, gconstpointer data)
{
  gtk_window_destroy (test->window);
  screen_settle ();
  store_database_free (test->database);
  screen_tear_down (&test->screen, data);
}

static gint64
add (PageTest *test, const char *text, MailFlags flags)
{
  g_autoptr (GBytes) source = g_bytes_new (text, strlen (text));
  g_autoptr (MailSummary) summary = mime_summary_new (source, TRUE, 1795000000);
  gint64 id;

  summary->flags = flags;
  id = store_messages_add (test->database, test->inbox, source, summary, NULL);
  g_assert_cmpint (id, >, 0);
  return id;
}

static void
show (PageTest *test, gint64 id)
{
  g_autoptr (ModelBody) body = model_body_load (test->database, id, NULL);

  reader_page_show (test->page, body);
  screen_settle ();
}

/* What the bar says; "" while there is none */
static const char *
get_bar (PageTest *test)
{
  GtkWidget *bar = screen_part (test->page, READER_TYPE_PAGE, "bar");

  return gtk_widget_get_visible (bar) ? gtk_label_get_text (screen_part (bar, READER_TYPE_BAR, "sentence")) : "";
}

#define ASKS(more) \
  "From: Ana Ruiz <ana@example.org>\nTo: me@example.org\nSubject: Figures\nDate: Sun, 22 Nov 2026 10:00:00 +0000\n" \
  "Disposition-Notification-To: Ana <ana@example.org>\n" more "\nHello\n"

static void
test_asked (PageTest *test, gconstpointer data)
{
  show (test, add (test, ASKS ("Return-Path: <ana@example.org>\n"), 0));
  g_assert_cmpstr (get_bar (test), ==, "Ana Ruiz asks to be told that you read this.");
  screen_picture (test->window, "reader-page-receipt");
}

static void
test_settled (PageTest *test, gconstpointer data)
{
  show (test, add (test, ASKS (""), MAIL_FLAG_RECEIPT));
  g_assert_cmpstr (get_bar (test), ==, "");
}

static void
test_returned_elsewhere (PageTest *test, gconstpointer data)
{
  show (test, add (test, ASKS ("Return-Path: <bounces@mailer.example>\n"), 0));
  g_assert_nonnull (strstr (get_bar (test), "came here from another address: bounces@mailer.example."));
  screen_picture (test->window, "reader-page-receipt-odd");
}

static void
test_asked_for_somebody_else (PageTest *test, gconstpointer data)
{
  show (test, add (test, "From: ana@example.org\nTo: me@example.org\nSubject: x\nDisposition-Notification-To: spy@evil.example\n\nHello\n", 0));
  g_assert_nonnull (strstr (get_bar (test), "would go to somebody else: spy@evil.example."));
}

static void
test_junk (PageTest *test, gconstpointer data)
{
  show (test, add (test, ASKS (""), MAIL_FLAG_JUNK));
  g_assert_null (strstr (get_bar (test), "asks to be told"));
}

static void
test_own (PageTest *test, gconstpointer data)
{
  show (test, add (test, "From: me@example.org\nTo: me@example.org\nSubject: x\nDisposition-Notification-To: me@example.org\n\nHello\n", 0));
  g_assert_cmpstr (get_bar (test), ==, "");
}

/* A receipt would tell a forger that somebody reads here. */
static void
test_forged (PageTest *test, gconstpointer data)
{
  show (test, add (test, "From: \"service@bank.example\" <x@evil.example>\nTo: me@example.org\nSubject: x\nDisposition-Notification-To: x@evil.example\n\nHello\n", 0));
  g_assert_cmpstr (get_bar (test), ==, "");
}

/* One at a time: the next is there when the first is answered. */
static void
test_one_after_the_other (PageTest *test, gconstpointer data)
{
  gint64 id = add (test, ASKS (""), 0);
  g_autoptr (ModelBody) body = model_body_load (test->database, id, NULL);
  ReaderBar *bar = screen_part (test->page, READER_TYPE_PAGE, "bar");

  reader_bar_show (bar, body, 0, model_body_get_receipt (body), TRUE, NULL);
  g_assert_nonnull (strstr (get_bar (test), "asks to be told"));
  reader_bar_show (bar, body, 0, NULL, TRUE, NULL);
  g_assert_nonnull (strstr (get_bar (test), "Remote images are not loaded"));
}

#define INVITES(attendee) \
  "From: Ana Ruiz <ana@example.org>\nTo: me@example.org\nSubject: Figures\nDate: Sun, 22 Nov 2026 10:00:00 +0000\nMIME-Version: 1.0\n" \
  "Content-Type: multipart/alternative; boundary=b\n\n--b\n\nPlease come.\n--b\nContent-Type: text/calendar; method=REQUEST\n\nMETHOD:REQUEST\n" \
  "BEGIN:VEVENT\nUID:u\nSUMMARY:Quarterly figures\nLOCATION:Room 1\nORGANIZER;CN=Ana Ruiz:mailto:ana@example.org\nATTENDEE:mailto:" attendee "\n" \
  "DTSTART;TZID=Europe/Berlin:20261123T100000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=20271231T000000Z\nEXDATE:20261125T090000Z\n" \
  "END:VEVENT\n--b--\n"

static const char *
get_state (PageTest *test)
{
  return gtk_label_get_text (screen_part (screen_part (test->page, READER_TYPE_PAGE, "invitation"), READER_TYPE_INVITATION, "state"));
}

static gboolean
can_answer (PageTest *test)
{
  return gtk_widget_get_visible (screen_part (screen_part (test->page, READER_TYPE_PAGE, "invitation"), READER_TYPE_INVITATION, "accept"));
}

static void
test_invited (PageTest *test, gconstpointer data)
{
  gpointer invitation = screen_part (test->page, READER_TYPE_PAGE, "invitation");

  show (test, add (test, INVITES ("me@example.org"), 0));
  g_assert_true (can_answer (test));
  g_assert_cmpstr (get_state (test), ==, "");
  g_assert_cmpstr (gtk_label_get_text (screen_part (invitation, READER_TYPE_INVITATION, "when")), ==,
                   "Monday 23 November 2026, 09:00 to 10:00 (10:00 in Europe/Berlin) · every week on Monday, Wednesday, until 31 December 2027, "
                   "with exceptions");
  screen_picture (test->window, "reader-page-invitation");
}

static void
test_not_invited (PageTest *test, gconstpointer data)
{
  show (test, add (test, INVITES ("eve@example.net"), 0));
  g_assert_false (can_answer (test));
  g_assert_cmpstr (get_state (test), ==, "None of your addresses is invited by this.");
}

static guint
count_cards (PageTest *test)
{
  GtkWidget *cards = screen_part (test->page, READER_TYPE_PAGE, "cards");
  GtkWidget *list = screen_part (cards, READER_TYPE_CARDS, "list");
  guint n = 0;

  for (GtkWidget *card = gtk_widget_get_first_child (list); card; card = gtk_widget_get_next_sibling (card))
    n++;
  g_assert_cmpint (gtk_widget_get_visible (cards), ==, n > 0);
  return n;
}

static void
test_cards (PageTest *test, gconstpointer data)
{
  show (test, add (test, "From: ana@example.org\nTo: me@example.org\nSubject: People\nDate: Sun, 22 Nov 2026 10:00:00 +0000\nMIME-Version: 1.0\n"
                         "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nHere they are.\n--b\nContent-Type: text/vcard; name=people.vcf\n\n"
                         "BEGIN:VCARD\nVERSION:3.0\nFN:Ana Ruiz\nTITLE:Head of Figures\nORG:Example Ltd.\nEMAIL:ana@example.org\nEMAIL:ruiz@example.net\n"
                         "TEL:+34 91 123 456\nEND:VCARD\nBEGIN:VCARD\nVERSION:4.0\nFN:Tom Berg\nTEL;VALUE=uri:tel:+49-30-1\nEND:VCARD\n--b--\n", 0));
  g_assert_cmpuint (count_cards (test), ==, 2);
  screen_picture (test->window, "reader-page-cards");
}

static GtkWidget *
find_photo (PageTest *test)
{
  GtkWidget *list = screen_part (screen_part (test->page, READER_TYPE_PAGE, "cards"), READER_TYPE_CARDS, "list");

  return screen_part (gtk_widget_get_first_child (list), READER_TYPE_CARD, "photo");
}

#define WITH_PHOTO(photo) \
  "From: ana@example.org\nTo: me@example.org\nSubject: People\nMIME-Version: 1.0\nContent-Type: text/vcard; name=ana.vcf\n\n" \
  "BEGIN:VCARD\nVERSION:3.0\nFN:Ana Ruiz\n" photo "\nEND:VCARD\n"
#define DOT_OF_RED "PHOTO;ENCODING=b;TYPE=GIF:R0lGODlhAQABAIAAAP8AAP///yH5BAAAAAAALAAAAAABAAEAAAICRAEAOw=="

/* Who wants no pictures gets none. */
static void
test_photo_of_plain (PageTest *test, gconstpointer data)
{
  g_object_set (test->page, "is-plain", TRUE, NULL);
  show (test, add (test, WITH_PHOTO (DOT_OF_RED), 0));
  g_assert_null (adw_bin_get_child (ADW_BIN (find_photo (test))));
}

static void
test_photo_elsewhere (PageTest *test, gconstpointer data)
{
  show (test, add (test, WITH_PHOTO ("PHOTO;VALUE=uri:https://x.example/ana.gif"), 0));
  g_assert_null (adw_bin_get_child (ADW_BIN (find_photo (test))));
}

/* It stays what it is: a file. */
static void
test_broken_card (PageTest *test, gconstpointer data)
{
  show (test, add (test, "From: ana@example.org\nTo: me@example.org\nSubject: x\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nHello\n"
                         "--b\nContent-Type: text/vcard; name=x.vcf\n\nno card at all\n--b--\n", 0));
  g_assert_cmpuint (count_cards (test), ==, 0);
  g_assert_true (gtk_widget_get_visible (screen_part (test->page, READER_TYPE_PAGE, "attachments")));
}

#define BOUNCE \
  "From: Mail Delivery System <mailer-daemon@example.org>\nTo: me@example.org\nSubject: Undelivered\nMIME-Version: 1.0\n" \
  "Date: Sun, 22 Nov 2026 10:00:00 +0000\n" \
  "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\nContent-Type: text/plain\n\nI am sorry to have to inform you.\n" \
  "--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; x\n\nFinal-Recipient: rfc822;tom@example.net\nAction: failed\nStatus: 5.2.2\n\n" \
  "Final-Recipient: rfc822;eve@example.net\nAction: failed\nStatus: 5.0.0\nDiagnostic-Code: smtp; 554 go away\n" \
  "--b\nContent-Type: text/rfc822-headers\n\nSubject: Figures\nMessage-ID: <c.d@example.org>\n--b--\n"

static void
test_bounce (PageTest *test, gconstpointer data)
{
  GtkWidget *report = screen_part (test->page, READER_TYPE_PAGE, "report");

  add (test, "From: me@example.org\nTo: tom@example.net\nSubject: Figures\nDate: Sun, 22 Nov 2026 09:00:00 +0000\nMessage-ID: <c.d@example.org>\n\nHello\n", 0);
  show (test, add (test, BOUNCE, 0));
  g_assert_true (gtk_widget_get_visible (report));
  g_assert_cmpstr (gtk_label_get_text (screen_part (report, READER_TYPE_REPORT, "sentences")), ==,
                   "Your message was not delivered to tom@example.net. The reason: the mailbox is full.\n"
                   "Your message was not delivered to eve@example.net. The server says: “554 go away”");
  g_assert_cmpstr (gtk_label_get_text (screen_part (report, READER_TYPE_REPORT, "about")), ==, "“Figures”, Sunday 22 November 2026, 09:00");
  g_assert_true (gtk_widget_get_visible (screen_part (report, READER_TYPE_REPORT, "open")));
  screen_picture (test->window, "reader-page-bounce");
}

static void
test_read (PageTest *test, gconstpointer data)
{
  GtkWidget *report = screen_part (test->page, READER_TYPE_PAGE, "report");

  show (test, add (test, "From: Tom Berg <tom@example.net>\nTo: me@example.org\nSubject: Read: Figures\nMIME-Version: 1.0\n"
                         "Content-Type: multipart/report; report-type=disposition-notification; boundary=b\n\n--b\n\nYour message was shown.\n"
                         "--b\nContent-Type: message/disposition-notification\n\nFinal-Recipient: rfc822;tom@example.net\nOriginal-Message-ID: <e@f>\n"
                         "Disposition: manual-action/MDN-sent-manually; displayed\n--b--\n", 0));
  g_assert_cmpstr (gtk_label_get_text (screen_part (report, READER_TYPE_REPORT, "sentences")), ==, "Tom Berg read your message.");
  g_assert_false (gtk_widget_get_visible (screen_part (report, READER_TYPE_REPORT, "open")));
}

static void
test_signature (PageTest *test, gconstpointer data)
{
  GtkWidget *attachments = screen_part (test->page, READER_TYPE_PAGE, "attachments");

  show (test, add (test, "From: ana@example.org\nTo: me@example.org\nSubject: x\nMIME-Version: 1.0\n"
                         "Content-Type: multipart/signed; protocol=\"application/pgp-signature\"; boundary=b\n\n--b\n\nHello\n"
                         "--b\nContent-Type: application/pgp-signature; name=signature.asc\n\nx\n--b--\n", 0));
  g_assert_false (gtk_widget_get_visible (attachments));
}

#define ADD(path, func) g_test_add ("/app/reader-page/" path, PageTest, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  screen_test_init (&argc, &argv);
  ADD ("a-receipt/is-asked-about", test_asked);
  ADD ("a-receipt/that-was-answered/is-not-asked-about-again", test_settled);
  ADD ("a-receipt/of-a-message-from-elsewhere/says-so", test_returned_elsewhere);
  ADD ("a-receipt/for-somebody-else/says-so", test_asked_for_somebody_else);
  ADD ("a-receipt/for-junk/is-never-given", test_junk);
  ADD ("a-receipt/for-oneself/is-not-asked-about", test_own);
  ADD ("a-receipt/for-a-forger/is-never-given", test_forged);
  ADD ("bars/come-one-after-the-other", test_one_after_the_other);
  ADD ("an-invitation/says-when-and-how-often-and-can-be-answered", test_invited);
  ADD ("an-invitation/of-others/cannot-be-answered", test_not_invited);
  ADD ("cards-of-people/are-shown", test_cards);
  ADD ("a-broken-card/is-a-file", test_broken_card);
  ADD ("a-card/read-as-text-shows-no-photo", test_photo_of_plain);
  ADD ("a-card/fetches-no-photo", test_photo_elsewhere);
  ADD ("a-bounce/says-who-why-and-what", test_bounce);
  ADD ("a-receipt-that-came/says-who-read-it", test_read);
  ADD ("a-signature/is-no-attachment", test_signature);
  return g_test_run ();
}
