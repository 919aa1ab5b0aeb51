/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Replies, cut at every place they can be cut at. */
#include "pop3-parser.h"

#include <string.h>

/* What the parser made of the bytes, as text: one line an event; a message in quotes. */
typedef struct
{
  Pop3Parser parser;
  const Pop3ReplyKind *kinds;
  gsize n_kinds, next;
  gboolean in_message, is_open;
  GByteArray *message;
  GString *log;
} Player;

static void
begin_reply (Player *self)
{
  self->is_open = self->next < self->n_kinds;
  if (self->is_open)
    pop3_parser_expect (&self->parser, self->kinds[self->next++]);
}

static void
take_event (Player *self, Pop3Event event, const char *text)
{
  static const char *const names[] = { "", "OK", "ERR", "CONTINUE", "LINE", "END", "BROKEN" };

  g_string_append_printf (self->log, "%s %s\n", names[event], text);
  if (event == POP3_EVENT_OK && self->kinds[self->next - 1] == POP3_REPLY_MESSAGE)
    self->in_message = TRUE;
  else if (event == POP3_EVENT_ERR || event == POP3_EVENT_END || event == POP3_EVENT_CONTINUE
           || (event == POP3_EVENT_OK && self->kinds[self->next - 1] == POP3_REPLY_LINE))
    begin_reply (self);
  else if (event == POP3_EVENT_BROKEN)
    self->is_open = FALSE;
}

static void
run (Player *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  while (self->is_open)
    {
      Pop3Event event;

      if (self->in_message)
        {
          event = pop3_parser_next_block (&self->parser, self->message);
          if (event == POP3_EVENT_NEED_BYTES)
            return;
          self->in_message = FALSE;
          g_byte_array_append (self->message, (const guint8 *) "", 1);
          g_string_append_printf (self->log, "“%s”\n", (char *) self->message->data);
          g_byte_array_set_size (self->message, 0);
          take_event (self, event, "");
          continue;
        }
      g_string_truncate (text, 0);
      event = pop3_parser_next (&self->parser, text);
      if (event == POP3_EVENT_NEED_BYTES)
        return;
      take_event (self, event, event == POP3_EVENT_BROKEN ? self->parser.fault : event == POP3_EVENT_END ? "" : text->str);
    }
}

/* Feeds @bytes in pieces: cut at @first and at @second, or each byte by itself with @first 0. */
static char *
play (const char *bytes, gsize length, const Pop3ReplyKind *kinds, gsize n_kinds, gsize first, gsize second)
{
  Player self = { .kinds = kinds, .n_kinds = n_kinds, .message = g_byte_array_new (), .log = g_string_new (NULL) };
  gsize at = 0;

  pop3_parser_init (&self.parser);
  begin_reply (&self);
  run (&self);
  while (at < length)
    {
      gsize until = first == 0 ? at + 1 : at < first ? first : at < second ? second : length;

      g_byte_array_append (self.parser.lines.pending, (const guint8 *) bytes + at, (guint) (until - at));
      at = until;
      run (&self);
    }
  if (self.in_message)
    g_string_append (self.log, "unfinished\n");
  pop3_parser_clear (&self.parser);
  g_byte_array_unref (self.message);
  return g_string_free (self.log, FALSE);
}

static void
assert_events (const char *bytes, const Pop3ReplyKind *kinds, gsize n_kinds, const char *expected)
{
  gsize length = strlen (bytes);

  for (gsize first = 0; first < length; first++)
    for (gsize second = first == 0 ? length : first; second <= length; second++)
      {
        g_autofree char *log = play (bytes, length, kinds, n_kinds, first, second);

        g_assert_cmpstr (log, ==, expected);
      }
}

#define ASSERT_EVENTS(bytes, expected, ...) \
  G_STMT_START { \
    const Pop3ReplyKind kinds[] = { __VA_ARGS__ }; \
    assert_events (bytes, kinds, G_N_ELEMENTS (kinds), expected); \
  } G_STMT_END

static void
test_status_lines (void)
{
  ASSERT_EVENTS ("+OK hi\r\n-ERR [IN-USE] no\r\n+ YWJj\r\n+OK\r\n+ \r\n-ERR\r\n",
                 "OK hi\nERR [IN-USE] no\nCONTINUE YWJj\nOK \nCONTINUE \nERR \n",
                 POP3_REPLY_LINE, POP3_REPLY_LINE, POP3_REPLY_LINE, POP3_REPLY_LINE, POP3_REPLY_LINE, POP3_REPLY_LINE);
}

