/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finds addresses of the web in plain text. */
#include "reader-links.h"

#include <string.h>

/* Longer ones are cut off by mail clients and servers anyway */
#define MAX_LINK 4000

static const char *const beginnings[] = { "https://", "http://", "ftp://", "mailto:", "www." };

static gsize
match_beginning (const char *text, gsize length)
{
  for (gsize i = 0; i < G_N_ELEMENTS (beginnings); i++)
    {
      gsize n = strlen (beginnings[i]);

      if (length > n && g_ascii_strncasecmp (text, beginnings[i], n) == 0)
        return n;
    }
  return 0;
}

/* A link may begin a word only: "xhttp://" is something else. */
static gboolean
is_word_before (const char *text, gsize position)
{
  guchar before = position ? (guchar) text[position - 1] : ' ';

  return g_ascii_isalnum (before) || before == '-' || before == '_' || before == '.' || before == '/' || before == '@';
}

static gboolean
is_link_byte (guchar c)
{
  return c > 0x20 && c != 0x7f && !strchr ("<>\"`{}|\\^", c);
}

static gsize
count_byte (const char *text, gsize length, char c)
{
  gsize n = 0;

  for (gsize i = 0; i < length; i++)
    n += text[i] == c;
  return n;
}

/* What stands after a link in a sentence: "(see https://example.org/a_(b))." */
static gsize
trim_end (const char *link, gsize length)
{
  gsize opening = count_byte (link, length, '(');
  gsize closing = count_byte (link, length, ')');

  while (length)
    {
      char last = link[length - 1];

      if (strchr (".,;:!?'*_", last))
        length--;
      else if (last == ')' && closing > opening)
        {
          length--;
          closing--;
        }
      else if (last == ']' || last == '>')
        length--;
      else
        break;
    }
  return length;
}

GArray *
reader_links_find (const char *text, gsize length)
{
  GArray *links = g_array_new (FALSE, FALSE, sizeof (ReaderLink));
  gsize i = 0;

  while (i < length && links->len < READER_MAX_LINKS)
    {
      gsize beginning, end;

      if (!strchr ("hHfFmMwW", text[i]) || !text[i] || is_word_before (text, i)
          || !(beginning = match_beginning (text + i, length - i)))
        {
          i++;
          continue;
        }
      end = i + beginning;
      while (end < length && end - i < MAX_LINK && is_link_byte ((guchar) text[end]))
        end++;
      end = i + trim_end (text + i, end - i);
      if (end > i + beginning)
        {
          ReaderLink link = { i, end };

          g_array_append_val (links, link);
          i = end;
        }
      else
        i += beginning;
    }
  return links;
}

char *
reader_links_dup_uri (const char *text)
{
  g_autofree char *uri = g_ascii_strncasecmp (text, "www.", 4) == 0 ? g_strconcat ("http://", text, NULL) : g_strdup (text);

  return g_uri_is_valid (uri, G_URI_FLAGS_PARSE_RELAXED, NULL) ? g_steal_pointer (&uri) : NULL;
}
