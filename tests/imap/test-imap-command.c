/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Commands as bytes: quoting, literals of every mode, mailbox names, and nothing smuggled in. */
#include "imap-command.h"

static const ImapDialect old = { IMAP_LITERAL_WAIT, FALSE };
static const ImapDialect minus = { IMAP_LITERAL_MINUS, FALSE };
static const ImapDialect plus = { IMAP_LITERAL_PLUS, FALSE };
static const ImapDialect utf8 = { IMAP_LITERAL_PLUS, TRUE };

/* Chunks one after the other, with "|" where the server's "+" is awaited. */
static char *
render (ImapCommand *command, const ImapDialect *dialect)
{
  g_autoptr (GPtrArray) chunks = imap_command_render (command, "a1", dialect);
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < chunks->len; i++)
    {
      ImapChunk *chunk = g_ptr_array_index (chunks, i);
      gsize size;
      const char *data = g_bytes_get_data (chunk->bytes, &size);

      g_string_append_len (out, data, size);
      if (chunk->wait)
        g_string_append_c (out, '|');
    }
  return g_string_free (out, FALSE);
}

static void
assert_rendered (ImapCommand *command, const ImapDialect *dialect, const char *expected)
{
  g_autofree char *got = render (command, dialect);

  g_assert_cmpstr (got, ==, expected);
}

static void
test_lists (void)
{
  g_autoptr (ImapCommand) command = imap_command_new ("UID FETCH");

  imap_command_add (command, "1:*");
  imap_command_open (command);
  imap_command_add (command, "UID");
  imap_command_add (command, "FLAGS");
  imap_command_close (command);
  imap_command_open (command);
  imap_command_add_format (command, "CHANGEDSINCE %d", 17);
  imap_command_close (command);
  assert_rendered (command, &old, "a1 UID FETCH 1:* (UID FLAGS) (CHANGEDSINCE 17)\r\n");
}

static void
test_quoting (void)
{
  g_autoptr (ImapCommand) command = imap_command_new ("LOGIN");

  imap_command_add_string (command, "ana");
  imap_command_add_string (command, "a\"b\\c d");
  imap_command_add_string (command, "");
  assert_rendered (command, &old, "a1 LOGIN \"ana\" \"a\\\"b\\\\c d\" \"\"\r\n");
}

static void
test_line_breaks_become_literals (void)
{
  g_autoptr (ImapCommand) command = imap_command_new ("LOGIN");

  imap_command_add_string (command, "x\r\na2 DELETE INBOX");
  imap_command_add_string (command, "y");
  assert_rendered (command, &old, "a1 LOGIN {18}\r\n|x\r\na2 DELETE INBOX \"y\"\r\n");
  assert_rendered (command, &plus, "a1 LOGIN {18+}\r\nx\r\na2 DELETE INBOX \"y\"\r\n");
}

static void
test_mailbox_spelling (void)
{
  g_autoptr (ImapCommand) command = imap_command_new ("SELECT");
  g_autoptr (ImapCommand) inbox = imap_command_new ("SELECT");

  imap_command_add_mailbox (command, "Gelöschte & alte");
  assert_rendered (command, &old, "a1 SELECT \"Gel&APY-schte &- alte\"\r\n");
  assert_rendered (command, &utf8, "a1 SELECT \"Gelöschte & alte\"\r\n");
  imap_command_add_mailbox (inbox, "inbox");
  assert_rendered (inbox, &old, "a1 SELECT \"INBOX\"\r\n");
}

static void
test_wire_spelling_goes_back_to_the_byte (void)
{
  g_autoptr (ImapCommand) command = imap_command_new ("SELECT");

  imap_command_add_wire_mailbox (command, "Gel\xf6scht");
  assert_rendered (command, &plus, "a1 SELECT {8+}\r\nGel\xf6scht\r\n");
}

static void
test_literal_modes (void)
{
  g_autoptr (ImapCommand) command = imap_command_new ("APPEND");
  g_autoptr (GBytes) small = g_bytes_new_static ("abc", 3);
  g_autofree char *many = g_strnfill (5000, 'x');
  g_autoptr (GBytes) large = g_bytes_new_static (many, 5000);
  g_autofree char *got = NULL;

  imap_command_add_mailbox (command, "Sent");
  imap_command_add_literal (command, small);
  assert_rendered (command, &old, "a1 APPEND \"Sent\" {3}\r\n|abc\r\n");
  assert_rendered (command, &minus, "a1 APPEND \"Sent\" {3+}\r\nabc\r\n");
  imap_command_add_literal (command, large);
  got = render (command, &minus);
  g_assert_nonnull (g_strstr_len (got, -1, "{5000}\r\n|xxx"));
}

static void
test_trace (void)
{
  g_autoptr (ImapCommand) command = imap_command_new ("APPEND");
  g_autoptr (GBytes) bytes = g_bytes_new_static ("private", 7);
  g_autofree char *line = NULL;

  imap_command_add_mailbox (command, "Sent");
  imap_command_add_literal (command, bytes);
  line = imap_command_to_trace (command, &plus);
  g_assert_cmpstr (line, ==, "APPEND \"Sent\" {7 bytes}");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/imap/command/lists-have-their-spaces", test_lists);
  g_test_add_func ("/imap/command/strings-are-quoted", test_quoting);
  g_test_add_func ("/imap/command/line-breaks-cannot-smuggle-a-command", test_line_breaks_become_literals);
  g_test_add_func ("/imap/command/mailboxes-are-spelled-in-the-server-s-dialect", test_mailbox_spelling);
  g_test_add_func ("/imap/command/wire-names-go-back-to-the-byte", test_wire_spelling_goes_back_to_the_byte);
  g_test_add_func ("/imap/command/literals-wait-where-they-must", test_literal_modes);
  g_test_add_func ("/imap/command/trace-holds-no-mail", test_trace);
  return g_test_run ();
}
