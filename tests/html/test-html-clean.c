/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "html-clean.h"

/* What stands in the body */
static char *
clean (const char *html, HtmlCleanFlags flags)
{
  g_autoptr (HtmlPage) page = html_clean (html, flags);
  const char *body, *end;

  g_assert_nonnull (page);
  g_assert_true (g_utf8_validate (page->html, -1, NULL));
  g_assert_true (g_str_has_prefix (page->html, "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"><meta http-equiv=\"Content-Security-Policy\""));
  body = strstr (page->html, "<body");
  g_assert_nonnull (body);
  body = strchr (body, '>') + 1;
  end = strstr (body, "</body></html>\n");
  g_assert_nonnull (end);
  return g_strndup (body, end - body);
}

static char *
find_sheet (const char *html)
{
  g_autoptr (HtmlPage) page = html_clean (html, 0);
  const char *start = strstr (page->html, "<style>\n");

  return start ? g_strndup (start + 8, strstr (start, "</style>") - start - 8) : g_strdup ("");
}

typedef struct
{
  const char *name;
  const char *html;
  const char *body;
} Case;

static const Case cases[] = {
  { "paragraph/stays", "<p>a <b>b</b></p>", "<p>a <b>b</b></p>" },
  { "text/is-escaped", "a &lt;b&gt; &amp;amp; \"c\"", "a &lt;b&gt; &amp;amp; &quot;c&quot;" },
  { "unknown-element/leaves-its-text", "<o:p>a</o:p><blink>b</blink>", "ab" },
  { "open-elements/are-closed", "<div><b>a", "<div><b>a</b></div>" },
  { "comment/goes", "a<!-- <img src=http://x.example/> -->b", "ab" },
  { "conditional-comment/goes", "a<!--[if mso]><img src=\"http://x.example/\"><![endif]-->b", "ab" },
  { "script/goes-with-its-text", "a<script>alert(1)</script>b", "ab" },
  { "script/in-capitals-goes", "a<SCRIPT SRC=http://x.example/></SCRIPT>b", "ab" },
  { "title/is-not-text", "<html><head><title>t</title></head><body>b</body></html>", "b" },
  { "event-handler/goes", "<p onclick=\"x()\" ONLOAD=y>a</p>", "<p>a</p>" },
  { "attribute/is-quoted", "<p class='a\"b'>x</p>", "<p class=\"a&quot;b\">x</p>" },
  { "attribute/markup-in-it-stays-in-it", "<p class=\"><script>\">x</p>", "<p class=\"&gt;&lt;script&gt;\">x</p>" },
  { "javascript/link-loses-its-target", "<a href=\"javascript:alert(1)\">a</a>", "<a>a</a>" },
  { "javascript/with-tab-inside-too", "<a href=\"java\tscript:alert(1)\">a</a>", "<a>a</a>" },
  { "javascript/with-references-too", "<a href=\"&#106;avascript&colon;alert(1)\">a</a>", "<a>a</a>" },
  { "javascript/with-control-before-too", "<a href=\"\x01javascript:alert(1)\">a</a>", "<a>a</a>" },
  { "data/link-loses-its-target", "<a href=\"data:text/html,x\">a</a>", "<a>a</a>" },
  { "file/link-loses-its-target", "<a href=\"file:///etc/passwd\">a</a>", "<a>a</a>" },
  { "relative/link-loses-its-target", "<a href=\"a.html\">a</a>", "<a>a</a>" },
  { "fragment/stays", "<a href=\"#x\">a</a><a name=x>b</a>", "<a href=\"#x\">a</a><a name=\"x\">b</a>" },
  { "link/stays", "<a href=\"https://example.org/a?b=1&amp;c=2\" target=_blank ping=http://x.example/>a</a>",
    "<a href=\"https://example.org/a?b=1&amp;c=2\">a</a>" },
  { "mailto/stays", "<a href=\"mailto:a@example.org\">a</a>", "<a href=\"mailto:a@example.org\">a</a>" },
  { "protocol-relative/becomes-https", "<a href=\"//example.org/\">a</a>", "<a href=\"https://example.org/\">a</a>" },
  { "misleading-link/says-so", "<a href=\"http://evil.example/\">https://bank.example/</a>",
    "<a href=\"misleading:http://evil.example/\">https://bank.example/</a>" },
  { "misleading-link/second-of-two", "<a href=\"http://a.example/\">go</a><a href=\"http://b.example/\">www.c.example</a>!",
    "<a href=\"http://a.example/\">go</a><a href=\"misleading:http://b.example/\">www.c.example</a>!" },
  { "image/remote-waits", "<img src=\"http://x.example/a.png\" alt=\"A\" width=10>",
    "<img src=\"remote:http%3A%2F%2Fx.example%2Fa.png\" alt=\"A\" width=\"10\">" },
  { "image/part-stays", "<img src=\"cid:a%40b\">", "<img src=\"cid:a@b\">" },
  { "image/pixels-stay", "<img src=\"data:image/png;base64,iVBO\">", "<img src=\"data:image/png;base64,iVBO\">" },
  { "image/svg-data-goes", "<img src=\"data:image/svg+xml,&lt;svg/&gt;\">", "<img>" },
  { "image/html-data-goes", "<img src=\"data:text/html,x\">", "<img>" },
  { "image/relative-goes", "<img src=\"a.png\">", "<img>" },
  { "image/file-goes", "<img src=\"file:///a.png\">", "<img>" },
  { "image/backslashes-go", "<img src=\"\\\\x.example\\a.png\"><img src=\"http:\\\\x.example\\a\">", "<img><img>" },
  { "image/srcset-goes", "<img srcset=\"http://x.example/a 1x\" sizes=100vw lowsrc=http://x.example/b dynsrc=http://x.example/c>", "<img>" },
  { "image/counting-dot-goes", "<img src=\"http://x.example/a.gif\" width=\"1\" height=\"1\">b", "b" },
  { "image/dot-of-ours-stays", "<img src=\"cid:a\" width=\"1\" height=\"1\">", "<img src=\"cid:a\" width=\"1\" height=\"1\">" },
  { "picture/only-its-img-stays", "<picture><source srcset=\"http://x.example/a\"><img src=\"cid:a\"></picture>", "<img src=\"cid:a\">" },
  { "background/waits", "<table background=\"http://x.example/a\"><tr><td>a</td></tr></table>",
    "<table background=\"remote:http%3A%2F%2Fx.example%2Fa\"><tr><td>a</td></tr></table>" },
  { "iframe/goes", "a<iframe src=\"http://x.example/\" srcdoc=\"<img src=http://x.example/>\">x</iframe>b", "ab" },
  { "frameset/goes", "<frameset><frame src=\"http://x.example/\"><noframes>a</noframes></frameset>", "a" },
  { "object/goes-and-what-stands-for-it-stays", "<object data=\"http://x.example/\"><embed src=\"http://x.example/\">a</object>", "a" },
  { "video/goes-and-what-stands-for-it-stays", "<video src=\"http://x.example/\" poster=\"http://x.example/\"><track src=\"http://x.example/\">a</video>", "a" },
  { "form/is-inert", "<form action=\"http://x.example/\"><input type=image src=\"http://x.example/\" autofocus><button formaction=\"http://x.example/\">a</button></form>", "a" },
  { "meta/goes", "<meta http-equiv=refresh content=\"0;url=http://x.example/\">a", "a" },
  { "base/goes", "<base href=\"http://x.example/\"><img src=a>", "<img>" },
  { "style-link/goes", "<link rel=stylesheet href=\"http://x.example/\">a", "a" },
  { "svg/goes", "a<svg onload=\"x()\"><image href=\"http://x.example/\"/><style>@import 'http://x.example/'</style></svg>b", "ab" },
  { "mathml/goes", "a<math href=\"http://x.example/\"><mglyph src=\"http://x.example/\"/></math>b", "ab" },
  { "template/goes", "a<template><img src=\"http://x.example/\"></template>b", "ab" },
  { "image-map/stays", "<img src=\"cid:a\" usemap=\"#m\"><map name=\"m\"><area shape=rect coords=\"0,0,5,5\" href=\"https://example.org/\"></map>",
    "<img src=\"cid:a\" usemap=\"#m\"><map name=\"m\"><area shape=\"rect\" coords=\"0,0,5,5\" href=\"https://example.org/\"></map>" },
  { "style/is-cleaned", "<p style=\"color:red; position:fixed; background:url(http://x.example/a)\">a</p>",
    "<p style=\"color:red;background:url(&quot;remote:http%3A%2F%2Fx.example%2Fa&quot;);background-color:var(--under);\">a</p>" },
  { "style/nothing-left-is-no-attribute", "<p style=\"behavior:url(#x)\">a</p>", "<p>a</p>" },
  { "size/out-of-reason-goes", "<td width=\"999999999\" colspan=\"100000\">a</td>", "<td>a</td>" },
  { "color/nonsense-goes", "<font color=\"expression(x)\">a</font>", "<font>a</font>" },
  { "color/of-an-attribute-stays", "<font color=\"Red\">a</font>", "<font color=\"#ff0000\">a</font>" },
  { "two-documents/both-stay", "<html><body><p>a</p></body></html><html><body><p>b</p></body></html>", "<p>a</p><p>b</p>" },
  { "title-attribute/goes", "<a href=\"https://example.org/\" title=\"https://bank.example/\">a</a>", "<a href=\"https://example.org/\">a</a>" },
  { "plaintext/reads-on", "<plaintext><b>a</b>", "<b>a</b>" },
  { "noscript/its-text-stays", "<noscript>a</noscript>", "a" },
  { "control-characters/go", "a\x07" "b", "ab" },
};

