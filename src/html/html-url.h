/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an address in a mail's HTML is, and what may be written in its place. Pure. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The scheme that remote images get: "remote:" and the whole address percent-encoded. A browser engine can load nothing by it; who shows
 * the page answers it, or not. */
#define HTML_REMOTE_SCHEME "remote"

/* The scheme that goes before the address of a link whose text names another place. */
#define HTML_MISLEADING_SCHEME "misleading"

#define HTML_MAX_URL 8000
#define HTML_MAX_DATA_URL (8 << 20)

typedef enum
{
  HTML_URL_NONE,       /* nothing that may stay: relative, of another scheme, broken */
  HTML_URL_REMOTE,     /* http, https */
  HTML_URL_PART,       /* cid: */
  HTML_URL_DATA,       /* data: of a picture of pixels */
  HTML_URL_MAIL,       /* mailto: */
  HTML_URL_FRAGMENT,   /* "#…": a place in the same page */
} HtmlUrlKind;

/**
 * html_url_read:
 * @raw: as the page has it
 * @url: (out) (transfer full): the address without blanks and controls, "https:" put before what begins with "//"; %NULL for %HTML_URL_NONE
 */
HtmlUrlKind html_url_read (const char *raw, char **url);

/* html_url_for_image: (transfer full) (nullable): what may stand for the source of a picture: "cid:…", "data:…" or "remote:…" */
char *html_url_for_image (const char *raw, HtmlUrlKind *kind);

/* html_url_from_remote: (transfer full) (nullable): back from "remote:…" to the http or https address; %NULL when it is none */
char *html_url_from_remote (const char *uri);

/* html_url_get_part: (transfer full) (nullable): the Content-ID in "cid:…" */
char *html_url_get_part (const char *uri);

/* html_url_is_misleading: whether @text, what a link shows, looks like an address of another place than @url, where it leads, or @url
 * itself is made to be misread (a user name before the host) */
gboolean html_url_is_misleading (const char *text, const char *url);

G_END_DECLS
