/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a query looked for, found again in a text. */
#include "mail-highlight.h"

#define ALL G_MAXUINT

static char *
mark (const char *query_text, gboolean is_typing, const char *text, guint fields)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  g_autoptr (MailQuery) query = mail_query_parse (query_text, is_typing, 0, zone);
  g_autoptr (MailHighlight) highlight = mail_highlight_new (query);
  g_autoptr (GArray) ranges = highlight ? mail_highlight_find (highlight, text, fields) : g_array_new (FALSE, FALSE, sizeof (MailRange));
  GString *marked = g_string_new (NULL);
  guint position = 0;

  for (guint i = 0; i < ranges->len; i++)
    {
      MailRange range = g_array_index (ranges, MailRange, i);

      g_string_append_len (marked, text + position, range.start - position);
      g_string_append_c (marked, '[');
      g_string_append_len (marked, text + range.start, range.end - range.start);
      g_string_append_c (marked, ']');
      position = range.end;
    }
  g_string_append (marked, text + position);
  return g_string_free (marked, FALSE);
}

static void
assert_marked (const char *query, const char *text, const char *expected)
{
  g_autofree char *marked = mark (query, FALSE, text, ALL);

  g_assert_cmpstr (marked, ==, expected);
}

static void
test_words (void)
{
  assert_marked ("cafe figures", "Two figures, one CAFÉ.", "Two [figures], one [CAFÉ].");
  assert_marked ("\"one cafe\"", "one, cafe; cafe one", "[one, cafe]; cafe one");
  assert_marked ("fig*", "figures and config", "[figures] and config");
  assert_marked ("-figures is:unread", "figures", "figures");
  assert_marked ("a b", "a b c a", "[a] [b] c [a]");
  assert_marked ("absent", "nothing here", "nothing here");
}

static void
test_dense_scripts (void)
{
  assert_marked ("会議", "明日の会議です", "明日の[会議]です");
  assert_marked ("会", "明日の会議です", "明日の[会]議です");
  assert_marked ("日の会", "明日の会議です", "明[日の会]議です");
}

static void
test_fields (void)
{
  g_autofree char *subject = mark ("from:ana", FALSE, "ana", 1u << MAIL_FIELD_SUBJECT);
  g_autofree char *from = mark ("from:ana", FALSE, "ana", 1u << MAIL_FIELD_FROM);
  g_autofree char *typed = mark ("quart", TRUE, "Quarterly", 1u << MAIL_FIELD_SUBJECT);

  g_assert_cmpstr (subject, ==, "ana");
  g_assert_cmpstr (from, ==, "[ana]");
  g_assert_cmpstr (typed, ==, "[Quarterly]");
}

static void
test_bounds (void)
{
  g_autofree char *text = g_strnfill (4 * MAIL_HIGHLIGHT_MAX_BYTES, 'a');
  g_autofree char *marked = NULL;

  for (gsize i = 1; i < 4 * MAIL_HIGHLIGHT_MAX_BYTES; i += 2)
    text[i] = ' ';
  marked = mark ("a", FALSE, text, ALL);
  g_assert_nonnull (marked);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mail/highlight/words-and-phrases-are-marked", test_words);
  g_test_add_func ("/mail/highlight/scripts-without-spaces-are-marked", test_dense_scripts);
  g_test_add_func ("/mail/highlight/words-of-another-field-are-not", test_fields);
  g_test_add_func ("/mail/highlight/a-huge-text-is-bounded", test_bounds);
  return g_test_run ();
}