/* To be quoted, edited and sent */
static const Case written[] = {
  { "document/only-its-body-stays", "<html><head><title>t</title></head><body><p>a</p></body></html>", "<p>a</p>" },
  { "ground/goes-around-it", "<body style=\"color:red\" bgcolor=\"#ffffff\">a", "<div style=\"color:red;\" bgcolor=\"#ffffff\">a</div>" },
  { "style-sheet/stands-in-its-elements", "<style>p.MsoNormal, LI.MsoNormal {margin:0cm} .w{color:red}</style><p class=\"MsoNormal w\" id=\"x\">a</p><p>b</p><li class=\"MsoNormal\">c</li>",
    "<p style=\"color:red;margin:0cm;\">a</p><p>b</p><li style=\"margin:0cm;\">c</li>" },
  { "style-sheet/counts-less-than-the-elements-own", "<style>.w{color:red}p{color:blue;width:1px}</style><p style=\"color:green\" class=w>a</p>",
    "<p style=\"color:blue;width:1px;color:red;color:green;\">a</p>" },
  { "style-sheet/hides-what-it-hid", "<style>.preheader{display:none}</style><div class=preheader>a</div>", "<div style=\"display:none;\">a</div>" },
  { "style-sheet/says-nothing-of-places-and-pointers", "<style>*{color:red}p b{color:red}p>b{color:red}b:hover{color:red}#x{color:red}b[title]{color:red}"
    "@media print{b{color:red}}</style><p><b id=x title=y>a</b></p>", "<p><b>a</b></p>" },
  { "style-sheet/loads-nothing", "<style>p{background:url(http://x.example/a);behavior:url(x);position:fixed}</style><p>a</p>", "<p style=\"background:none;\">a</p>" },
  { "style-sheet/of-the-ground-goes-around-it", "<style>body{font-family:\"Calibri\",sans-serif}</style><body>a", "<div style=\"font-family:&quot;Calibri&quot;,sans-serif;\">a</div>" },
  { "style-sheet/braces-in-strings-are-none", "<style>p{font-family:\"}b{color:red\"}</style><p>a</p><b>b</b>", "<p style=\"font-family:&quot;}b{color:red&quot;;\">a</p><b>b</b>" },
  { "style-sheet/not-ended", "<style>p{color:red", "" },
  { "signature/keeps-its-name", "<div class=\"signature\">a</div>", "<div class=\"signature\">a</div>" },
  { "webkit/its-own-goes", "<span class=\"Apple-tab-span\" style=\"white-space:pre;-webkit-text-size-adjust:auto;caret-color:red\">a</span><br class=\"webkit-block-placeholder\">",
    "<span style=\"white-space:pre;\">a</span><br>" },
  { "image/remote-leaves-its-words", "<img src=\"http://x.example/a.png\" alt=\"A &amp; B\">c", "A &amp; Bc" },
  { "image/remote-without-words-goes", "<img src=\"https://x.example/a.png\"><img src=\"file:///a.png\"><img src=\"blob:x\">", "" },
  { "image/part-stays", "<img src=\"cid:a%40b\" width=\"10\">", "<img src=\"cid:a@b\" width=\"10\">" },
  { "background/goes", "<td background=\"http://x.example/a\" style=\"background:url(http://x.example/b)\">a</td>", "<td style=\"background:none;\">a</td>" },
  { "link/stays-as-it-is", "<a href=\"http://evil.example/\">https://bank.example/</a>", "<a href=\"http://evil.example/\">https://bank.example/</a>" },
  { "form-and-script/go", "<form action=\"http://x.example/\"><input autofocus><script>alert(1)</script>a</form>", "a" },
  { "quote/stays-one", "<blockquote type=\"cite\" cite=\"mid:x\">a</blockquote>", "<blockquote type=\"cite\">a</blockquote>" },
};

