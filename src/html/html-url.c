/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an address in a mail's HTML is, and what may be written in its place. Pure. */
#include "html-url.h"

#include <string.h>

/* As browsers read it (WHATWG URL §4.4): controls and blanks around it do not count, tabs and line ends nowhere. */
static char *
strip (const char *raw)
{
  g_autoptr (GString) url = g_string_new (NULL);

  while (*raw && (guchar) *raw <= 0x20)
    raw++;
  for (; *raw; raw++)
    if (*raw != '\t' && *raw != '\n' && *raw != '\r')
      g_string_append_c (url, *raw);
  while (url->len && (guchar) url->str[url->len - 1] <= 0x20)
    g_string_truncate (url, url->len - 1);
  return g_string_free (g_steal_pointer (&url), FALSE);
}

static gboolean
has_scheme (const char *url, const char *scheme)
{
  gsize n = strlen (scheme);

  return g_ascii_strncasecmp (url, scheme, n) == 0 && url[n] == ':';
}

/* A host there is, and no control character or backslash that another reader would take for a slash. */
static gboolean
is_web_address (const char *url)
{
  const char *p = strstr (url, "://");

  if (!p || p[3] == '/' || p[3] == '\0' || p[3] == '?' || p[3] == '#' || strlen (url) > HTML_MAX_URL)
    return FALSE;
  for (p = url; *p; p++)
    if ((guchar) *p < 0x20 || *p == 0x7f || *p == '\\')
      return FALSE;
  return g_utf8_validate (url, -1, NULL);
}

static gboolean
is_pixel_data (const char *url)
{
  static const char *const types[] = { "png", "jpeg", "jpg", "gif", "webp", "bmp", "x-icon", "vnd.microsoft.icon", "avif" };
  const char *type = url + strlen ("data:");

  if (strlen (url) > HTML_MAX_DATA_URL || g_ascii_strncasecmp (type, "image/", 6) != 0)
    return FALSE;
  type += 6;
  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    {
      gsize n = strlen (types[i]);

      if (g_ascii_strncasecmp (type, types[i], n) == 0 && (type[n] == ';' || type[n] == ','))
        return TRUE;
    }
  return FALSE;
}

HtmlUrlKind
html_url_read (const char *raw, char **url)
{
  g_autofree char *bare = strip (raw);

  *url = NULL;
  if (bare[0] == '/' && bare[1] == '/')
    {
      char *whole = g_strconcat ("https:", bare, NULL);

      g_free (bare);
      bare = whole;
    }
  if (has_scheme (bare, "http") || has_scheme (bare, "https"))
    {
      if (!is_web_address (bare))
        return HTML_URL_NONE;
      *url = g_steal_pointer (&bare);
      return HTML_URL_REMOTE;
    }
  if (has_scheme (bare, "cid") && bare[4] && strlen (bare) < HTML_MAX_URL)
    {
      *url = g_steal_pointer (&bare);
      return HTML_URL_PART;
    }
  if (has_scheme (bare, "mailto") && strlen (bare) < HTML_MAX_URL)
    {
      *url = g_steal_pointer (&bare);
      return HTML_URL_MAIL;
    }
  if (has_scheme (bare, "data") && is_pixel_data (bare))
    {
      *url = g_steal_pointer (&bare);
      return HTML_URL_DATA;
    }
  if (bare[0] == '#' && strlen (bare) < HTML_MAX_URL)
    {
      *url = g_steal_pointer (&bare);
      return HTML_URL_FRAGMENT;
    }
  return HTML_URL_NONE;
}

char *
html_url_for_image (const char *raw, HtmlUrlKind *kind)
{
  g_autofree char *url = NULL;
  g_autofree char *part = NULL;
  g_autofree char *escaped = NULL;

  *kind = html_url_read (raw, &url);
  switch (*kind)
    {
    case HTML_URL_REMOTE:
      escaped = g_uri_escape_string (url, NULL, FALSE);
      return g_strconcat (HTML_REMOTE_SCHEME ":", escaped, NULL);
    case HTML_URL_PART:
      part = html_url_get_part (url);
      escaped = part ? g_uri_escape_string (part, "@", FALSE) : NULL;
      return escaped ? g_strconcat ("cid:", escaped, NULL) : NULL;
    case HTML_URL_DATA:
      return g_steal_pointer (&url);
    case HTML_URL_NONE:
    case HTML_URL_MAIL:
    case HTML_URL_FRAGMENT:
    default:
      *kind = HTML_URL_NONE;
      return NULL;
    }
}

