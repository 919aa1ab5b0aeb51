/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finds addresses of the web in plain text. Pure. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  gsize start;   /* bytes into the text */
  gsize end;
} ReaderLink;

/* More than this in one text are left as they are: nobody clicks them, and each costs the text view. */
#define READER_MAX_LINKS 2000

/* reader_links_find: (transfer full): of ReaderLink, in order, none over another: http:, https:, ftp:, mailto: and "www."; a closing
 * bracket or a full stop that ends a sentence is not part of it. Linear in @length. */
GArray *reader_links_find (const char *text, gsize length);

/* reader_links_dup_uri: (transfer full) (nullable): what to open for the text of a link; %NULL when it is not a well-formed one */
char *reader_links_dup_uri (const char *text);

G_END_DECLS