static void
test_written (gconstpointer data)
{
  const Case *test = data;
  g_autoptr (HtmlPage) page = html_clean (test->html, HTML_CLEAN_TO_WRITE);
  g_autoptr (HtmlPage) again = html_clean (page->html, HTML_CLEAN_TO_WRITE);

  g_assert_cmpstr (page->html, ==, test->body);
  g_assert_cmpstr (again->html, ==, test->body);
}

/* A rule for each of thousands of elements must not multiply. */
static void
test_sheets_are_bounded (void)
{
  g_autoptr (GString) html = g_string_new ("<style>");
  g_autoptr (HtmlPage) page = NULL;

  for (guint i = 0; i < 1000; i++)
    g_string_append_printf (html, "p{width:%upx}", i);
  g_string_append (html, "</style>");
  for (guint i = 0; i < 30000; i++)
    g_string_append (html, "<p class='a b c'>x");
  page = html_clean (html->str, HTML_CLEAN_TO_WRITE);
  g_assert_nonnull (page);
  g_assert_cmpuint (strlen (page->html), <, 3 << 20);
}

static void
test_case (gconstpointer data)
{
  const Case *test = data;
  g_autofree char *body = clean (test->html, 0);

  g_assert_cmpstr (body, ==, test->body);
}

static void
test_sheet (void)
{
  g_autofree char *sheet = find_sheet ("<style>@import 'http://x.example/'; p > a:hover { color: red } </style><body>");

  g_assert_cmpstr (sheet, ==, "p > a:hover {color:red ;}\n");
}

