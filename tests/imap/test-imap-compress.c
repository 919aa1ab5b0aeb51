/* SPDX-License-Identifier: GPL-3.0-or-later */
/* COMPRESS=DEFLATE with a server that follows a script. */
#include "imap-compress.h"

#include "base-error.h"
#include "imap-entry.h"
#include "imap-fetch.h"
#include "imap-login.h"
#include "net-deflate.h"
#include "test-server.h"

#include <string.h>

#define IN "TLS\nS: * OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] hi\nC: a1 AUTHENTICATE *\nS: a1 OK [CAPABILITY IMAP4rev1 COMPRESS=DEFLATE LITERAL+] in\n"
#define BOMB 200 /* MiB of one byte: what a server packs to 200 KB */

static ImapSession *
open_packed (TestServer *server)
{
  g_autoptr (MailLogin) login = test_server_login (server, MAIL_SECURITY_TLS, "ana", MAIL_SECRET_PASSWORD, "secret");
  g_autoptr (GError) error = NULL;
  ImapSession *session = imap_session_open (login, NULL, "test", NULL, &error);

  g_assert_no_error (error);
  imap_login (session, login, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (imap_session_can (session, IMAP_CAN_COMPRESS));
  imap_compress (session, NULL, &error);
  g_assert_no_error (error);
  return session;
}

static void
run (ImapSession *session, const char *verb, ImapDataFunc func, gpointer data)
{
  g_autoptr (ImapCommand) command = imap_command_new (verb);
  g_autoptr (GError) error = NULL;

  imap_session_run (session, command, "a test's command", func, data, NULL, &error);
  g_assert_no_error (error);
}

static void
take_body (ImapSession *session, const ImapResponse *response, gpointer data)
{
  ImapFetch fetch;

  if (!imap_fetch_read (response, &fetch))
    return;
  if (fetch.body)
    *(GBytes **) data = g_bytes_ref (fetch.body);
  imap_fetch_clear (&fetch);
}

static void
test_conversation (gconstpointer data)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (ImapSession) session = NULL;
  g_autoptr (ImapCommand) append = imap_command_new ("APPEND");
  g_autofree char *text = g_strnfill (200000, 'x');
  g_autoptr (GBytes) sent = g_bytes_new (text, 200000);
  g_autoptr (GBytes) received = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *script = g_strdup_printf (IN "C: a2 COMPRESS DEFLATE\nS: a2 OK packing\nDEFLATE\nSPLIT %s\n"
                                             "C: a3 UID FETCH 1 (BODY.PEEK[])\nS: * 1 FETCH (UID 1 BODY[] {10}\nRAW 0123456789)\\r\\n\nS: a3 OK done\n"
                                             "C: a4 APPEND \"Sent\" {200000+}\nREAD 200000\nC: \nS: a4 OK kept\n"
                                             "C: a5 LOGOUT\nS: * BYE\nS: a5 OK\nEOF\n", (const char *) data);

  test_server_add_script (server, script);
  session = open_packed (server);
  run (session, "UID FETCH 1 (BODY.PEEK[])", take_body, &received);
  g_assert_cmpmem (g_bytes_get_data (received, NULL), g_bytes_get_size (received), "0123456789", 10);
  imap_command_add_mailbox (append, "Sent");
  imap_command_add_literal (append, sent);
  imap_session_run (session, append, "the message", NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  imap_session_log_out (session);
}

static void
count_exists (ImapSession *session, const ImapResponse *response, gpointer data)
{
  if (response->kind == IMAP_RESPONSE_DATA && g_str_equal (response->name, "EXISTS"))
    *(guint *) data = response->number;
}

/* The OK and the first packed bytes in one write */
static void
answer_in_one_piece (TestTalk *talk, gpointer data)
{
  g_autoptr (NetDeflate) packer = net_deflate_new ();
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  if (!test_talk_play (talk, IN "C: a2 COMPRESS DEFLATE\n"))
    return;
  g_byte_array_append (bytes, (const guint8 *) "a2 OK go\r\n", 10);
  net_deflate_pack (packer, "* 7 EXISTS\r\na3 OK done\r\n", 24, bytes);
  test_talk_send (talk, bytes->data, bytes->len);
  test_talk_allow_leaving (talk);
  g_free (test_talk_read_line (talk));
}

static void
test_bytes_that_came_with_the_answer (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (ImapSession) session = NULL;
  guint exists = 0;

  test_server_add_func (server, answer_in_one_piece, NULL);
  session = open_packed (server);
  run (session, "NOOP", count_exists, &exists);
  g_assert_cmpuint (exists, ==, 7);
  imap_session_close (session);
}

static void
test_refused (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (ImapSession) session = NULL;

  test_server_add_script (server, IN "C: a2 COMPRESS DEFLATE\nS: a2 NO [COMPRESSIONACTIVE] TLS does it\nC: a3 NOOP\nS: a3 OK\nEOF\n");
  session = open_packed (server);
  run (session, "NOOP", NULL, NULL);
  imap_session_close (session);
}

static void
send_bomb (TestTalk *talk, gpointer data)
{
  g_autoptr (NetDeflate) packer = net_deflate_new ();
  g_autofree char *same = g_strnfill (1024 * 1024, 'x');
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  const char *head = "* 1 FETCH (UID 1 BODY[] {500000000}\r\n";

  if (!test_talk_play (talk, IN "C: a2 COMPRESS DEFLATE\nS: a2 OK go\n"))
    return;
  net_deflate_pack (packer, head, strlen (head), bytes);
  for (int i = 0; i < BOMB; i++)
    net_deflate_pack (packer, same, 1024 * 1024, bytes);
  test_talk_allow_leaving (talk);
  test_talk_send (talk, bytes->data, bytes->len);
  g_free (test_talk_read_line (talk));
}

static void
test_bomb (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (ImapSession) session = NULL;
  g_autoptr (ImapCommand) command = imap_command_new ("UID FETCH 1 (BODY.PEEK[])");
  g_autoptr (GError) error = NULL;

  test_server_add_func (server, send_bomb, NULL);
  session = open_packed (server);
  g_assert_false (imap_session_run (session, command, "the message", NULL, NULL, NULL, &error));
  g_assert_error (error, BASE_ERROR, BASE_ERROR_PROTOCOL);
  g_assert_cmpstr (base_error_get_host (error), ==, "localhost");
  g_assert_false (imap_session_is_open (session));
}

static void
test_not_packed (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (ImapSession) session = NULL;
  g_autoptr (ImapCommand) command = imap_command_new ("NOOP");
  g_autoptr (GError) error = NULL;

  test_server_add_script (server, IN "C: a2 COMPRESS DEFLATE\nS: a2 OK go\nMAYBE\nS: a3 OK but I go on as before\nWAIT\n");
  session = open_packed (server);
  g_assert_false (imap_session_run (session, command, "nothing", NULL, NULL, NULL, &error));
  g_assert_error (error, BASE_ERROR, BASE_ERROR_PROTOCOL);
}

static void
test_not_near (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (MailLogin) login = test_server_login (server, MAIL_SECURITY_TLS, "ana", MAIL_SECRET_PASSWORD, "secret");
  g_autoptr (ImapSession) session = NULL;
  g_autoptr (GError) error = NULL;

  test_server_add_script (server, IN "EOF\n");
  session = imap_entry_open (login, NULL, "test", NULL, &error);
  g_assert_no_error (error);
  imap_session_close (session);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/imap/compress/conversation-is-packed", "0", test_conversation);
  g_test_add_data_func ("/imap/compress/conversation-comes-byte-by-byte", "1", test_conversation);
  g_test_add_func ("/imap/compress/bytes-that-came-with-the-answer-are-packed", test_bytes_that_came_with_the_answer);
  g_test_add_func ("/imap/compress/refusal-goes-on-as-before", test_refused);
  g_test_add_func ("/imap/compress/bomb-costs-an-error", test_bomb);
  g_test_add_func ("/imap/compress/server-that-does-not-pack-costs-an-error", test_not_packed);
  g_test_add_func ("/imap/compress/not-with-a-server-that-is-near", test_not_near);
  return g_test_run ();
}
