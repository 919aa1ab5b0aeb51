/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SELECT and what comes with it, QRESYNC's news among it. */
#include "imap-mailbox.h"

#include "base-error.h"
#include "imap-fetch.h"
#include "imap-talk.h"
#include "imap-uid-set.h"

#include <string.h>

typedef struct
{
  guint n_vanished, n_fetched, n_other;
  guint32 last_uid;
} News;

static void
on_news (ImapSession *session, const ImapResponse *response, gpointer data)
{
  News *news = data;
  gboolean is_earlier;
  g_autoptr (GArray) ranges = imap_mailbox_read_vanished (response, &is_earlier);
  ImapFetch fetch;

  if (ranges)
    news->n_vanished += is_earlier ? ranges->len : 100;
  else if (imap_fetch_read (response, &fetch))
    {
      news->n_fetched++;
      news->last_uid = fetch.uid;
      imap_fetch_clear (&fetch);
    }
  else
    news->n_other++;
}

static gboolean
select_in (ImapSession *session, gboolean is_read_only, ImapSelected *selected, News *news, GError **error)
{
  return imap_mailbox_select (session, "Work", is_read_only, 7, 40, selected, on_news, news, NULL, error);
}

static void
test_everything (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (ImapSession) session = imap_talk_open_enabled (server, "ENABLE QRESYNC", "QRESYNC",
    "C: a3 SELECT \"Work\" (QRESYNC (7 40))\nS: * OK [CLOSED] the other one\nS: * FLAGS (\\Seen)\nS: * OK [PERMANENTFLAGS (\\Seen \\Deleted $Junk)] some\n"
    "S: * 172 EXISTS\nS: * OK [UIDVALIDITY 7] ok\nS: * OK [UIDNEXT 4392] ok\nS: * OK [HIGHESTMODSEQ 715194045007] ok\nS: * OK [MAILBOXID (F1-2)] ok\n"
    "S: * VANISHED (EARLIER) 41,43:116\nS: * 49 FETCH (UID 117 FLAGS (\\Seen) MODSEQ (90))\nS: a3 OK [READ-WRITE] done\nEOF\n");
  g_auto (ImapSelected) selected = { 0 };
  g_autoptr (GError) error = NULL;
  News news = { 0 };

  g_assert_true (select_in (session, FALSE, &selected, &news, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (selected.uidvalidity, ==, 7);
  g_assert_cmpuint (selected.uidnext, ==, 4392);
  g_assert_cmpuint (selected.n_messages, ==, 172);
  g_assert_cmpuint (selected.highestmodseq, ==, 715194045007);
  g_assert_cmpint (selected.permanent_flags, ==, MAIL_FLAG_SEEN | MAIL_FLAG_DELETED | MAIL_FLAG_JUNK);
  g_assert_cmpstr (selected.mailbox_id, ==, "F1-2");
  g_assert_false (selected.is_read_only);
  g_assert_cmpuint (news.n_vanished, ==, 2);
  g_assert_cmpuint (news.n_fetched, ==, 1);
  g_assert_cmpuint (news.last_uid, ==, 117);
  g_assert_true (imap_session_is_selected (session, "Work", 7));
  imap_session_close (session);
}

/* RFC 7162 §3.2.11: until CLOSED it is of the mailbox that was open. */
static void
test_closed (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (ImapSession) session = imap_talk_open (server, "CONDSTORE", "C: a2 EXAMINE \"Work\" (CONDSTORE)\nS: * 99 EXISTS\nS: * OK [UIDNEXT 1000] old\n"
                                                                         "S: * OK [CLOSED] now\nS: * 3 EXISTS\nS: * OK [UIDVALIDITY 9] new\nS: a2 OK done\nEOF\n");
  g_auto (ImapSelected) selected = { 0 };
  News news = { 0 };

  g_assert_true (select_in (session, TRUE, &selected, &news, NULL));
  g_assert_cmpuint (selected.n_messages, ==, 3);
  g_assert_cmpuint (selected.uidnext, ==, 0);
  g_assert_true (selected.is_read_only);
  imap_session_close (session);
}

/* Old UW and others say nothing but EXISTS. */
static void
test_bare (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (ImapSession) session = imap_talk_open (server, "", "C: a2 SELECT \"Work\"\nS: * 1 EXISTS\nS: * 1 RECENT\nS: * OK [NOMODSEQ] none\n"
                                                                "S: * OK [UIDVALIDITY x] y\nS: * OK [PERMANENTFLAGS NIL] y\nS: a2 OK [READ-ONLY] done\nEOF\n");
  g_auto (ImapSelected) selected = { 0 };
  News news = { 0 };

  g_assert_true (select_in (session, FALSE, &selected, &news, NULL));
  g_assert_cmpuint (selected.n_messages, ==, 1);
  g_assert_cmpuint (selected.uidvalidity, ==, 0);
  g_assert_cmpuint (selected.highestmodseq, ==, 0);
  g_assert_cmpint (selected.permanent_flags & MAIL_FLAG_SEEN, ==, MAIL_FLAG_SEEN);
  g_assert_true (selected.is_read_only);
  g_assert_false (imap_session_is_selected (session, "Work", 0));
  imap_session_close (session);
}

static void
test_not_there (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (ImapSession) session = imap_talk_open (server, "", "C: a2 SELECT \"Work\"\nS: * 7 EXISTS\nS: a2 NO [NONEXISTENT] no\nEOF\n");
  g_auto (ImapSelected) selected = { 0 };
  g_autoptr (GError) error = NULL;
  News news = { 0 };

  g_assert_false (select_in (session, FALSE, &selected, &news, &error));
  g_assert_error (error, BASE_ERROR, BASE_ERROR_NOT_FOUND);
  g_assert_true (imap_session_is_open (session));
  imap_session_close (session);
}

/* RFC 2193 */
static void
test_referral (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (ImapSession) session = imap_talk_open (server, "MAILBOX-REFERRALS", "C: a2 SELECT \"Work\"\n"
                                                                                "S: a2 NO [REFERRAL IMAP://ana;AUTH=*@elsewhere.example/Work] over there\nEOF\n");
  g_auto (ImapSelected) selected = { 0 };
  g_autoptr (GError) error = NULL;
  News news = { 0 };

  g_assert_false (select_in (session, FALSE, &selected, &news, &error));
  g_assert_error (error, BASE_ERROR, BASE_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, "another server"));
  g_assert_cmpuint (test_server_get_n_connections (server), ==, 1);
  imap_session_close (session);
}

typedef struct
{
  const char *name, *line, *ranges;
  gboolean is_earlier;
} Vanished;

static const Vanished vanished[] = {
  { "earlier", "* VANISHED (EARLIER) 1:3,9", "1:3 9:9", TRUE },
  { "now", "* VANISHED 405,407", "405:405 407:407", FALSE },
  { "backwards", "* VANISHED 9:7", "7:9", FALSE },
  { "all-there-could-be", "* VANISHED (EARLIER) 1:4294967295", "1:4294967295", TRUE },
  { "star", "* VANISHED 5:*", NULL, FALSE },
  { "nothing", "* VANISHED (EARLIER)", NULL, TRUE },
  { "nonsense", "* VANISHED (EARLIER) (1 2)", NULL, TRUE },
  { "with-a-number", "* 5 VANISHED 7", NULL, FALSE },
  { "another-response", "* EXPUNGED 7", NULL, FALSE },
};

static void
test_vanished (gconstpointer data)
{
  const Vanished *c = data;
  g_autoptr (ImapParser) parser = imap_parser_new ();
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GArray) ranges = NULL;
  const ImapResponse *response = NULL;
  gboolean is_earlier = FALSE;

  g_byte_array_append (imap_parser_get_pending (parser), (const guint8 *) c->line, strlen (c->line));
  g_byte_array_append (imap_parser_get_pending (parser), (const guint8 *) "\r\n", 2);
  g_assert_cmpint (imap_parser_next (parser, &response), ==, IMAP_EVENT_RESPONSE);
  ranges = imap_mailbox_read_vanished (response, &is_earlier);
  for (guint i = 0; ranges && i < ranges->len; i++)
    g_string_append_printf (text, "%s%u:%u", i ? " " : "", g_array_index (ranges, ImapUidRange, i).first, g_array_index (ranges, ImapUidRange, i).last);
  g_assert_cmpstr (ranges ? text->str : NULL, ==, c->ranges);
  if (ranges)
    g_assert_cmpint (is_earlier, ==, c->is_earlier);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/imap/mailbox/select-with-everything", test_everything);
  g_test_add_func ("/imap/mailbox/what-came-before-closed-is-of-another", test_closed);
  g_test_add_func ("/imap/mailbox/server-that-says-almost-nothing", test_bare);
  g_test_add_func ("/imap/mailbox/not-there", test_not_there);
  g_test_add_func ("/imap/mailbox/referral-is-not-followed", test_referral);
  for (gsize i = 0; i < G_N_ELEMENTS (vanished); i++)
    {
      g_autofree char *path = g_strdup_printf ("/imap/mailbox/vanished/%s", vanished[i].name);

      g_test_add_data_func (path, &vanished[i], test_vanished);
    }
  return g_test_run ();
}
