/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of the message list. What they say of the mail in tests/data/mime is tested beside the messages. */
#include "mime-summary.h"

#include <string.h>

#include "mail-address.h"

#define N_THREADS 4

static const char letter[] =
  "From: Ana <ana@example.org>\r\nTo: bo@example.net\r\nCc: cy@example.net\r\nSubject: =?koi8-r?B?8NLJ18XU?=\r\n"
  "Date: Sun, 22 Nov 2026 05:02:52 -0330\r\nMessage-ID: <3@x>\r\nIn-Reply-To: <2@x>\r\nReferences: <1@x>\r\n <2@x>\r\n"
  "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nHi\r\n--b\r\nContent-Type: application/pdf\r\n\r\nx\r\n--b--\r\n";

static MailSummary *
summarise (const char *text, gboolean is_whole)
{
  g_autoptr (GBytes) source = g_bytes_new (text, strlen (text));

  return mime_summary_new (source, is_whole, 1000);
}

static void
all_columns_are_filled (void)
{
  g_autoptr (MailSummary) summary = summarise (letter, TRUE);
  g_autofree char *to = mail_address_list_to_string (summary->to);
  g_autofree char *references = g_strjoinv (" ", summary->references_ids);

  g_assert_cmpstr (summary->subject, ==, "Привет");
  g_assert_cmpstr (to, ==, "bo@example.net, cy@example.net");
  g_assert_cmpint (summary->date, ==, 1795336372);
  g_assert_cmpint (summary->date_offset, ==, -210);
  g_assert_cmpint (summary->received, ==, 1000);
  g_assert_cmpint (summary->size, ==, sizeof letter - 1);
  g_assert_cmpstr (summary->message_id, ==, "3@x");
  g_assert_cmpstr (summary->in_reply_to, ==, "2@x");
  g_assert_cmpstr (references, ==, "1@x 2@x");
  g_assert_true (summary->has_attachments);
}

static void
headers_alone_let_guess (void)
{
  g_autofree char *head = g_strndup (letter, strstr (letter, "\r\n\r\n") + 4 - letter);
  g_autoptr (MailSummary) summary = summarise (head, FALSE);

  g_assert_false (summary->is_whole);
  g_assert_true (summary->has_attachments);
  g_assert_cmpstr (summary->subject, ==, "Привет");
}

static void
missing_date_is_when_it_came (void)
{
  g_autoptr (MailSummary) summary = summarise ("Subject: x\n\nx", TRUE);
  g_autoptr (MailSummary) nonsense = summarise ("Date: Sun, 99 Nov 9999 99:99:99 +9999\n\nx", TRUE);

  g_assert_cmpint (summary->date, ==, 1000);
  g_assert_cmpint (nonsense->date, ==, 1000);
}

static void
nothing_is_a_message_too (void)
{
  g_autoptr (MailSummary) summary = summarise ("", TRUE);

  g_assert_cmpstr (summary->subject, ==, "");
  g_assert_null (summary->message_id);
  g_assert_cmpuint (summary->from->len, ==, 0);
}

static void
references_keep_the_first_and_the_newest (void)
{
  g_autoptr (GString) text = g_string_new ("References:");
  g_autoptr (MailSummary) summary = NULL;

  for (guint i = 0; i < 500; i++)
    g_string_append_printf (text, " <%u@x>", i);
  g_string_append (text, "\n\nx");
  summary = summarise (text->str, TRUE);
  g_assert_cmpuint (g_strv_length (summary->references_ids), ==, 100);
  g_assert_cmpstr (summary->references_ids[0], ==, "0@x");
  g_assert_cmpstr (summary->references_ids[99], ==, "499@x");
}

static gpointer
summarise_often (gpointer data)
{
  for (guint i = 0; i < 2000; i++)
    {
      g_autoptr (MailSummary) summary = summarise (letter, TRUE);

      g_assert_cmpstr (summary->subject, ==, "Привет");
    }
  return NULL;
}

static void
threads_do_not_meet (void)
{
  GThread *threads[N_THREADS];

  for (guint i = 0; i < N_THREADS; i++)
    threads[i] = g_thread_new ("summaries", summarise_often, NULL);
  for (guint i = 0; i < N_THREADS; i++)
    g_thread_join (threads[i]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mime_init ();
  g_test_add_func ("/mime/summary/all-columns/are-filled", all_columns_are_filled);
  g_test_add_func ("/mime/summary/headers-alone/let-guess", headers_alone_let_guess);
  g_test_add_func ("/mime/summary/missing-date/is-when-it-came", missing_date_is_when_it_came);
  g_test_add_func ("/mime/summary/nothing/is-a-message-too", nothing_is_a_message_too);
  g_test_add_func ("/mime/summary/references/keep-the-first-and-the-newest", references_keep_the_first_and_the_newest);
  g_test_add_func ("/mime/summary/threads/do-not-meet", threads_do_not_meet);
  return g_test_run ();
}
