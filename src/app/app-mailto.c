/* SPDX-License-Identifier: GPL-3.0-or-later */
/* mailto: links (RFC 6068) as what a composer starts from. */
#include "app-mailto.h"

#include "mail-lines.h"

#include <string.h>

/* Longer links are no links that a person made. */
#define MAX_LINK 100000

static char *
unescape (const char *text, gsize length)
{
  g_autoptr (GBytes) bytes = g_uri_unescape_bytes (text, (gssize) length, NULL, NULL);
  gsize size;
  const char *data = bytes ? g_bytes_get_data (bytes, &size) : NULL;

  /* %00 and bytes that are no UTF-8 become what text can hold. */
  return data ? g_utf8_make_valid (data, (gssize) size) : g_utf8_make_valid (text, (gssize) length);
}

static void
make_one_line (char *text)
{
  for (; *text; text++)
    if ((guchar) *text < 0x20 || *text == 0x7f)
      *text = ' ';
}

static void
add_addresses (char **field, char *addresses)
{
  char *old = *field;

  make_one_line (addresses);
  *field = old[0] && addresses[0] ? g_strconcat (old, ", ", addresses, NULL) : g_strdup (old[0] ? old : addresses);
  g_free (old);
  g_free (addresses);
}

static void
set_body (AppMailto *self, char *text)
{
  g_free (self->body);
  self->body = mail_lines_unify (text);
  g_free (text);
}

/* One msg-id, without its brackets and without what could end a header; the rest of the headers that a link may name (RFC 6068 §4) are
 * unsafe, and "attach" would give files away: none of them is taken. */
static void
set_in_reply_to (AppMailto *self, char *text)
{
  g_autofree char *id = text;
  char *start = id + strspn (id, " <");

  start[strcspn (start, "> \t\r\n")] = '\0';
  g_free (self->in_reply_to);
  self->in_reply_to = g_strdup (strchr (start, '@') ? start : "");
}

static void
take_field (AppMailto *self, const char *field, gsize length)
{
  const char *equals = memchr (field, '=', length);
  g_autofree char *name = equals ? g_ascii_strdown (field, equals - field) : NULL;
  char *value;

  if (!equals)
    return;
  value = unescape (equals + 1, length - (gsize) (equals + 1 - field));
  if (g_str_equal (name, "to"))
    add_addresses (&self->to, value);
  else if (g_str_equal (name, "cc"))
    add_addresses (&self->cc, value);
  else if (g_str_equal (name, "bcc"))
    add_addresses (&self->bcc, value);
  else if (g_str_equal (name, "subject"))
    {
      make_one_line (value);
      g_free (self->subject);
      self->subject = value;
    }
  else if (g_str_equal (name, "body"))
    set_body (self, value);
  else if (g_str_equal (name, "in-reply-to"))
    set_in_reply_to (self, value);
  else
    g_free (value);
}

AppMailto *
app_mailto_parse (const char *uri)
{
  AppMailto *self;
  const char *query, *rest;

  if (g_ascii_strncasecmp (uri, "mailto:", 7) != 0 || strlen (uri) > MAX_LINK)
    return NULL;
  self = g_new0 (AppMailto, 1);
  self->to = g_strdup ("");
  self->cc = g_strdup ("");
  self->bcc = g_strdup ("");
  self->subject = g_strdup ("");
  self->body = g_strdup ("");
  self->in_reply_to = g_strdup ("");

  rest = uri + 7;
  query = rest + strcspn (rest, "?#");
  add_addresses (&self->to, unescape (rest, (gsize) (query - rest)));
  while (*query && *query != '#')
    {
      const char *field = query + 1;

      query = field + strcspn (field, "&#");
      take_field (self, field, (gsize) (query - field));
    }
  return self;
}

void
app_mailto_free (AppMailto *self)
{
  g_free (self->to);
  g_free (self->cc);
  g_free (self->bcc);
  g_free (self->subject);
  g_free (self->body);
  g_free (self->in_reply_to);
  g_free (self);
}
