/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "html-color.h"
#include "html-css.h"

typedef struct
{
  const char *name;
  const char *css;
  const char *expected;
} Case;

static const Case declarations[] = {
  { "known/stay", "color:red;margin:0 auto", "color:red;margin:0 auto;" },
  { "unknown/go", "mso-line-height-rule:exactly;color:red", "color:red;" },
  { "position/goes", "position:absolute;top:0;z-index:9;color:red", "color:red;" },
  { "broken/costs-only-itself", "color:{;};margin:1px;padding", "margin:1px;" },
  { "escape/in-a-name-is-read", "c\\6flor:red", "color:red;" },
  { "comment/is-a-blank", "color:/**/red", "color:red;" },
  { "important/stays", "color:red!important", "color:red!important;" },
  { "url/without-quotes-waits", "background:url(http://x.example/a.png)", "background:url(\"remote:http%3A%2F%2Fx.example%2Fa.png\");" },
  { "url/with-quotes-waits", "background:url( 'http://x.example/a.png' )", "background:url(\"remote:http%3A%2F%2Fx.example%2Fa.png\");" },
  { "url/escaped-waits", "background:\\75 rl(\\68ttp://x.example/)", "background:url(\"remote:http%3A%2F%2Fx.example%2F\");" },
  { "url/relative-is-none", "background:#fff url(a.png)", "background:#ffffff none;" },
  { "url/javascript-is-none", "background-image:url(javascript:x)", "background-image:none;" },
  { "url/file-is-none", "background-image:url(file:///a)", "background-image:none;" },
  { "url/svg-is-none", "background-image:url(\"data:image/svg+xml,<svg/>\")", "background-image:none;" },
  { "url/where-none-belongs-is-none", "border:url(http://x.example/)", "border:none;" },
  { "url/broken-costs-the-declaration", "background:url(a b c);color:red", "color:red;" },
  { "image-set/goes", "background:image-set('http://x.example/a' 1x)", "" },
  { "cross-fade/goes", "background:-webkit-cross-fade(url(http://x.example/),url(http://x.example/),50%)", "" },
  { "expression/goes", "width:expression(alert(1));color:red", "color:red;" },
  { "var/goes", "color:var(--x)", "" },
  { "cursor/goes", "cursor:url(http://x.example/),auto", "" },
  { "content/goes", "content:url(http://x.example/)", "" },
  { "behavior/goes", "behavior:url(x.htc);-moz-binding:url(http://x.example/)", "" },
  { "number/out-of-reason-goes", "width:1e9px;height:10px", "height:10px;" },
  { "unit/unknown-goes", "width:1zz", "" },
  { "gradient/stays", "background:linear-gradient(to right,#000,rgba(255,0,0,.5))", "background:linear-gradient(to right,#000000,rgba(255,0,0,0.500));" },
  { "hsl/stays", "color:hsl(120, 100%, 50%)", "color:#00ff00;" },
  { "string/keeps-markup-harmless", "font-family:\"</style>\"", "font-family:\"\\3c /style\\3e \";" },
  { "brackets/must-close", "width:calc(1px", "" },
  { "brackets/too-deep-go", "width:calc(((((((((((1px)))))))))))", "" },
};

static const Case sheets[] = {
  { "rule/stays", "p , .a#b > c { color : red }", "p , .a#b > c {color:red ;}\n" },
  { "rule/empty-goes", "p{}q{position:fixed}", "" },
  { "import/goes", "@import url(http://x.example/);p{color:red}", "p{color:red;}\n" },
  { "import/string-goes", "@import 'http://x.example/' screen;p{color:red}", "p{color:red;}\n" },
  { "charset/goes", "@charset \"x\";p{color:red}", "p{color:red;}\n" },
  { "font-face/goes", "@font-face{font-family:x;src:url(http://x.example/)}p{color:red}", "p{color:red;}\n" },
  { "keyframes/goes", "@keyframes x{from{color:red}to{color:blue}}p{color:red}", "p{color:red;}\n" },
  { "supports/goes", "@supports (display:grid){p{color:blue}}p{color:red}", "p{color:red;}\n" },
  { "namespace/goes", "@namespace url(http://x.example/);p{color:red}", "p{color:red;}\n" },
  { "media/stays", "@media only screen and (max-width:600px){p{color:red}}q{color:red}", "@media only screen and (max-width:600px){p{color:red;}\n}\nq{color:red;}\n" },
  { "media/never-closed-is-closed", "@media screen{p{color:red", "@media screen{p{color:red;}\n}\n" },
  { "selector/unknown-pseudo-costs-the-rule", "p::-webkit-x{color:red}q{color:red}", "q{color:red;}\n" },
  { "selector/nth-child-stays", "p:nth-child(2n+1){color:red}", "p:nth-child(2n+1){color:red;}\n" },
  { "selector/attribute-stays", "a[href^=\"http\"]{color:red}", "a[href^=\"http\"]{color:red;}\n" },
  { "selector/markup-costs-the-rule", "p<b{color:red}q{color:red}", "q{color:red;}\n" },
  { "hover/loads-nothing", "a:hover{background:url(http://x.example/)}", "a:hover{background:none;}\n" },
  { "comment-marks/are-blanks", "<!-- p{color:red} -->", "p{color:red;}\n" },
};

