/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The scripted server itself: that it plays what is written, and that it notices when the client does something else. */
#include "test-server.h"

#include <string.h>

/* Says @text, reads until the end, hangs up. Returns: (transfer full): what came */
static char *
visit (TestServer *server, const char *text)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection = NULL;
  g_autoptr (GString) got = g_string_new (NULL);
  char buffer[1000];
  gssize n;

  connection = g_socket_client_connect_to_host (client, "127.0.0.1", test_server_get_port (server), NULL, NULL);
  if (!connection)
    return g_strdup (""); /* cut before it was whole */
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), text, strlen (text), NULL, NULL, NULL);
  g_socket_shutdown (g_socket_connection_get_socket (connection), FALSE, TRUE, NULL);
  while ((n = g_input_stream_read (g_io_stream_get_input_stream (G_IO_STREAM (connection)), buffer, sizeof buffer, NULL, NULL)) > 0)
    g_string_append_len (got, buffer, n);
  g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);
  return g_string_free (g_steal_pointer (&got), FALSE);
}

static void
check_failure (TestServer *server, const char *pattern)
{
  g_autofree char *failure = test_server_take_failure (server);

  if (pattern)
    g_assert_true (failure && g_pattern_match_simple (pattern, failure));
  else
    g_assert_cmpstr (failure, ==, NULL);
}

static void
test_all_lines (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autofree char *got = NULL;
  g_autofree char *received = NULL;

  test_server_set_body (server, "mail", "a\n.b\r\n\nlast", -1);
  g_assert_cmpuint (test_server_get_body_size (server, "mail"), ==, 15);
  test_server_add_script (server, "# says all there is\n\nS: hello\nS:\nC: USER *\nC~\nREAD 3\nDOT\nRAW a\\x41\\\\\\r\\n\nMULTI mail\n"
                                  "SPLIT 2\nBYTES mail\nWAIT 1\nEOF\n");
  got = visit (server, "USER x\r\nany\r\nabcline\r\n.\r\n");
  g_assert_cmpstr (got, ==, "hello\r\n\r\naA\\\r\na\r\n..b\r\n\r\nlast\r\n.\r\na\n.b\r\n\nlast");
  check_failure (server, NULL);
  received = test_server_dup_received (server, 0, NULL);
  g_assert_cmpstr (received, ==, "USER x\r\nany\r\nabcline\r\n.\r\n");
}

static void
test_mismatches (void)
{
  static const struct
  {
    const char *script, *said, *failure;
  } cases[] = {
    { "C: QUIT\n", "NOOP\r\n", "connection 1: at \"C: QUIT\": the client said \"NOOP\"" },
    { "C: QUIT\n", "QUIT\n", "*does not end with CRLF*" },
    { "C: QUIT\n", "", "*the client hung up*" },
    { "C: QUIT\nEOF\n", "QUIT\r\nmore\r\n", "*the client said more*" },
    { "READ 10\n", "12345", "*the client hung up*" },
    { "TLS\n", "hello\r\n", "*no handshake*" },
    { "MAYBE\nC: QUIT\n", "", NULL },
    { "CUT\nC: QUIT\n", "", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (TestServer) server = test_server_new ();

      test_server_add_script (server, cases[i].script);
      g_free (visit (server, cases[i].said));
      check_failure (server, cases[i].failure);
    }
}

static void
test_unplayed (void)
{
  g_autoptr (TestServer) server = test_server_new ();

  test_server_add_script (server, "S: hello\n");
  check_failure (server, "1 of the scripts were never played*");
}

static void
test_uninvited (void)
{
  g_autoptr (TestServer) server = test_server_new ();

  g_free (visit (server, ""));
  check_failure (server, "*no script*");
}

static void
test_sequence (void)
{
  g_autoptr (TestServer) server = test_server_new ();

  test_server_set_repeat (server, TRUE);
  test_server_add_script (server, "S: one\n");
  test_server_add_script (server, "S: two\n");
  for (int i = 0; i < 4; i++)
    {
      g_autofree char *got = visit (server, "");

      g_assert_cmpstr (got, ==, i == 0 ? "one\r\n" : "two\r\n");
    }
  check_failure (server, NULL);
  g_assert_cmpuint (test_server_get_n_connections (server), ==, 4);
}

static void
test_cuts (void)
{
  for (gssize n = 0; n < 7; n++)
    {
      g_autoptr (TestServer) server = test_server_new ();
      g_autofree char *got = NULL;
      g_autofree char *received = NULL;

      test_server_cut_after (server, n, -1);
      test_server_add_script (server, "S: hello\nC: owed no more\n");
      got = visit (server, "");
      g_assert_cmpuint (strlen (got), <=, n); /* a reset may take what was not read yet with it */

      test_server_cut_after (server, -1, n);
      test_server_add_script (server, "C: QUITS\n");
      g_free (visit (server, "QUITS\r\n"));
      check_failure (server, NULL);
      received = test_server_dup_received (server, 1, NULL);
      g_assert_cmpuint (strlen (received), ==, n);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/support/server/every-line-of-a-script/is-played", test_all_lines);
  g_test_add_func ("/support/server/client-that-differs/is-noticed", test_mismatches);
  g_test_add_func ("/support/server/client-that-never-came/is-noticed", test_unplayed);
  g_test_add_func ("/support/server/client-without-a-script/is-noticed", test_uninvited);
  g_test_add_func ("/support/server/connections/play-one-script-each", test_sequence);
  g_test_add_func ("/support/server/cuts/come-at-the-byte", test_cuts);
  return g_test_run ();
}
