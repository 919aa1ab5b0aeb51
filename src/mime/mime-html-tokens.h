/* SPDX-License-Identifier: GPL-3.0-or-later */
/* HTML cut into tags and text. A tree is not built: for text it is not needed, and building one from hostile mail takes minutes
 * (gumbo: 2.5 s for 10,000 open <div>, the square of that for more). */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  MIME_HTML_TEXT,       /* between tags; character references still in it */
  MIME_HTML_START,
  MIME_HTML_END,
  MIME_HTML_DONE,
} MimeHtmlKind;

#define MIME_HTML_MAX_NAME 16

typedef struct
{
  const char *p;        /* where to go on */
  const char *end;

  MimeHtmlKind kind;
  const char *text;     /* of TEXT; of a tag: its attributes */
  gsize length;
  char name[MIME_HTML_MAX_NAME]; /* of a tag, lower case, cut */
} MimeHtmlTokens;

/* mime_html_next: @self->p and ->end are set before the first call. Comments, doctypes and the insides of script and style are skipped. */
MimeHtmlKind mime_html_next (MimeHtmlTokens *self);

/* mime_html_dup_attribute: (nullable) (transfer full): of the start tag that was read last, references resolved */
char *mime_html_dup_attribute (const MimeHtmlTokens *self, const char *name);

G_END_DECLS
