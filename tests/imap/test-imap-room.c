/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Quotas and sizes of servers that know them, do not know them, and lie. */
#include "imap-room.h"

#include "imap-talk.h"

#include <string.h>

static const char *const two[] = { "INBOX", "Work", NULL };

static void
get (ImapSession *session, const char *const *names, gint64 *sizes, ImapQuota *quota)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ImapRoom) room = imap_room_new (session);

  imap_room_ask_quota (room, NULL, &error);
  for (int i = 0; names[i] && !error; i++)
    imap_room_ask_size (room, names[i], NULL, &error);
  g_assert_no_error (error);
  imap_room_settle (room, NULL, &error);
  g_assert_no_error (error);
  *quota = *imap_room_get_quota (room);
  for (int i = 0; names[i]; i++)
    sizes[i] = imap_room_get_size (room, names[i]);
  imap_session_close (session);
}

static void
test_both (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (ImapSession) session = imap_talk_open (server, "QUOTA STATUS=SIZE",
    "C: a2 GETQUOTAROOT \"INBOX\"\nS: * QUOTAROOT INBOX \"\" Users\nS: * QUOTA \"\" (STORAGE 512 1024 MESSAGE 99 100)\nS: * QUOTA Users (STORAGE 1 100)\n"
    "S: a2 OK\nC: a3 STATUS \"INBOX\" (SIZE)\nC: a4 STATUS \"Work\" (SIZE)\nS: * STATUS Other (SIZE 1)\nS: * STATUS inbox (SIZE 5000000000)\nS: a3 OK\n"
    "S: * STATUS INBOX (SIZE 7)\nS: * STATUS \"Work\" (SIZE 12)\nS: a4 OK\nEOF\n");
  gint64 sizes[2];
  ImapQuota quota;

  get (session, two, sizes, &quota);
  g_assert_cmpuint (quota.used, ==, 512 * 1024);
  g_assert_cmpuint (quota.limit, ==, 1024 * 1024);
  g_assert_cmpint (sizes[0], ==, 5000000000);
  g_assert_cmpint (sizes[1], ==, 12);
}

static void
test_neither (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (ImapSession) session = imap_talk_open (server, "", "EOF\n");
  gint64 sizes[2];
  ImapQuota quota;

  get (session, two, sizes, &quota);
  g_assert_cmpuint (quota.limit, ==, 0);
  g_assert_cmpint (sizes[0], ==, -1);
}

static void
test_refused (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (ImapSession) session = imap_talk_open (server, "QUOTA STATUS=SIZE", "C: a2 GETQUOTAROOT \"INBOX\"\nS: a2 NO\n"
    "C: a3 STATUS \"INBOX\" (SIZE)\nC: a4 STATUS \"Work\" (SIZE)\nS: a3 BAD\nS: * STATUS Work (SIZE 3)\nS: a4 OK\nEOF\n");
  gint64 sizes[2];
  ImapQuota quota;

  get (session, two, sizes, &quota);
  g_assert_cmpuint (quota.limit, ==, 0);
  g_assert_cmpint (sizes[0], ==, -1);
  g_assert_cmpint (sizes[1], ==, 3);
}

static void
answer_many (TestTalk *talk, gpointer data)
{
  if (!test_talk_play (talk, "TLS\nS: * OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] hi\nC: a1 AUTHENTICATE *\nS: a1 OK [CAPABILITY IMAP4rev1 STATUS=SIZE] in\n"))
    return;
  for (int i = 0; i < 100; i++)
    {
      g_autofree char *line = test_talk_read_line (talk);
      g_autofree char *answer = g_strdup_printf ("* STATUS m%d (SIZE %d)\r\na%d OK\r\n", i, i * 10, i + 2);

      g_assert_nonnull (line);
      test_talk_send (talk, answer, -1);
    }
  test_talk_play (talk, "EOF\n");
}

static void
test_many (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (ImapSession) session = NULL;
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  gint64 sizes[100];
  ImapQuota quota;

  for (int i = 0; i < 100; i++)
    g_ptr_array_add (names, g_strdup_printf ("m%d", i));
  g_ptr_array_add (names, NULL);
  test_server_add_func (server, answer_many, NULL);
  session = imap_talk_enter (server);
  get (session, (const char *const *) names->pdata, sizes, &quota);
  for (int i = 0; i < 100; i++)
    g_assert_cmpint (sizes[i], ==, i * 10);
}

typedef struct
{
  const char *name, *line;
  guint64 used, limit;
} Case;

static const Case cases[] = {
  { "plain", "* QUOTA \"\" (STORAGE 10 512)", 10240, 524288 },
  { "dovecot-names-the-root", "* QUOTA \"User quota\" (STORAGE 0 1048576 MESSAGE 3 1000)", 0, 1073741824 },
  { "full", "* QUOTA q (STORAGE 600 512)", 614400, 524288 },
  { "without-limit", "* QUOTA \"\" ()", 0, 0 },
  { "limit-of-nothing", "* QUOTA \"\" (STORAGE 10 0)", 0, 0 },
  { "only-messages", "* QUOTA \"\" (MESSAGE 10 20)", 0, 0 },
  { "not-a-number", "* QUOTA \"\" (STORAGE many 20)", 0, 0 },
  { "too-large-to-be-true", "* QUOTA \"\" (STORAGE 1 9223372036854775807)", 0, 0 },
  { "cut-short", "* QUOTA \"\" (STORAGE 10", 0, 0 },
  { "without-numbers", "* QUOTA \"\" (STORAGE 10)", 0, 0 },
  { "without-root", "* QUOTA (STORAGE 10 20)", 0, 0 },
  { "nil", "* QUOTA NIL NIL", 0, 0 },
  { "with-a-number-before-it", "* 3 QUOTA \"\" (STORAGE 10 20)", 0, 0 },
};

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (ImapParser) parser = imap_parser_new ();
  const ImapResponse *response;
  ImapQuota quota = { 0 };

  g_byte_array_append (imap_parser_get_pending (parser), (const guint8 *) c->line, strlen (c->line));
  g_byte_array_append (imap_parser_get_pending (parser), (const guint8 *) "\r\n", 2);
  while (imap_parser_next (parser, &response) == IMAP_EVENT_RESPONSE)
    imap_room_read_quota (response, &quota);
  g_assert_cmpuint (quota.used, ==, c->used);
  g_assert_cmpuint (quota.limit, ==, c->limit);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/imap/room/fullest-root-and-sizes-by-name", test_both);
  g_test_add_func ("/imap/room/not-offered-costs-no-command", test_neither);
  g_test_add_func ("/imap/room/refusal-is-no-failure", test_refused);
  g_test_add_func ("/imap/room/more-mailboxes-than-fit-in-the-window", test_many);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/imap/room/quota/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  return g_test_run ();
}
