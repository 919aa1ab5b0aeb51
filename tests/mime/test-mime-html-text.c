/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What HTML reads like as text. */
#include "mime-html-text.h"

typedef struct
{
  const char *path;
  const char *html;
  const char *text;
} Case;

static const Case cases[] = {
  { "/mime/html-text/paragraphs/stand-apart", "<p>one\n two</p><p>three</p>", "one two\n\nthree\n" },
  { "/mime/html-text/headings/stand-apart", "<h1>Title</h1>text<div>more</div>", "Title\n\ntext\nmore\n" },
  { "/mime/html-text/line-breaks/are-kept", "a<br>b<br><br>c", "a\nb\n\nc\n" },
  { "/mime/html-text/blanks/run-together", "  a \n\t b  ", "a b\n" },
  { "/mime/html-text/hard-blanks/are-blanks", "a&nbsp;&nbsp;b", "a  b\n" },
  { "/mime/html-text/lists/have-bullets", "<ul><li>a<li>b<ul><li>c</ul></ul>d", "• a\n• b\n  • c\n\nd\n" },
  { "/mime/html-text/lists/have-numbers", "<ol start=3><li>a</li><li>b</li></ol>", "3. a\n4. b\n" },
  { "/mime/html-text/quotes/are-marked", "<blockquote>a<br>b<blockquote>c</blockquote></blockquote>d", "> a\n> b\n>\n> > c\n\nd\n" },
  { "/mime/html-text/links/show-their-address", "see <a href=\"https://example.org/x?a=1&amp;b=2\">here</a>.",
    "see here <https://example.org/x?a=1&b=2>.\n" },
  { "/mime/html-text/links/that-show-it-already-stay", "<a href=\"http://example.org/\">example.org</a> <a href='mailto:a@example.org'>a@example.org</a>",
    "example.org a@example.org\n" },
  { "/mime/html-text/links/that-lead-nowhere-stay", "<a href=\"javascript:alert(1)\">x</a><a href='#top'>y</a>", "xy\n" },
  { "/mime/html-text/tables/have-tabs-and-lines", "<table><tr><td>a</td><td>b</td></tr><tr><th>c<th>d</table>", "a\tb\nc\td\n" },
  { "/mime/html-text/pre/is-kept", "<pre>\n a  b\n\n  c\n</pre>d", " a  b\n\n  c\n\nd\n" },
  { "/mime/html-text/scripts/are-left-out", "a<script>if (1<2) alert('</p>');</script><style>b{}</style>c<title>t</title>", "ac\n" },
  { "/mime/html-text/comments/are-left-out", "a<!-- <p>x -- y > --><!doctype html><![if !mso]>b", "ab\n" },
  { "/mime/html-text/hidden/is-left-out", "a<div style=\"color:red; DISPLAY : none\">x<div>y</div>z</div>b<p hidden>q<p>c", "a\nb\n\nc\n" },
  { "/mime/html-text/entities/are-resolved", "&lt;&eacute;&#8364;&#x41;&#128;&unknown;&amp &copy", "<é€A€&unknown;& ©\n" },
  { "/mime/html-text/soft-hyphens/are-gone", "Donau&shy;dampf\xe2\x80\x8b&#xfeff;schiff", "Donaudampfschiff\n" },
  { "/mime/html-text/pictures/show-their-words", "<img src=x alt=\"a cat\"><img src=y alt=''>", "[a cat]\n" },
  { "/mime/html-text/lone-brackets/are-text", "1 < 2 && 3 > 2 <", "1 < 2 && 3 > 2 <\n" },
  { "/mime/html-text/broken-tags/do-no-harm", "a</p></blockquote></ul><b>c", "a\n\nc\n" },
  { "/mime/html-text/quoted-brackets/stay-in-the-tag", "<a title='1>2' href=\"https://example.org/\">x</a>", "x <https://example.org/>\n" },
  { "/mime/html-text/nothing/is-nothing", "<html><head><title>x</title></head><body> </body></html>", "" },
};

static void
check_case (gconstpointer data)
{
  const Case *c = data;
  g_autofree char *text = mime_html_to_text (c->html);

  g_assert_cmpstr (text, ==, c->text);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_test_add_data_func (cases[i].path, &cases[i], check_case);
  return g_test_run ();
}