static char *
run (const char *css, gsize length, gboolean is_sheet, gboolean is_dark)
{
  g_autoptr (GHashTable) content_ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  HtmlWanted wanted = { 0, content_ids };
  HtmlCssJob job = { &wanted, is_dark, TRUE };
  GString *out = g_string_new (NULL);

  if (is_sheet)
    html_css_clean_sheet (&job, css, length, out);
  else
    html_css_clean_declarations (&job, css, length, out);
  return g_string_free (out, FALSE);
}

static void
test_declarations (gconstpointer data)
{
  const Case *test = data;
  g_autofree char *out = run (test->css, strlen (test->css), FALSE, FALSE);

  g_assert_cmpstr (out, ==, test->expected);
}

static void
test_sheet (gconstpointer data)
{
  const Case *test = data;
  g_autofree char *out = run (test->css, strlen (test->css), TRUE, FALSE);

  g_assert_cmpstr (out, ==, test->expected);
}

/* Cut anywhere, what comes out is whole: each bracket and quote has its partner. */
static void
test_cut (void)
{
  const char *css = "@media (max-width:1px){p[a=\"b\"]:not(.c){background:url('http://x.example/') #fff;font-family:\"a\\\"b\"}}q{width:calc(1px + (2px))}";

  for (gsize i = 0; i <= strlen (css); i++)
    {
      g_autofree char *copy = g_strndup (css, i); /* so that reading beyond is seen */
      g_autofree char *out = run (copy, i, TRUE, FALSE);
      int brackets = 0;

      for (const char *p = out; *p; p++)
        brackets += *p == '{' ? 1 : *p == '}' ? -1 : 0;
      g_assert_cmpint (brackets, ==, 0);
    }
}

static void
test_dark_ground (void)
{
  HtmlColor white = { 1, 1, 1, 1 }, yellow = { 1, 1, 0, 1 }, navy = { 0, 0, 0.5, 1 };

  html_color_darken (&white, TRUE);
  html_color_darken (&yellow, TRUE);
  html_color_darken (&navy, TRUE);
  g_assert_cmpfloat (white.red, <, 0.2);
  g_assert_cmpfloat (yellow.red, <, 0.3);
  g_assert_cmpfloat (yellow.blue, ==, 0);
  g_assert_cmpfloat (navy.blue, ==, 0.5);
}

static void
test_dark_text (void)
{
  HtmlColor black = { 0, 0, 0, 1 }, blue = { 0, 0, 1, 1 }, white = { 1, 1, 1, 1 };

  html_color_darken (&black, FALSE);
  html_color_darken (&blue, FALSE);
  html_color_darken (&white, FALSE);
  g_assert_cmpfloat (black.green, >, 0.85);
  g_assert_cmpfloat (blue.blue, >, blue.red);
  g_assert_cmpfloat (blue.green, >, 0.4);
  g_assert_cmpfloat (white.red, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (declarations); i++)
    {
      g_autofree char *path = g_strdup_printf ("/html/css/declaration/%s", declarations[i].name);

      g_test_add_data_func (path, &declarations[i], test_declarations);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (sheets); i++)
    {
      g_autofree char *path = g_strdup_printf ("/html/css/sheet/%s", sheets[i].name);

      g_test_add_data_func (path, &sheets[i], test_sheet);
    }
  g_test_add_func ("/html/css/sheet/cut-anywhere/stays-whole", test_cut);
  g_test_add_func ("/html/css/dark/light-ground-gets-dark-and-dark-stays", test_dark_ground);
  g_test_add_func ("/html/css/dark/dark-text-gets-light-and-keeps-its-hue", test_dark_text);
  return g_test_run ();
}
