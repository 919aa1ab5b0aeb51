/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Responses of real and of impossible servers, at every split of the stream. */
#include "imap-parser.h"

#include <string.h>

static void print_values (GString *out, const ImapNode *first);

static void
print_node (GString *out, const ImapNode *node)
{
  switch (node->type)
    {
    case IMAP_NODE_NIL:
      g_string_append (out, "NIL");
      break;
    case IMAP_NODE_ATOM:
      g_string_append (out, node->text);
      break;
    case IMAP_NODE_STRING:
      g_string_append_printf (out, "'%s'", node->text);
      break;
    case IMAP_NODE_LITERAL:
      g_string_append_printf (out, "<%" G_GSIZE_FORMAT " bytes>", node->length);
      break;
    case IMAP_NODE_LIST:
      g_string_append_c (out, '(');
      print_values (out, node->first);
      g_string_append_c (out, ')');
      break;
    }
}

static void
print_values (GString *out, const ImapNode *first)
{
  for (const ImapNode *node = first; node; node = node->next)
    {
      if (node != first)
        g_string_append_c (out, ' ');
      print_node (out, node);
    }
}

static void
print_response (GString *out, const ImapResponse *r)
{
  static const char *const statuses[] = { "OK", "NO", "BAD", "PREAUTH", "BYE" };

  switch (r->kind)
    {
    case IMAP_RESPONSE_CONTINUATION:
      g_string_append_printf (out, "+%s", r->text);
      break;
    case IMAP_RESPONSE_STATUS:
      g_string_append_printf (out, "%s %s", r->tag ? r->tag : "*", statuses[r->status]);
      if (r->code)
        {
          g_string_append_printf (out, " [%s:", r->code);
          print_values (out, r->code_arguments);
          g_string_append_c (out, ']');
        }
      g_string_append_printf (out, " %s", r->text);
      break;
    case IMAP_RESPONSE_DATA:
      if (r->has_number)
        g_string_append_printf (out, "%u ", r->number);
      g_string_append_printf (out, "%s: ", r->name);
      print_values (out, r->arguments);
      break;
    }
  g_string_append_c (out, '\n');
}

static void
drain (ImapParser *parser, GString *out)
{
  const ImapResponse *response;
  ImapEvent event;

  while ((event = imap_parser_next (parser, &response)) == IMAP_EVENT_RESPONSE)
    print_response (out, response);
  if (event == IMAP_EVENT_BROKEN)
    g_string_append_printf (out, "BROKEN %s\n", imap_parser_get_fault (parser));
}

static char *
parse_in_two (const char *input, gsize length, gsize split)
{
  g_autoptr (ImapParser) parser = imap_parser_new ();
  GString *out = g_string_new (NULL);

  g_byte_array_append (imap_parser_get_pending (parser), (const guint8 *) input, split);
  drain (parser, out);
  g_byte_array_append (imap_parser_get_pending (parser), (const guint8 *) input + split, length - split);
  if (!strstr (out->str, "BROKEN"))
    drain (parser, out);
  return g_string_free (out, FALSE);
}

static void
assert_parsed (const char *input, const char *expected)
{
  gsize length = strlen (input);

  for (gsize split = 0; split <= length; split++)
    {
      g_autofree char *got = parse_in_two (input, length, split);

      if (!g_str_equal (got, expected))
        g_error ("split at %" G_GSIZE_FORMAT " of «%s»:\ngot      «%s»\nexpected «%s»", split, input, got, expected);
    }
}

typedef struct
{
  const char *name, *input, *expected;
} Case;

