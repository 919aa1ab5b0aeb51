/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text that is being written, made into HTML to go on with. */
#include "html-writing.h"

#include "html-clean.h"
#include "html-parser.h"

#include <string.h>

#define HARD_BLANK "\302\240" /* U+00A0 */

/* How many of them, or of others, stand there */
static gsize
count_blanks (const char *p, const char *end, gboolean are_blanks)
{
  const char *q = p;

  while (q < end && (*q == ' ' || *q == '\t') == are_blanks)
    q++;
  return q - p;
}

/* HTML makes one blank of many and none of those that begin a line: these are hard ones, and the last of a run lets the line break. */
static void
append_line (GString *out, const char *line, gsize length)
{
  const char *end = line + length;

  for (const char *p = line; p < end;)
    {
      gsize blanks = count_blanks (p, end, TRUE), words;

      for (gsize i = 0; i < blanks; i++)
        g_string_append (out, p[i] == '\t' ? HARD_BLANK HARD_BLANK HARD_BLANK HARD_BLANK
                              : i + 1 < blanks || p == line || p + blanks == end ? HARD_BLANK : " ");
      p += blanks;
      words = count_blanks (p, end, FALSE);
      html_append_text (out, p, words);
      p += words;
    }
}

static void
change_level (GString *html, guint *level, guint wanted)
{
  for (; *level > wanted; --*level)
    g_string_append (html, "</blockquote>");
  for (; *level < wanted; ++*level)
    g_string_append (html, "<blockquote type=\"cite\">");
}

char *
html_writing_sign (const char *signature)
{
  g_auto (GStrv) lines = NULL;
  GString *html;

  if (!*signature)
    return g_strdup ("");
  lines = g_strsplit (signature, "\n", -1);
  html = g_string_new ("<div class=\"" HTML_SIGNATURE_CLASS "\">--" HARD_BLANK);
  for (char **line = lines; *line; line++)
    {
      g_string_append (html, "<br>");
      append_line (html, *line, strlen (*line));
    }
  g_string_append (html, "</div>");
  return g_string_free (html, FALSE);
}

/* The last place of the signature's own words, at the beginning of a line and followed by the end of one */
static const char *
find_signature (const char *text, const char *block)
{
  const char *found = NULL;
  gsize length = strlen (block);

  for (const char *p = strstr (text, block); p; p = strstr (p + 1, block))
    if ((p == text || p[-1] == '\n') && (p[length] == '\n' || p[length] == '\0'))
      found = p;
  return found;
}

char *
html_writing_from_text (const char *text, const char *signature)
{
  g_autofree char *block = g_strconcat ("-- \n", signature, NULL);
  const char *signed_at = *signature ? find_signature (text, block) : NULL;
  const char *end = text + strlen (text);
  GString *html = g_string_new (NULL);
  guint level = 0;

  for (const char *p = text; p < end;)
    {
      const char *newline = memchr (p, '\n', (gsize) (end - p));
      const char *line_end = newline ? newline : end;

      if (p == signed_at)
        {
          g_autofree char *element = html_writing_sign (signature);

          change_level (html, &level, 0);
          g_string_append (html, element);
          p += strlen (block);
          p += *p == '\n';
          continue;
        }
      change_level (html, &level, html_read_quote_level (&p, line_end));
      g_string_append (html, "<div>");
      append_line (html, p, (gsize) (line_end - p));
      g_string_append (html, p == line_end ? "<br></div>" : "</div>");
      p = newline ? newline + 1 : end;
    }
  change_level (html, &level, 0);
  return g_string_free (html, FALSE);
}

/* What goes when it becomes text */

static gboolean
is_font (const char *name)
{
  static const char *const names[] = { "b", "big", "del", "em", "font", "h1", "h2", "h3", "h4", "h5", "h6", "i", "ins", "mark", "s", "small", "strike",
                                       "strong", "sub", "sup", "u", NULL };

  return g_strv_contains (names, name);
}

static gboolean
is_font_style (const char *style)
{
  static const char *const names[] = { "color", "font", "text-decoration", "background" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (strstr (style, names[i]))
      return TRUE;
  return FALSE;
}

static void
on_start (const char *name, const char *const *attributes, gpointer data)
{
  HtmlFormatting *found = data;

  found->has_fonts = found->has_fonts || is_font (name);
  found->has_tables = found->has_tables || strcmp (name, "table") == 0;
  found->n_pictures += strcmp (name, "img") == 0;
  for (; attributes && attributes[0]; attributes += 2)
    if (strcmp (attributes[0], "style") == 0 && attributes[1] && is_font_style (attributes[1]))
      found->has_fonts = TRUE;
}

static void
on_end (const char *name, gpointer data)
{
}

static void
on_text (const char *text, gsize length, gpointer data)
{
}

HtmlFormatting
html_writing_find_formatting (const char *html)
{
  static const HtmlHandler handler = { .start = on_start, .end = on_end, .text = on_text };
  HtmlFormatting found = { 0 };

  html_parse (html, &handler, &found);
  return found;
}

/* Directions */

/* Hebrew, Arabic and their neighbours: Unicode's blocks of scripts that run from right to left */
static gboolean
is_from_right (gunichar c)
{
  return (c >= 0x590 && c <= 0x8ff) || (c >= 0xfb1d && c <= 0xfdff) || (c >= 0xfe70 && c <= 0xfeff) || (c >= 0x10800 && c <= 0x10fff)
         || (c >= 0x1e800 && c <= 0x1efff);
}

static gboolean
has_from_right (const char *text)
{
  for (; *text; text = g_utf8_next_char (text))
    if (is_from_right (g_utf8_get_char (text)))
      return TRUE;
  return FALSE;
}

char *
html_writing_mark_directions (const char *html)
{
  static const char paragraph[] = "<div>", marked[] = "<div dir=\"auto\">";
  g_autoptr (GString) out = NULL;
  const char *place;

  if (!has_from_right (html) || !strstr (html, paragraph))
    return NULL;
  out = g_string_new (NULL);
  for (; (place = strstr (html, paragraph)); html = place + strlen (paragraph))
    {
      g_string_append_len (out, html, place - html);
      g_string_append (out, marked);
    }
  g_string_append (out, html);
  return g_string_free (g_steal_pointer (&out), FALSE);
}