static void
test_many_lines (void)
{
  ASSERT_EVENTS ("+OK\r\n1 a\r\n..dot\r\n\r\n.\r\n-ERR no\r\n+OK\r\n.\r\n", "OK \nLINE 1 a\nLINE .dot\nLINE \nEND \nERR no\nOK \nEND \n",
                 POP3_REPLY_LINES, POP3_REPLY_LINES, POP3_REPLY_LINES);
}

static void
test_messages (void)
{
  ASSERT_EVENTS ("+OK\r\nA: b\r\n\r\n..x\r\n...\r\ny.\r\n.\r\n+OK\r\n.\r\n-ERR\r\n",
                 "OK \n“A: b\r\n\r\n.x\r\n..\r\ny.\r\n”\nEND \nOK \n“”\nEND \nERR \n",
                 POP3_REPLY_MESSAGE, POP3_REPLY_MESSAGE, POP3_REPLY_MESSAGE);
}

static void
test_bare_lf_cannot_end_a_message (void)
{
  ASSERT_EVENTS ("+OK\r\nx\n.\n+OK forged\n.\r\ny\r\n.\n\r\n.\rz\r\n.\r\n+OK real\r\n", "OK \n“x\n.\n+OK forged\n.\r\ny\r\n\n\r\n\rz\r\n”\nEND \nOK real\n",
                 POP3_REPLY_MESSAGE, POP3_REPLY_LINE);
}

static void
test_server_that_knows_no_cr (void)
{
  ASSERT_EVENTS ("+OK\nx\n..y\n.\n+OK\n1\n.\n", "OK \n“x\n.y\n”\nEND \nOK \nLINE 1\nEND \n", POP3_REPLY_MESSAGE, POP3_REPLY_LINES);
}

static void
test_missing_dot (void)
{
  ASSERT_EVENTS ("+OK\r\nx\r\n.", "OK \nunfinished\n", POP3_REPLY_MESSAGE);
  ASSERT_EVENTS ("+OK\r\nx\r\n.\r", "OK \nunfinished\n", POP3_REPLY_MESSAGE);
}

static void
test_other_protocols (void)
{
  ASSERT_EVENTS ("220 smtp.example ESMTP\r\n+OK\r\n", "BROKEN its reply begins with neither +OK nor -ERR\n", POP3_REPLY_LINE, POP3_REPLY_LINE);
  ASSERT_EVENTS ("+OKAY\r\n", "BROKEN its reply begins with neither +OK nor -ERR\n", POP3_REPLY_LINE);
}

static void
test_challenge_out_of_place (void)
{
  ASSERT_EVENTS ("+ more\r\n", "BROKEN its reply begins with neither +OK nor -ERR\n", POP3_REPLY_MESSAGE);
}

static void
test_endless_line (void)
{
  g_autofree char *line = g_strnfill (POP3_LINE_LIMIT + 10, 'a');
  const Pop3ReplyKind kind = POP3_REPLY_LINE;
  g_autofree char *log = play (line, strlen (line), &kind, 1, 0, 0);

  g_assert_cmpstr (log, ==, "BROKEN a line of its reply is too long\n");
}

static void
test_long_line_of_a_message (void)
{
  g_autofree char *line = g_strnfill (300000, 'a');
  g_autofree char *bytes = g_strdup_printf ("+OK\r\n%s\r\n.\r\n", line);
  g_autofree char *expected = g_strdup_printf ("OK \n“%s\r\n”\nEND \n", line);
  const Pop3ReplyKind kind = POP3_REPLY_MESSAGE;
  g_autofree char *log = play (bytes, strlen (bytes), &kind, 1, 150000, 300006);

  g_assert_cmpstr (log, ==, expected);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pop3/parser/status-lines", test_status_lines);
  g_test_add_func ("/pop3/parser/many-lines", test_many_lines);
  g_test_add_func ("/pop3/parser/messages-are-unstuffed", test_messages);
  g_test_add_func ("/pop3/parser/bare-lf-cannot-end-a-message", test_bare_lf_cannot_end_a_message);
  g_test_add_func ("/pop3/parser/server-that-knows-no-cr", test_server_that_knows_no_cr);
  g_test_add_func ("/pop3/parser/missing-dot/never-ends", test_missing_dot);
  g_test_add_func ("/pop3/parser/other-protocol/is-broken", test_other_protocols);
  g_test_add_func ("/pop3/parser/challenge-out-of-place/is-broken", test_challenge_out_of_place);
  g_test_add_func ("/pop3/parser/endless-line/is-broken", test_endless_line);
  g_test_add_func ("/pop3/parser/long-line-of-a-message/is-kept", test_long_line_of_a_message);
  return g_test_run ();
}
