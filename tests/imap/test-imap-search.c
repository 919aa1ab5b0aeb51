/* SPDX-License-Identifier: GPL-3.0-or-later */
/* UID SEARCH, answered in both ways, and by liars. */
#include "imap-search.h"

#include "base-error.h"
#include "imap-talk.h"

static void
assert_uids (const GArray *found, const char *expected)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_assert_nonnull (found);
  for (guint i = 0; i < found->len; i++)
    g_string_append_printf (text, "%s%u", i ? " " : "", g_array_index (found, guint32, i));
  g_assert_cmpstr (text->str, ==, expected);
}

static void
assert_all (const char *capabilities, gsize max, const char *script, const char *expected)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (ImapSession) session = imap_talk_open (server, capabilities, script);
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) found = imap_search_all (session, max, NULL, &error);

  g_assert_no_error (error);
  assert_uids (found, expected);
  imap_session_close (session);
}

static void
test_search (void)
{
  assert_all ("", 100, "C: a2 UID SEARCH ALL\nS: * SEARCH 5 3\nS: * 9 EXISTS\nS: * SEARCH 9 3\nS: a2 OK\nEOF\n", "3 5 9");
}

static void
test_esearch (void)
{
  assert_all ("ESEARCH", 100, "C: a2 UID SEARCH RETURN (ALL) ALL\nS: * ESEARCH (TAG \"a2\") UID COUNT 4 ALL 1:3,17\nS: a2 OK\nEOF\n", "1 2 3 17");
}

static void
test_nothing (void)
{
  assert_all ("", 100, "C: a2 UID SEARCH ALL\nS: * SEARCH\nS: a2 OK\nEOF\n", "");
  assert_all ("ESEARCH", 100, "C: a2 UID SEARCH RETURN (ALL) ALL\nS: * ESEARCH (TAG \"a2\") UID\nS: a2 OK\nEOF\n", "");
}

/* RFC 9051 §6.4.4: nothing else is said to who has enabled it; and old servers answer RETURN with SEARCH. */
static void
test_the_other_way (void)
{
  assert_all ("", 100, "C: a2 UID SEARCH ALL\nS: * ESEARCH (TAG \"a2\") UID ALL 4:5\nS: a2 OK\nEOF\n", "4 5");
  assert_all ("ESEARCH", 100, "C: a2 UID SEARCH RETURN (ALL) ALL\nS: * SEARCH 4 5\nS: a2 OK\nEOF\n", "4 5");
}

static void
test_lies (void)
{
  assert_all ("ESEARCH", 5, "C: a2 UID SEARCH RETURN (ALL) ALL\nS: * ESEARCH (TAG \"a2\") UID ALL 1:4294967295\nS: a2 OK\nEOF\n", "1 2 3 4 5");
  assert_all ("", 3, "C: a2 UID SEARCH ALL\nS: * SEARCH 0 1 4294967296 -3 x (7) NIL \"8\" 2 3 4\nS: a2 OK\nEOF\n", "1 2 8");
  assert_all ("ESEARCH", 100, "C: a2 UID SEARCH RETURN (ALL) ALL\nS: * ESEARCH (TAG \"a2\") UID ALL 3:*\nS: * ESEARCH ALL NIL ALL (3) ALL\nS: a2 OK\nEOF\n", "");
}

static void
test_existing (void)
{
  const guint32 asked[] = { 2, 3, 4, 9 };
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (ImapSession) session = imap_talk_open (server, "", "C: a2 UID SEARCH UID 2:4,9\nS: * SEARCH 1 4 9 77\nS: a2 OK\n"
                                                                "C: a3 UID SEARCH UID 2:4,9 DELETED\nS: * SEARCH 3\nS: a3 OK\nEOF\n");
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) found = imap_search_existing (session, asked, G_N_ELEMENTS (asked), FALSE, NULL, &error);
  g_autoptr (GArray) deleted = imap_search_existing (session, asked, G_N_ELEMENTS (asked), TRUE, NULL, &error);

  g_assert_no_error (error);
  assert_uids (found, "4 9");
  assert_uids (deleted, "3");
  imap_session_close (session);
}

/* RFC 9051 §9, seq-range: "7:*" always has the last message */
static void
test_message_id (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (ImapSession) session = imap_talk_open (server, "ESEARCH", "C: a2 UID SEARCH RETURN (ALL) UID 7:* HEADER Message-ID \"<a@b>\"\n"
                                                                       "S: * ESEARCH (TAG \"a2\") UID ALL 5,8\nS: a2 OK\nEOF\n");
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) found = imap_search_message_id (session, "a@b", 7, NULL, &error);
  g_autoptr (GArray) unspeakable = imap_search_message_id (session, "\u00e4@b", 7, NULL, &error);

  g_assert_no_error (error);
  assert_uids (found, "8");
  assert_uids (unspeakable, "");
  imap_session_close (session);
}

static void
test_refused (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (ImapSession) session = imap_talk_open (server, "", "C: a2 UID SEARCH ALL\nS: * SEARCH 1\nS: a2 NO [INUSE] later\nEOF\n");
  g_autoptr (GError) error = NULL;

  g_assert_null (imap_search_all (session, 100, NULL, &error));
  g_assert_error (error, BASE_ERROR, BASE_ERROR_TRY_LATER);
  imap_session_close (session);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/imap/search/all-by-search", test_search);
  g_test_add_func ("/imap/search/all-by-esearch", test_esearch);
  g_test_add_func ("/imap/search/nothing-is-an-answer", test_nothing);
  g_test_add_func ("/imap/search/answered-in-the-other-way", test_the_other_way);
  g_test_add_func ("/imap/search/lies-are-bounded", test_lies);
  g_test_add_func ("/imap/search/only-what-was-asked-for-exists", test_existing);
  g_test_add_func ("/imap/search/message-id-from-a-uid-on", test_message_id);
  g_test_add_func ("/imap/search/refusal-names-the-cause", test_refused);
  return g_test_run ();
}
