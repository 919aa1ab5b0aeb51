/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any text as HTML. */
#include <stdint.h>

#include "mime-html-text.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *raw = g_strndup ((const char *) data, size);
  g_autofree char *html = g_utf8_make_valid (raw, -1);
  g_autofree char *text = mime_html_to_text (html);

  g_assert_true (g_utf8_validate (text, -1, NULL));
  return 0;
}
