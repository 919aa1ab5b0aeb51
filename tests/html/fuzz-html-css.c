/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any text as a style sheet and as a style attribute: no "<", no escape from the element, no address that could be loaded. */
#include <stdint.h>
#include <string.h>

#include "html-css.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* Reads it again as CSS does: every url must be ours. */
static void
check (const GString *css)
{
  g_auto (HtmlCssTokens) tokens = { 0 };
  gboolean is_url = FALSE;

  g_assert_null (strchr (css->str, '<'));
  html_css_tokens_init (&tokens, css->str, css->len);
  for (html_css_next (&tokens); tokens.kind != HTML_CSS_END; html_css_next (&tokens))
    {
      g_assert_cmpint (tokens.kind, !=, HTML_CSS_BAD);
      g_assert_cmpint (tokens.kind, !=, HTML_CSS_URL);
      g_assert_false (tokens.kind == HTML_CSS_AT && g_ascii_strcasecmp (tokens.text->str, "media") != 0);
      if (is_url)
        g_assert_true (tokens.kind == HTML_CSS_STRING
                       && (g_str_has_prefix (tokens.text->str, "remote:") || g_str_has_prefix (tokens.text->str, "cid:")
                           || g_ascii_strncasecmp (tokens.text->str, "data:image/", 11) == 0));
      is_url = tokens.kind == HTML_CSS_FUNCTION && g_ascii_strcasecmp (tokens.text->str, "url") == 0;
    }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *raw = g_strndup ((const char *) data, size);
  g_autofree char *css = g_utf8_make_valid (raw, -1);
  g_autoptr (GHashTable) content_ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  HtmlWanted wanted = { 0, content_ids };
  HtmlCssJob job = { &wanted, size & 1, TRUE };
  g_autoptr (GString) sheet = g_string_new (NULL), style = g_string_new (NULL);

  html_css_clean_sheet (&job, css, strlen (css), sheet);
  html_css_clean_declarations (&job, css, strlen (css), style);
  check (sheet);
  check (style);
  return 0;
}