static const Case cases[] = {
  { "greeting-with-capabilities", "* OK [CAPABILITY IMAP4rev1 IDLE AUTH=PLAIN] Dovecot ready.\r\n",
    "* OK [CAPABILITY:IMAP4rev1 IDLE AUTH=PLAIN] Dovecot ready.\n" },
  { "tagged-refusal", "a1 NO [AUTHENTICATIONFAILED] Authentication failed.\r\n", "a1 NO [AUTHENTICATIONFAILED:] Authentication failed.\n" },
  { "continuation", "+ idling\r\n+\r\n", "+idling\n+\n" },
  { "code-with-list", "* OK [PERMANENTFLAGS (\\Answered \\Seen \\*)] Limited\r\n", "* OK [PERMANENTFLAGS:(\\Answered \\Seen \\*)] Limited\n" },
  { "copyuid", "A003 OK [COPYUID 38505 304,319:320 3956:3958] Done\r\n", "A003 OK [COPYUID:38505 304,319:320 3956:3958] Done\n" },
  { "code-that-does-not-close", "* OK [ALERT Something\r\n", "* OK [ALERT Something\n" },
  { "words-that-look-like-a-literal", "* OK [ALERT] see page {12}\r\n* 3 EXISTS\r\n", "* OK [ALERT:] see page {12}\n3 EXISTS: \n" },
  { "status-without-text", "a2 OK\r\n* BYE\r\na3 OK \r\n", "a2 OK \n* BYE \na3 OK \n" },
  { "numbers", "* 172 EXISTS\r\n* 4294967295 EXPUNGE\r\n* 4294967296 EXPUNGE\r\n* 1 RECENT\r\n", "172 EXISTS: \n4294967295 EXPUNGE: \n1 RECENT: \n" },
  { "list-with-quoted-name", "* LIST (\\HasNoChildren \\Sent) \"/\" \"Sent \\\"old\\\"\"\r\n", "LIST: (\\HasNoChildren \\Sent) '/' 'Sent \"old\"'\n" },
  { "list-with-literal-name", "* LIST () NIL {7}\r\nfoo bar\r\n", "LIST: () NIL 'foo bar'\n" },
  { "literal-in-the-middle", "* 1 FETCH (BODY[HEADER.FIELDS (SUBJECT \"X Y\")] {5}\r\na\r\nb\r UID 7)\r\n",
    "1 FETCH: (BODY[HEADER.FIELDS (SUBJECT \"X Y\")] 'a\r\nb\r' UID 7)\n" },
  { "empty-literal", "* 1 FETCH (BODY[] {0}\r\n FLAGS ())\r\n", "1 FETCH: (BODY[] '' FLAGS ())\n" },
  { "literal-plus-and-literal8", "* 1 FETCH (BINARY[1] ~{2}\r\n(( BODY[2]<0> {1+}\r\n))\r\n", "1 FETCH: (BINARY[1] '((' BODY[2]<0> ')')\n" },
  { "literal-that-looks-like-a-line", "* 1 FETCH (RFC822 {10}\r\n* 2 EXISTS)\r\n", "1 FETCH: (RFC822 '* 2 EXISTS')\n" },
  { "nested-without-spaces", "* 2 FETCH (BODYSTRUCTURE ((\"TEXT\" \"PLAIN\" NIL)(\"TEXT\" \"HTML\" (\"CHARSET\" \"utf-8\")) \"ALTERNATIVE\"))\r\n",
    "2 FETCH: (BODYSTRUCTURE (('TEXT' 'PLAIN' NIL) ('TEXT' 'HTML' ('CHARSET' 'utf-8')) 'ALTERNATIVE'))\n" },
  { "bare-linefeed", "* 1 EXISTS\n* 2 EXISTS\r\n", "1 EXISTS: \n2 EXISTS: \n" },
  { "spaces-to-spare", "* SEARCH 1  2 3 \r\n*  5 EXISTS \r\n", "SEARCH: 1 2 3\n5 EXISTS: \n" },
  { "esearch", "* ESEARCH (TAG \"A282\") UID MIN 2 COUNT 3\r\n", "ESEARCH: (TAG 'A282') UID MIN 2 COUNT 3\n" },
  { "nonsense-is-passed-over", "* 1 FETCH (FLAGS (\\Seen)\r\n)(\r\n\r\nhello\r\n* 2 FETCH ) x\r\n* 3 EXISTS\r\n", "3 EXISTS: \n" },
  { "unclosed-quotes-are-passed-over", "* LIST () \"/\" \"INBOX {3}\r\n* 3 EXISTS\r\n", "3 EXISTS: \n" },
  { "lower-case", "* ok [uidnext 5] fine\r\n* list () nil inbox\r\n", "* OK [UIDNEXT:5] fine\nLIST: () NIL inbox\n" },
  { "vanished", "* VANISHED (EARLIER) 300:310,405\r\n", "VANISHED: (EARLIER) 300:310,405\n" },
  { "eight-bit-mailbox", "* LIST () \"/\" \"Gel\xc3\xb6scht\"\r\n", "LIST: () '/' 'Gel\xc3\xb6scht'\n" },
  { "announced-larger-than-any-mail", "* 1 FETCH (BODY[] {99999999999}\r\n", "BROKEN The server announced a piece of data larger than any mail.\n" },
};

static void
test_case (gconstpointer data)
{
  const Case *c = data;

  assert_parsed (c->input, c->expected);
}

