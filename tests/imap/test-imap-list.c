/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lists of mailboxes, from one round trip to many, from servers that name strange things. */
#include "imap-list.h"

#include "base-error.h"
#include "imap-talk.h"

#include <string.h>

#define MANY 10500

/* "path:role:messages:flags" of each, in the server's order; flags: - cannot be opened, ! no children, s subscribed */
static void
assert_listed (ImapSession *session, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) mailboxes = imap_list (session, NULL, &error);
  g_autoptr (GString) text = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < mailboxes->len; i++)
    {
      const ImapMailbox *mailbox = g_ptr_array_index (mailboxes, i);

      g_string_append_printf (text, "%s:%s:%s:%s%s%s\n", mailbox->path, mail_role_to_word (mailbox->role),
                              mailbox->has_status ? (char[]) { '0' + mailbox->n_messages % 10, 0 } : "?", mailbox->can_be_opened ? "" : "-",
                              mailbox->can_have_children ? "" : "!", mailbox->is_subscribed ? "s" : "");
    }
  g_assert_cmpstr (text->str, ==, expected);
}

static void
test_one_round_trip (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (ImapSession) session = imap_talk_open (server, "NAMESPACE LIST-EXTENDED LIST-STATUS SPECIAL-USE CONDSTORE OBJECTID",
    "C: a2 NAMESPACE\nC: a3 LIST \"\" \"*\" RETURN (SUBSCRIBED CHILDREN SPECIAL-USE STATUS (MESSAGES UNSEEN UIDNEXT UIDVALIDITY HIGHESTMODSEQ))\n"
    "S: * NAMESPACE ((\"\" \"/\")) NIL NIL\nS: a2 OK\nS: * LIST (\\Subscribed \\HasNoChildren) \"/\" INBOX\n"
    "S: * STATUS INBOX (MESSAGES 3 UNSEEN 1 UIDNEXT 5 UIDVALIDITY 9 HIGHESTMODSEQ 77)\n"
    "S: * LIST (\\HasNoChildren \\Sent \\Noinferiors) \"/\" \"Sent \\\"old\\\"\" (CHILDINFO (\"SUBSCRIBED\"))\nS: * STATUS \"Sent \\\"old\\\"\" (MESSAGES 4)\n"
    "S: * LIST (\\NonExistent) \"/\" Gone\nS: a3 OK\nEOF\n");

  assert_listed (session, "INBOX:inbox:3:s\nSent \"old\":sent:4:!\nGone::?:-\n");
  g_assert_cmpuint (imap_session_get_round_trips (session), ==, 2); /* with the login */
  imap_session_close (session);
}

static void
test_rev1 (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (ImapSession) session = imap_talk_open (server, "", "C: a2 LIST \"\" \"*\"\nC: a3 LSUB \"\" \"*\"\nS: * LIST () \".\" inbox\nS: * LIST () \".\" INBOX.Work\n"
    "S: * LIST (\\Noselect) \".\" INBOX.Top\nS: a2 OK\nS: * LSUB () \".\" INBOX.Work\nS: * LSUB () \".\" INBOX.Forgotten\nS: a3 OK\n"
    "C: a4 STATUS \"INBOX\" (MESSAGES UNSEEN UIDNEXT UIDVALIDITY)\nC: a5 STATUS \"INBOX.Work\" *\nS: * STATUS inbox (MESSAGES 1)\nS: a4 OK\nS: a5 NO not now\nEOF\n");

  assert_listed (session, "INBOX:inbox:1:\nINBOX/Work::?:s\nINBOX/Top::?:-\n");
  imap_session_close (session);
}

/* Courier has everything below INBOX; other people's and shared mailboxes are none of ours. */
static void
test_namespaces (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (ImapSession) session = imap_talk_open (server, "NAMESPACE LIST-EXTENDED LIST-STATUS", "C: a2 NAMESPACE\nC: a3 LIST *\n"
    "S: * NAMESPACE ((\"INBOX.\" \".\")) ((\"user.\" \".\")) ((\"#shared.\" \".\")(\"#news.\" \".\"))\nS: a2 OK\nS: * LIST () \".\" INBOX\nS: * STATUS INBOX (MESSAGES 1)\n"
    "S: * LIST () \".\" INBOX.Work.a/b\nS: * STATUS INBOX.Work.a/b (MESSAGES 2)\nS: * LIST () \".\" user.tom\nS: * LIST () \".\" #shared.x\nS: * LIST () \".\" #news.comp\nS: a3 OK\nEOF\n");

  assert_listed (session, "INBOX:inbox:1:\nWork/a\u2215b::2:\n");
  imap_session_close (session);
}

static void
test_xlist (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (ImapSession) session = imap_talk_open (server, "XLIST X-GM-EXT-1", "C: a2 XLIST \"\" \"*\"\nC: a3 LSUB *\nS: * XLIST (\\HasNoChildren \\Inbox) \"/\" INBOX\n"
    "S: * XLIST (\\AllMail) \"/\" \"[Gmail]/All Mail\"\nS: * XLIST (\\Spam) \"/\" \"[Gmail]/Spam\"\nS: a2 OK\nS: a3 OK\nC: a4 STATUS *\nC: a5 STATUS *\nC: a6 STATUS *\nS: a4 OK\nS: a5 OK\nS: a6 OK\nEOF\n");

  assert_listed (session, "INBOX:inbox:?:\n[Gmail]/All Mail:all:?:\n[Gmail]/Spam:junk:?:\n");
  imap_session_close (session);
}

