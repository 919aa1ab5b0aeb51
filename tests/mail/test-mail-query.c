/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person typed to find mail: operators, phrases, alternatives, and everything that is none of them. */
#include "mail-query.h"

#define NOW 1795348800 /* 2026-11-22 12:00 UTC, a Sunday */

static MailQuery *
parse (const char *text, gboolean is_typing)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();

  return mail_query_parse (text, is_typing, NOW, zone);
}

/* a term as "-field:words*", its alternatives behind bars */
static char *
describe (const MailQuery *query)
{
  static const char *const fields[] = { "", "subject:", "from:", "to:", "body:", "attachment:" };
  GString *text = g_string_new (NULL);
  const GPtrArray *clauses = mail_query_get_clauses (query);

  for (guint i = 0; i < clauses->len; i++)
    {
      const GPtrArray *clause = g_ptr_array_index (clauses, i);

      g_string_append (text, i > 0 ? ", " : "");
      for (guint j = 0; j < clause->len; j++)
        {
          const MailTerm *term = g_ptr_array_index (clause, j);

          g_string_append_printf (text, "%s%s", j > 0 ? " | " : "", term->is_negated ? "-" : "");
          if (term->kind == MAIL_TERM_WORDS)
            g_string_append_printf (text, "%s%s%s", fields[term->field], term->words, term->is_prefix ? "*" : "");
          else if (term->kind == MAIL_TERM_FLAGS)
            g_string_append_printf (text, "flags%s%u", term->is_unset ? "!=" : "=", term->flags);
          else
            g_string_append_printf (text, "%d:%s%" G_GINT64_FORMAT, term->kind, term->words ? term->words : "", term->number);
        }
    }
  return g_string_free (text, FALSE);
}

static void
assert_query (const char *text, const char *expected)
{
  g_autoptr (MailQuery) query = parse (text, FALSE);
  g_autofree char *found = describe (query);

  g_assert_cmpstr (found, ==, expected);
  g_assert_cmpstr (mail_query_get_complaint (query), ==, NULL);
}

static void
assert_typing (const char *text, const char *expected)
{
  g_autoptr (MailQuery) query = parse (text, TRUE);
  g_autofree char *found = describe (query);

  g_assert_cmpstr (found, ==, expected);
  g_assert_cmpstr (mail_query_get_complaint (query), ==, NULL);
}

static void
test_words (void)
{
  assert_query ("  Quarterly   FIGURES ", "quarterly, figures");
  assert_query ("\"Quarterly figures\" café", "quarterly figures, cafe");
  assert_query ("“Quarterly figures”", "quarterly figures");
  assert_query ("-spam -\"no thanks\"", "-spam, -no thanks");
  assert_query ("figur* \"my figur\"*", "figur*, my figur*");
  assert_query ("f* fi* \"my f\"*", "f, fi*, my f");
  assert_query ("ana@example.org", "ana example org");
  assert_query ("a b OR c", "a, b | c");
  assert_query ("a OR b OR -c d", "a | b | -c, d");
}

static void
test_operators (void)
{
  assert_query ("from:ana TO:\"Tom Berg\" cc:eva subject:re body:x attachment:report.pdf",
                "from:ana, to:tom berg, to:eva, subject:re, body:x, attachment:report pdf");
  assert_query ("has:attachment is:unread IS:Flagged -is:answered", "1:0, flags!=1, flags=4, -flags=2");
  assert_query ("in:\"Sent Mail\"", "3:sent mail0");
  assert_query ("larger:5M smaller:1.5kB larger:500", "6:5000000, 7:1500, 6:500");
}

static void
test_dates (void)
{
  assert_query ("before:2026-11-22", "4:1795305600");
  assert_query ("after:2026/11/22", "5:1795305600");
  assert_query ("after:2026-11", "5:1793491200");
  assert_query ("after:2026", "5:1767225600");
  assert_query ("after:today", "5:1795305600");
  assert_query ("after:yesterday", "5:1795219200");
  assert_query ("before:7d", "4:1794700800");
}

static void
test_no_operator (void)
{
  assert_query ("http://example.org/a?b", "http example org a b");
  assert_query ("Re: figures", "re, figures");
  assert_query ("is:nothing foo:bar", "is nothing, foo bar");
  assert_query ("12:30", "12 30");
}

static void
test_nothing (void)
{
  static const char *const texts[] = { "", "   ", "-", "\"", "\"\"", "*", "OR", "OR OR", "from:", "-from:\"", "!!!", "in:", "()", "before:" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    assert_query (texts[i], "");
}

static void
test_fts_syntax (void)
{
  assert_query ("NEAR(a, b) AND NOT ^c {d e}: + \"q", "near a, b, and, not, c, d, e, q");
  assert_query ("it's -- ; DROP TABLE message", "it s, drop, table, message");
}

static void
test_complaints (void)
{
  static const char *const texts[] = { "before:someday", "after:2026-13", "after:2026-02-30", "larger:much", "smaller:5X", "before:5q" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (MailQuery) query = parse (texts[i], FALSE);
      g_autoptr (MailQuery) typing = parse (texts[i], TRUE);

      g_assert_nonnull (mail_query_get_complaint (query));
      g_assert_null (mail_query_get_complaint (typing)); /* it may become one yet */
    }
}

static void
test_typing (void)
{
  assert_typing ("quart", "quart*");
  assert_typing ("quart ", "quart");
  assert_typing ("\"quart", "quart");
  assert_typing ("qu", "qu");
  assert_typing ("会", "会*");
  assert_typing ("from:ana", "from:ana*");
  assert_typing ("is:unr", "");
  assert_typing ("has:", "");
  assert_typing ("after:2026-1", "5:1767225600");
  assert_typing ("a larger:x", "a");
}

static void
test_dense_scripts (void)
{
  assert_query ("会", "会*");
  assert_query ("会議", "会議");
  assert_query ("会議は明日", "会議 議は は明 明日");
  assert_query ("会議 PDF", "会議, pdf");
  assert_query ("\"会議 PDF\"", "会議 議 pdf");
  assert_query ("\"PDF 会\"", "pdf 会*");
}

static void
test_bounds (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (MailQuery) query = NULL;

  for (int i = 0; i < 100000; i++)
    g_string_append (text, "a OR ");
  query = parse (text->str, FALSE);
  g_assert_cmpuint (mail_query_get_clauses (query)->len, ==, 1);
  g_assert_cmpuint (((GPtrArray *) g_ptr_array_index (mail_query_get_clauses (query), 0))->len, ==, MAIL_QUERY_MAX_TERMS);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mail/query/words-phrases-and-alternatives-are-understood", test_words);
  g_test_add_func ("/mail/query/operators-are-understood", test_operators);
  g_test_add_func ("/mail/query/dates-begin-a-day-a-month-or-a-year", test_dates);
  g_test_add_func ("/mail/query/what-is-no-operator-is-words", test_no_operator);
  g_test_add_func ("/mail/query/signs-alone-say-nothing", test_nothing);
  g_test_add_func ("/mail/query/syntax-of-the-index-is-words", test_fts_syntax);
  g_test_add_func ("/mail/query/a-bad-date-or-size-is-told", test_complaints);
  g_test_add_func ("/mail/query/half-typed-is-not-wrong", test_typing);
  g_test_add_func ("/mail/query/scripts-without-spaces-are-found", test_dense_scripts);
  g_test_add_func ("/mail/query/terms-are-bounded", test_bounds);
  return g_test_run ();
}
