/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Plain text as a page. */
#include "html-clean.h"

#include <string.h>

#define MAX_LEVEL 10

guint
html_read_quote_level (const char **text, const char *end)
{
  guint level = 0;
  const char *p = *text;

  while (p < end && *p == '>')
    {
      level++;
      p++;
      *text = p;
      if (p + 1 < end && *p == ' ' && p[1] == '>')
        p++;
    }
  if (level && *text < end && **text == ' ')
    ++*text;
  return MIN (level, MAX_LEVEL);
}

static void
change_level (GString *html, guint *level, guint wanted, gboolean is_dark)
{
  static const char *const light[] = { "#3465a4", "#4e9a06", "#8f5902" }, *const dark[] = { "#729fcf", "#8ae234", "#e9b96e" };

  for (; *level > wanted; --*level)
    g_string_append (html, "</div>");
  for (; *level < wanted; ++*level)
    {
      const char *color = (is_dark ? dark : light)[*level % G_N_ELEMENTS (light)];

      g_string_append_printf (html, "<div style=\"border-left:2px solid %s;padding-left:10px;color:%s\">", color, color);
    }
}

HtmlPage *
html_page_new_from_text (const char *text, HtmlCleanFlags flags)
{
  HtmlPage *page = g_new0 (HtmlPage, 1);
  GString *html = html_page_begin ();
  const char *end = text + strlen (text);
  guint level = 0;

  g_string_append (html, "</head><body><div style=\"white-space:pre-wrap;overflow-wrap:break-word\">");
  while (text < end)
    {
      const char *newline = memchr (text, '\n', (gsize) (end - text));
      const char *line_end = newline ? newline : end;

      change_level (html, &level, html_read_quote_level (&text, line_end), flags & HTML_CLEAN_DARK);
      html_append_text (html, text, (gsize) (line_end - text));
      g_string_append_c (html, '\n');
      text = newline ? newline + 1 : end;
    }
  change_level (html, &level, 0, FALSE);
  g_string_append (html, "</div></body></html>\n");
  page->html = g_string_free (html, FALSE);
  page->content_ids = g_new0 (char *, 1);
  page->links = g_ptr_array_new_with_free_func ((GDestroyNotify) html_link_free);
  return page;
}
