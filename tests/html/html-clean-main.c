/* SPDX-License-Identifier: GPL-3.0-or-later */
/* html-clean [--dark] FILE: a page as the sanitiser leaves it, on stdout; status 1 when it refuses it. For tests of what shows it. */
#include <stdio.h>
#include <string.h>

#include "html-clean.h"

int
main (int argc, char **argv)
{
  gboolean is_dark = argc > 2 && strcmp (argv[1], "--dark") == 0;
  g_autofree char *raw = NULL;
  g_autofree char *html = NULL;
  g_autoptr (HtmlPage) page = NULL;
  gsize length;

  if (argc < 2 || !g_file_get_contents (argv[argc - 1], &raw, &length, NULL))
    return 2;
  html = g_utf8_make_valid (raw, (gssize) length);
  page = html_clean (html, is_dark ? HTML_CLEAN_DARK : 0);
  if (!page)
    return 1;
  fputs (page->html, stdout);
  return 0;
}
