/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "html-url.h"

typedef struct
{
  const char *text;
  const char *url;
  gboolean is_misleading;
} Case;

static const Case cases[] = {
  { "click here", "http://evil.example/", FALSE },
  { "https://bank.example/login", "http://evil.example/", TRUE },
  { "bank.com", "http://evil.example/", TRUE },
  { "www.bank.example", "http://evil.example/", TRUE },
  { "https://example.org/", "https://example.org/other", FALSE },
  { "example.org", "https://www.example.org/", FALSE },
  { "https://example.org/", "https://news.example.org/", FALSE },
  { "https://example.org/", "https://evilexample.org/", TRUE },
  { "https://example.org/", "https://example.org.evil.example/", TRUE },
  { "report.pdf", "https://example.org/report.pdf", FALSE },
  { "Version 1.2", "https://example.org/", FALSE },
  { " HTTPS://EXAMPLE.ORG/ ", "https://example.org/", FALSE },
  { "anything", "https://bank.example@evil.example/", TRUE },
  { "ana@example.org", "mailto:ana@example.org?subject=x", FALSE },
  { "ana@example.org", "mailto:eve@evil.example", TRUE },
  { "write to us", "mailto:eve@example.org", FALSE },
  { "https://m\xc3\xbcnchen.example/", "https://xn--mnchen-3ya.example/", FALSE },
};

static void
test_misleading (gconstpointer data)
{
  const Case *test = data;

  g_assert_cmpint (html_url_is_misleading (test->text, test->url), ==, test->is_misleading);
}

static void
test_remote (void)
{
  HtmlUrlKind kind;
  g_autofree char *uri = html_url_for_image ("  ht\ntps://example.org/a b?c#d\xc3\xa4 ", &kind);
  g_autofree char *back = html_url_from_remote (uri);

  g_assert_cmpint (kind, ==, HTML_URL_REMOTE);
  g_assert_cmpstr (uri, ==, "remote:https%3A%2F%2Fexample.org%2Fa%20b%3Fc%23d%C3%A4");
  g_assert_cmpstr (back, ==, "https://example.org/a b?c#d\xc3\xa4");
}

static void
test_remote_of_other_scheme (void)
{
  g_assert_null (html_url_from_remote ("remote:file%3A%2F%2F%2Fetc%2Fpasswd"));
  g_assert_null (html_url_from_remote ("http://example.org/"));
  g_assert_null (html_url_from_remote ("remote:%00"));
}

static void
test_part (void)
{
  g_autofree char *id = html_url_get_part ("CID:a%40b%20c");
  g_autofree char *odd = html_url_get_part ("cid:100%.png");

  g_assert_cmpstr (id, ==, "a@b c");
  g_assert_cmpstr (odd, ==, "100%.png");
  g_assert_null (html_url_get_part ("cid:"));
  g_assert_null (html_url_get_part ("mid:x"));
}

static void
test_none (void)
{
  static const char *const none[] = { "", "a", "/a", "?a", "javascript:x", "vbscript:x", "file:///a", "ftp://x.example/", "about:blank", "blob:x", "http:", "http://",
                                      "http:///a", "https:x.example", "data:text/html,x", "data:image/svg+xml,x", "data:image/pngx,y", "///x.example/", "\\\\x\\a",
                                      "remote:x", "ws://x.example/", "view-source:http://x.example/", "cid:", "jar:http://x.example!/a", NULL };

  for (guint i = 0; none[i]; i++)
    {
      g_autofree char *url = NULL;

      g_assert_cmpint (html_url_read (none[i], &url), ==, HTML_URL_NONE);
      g_assert_null (url);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/html/url/misleading/%s", cases[i].url);
      g_autofree char *unique = g_strdup_printf ("%s/%" G_GSIZE_FORMAT, path, i);

      g_test_add_data_func (unique, &cases[i], test_misleading);
    }
  g_test_add_func ("/html/url/remote/goes-there-and-back", test_remote);
  g_test_add_func ("/html/url/remote/of-another-scheme/is-none", test_remote_of_other_scheme);
  g_test_add_func ("/html/url/part/is-unescaped", test_part);
  g_test_add_func ("/html/url/other-schemes/are-none", test_none);
  return g_test_run ();
}
