/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Replies out of bytes, at every split; and what a refusal means. */
#include "smtp-parser.h"

#include <string.h>

/* Everything the parser makes of @bytes fed in the given pieces, as one string: "220 a|b" a reply, "!" broken. */
static char *
read_all (const char *bytes, gsize length, gsize first, gsize step)
{
  g_autoptr (GString) out = g_string_new (NULL);
  SmtpParser parser;
  gsize at = 0;

  smtp_parser_init (&parser);
  for (gboolean is_first = TRUE; at < length; is_first = FALSE)
    {
      gsize piece = MIN (length - at, is_first && first > 0 ? first : step);
      SmtpReply *reply;
      SmtpEvent event;

      g_byte_array_append (parser.lines.pending, (const guint8 *) bytes + at, piece);
      at += piece;
      while ((event = smtp_parser_next (&parser, &reply)) == SMTP_EVENT_REPLY)
        {
          g_string_append_printf (out, "[%d", reply->code);
          if (reply->enhanced[0])
            g_string_append_printf (out, "/%d.%d.%d", reply->enhanced[0], reply->enhanced[1], reply->enhanced[2]);
          for (guint i = 0; i < reply->lines->len; i++)
            g_string_append_printf (out, "|%s", (const char *) g_ptr_array_index (reply->lines, i));
          g_string_append_c (out, ']');
          smtp_reply_free (reply);
        }
      if (event == SMTP_EVENT_BROKEN)
        {
          g_assert_nonnull (smtp_parser_get_problem (&parser));
          g_string_append_c (out, '!');
          break;
        }
    }
  smtp_parser_clear (&parser);
  return g_strdup (out->str);
}

static void
assert_reads (const char *bytes, const char *expected)
{
  gsize length = strlen (bytes);

  for (gsize first = 0; first <= length; first++)
    {
      g_autofree char *got = read_all (bytes, length, first, length);

      g_assert_cmpstr (got, ==, expected);
    }
  {
    g_autofree char *got = read_all (bytes, length, 1, 1);

    g_assert_cmpstr (got, ==, expected);
  }
}

static void
test_one_line (void)
{
  assert_reads ("220 mail.example.org ready\r\n", "[220|mail.example.org ready]");
}

static void
test_many_lines (void)
{
  assert_reads ("250-mail.example.org\r\n250-PIPELINING\r\n250 SIZE 1000\r\n", "[250|mail.example.org|PIPELINING|SIZE 1000]");
}

static void
test_group (void)
{
  assert_reads ("250 2.1.0 Ok\r\n250 2.1.5 Ok\r\n354 go\r\n", "[250/2.1.0|2.1.0 Ok][250/2.1.5|2.1.5 Ok][354|go]");
}

static void
test_enhanced (void)
{
  assert_reads ("550-5.1.1 No such\r\n550 5.1.1 user\r\n", "[550/5.1.1|5.1.1 No such|5.1.1 user]");
  assert_reads ("550 4.1.1 contradicts itself\r\n", "[550|4.1.1 contradicts itself]");
  assert_reads ("550 5.1.1\r\n", "[550/5.1.1|5.1.1]");
  assert_reads ("550 5.1.1000 no\r\n", "[550|5.1.1000 no]");
  assert_reads ("550 5.1 no\r\n", "[550|5.1 no]");
  assert_reads ("550 5.1.1no\r\n", "[550|5.1.1no]");
  assert_reads ("354 3.0.0 go\r\n", "[354|3.0.0 go]");
}

static void
test_missing_text (void)
{
  assert_reads ("250\r\n", "[250|]");
  assert_reads ("250 \r\n", "[250|]");
  assert_reads ("250-\r\n250\r\n", "[250||]");
}

static void
test_missing_space (void)
{
  assert_reads ("250Ok\r\n", "[250|Ok]");
  assert_reads ("250\tOk\r\n", "[250|Ok]");
}

static void
test_bare_lf (void)
{
  assert_reads ("250-a\n250 b\n221 c\r\n", "[250|a|b][221|c]");
}

static void
test_control_characters (void)
{
  assert_reads ("250 a\rb\x1b[31mc\x07\r\n", "[250|a b [31mc ]");
}

static void
test_nul (void)
{
  g_autofree char *got = read_all ("250 a\0b\r\n", 9, 0, 9);

  g_assert_true (g_str_has_prefix (got, "[250|a"));
  g_assert_true (g_utf8_validate (got, -1, NULL));
}

static void
test_bad_utf8 (void)
{
  g_autofree char *got = read_all ("250 \xff\xfe\r\n", 8, 0, 8);

  g_assert_true (g_utf8_validate (got, -1, NULL));
}

static void
test_no_code (void)
{
  assert_reads ("HTTP/1.1 400 Bad Request\r\n\r\n", "!");
  assert_reads ("\r\n", "!");
  assert_reads ("25\r\n", "!");
  assert_reads ("2500 x\r\n", "!");
  assert_reads ("199 x\r\n", "!");
  assert_reads ("650 x\r\n", "!");
  assert_reads ("25o x\r\n", "!");
}

static void
test_changed_code (void)
{
  assert_reads ("250-yes\r\n550 no\r\n", "!");
}