static void
test_sheet_cannot_end (void)
{
  g_autofree char *sheet = find_sheet ("<style>p{font-family:\"<\\/style><script>\"}\nq[class=\"</STYLE\"]{color:red}</style>");

  g_assert_null (strchr (sheet, '<'));
}

static void
test_wanted (void)
{
  g_autoptr (HtmlPage) page = html_clean ("<body background=\"http://x.example/1\"><style>p{background:url(http://x.example/2)}</style>"
                                          "<p style=\"list-style:url(cid:two)\"><img src=\"cid:one\"><img src=\"cid:one\"><img src=\"http://x.example/3\">", 0);

  g_assert_cmpuint (page->n_remote, ==, 3);
  g_assert_cmpuint (g_strv_length (page->content_ids), ==, 2);
  g_assert_true (g_strv_contains ((const char *const *) page->content_ids, "one"));
  g_assert_true (g_strv_contains ((const char *const *) page->content_ids, "two"));
}

static void
test_links (void)
{
  g_autoptr (HtmlPage) page = html_clean ("<a href=\"https://example.org/\">see <b>here</b></a><a href=\"http://evil.example/\">bank.com</a>", 0);
  HtmlLink *first = page->links->pdata[0], *second = page->links->pdata[1];

  g_assert_cmpuint (page->links->len, ==, 2);
  g_assert_cmpstr (first->url, ==, "https://example.org/");
  g_assert_cmpstr (first->text, ==, "see here");
  g_assert_false (first->is_misleading);
  g_assert_cmpstr (second->text, ==, "bank.com");
  g_assert_true (second->is_misleading);
}