static void
test_large_literal (void)
{
  g_autoptr (ImapParser) parser = imap_parser_new ();
  g_autofree char *body = g_strnfill (3 * 1000 * 1000, 'x');
  const ImapResponse *response = NULL;
  g_autoptr (GBytes) bytes = NULL;
  GByteArray *pending = imap_parser_get_pending (parser);

  g_byte_array_append (pending, (const guint8 *) "* 1 FETCH (BODY[] {3000000}\r\n", 29);
  for (int i = 0; i < 3000; i++)
    {
      g_byte_array_append (pending, (const guint8 *) body, 1000);
      g_assert_cmpint (imap_parser_next (parser, &response), ==, IMAP_EVENT_NEED_BYTES);
    }
  g_assert_false (imap_parser_is_idle (parser));
  g_byte_array_append (pending, (const guint8 *) ")\r\n", 3);
  g_assert_cmpint (imap_parser_next (parser, &response), ==, IMAP_EVENT_RESPONSE);
  bytes = imap_node_dup_bytes (response->arguments->first->next);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), body, 3000000);
  g_assert_true (imap_parser_is_idle (parser));
}

static void
test_announcement_costs_nothing (void)
{
  g_autoptr (ImapParser) parser = imap_parser_new ();
  const ImapResponse *response = NULL;
  GByteArray *pending = imap_parser_get_pending (parser);
  const char *line = "* 1 FETCH (BODY[] {536870912}\r\n";

  g_byte_array_append (pending, (const guint8 *) line, strlen (line));
  g_assert_cmpint (imap_parser_next (parser, &response), ==, IMAP_EVENT_NEED_BYTES);
  g_assert_cmpuint (pending->len, <, 1000);
}

static void
test_deep_lists (void)
{
  g_autoptr (ImapParser) parser = imap_parser_new ();
  g_autofree char *open = g_strnfill (100000, '(');
  g_autofree char *line = g_strdup_printf ("* 1 FETCH %s\r\n* 2 EXISTS\r\n", open);
  const ImapResponse *response = NULL;

  g_byte_array_append (imap_parser_get_pending (parser), (const guint8 *) line, strlen (line));
  g_assert_cmpint (imap_parser_next (parser, &response), ==, IMAP_EVENT_RESPONSE);
  g_assert_cmpuint (response->number, ==, 2);
  g_assert_cmpuint (imap_parser_get_skipped (parser), ==, 1);
}

static void
test_endless_line (void)
{
  g_autoptr (ImapParser) parser = imap_parser_new ();
  g_autofree char *piece = g_strnfill (65536, 'x');
  const ImapResponse *response = NULL;
  ImapEvent event = IMAP_EVENT_NEED_BYTES;
  int i;

  for (i = 0; i < 100 && event == IMAP_EVENT_NEED_BYTES; i++)
    {
      g_byte_array_append (imap_parser_get_pending (parser), (const guint8 *) piece, 65536);
      event = imap_parser_next (parser, &response);
    }
  g_assert_cmpint (event, ==, IMAP_EVENT_BROKEN);
  g_assert_cmpint (i, <, 20);
}

static void
test_numbers (void)
{
  static const struct { const char *text; gboolean is_number; guint64 value; } numbers[] = {
    { "0", TRUE, 0 }, { "9223372036854775799", TRUE, 9223372036854775799u }, { "99999999999999999999", FALSE, 0 },
    { "-1", FALSE, 0 }, { "1a", FALSE, 0 }, { "", FALSE, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      ImapNode node = { .type = IMAP_NODE_STRING, .text = numbers[i].text, .length = strlen (numbers[i].text) };
      guint64 value = 0;

      g_assert_cmpint (imap_node_get_number (&node, &value), ==, numbers[i].is_number);
      if (numbers[i].is_number)
        g_assert_cmpuint (value, ==, numbers[i].value);
    }
  g_assert_false (imap_node_get_number (NULL, &(guint64) { 0 }));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/imap/parser/every-split/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/imap/parser/large-literal-arrives-whole", test_large_literal);
  g_test_add_func ("/imap/parser/announcing-a-literal-costs-no-memory", test_announcement_costs_nothing);
  g_test_add_func ("/imap/parser/lists-nested-without-end-are-passed-over", test_deep_lists);
  g_test_add_func ("/imap/parser/line-without-end-breaks", test_endless_line);
  g_test_add_func ("/imap/parser/numbers-are-bounded", test_numbers);
  return g_test_run ();
}
