/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the elements of HTML do to text. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  MIME_HTML_BREAK_LINE = 1 << 0,      /* begins and ends a line */
  MIME_HTML_BREAK_PARAGRAPH = 1 << 1, /* and an empty line stands around it */
  MIME_HTML_OPENS = 1 << 2,           /* has an effect until it is closed */
  MIME_HTML_IS_VOID = 1 << 3,         /* has no end tag */
} MimeHtmlFlags;

typedef enum
{
  MIME_HTML_TAG_OTHER,
  MIME_HTML_TAG_A,
  MIME_HTML_TAG_BLOCKQUOTE,
  MIME_HTML_TAG_BR,
  MIME_HTML_TAG_CELL,
  MIME_HTML_TAG_HR,
  MIME_HTML_TAG_IMG,
  MIME_HTML_TAG_LI,
  MIME_HTML_TAG_OL,
  MIME_HTML_TAG_PRE,
  MIME_HTML_TAG_Q,
  MIME_HTML_TAG_UL,
} MimeHtmlTag;

typedef struct
{
  const char *name;
  MimeHtmlTag tag;
  MimeHtmlFlags flags;
} MimeHtmlElement;

/* mime_html_find_element: (nullable): by its lower-case name; %NULL for those that do nothing */
const MimeHtmlElement *mime_html_find_element (const char *name);

G_END_DECLS