/* Light text on a picture that is not loaded */

#define PICTURE "https://x.example/a.png"
#define WAITS "url(\"remote:https%3A%2F%2Fx.example%2Fa.png\")"
#define SEEN "<style>:root{--under:var(--unloaded)}</style>"

static const Case grounds[] = {
  { "white-on-a-picture/is-seen", "<div style='background-image:url(" PICTURE ");color:#fff'>a</div>", SEEN },
  { "white-in-what-has-a-picture/is-seen", "<table background='" PICTURE "'><tr><td><font color=white>a</font></td></tr></table>", SEEN },
  { "white-body-on-a-picture/is-seen", "<body background='" PICTURE "' text=white>a</body>", SEEN },
  { "white-of-a-sheet/is-seen", "<style>.a{background:url(" PICTURE ")}.a p{color:white}</style><div class=a><p>a</p></div>", SEEN },
  { "white-on-a-picture-of-a-sheet/is-seen", "<style>.a{background:url(" PICTURE ")}</style><p class=a style='color:white'>a</p>", SEEN },
  { "black-on-a-picture/stands-on-the-page", "<div style='background-image:url(" PICTURE ");color:#000'>a</div>", NULL },
  { "white-on-a-picture-with-a-colour/stands-on-that", "<div style='background:#004 url(" PICTURE ");color:#fff'>a</div>", NULL },
  { "white-on-a-picture-with-bgcolor/stands-on-that", "<table bgcolor=#000044 background='" PICTURE "'><tr><td style='color:white'>a", NULL },
  { "white-on-a-button/stands-on-that", "<div style='background-image:url(" PICTURE ")'><a style='color:#fff;background-color:#004'>a</a></div>", NULL },
  { "white-beside-a-picture/stands-where-it-did", "<div style='background-image:url(" PICTURE ")'>a</div><p style='color:#fff'>b</p>", NULL },
  { "white-on-a-picture-of-the-mail/stands-on-that", "<div style='background-image:url(cid:a);color:#fff'>a</div>", NULL },
};

static void
test_ground (gconstpointer data)
{
  const Case *test = data;
  g_autoptr (HtmlPage) page = html_clean (test->html, 0);
  g_autoptr (HtmlPage) dark = html_clean (test->html, HTML_CLEAN_DARK);

  g_assert_cmpint (strstr (page->html, SEEN) != NULL, ==, test->body != NULL);
  g_assert_null (strstr (dark->html, "--under"));
}