/* Once with a name, however often and in whatever way it is said; a name that says nothing is none; INBOX is always there. */
static void
test_strange_names (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (ImapSession) session = imap_talk_open (server, "LIST-EXTENDED LIST-STATUS", "C: a2 LIST *\n"
    "S: * LIST () \"/\" Work\nS: * LIST () \"/\" \"Work\"\nS: * LIST () \"/\" {4}\nS: Work\nS: * LIST () \"/\" \"\"\nS: * LIST () \"/\"\nS: * LIST \"/\" x\nS: * LIST\n"
    "S: * LIST () \"/\" NIL\nS: * LIST () NIL \"a/b\"\nS: * LIST () \"//\" \"c//d\"\nS: * LIST () \"/\" \"/e//\"\nS: * LIST () \"/\" \"/\"\n"
    "S: * LIST () \"/\" \"&AOk-\"\nS: * LIST () \"/\" \"&AOk\"\nS: * LIST () \"/\" \"\xe9\"\nS: * LIST (\\Marked (x) NIL \"\\\\Sent\") \"/\" odd\nS: * 5 LIST () \"/\" no\n"
    "S: * STATUS nobody (MESSAGES 1)\nS: * STATUS Work\nS: * STATUS Work (MESSAGES 99999999999 UNSEEN)\nS: a2 OK\n"
    "C: a3 *\nC: a4 *\nC: a5 *\nC: a6 *\nC: a7 *\nC: a8 *\nC: a9 *\nC: a10 *\nS: a3 OK\nS: a4 OK\nS: a5 OK\nS: a6 OK\nS: a7 OK\nS: a8 OK\nS: a9 OK\nS: a10 OK\nEOF\n");

  assert_listed (session, "INBOX:inbox:?:s\nWork::0:\na\u2215b::?:!\nc\u2215\u2215d::?:!\n/e::?:\n\u2215::?:\n\u00e9::?:\n&AOk::?:\n\ufffd::?:\nodd:sent:?:\n");
  imap_session_close (session);
}

static void
test_utf8 (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (ImapSession) session = imap_talk_open_enabled (server, "ENABLE UTF8=ACCEPT LIST-EXTENDED LIST-STATUS", "UTF8=ACCEPT",
    "C: a3 LIST *\nS: * LIST () \"/\" \"Entw\u00fcrfe &AOk-\"\nS: a3 OK\nC: a4 STATUS \"INBOX\" *\nC: a5 STATUS \"Entw\u00fcrfe &AOk-\" *\nS: a4 OK\nS: * STATUS \"Entw\u00fcrfe &AOk-\" (MESSAGES 6)\nS: a5 OK\nEOF\n");

  assert_listed (session, "INBOX:inbox:?:s\nEntw\u00fcrfe &AOk-::6:\n");
  imap_session_close (session);
}

static void
list_many (TestTalk *talk, gpointer data)
{
  g_autoptr (GString) list = g_string_new (NULL);

  if (!test_talk_play (talk, "TLS\nS: * OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] hi\nC: a1 AUTHENTICATE *\nS: a1 OK [CAPABILITY IMAP4rev1 LIST-EXTENDED LIST-STATUS] in\nC: a2 LIST *\n"))
    return;
  for (int i = 0; i < MANY; i++)
    g_string_append_printf (list, "* LIST () \"/\" m%d\r\n* STATUS m%d (MESSAGES 1)\r\n", i, i);
  g_string_append (list, "* LIST () \"/\" INBOX\r\na2 OK\r\n");
  test_talk_send (talk, list->str, list->len);
  test_talk_play (talk, "C: a3 STATUS \"INBOX\" *\nS: a3 OK\nEOF\n");
}

static void
test_many (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (ImapSession) session = NULL;
  g_autoptr (GPtrArray) mailboxes = NULL;
  g_autoptr (GError) error = NULL;

  test_server_add_func (server, list_many, NULL);
  session = imap_talk_enter (server);
  mailboxes = imap_list (session, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (mailboxes->len, ==, 10001); /* and the Inbox */
  imap_session_close (session);
}

static void
test_refused (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (ImapSession) session = imap_talk_open (server, "NAMESPACE LIST-EXTENDED", "C: a2 NAMESPACE\nC: a3 LIST *\nS: a2 BAD\nS: a3 NO [UNAVAILABLE] later\nEOF\n");
  g_autoptr (GError) error = NULL;

  g_assert_null (imap_list (session, NULL, &error));
  g_assert_error (error, BASE_ERROR, BASE_ERROR_TRY_LATER);
  g_assert_true (imap_session_is_open (session));
  imap_session_close (session);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/imap/list/one-round-trip", test_one_round_trip);
  g_test_add_func ("/imap/list/server-with-nothing-but-rev1", test_rev1);
  g_test_add_func ("/imap/list/namespaces", test_namespaces);
  g_test_add_func ("/imap/list/xlist-of-old-gmail", test_xlist);
  g_test_add_func ("/imap/list/strange-names", test_strange_names);
  g_test_add_func ("/imap/list/names-in-utf8", test_utf8);
  g_test_add_func ("/imap/list/more-than-are-believed", test_many);
  g_test_add_func ("/imap/list/refusal-names-the-cause", test_refused);
  return g_test_run ();
}
