/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "html-clean.h"
#include "html-writing.h"

#define HARD "\302\240"

typedef struct
{
  const char *name;
  const char *text;
  const char *html;
} Case;

static const Case cases[] = {
  { "lines/become-paragraphs", "a\nb <c>", "<div>a</div><div>b &lt;c&gt;</div>" },
  { "empty-lines/stay", "a\n\nb\n", "<div>a</div><div><br></div><div>b</div>" },
  { "quotes/become-blockquotes", "> a\n> > b\n>> c\nd",
    "<blockquote type=\"cite\"><div>a</div><blockquote type=\"cite\"><div>b</div><div>c</div></blockquote></blockquote><div>d</div>" },
  { "blanks/stay-as-many", "  a  b c", "<div>" HARD HARD "a" HARD " b c</div>" },
  { "signature/is-an-element-of-its-own", "Hi\n\n-- \nAna\nPorto\n\nOn a day:\n> x",
    "<div>Hi</div><div><br></div><div class=\"signature\">--" HARD "<br>Ana<br>Porto</div><div><br></div><div>On a day:</div>"
    "<blockquote type=\"cite\"><div>x</div></blockquote>" },
  { "signature/in-a-quote-is-a-quote", "> -- \n> Ana\n> Porto", "<blockquote type=\"cite\"><div>--" HARD "</div><div>Ana</div><div>Porto</div></blockquote>" },
  { "nothing/is-nothing", "", "" },
};

static void
test_case (gconstpointer data)
{
  const Case *test = data;
  g_autofree char *html = html_writing_from_text (test->text, "Ana\nPorto");

  g_assert_cmpstr (html, ==, test->html);
}

/* What a draft is begun with is what it still is when it was kept and opened. */
static void
test_stays_clean (gconstpointer data)
{
  const Case *test = data;
  g_autoptr (HtmlPage) page = html_clean (test->html, HTML_CLEAN_TO_WRITE);

  g_assert_cmpstr (page->html, ==, test->html);
}

static void
test_many_lines (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *html = NULL;
  gint64 start = g_get_monotonic_time ();

  for (int i = 0; i < 200000; i++)
    g_string_append (text, "a\n");
  html = html_writing_from_text (text->str, "Ana");
  g_assert_cmpint (g_get_monotonic_time () - start, <, 5 * G_USEC_PER_SEC);
}

static void
test_directions (void)
{
  g_autofree char *marked = html_writing_mark_directions ("<div>שלום</div><div class=\"signature\">a</div><ul><li>b</ul><div>c &lt;div&gt;</div>");
  g_autofree char *none = html_writing_mark_directions ("<div>Größe, 日本</div>");
  g_autoptr (HtmlPage) page = html_clean (marked, HTML_CLEAN_TO_WRITE);
  g_autofree char *again = html_writing_mark_directions (page->html);

  g_assert_cmpstr (marked, ==, "<div dir=\"auto\">שלום</div><div class=\"signature\">a</div><ul><li>b</ul><div dir=\"auto\">c &lt;div&gt;</div>");
  g_assert_null (none);
  g_assert_cmpstr (page->html, ==, "<div dir=\"auto\">שלום</div><div class=\"signature\">a</div><ul><li>b</li></ul><div dir=\"auto\">c &lt;div&gt;</div>");
  g_assert_null (again);
}

static void
test_formatting (void)
{
  HtmlFormatting plain = html_writing_find_formatting ("<div>a</div><blockquote type=\"cite\">b<ul><li>c</ul></blockquote>");
  HtmlFormatting rich = html_writing_find_formatting ("<table><tr><td><img src=\"cid:a\"><img src=\"cid:b\"></table>");

  g_assert_false (plain.has_fonts || plain.has_tables || plain.n_pictures > 0);
  g_assert_true (html_writing_find_formatting ("<b>a</b>").has_fonts);
  g_assert_true (html_writing_find_formatting ("<span style=\"color:red\">a</span>").has_fonts);
  g_assert_true (rich.has_tables);
  g_assert_false (rich.has_fonts);
  g_assert_cmpuint (rich.n_pictures, ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/html/writing/%s", cases[i].name);
      g_autofree char *again = g_strdup_printf ("/html/writing/cleaned/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_case);
      g_test_add_data_func (again, &cases[i], test_stays_clean);
    }
  g_test_add_func ("/html/writing/bounds/many-lines-take-no-square-of-time", test_many_lines);
  g_test_add_func ("/html/writing/right-to-left/paragraphs-find-their-direction", test_directions);
  g_test_add_func ("/html/writing/formatting/is-found", test_formatting);
  return g_test_run ();
}