/* Where "background" took the colour away, and where another rule may give one */
static void
test_ground_of_css (void)
{
  g_autofree char *style = clean ("<p style='background:url(" PICTURE ");background-color:#fff'>a</p>", 0);
  g_autofree char *important = clean ("<p style='background:url(" PICTURE ")!important'>a</p>", 0);
  g_autofree char *sheet = find_sheet ("<style>.a{background-image:url(" PICTURE ")}</style>");

  g_assert_nonnull (strstr (style, ";background-color:var(--under);background-color:#ffffff;"));
  g_assert_nonnull (strstr (important, "!important;background-color:var(--under)!important;"));
  g_assert_cmpstr (sheet, ==, ":where(.a):where(:not([bgcolor])){background-color:var(--under);}\n.a{background-image:" WAITS ";}\n");
}

static void
test_dark (void)
{
  g_autofree char *body = clean ("<p style=\"color:#000;background-color:white\">a</p><p style=\"color:white;background:#003366\">b</p>", HTML_CLEAN_DARK);

  g_assert_cmpstr (body, ==, "<p style=\"color:#ebebeb;background-color:#1f1f1f;\">a</p><p style=\"color:#ffffff;background:#003366;\">b</p>");
}

static void
test_deep (void)
{
  g_autoptr (GString) html = g_string_new (NULL);
  g_autoptr (HtmlPage) page = NULL;

  for (int i = 0; i < 50000; i++)
    g_string_append (html, "<div>");
  g_string_append (html, "text");
  page = html_clean (html->str, 0);
  g_assert_nonnull (strstr (page->html, "text"));
  g_assert_cmpuint (strlen (page->html), <, 10000);
}

static void
test_entangled (void)
{
  g_autoptr (GString) html = g_string_new (NULL);

  for (int i = 0; i < 20000; i++)
    g_string_append (html, "<div>");
  for (int i = 0; i < 100000; i++)
    g_string_append (html, "</b>");
  g_assert_null (html_clean (html->str, 0));
}

static void
test_too_many_elements (void)
{
  g_autoptr (GString) html = g_string_new (NULL);

  for (int i = 0; i < HTML_MAX_ELEMENTS + 10; i++)
    g_string_append (html, "<br>");
  g_assert_null (html_clean (html->str, 0));
}

static void
test_text (void)
{
  g_autoptr (HtmlPage) page = html_page_new_from_text ("a <b>\n> c\n> > d\ne", 0);
  const char *body = strstr (page->html, "<body>");

  g_assert_nonnull (strstr (body, "a &lt;b&gt;\n<div "));
  g_assert_nonnull (strstr (body, ">c\n<div "));
  g_assert_nonnull (strstr (body, ">d\n</div></div>e\n</div></body></html>"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/html/clean/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (written); i++)
    {
      g_autofree char *path = g_strdup_printf ("/html/clean/to-write/%s", written[i].name);

      g_test_add_data_func (path, &written[i], test_written);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (grounds); i++)
    {
      g_autofree char *path = g_strdup_printf ("/html/clean/ground/%s", grounds[i].name);

      g_test_add_data_func (path, &grounds[i], test_ground);
    }
  g_test_add_func ("/html/clean/ground/a-picture-gets-a-colour-that-others-overrule", test_ground_of_css);
  g_test_add_func ("/html/clean/written/sheets-do-not-multiply", test_sheets_are_bounded);
  g_test_add_func ("/html/clean/sheet/is-cleaned", test_sheet);
  g_test_add_func ("/html/clean/sheet/cannot-end-its-element", test_sheet_cannot_end);
  g_test_add_func ("/html/clean/page/knows-what-it-wants-to-load", test_wanted);
  g_test_add_func ("/html/clean/page/lists-its-links", test_links);
  g_test_add_func ("/html/clean/dark/turns-light-grounds-and-dark-text", test_dark);
  g_test_add_func ("/html/clean/bounds/fifty-thousand-open-elements-keep-their-text", test_deep);
  g_test_add_func ("/html/clean/bounds/entangled-page-is-refused", test_entangled);
  g_test_add_func ("/html/clean/bounds/too-many-elements-are-refused", test_too_many_elements);
  g_test_add_func ("/html/clean/text/becomes-a-page-with-quotes", test_text);
  return g_test_run ();
}