char *
html_url_from_remote (const char *uri)
{
  g_autofree char *url = NULL;
  g_autofree char *whole = NULL;

  if (!has_scheme (uri, HTML_REMOTE_SCHEME))
    return NULL;
  url = g_uri_unescape_string (uri + strlen (HTML_REMOTE_SCHEME ":"), NULL);
  return url && html_url_read (url, &whole) == HTML_URL_REMOTE ? g_steal_pointer (&whole) : NULL;
}

char *
html_url_get_part (const char *uri)
{
  g_autofree char *id = NULL;

  if (!has_scheme (uri, "cid"))
    return NULL;
  id = g_uri_unescape_string (uri + strlen ("cid:"), NULL);
  if (!id) /* "100%.png" is no escape, and seen in mail */
    id = g_strdup (uri + strlen ("cid:"));
  return *id && g_utf8_validate (id, -1, NULL) ? g_steal_pointer (&id) : NULL;
}

/* The host in what a person would take for an address: "https://example.org/a", "www.example.org", "example.org/a". NULL: none. */
static char *
find_shown_host (const char *text)
{
  const char *p = strstr (text, "://");
  const char *last_dot;
  gsize n;

  p = p ? p + 3 : text;
  n = strcspn (p, "/?#:");
  if (n < 4 || n > 253)
    return NULL;
  last_dot = g_strrstr_len (p, (gssize) n, ".");
  if (!last_dot || last_dot == p || last_dot + 3 > p + n)
    return NULL;
  for (gsize i = 0; i < n; i++)
    if (!(g_ascii_isalnum (p[i]) || p[i] == '-' || p[i] == '.' || p[i] == '_' || (guchar) p[i] >= 0x80))
      return NULL;
  if (p == text && g_ascii_strncasecmp (p, "www.", 4) != 0)
    {
      static const char *const endings[] = { "com", "org", "net", "de", "uk", "fr", "eu", "io", "info", "gov", "edu", "bank", "us", "ch", "at", "it", "es", "nl", "br", "ru", "cn", "jp" };

      /* "report.pdf" is no host, "example.com" is. */
      for (gsize i = 0; i < G_N_ELEMENTS (endings); i++)
        if (strlen (endings[i]) == (gsize) (p + n - last_dot - 1) && g_ascii_strncasecmp (last_dot + 1, endings[i], strlen (endings[i])) == 0)
          return g_ascii_strdown (p, (gssize) n);
      return NULL;
    }
  return g_ascii_strdown (p, (gssize) n);
}

static const char *
skip_www (const char *host)
{
  return g_str_has_prefix (host, "www.") ? host + 4 : host;
}

/* The same, or one below the other: "example.org" may lead to "news.example.org". */
static gboolean
are_related (const char *a, const char *b)
{
  gsize n, m;

  a = skip_www (a);
  b = skip_www (b);
  n = strlen (a);
  m = strlen (b);
  if (n == m)
    return strcmp (a, b) == 0;
  if (n < m)
    return b[m - n - 1] == '.' && strcmp (b + m - n, a) == 0;
  return a[n - m - 1] == '.' && strcmp (a + n - m, b) == 0;
}

/* "name@example.org" shown, and mail to somebody else behind it */
static gboolean
is_other_address (const char *text, const char *url)
{
  const char *address = url + strlen ("mailto:");
  gsize n = strcspn (address, "?");
  g_autofree char *behind = NULL;
  g_autofree char *whole = NULL;

  if (!strchr (text, '@') || strpbrk (text, " \t\n,;"))
    return FALSE;
  whole = g_strndup (address, n);
  behind = g_uri_unescape_string (whole, NULL);
  if (g_ascii_strncasecmp (text, "mailto:", 7) == 0)
    text += 7;
  return g_ascii_strcasecmp (text, behind ? behind : whole) != 0;
}

gboolean
html_url_is_misleading (const char *text, const char *url)
{
  g_autofree char *shown = NULL;
  g_autofree char *host = NULL;
  g_autofree char *bare = g_strstrip (g_strdup (text));
  g_autoptr (GUri) uri = NULL;

  if (has_scheme (url, "mailto"))
    return is_other_address (bare, url);
  uri = g_uri_parse (url, G_URI_FLAGS_PARSE_RELAXED | G_URI_FLAGS_ENCODED, NULL);
  if (!uri || !g_uri_get_host (uri))
    return TRUE;
  if (g_uri_get_userinfo (uri))
    return TRUE;
  if (strpbrk (bare, " \t\n"))
    return FALSE;
  shown = find_shown_host (bare);
  if (!shown)
    return FALSE;
  host = g_hostname_to_ascii (g_uri_get_host (uri));
  if (g_hostname_is_non_ascii (shown))
    {
      char *ascii = g_hostname_to_ascii (shown);

      if (!ascii)
        return TRUE;
      g_free (shown);
      shown = ascii;
    }
  if (!host)
    return TRUE;
  return !are_related (shown, host);
}