static void
test_problem_is_shown_clean (void)
{
  SmtpParser parser;
  SmtpReply *reply;

  smtp_parser_init (&parser);
  g_byte_array_append (parser.lines.pending, (const guint8 *) "\x1b]0;evil\xff\r\n", 11);
  g_assert_cmpint (smtp_parser_next (&parser, &reply), ==, SMTP_EVENT_BROKEN);
  g_assert_true (g_utf8_validate (smtp_parser_get_problem (&parser), -1, NULL));
  g_assert_null (strchr (smtp_parser_get_problem (&parser), '\x1b'));
  smtp_parser_clear (&parser);
}

static void
test_stays_broken (void)
{
  SmtpParser parser;
  SmtpReply *reply;

  smtp_parser_init (&parser);
  g_byte_array_append (parser.lines.pending, (const guint8 *) "x\r\n250 fine\r\n", 13);
  g_assert_cmpint (smtp_parser_next (&parser, &reply), ==, SMTP_EVENT_BROKEN);
  g_assert_cmpint (smtp_parser_next (&parser, &reply), ==, SMTP_EVENT_BROKEN);
  g_assert_false (smtp_parser_is_idle (&parser));
  smtp_parser_clear (&parser);
}

/* Feeds @piece for ever; says after how many bytes the parser gave up. */
static gsize
feed_for_ever (const char *piece)
{
  SmtpParser parser;
  gsize fed = 0;
  SmtpReply *reply;

  smtp_parser_init (&parser);
  while (fed < 16 * 1024 * 1024)
    {
      g_byte_array_append (parser.lines.pending, (const guint8 *) piece, strlen (piece));
      fed += strlen (piece);
      if (smtp_parser_next (&parser, &reply) == SMTP_EVENT_BROKEN)
        break;
    }
  smtp_parser_clear (&parser);
  return fed;
}

static void
test_endless_line (void)
{
  g_autofree char *long_text = g_strnfill (1000, 'x');
  g_autofree char *piece = g_strconcat ("250-", long_text, NULL);

  g_assert_cmpuint (feed_for_ever (piece), <, SMTP_PARSER_MAX_LINE + 2 * strlen (piece));
}

static void
test_endless_reply (void)
{
  g_autofree char *long_text = g_strnfill (8000, 'x');
  g_autofree char *piece = g_strconcat ("250-", long_text, "\r\n", NULL);

  g_assert_cmpuint (feed_for_ever (piece), <, SMTP_PARSER_MAX_REPLY + 2 * strlen (piece));
  g_assert_cmpuint (feed_for_ever ("250-x\r\n"), <=, (SMTP_PARSER_MAX_LINES + 1) * 7);
}

static void
test_longest_line (void)
{
  g_autofree char *text = g_strnfill (SMTP_PARSER_MAX_LINE - 4, 'x');
  g_autofree char *line = g_strconcat ("334 ", text, "\r\n", NULL);
  g_autofree char *got = read_all (line, strlen (line), 0, 777);
  g_autofree char *expected = g_strconcat ("[334|", text, "]", NULL);

  g_assert_cmpstr (got, ==, expected);
}

static void
test_idle (void)
{
  SmtpParser parser;
  SmtpReply *reply;

  smtp_parser_init (&parser);
  g_assert_true (smtp_parser_is_idle (&parser));
  g_byte_array_append (parser.lines.pending, (const guint8 *) "250-a\r\n", 7);
  g_assert_cmpint (smtp_parser_next (&parser, &reply), ==, SMTP_EVENT_NEED_BYTES);
  g_assert_false (smtp_parser_is_idle (&parser));
  g_byte_array_append (parser.lines.pending, (const guint8 *) "250 b\r\n2", 8);
  g_assert_cmpint (smtp_parser_next (&parser, &reply), ==, SMTP_EVENT_REPLY);
  smtp_reply_free (reply);
  g_assert_false (smtp_parser_is_idle (&parser));
  smtp_parser_clear (&parser);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/smtp/parser/one-line", test_one_line);
  g_test_add_func ("/smtp/parser/many-lines-are-one-reply", test_many_lines);
  g_test_add_func ("/smtp/parser/replies-to-a-group-come-one-by-one", test_group);
  g_test_add_func ("/smtp/parser/enhanced-code-counts-when-it-agrees", test_enhanced);
  g_test_add_func ("/smtp/parser/missing-text-is-allowed", test_missing_text);
  g_test_add_func ("/smtp/parser/missing-space-is-allowed", test_missing_space);
  g_test_add_func ("/smtp/parser/bare-lf-ends-a-line", test_bare_lf);
  g_test_add_func ("/smtp/parser/control-characters-become-spaces", test_control_characters);
  g_test_add_func ("/smtp/parser/nul-does-no-harm", test_nul);
  g_test_add_func ("/smtp/parser/bad-utf8-becomes-valid", test_bad_utf8);
  g_test_add_func ("/smtp/parser/no-code-is-broken", test_no_code);
  g_test_add_func ("/smtp/parser/changed-code-in-continuation-is-broken", test_changed_code);
  g_test_add_func ("/smtp/parser/problem-is-shown-clean", test_problem_is_shown_clean);
  g_test_add_func ("/smtp/parser/broken-stays-broken", test_stays_broken);
  g_test_add_func ("/smtp/parser/endless-line-is-bounded", test_endless_line);
  g_test_add_func ("/smtp/parser/endless-reply-is-bounded", test_endless_reply);
  g_test_add_func ("/smtp/parser/longest-line-is-read", test_longest_line);
  g_test_add_func ("/smtp/parser/half-a-reply-is-not-idle", test_idle);
  return g_test_run ();
}
