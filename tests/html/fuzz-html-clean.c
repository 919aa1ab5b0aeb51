/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any text as a mail's HTML: the page that comes out has nothing dangerous in it, and stays what it is when cleaned again. */
#include <stdint.h>
#include <string.h>

#include "html-clean.h"
#include "html-parser.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
on_start (const char *name, const char *const *attributes, gpointer data)
{
  static const char *const allowed_head[] = { "html", "head", "meta", "style", "body", NULL };

  g_assert_false (g_str_equal (name, "script") || g_str_equal (name, "iframe") || g_str_equal (name, "object") || g_str_equal (name, "embed")
                  || g_str_equal (name, "link") || g_str_equal (name, "base") || g_str_equal (name, "form") || g_str_equal (name, "svg"));
  for (; attributes && *attributes; attributes += 2)
    {
      g_assert_false (g_str_has_prefix (attributes[0], "on"));
      if (g_str_equal (attributes[0], "src") || g_str_equal (attributes[0], "background"))
        g_assert_true (g_str_has_prefix (attributes[1], "remote:") || g_str_has_prefix (attributes[1], "cid:")
                       || g_ascii_strncasecmp (attributes[1], "data:image/", 11) == 0);
      if (g_str_equal (attributes[0], "http-equiv"))
        g_assert_true (g_strv_contains (allowed_head, name));
    }
}

static void
on_end (const char *name, gpointer data)
{
}

static void
on_text (const char *text, gsize length, gpointer data)
{
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static const HtmlHandler handler = { on_start, on_end, on_text };
  g_autofree char *raw = g_strndup ((const char *) data + (size > 0), size > 0 ? size - 1 : 0);
  g_autofree char *html = g_utf8_make_valid (raw, -1);
  g_autoptr (HtmlPage) page = html_clean (html, size ? (data[0] & 1 ? HTML_CLEAN_DARK : 0) | (data[0] & 2 ? HTML_CLEAN_TO_WRITE : 0) : 0);

  if (page)
    {
      g_assert_true (g_utf8_validate (page->html, -1, NULL));
      html_parse (page->html, &handler, NULL);
    }
  return 0;
}
