/* SPDX-License-Identifier: GPL-3.0-or-later */
/* HTML made into text that reads well. */
#include "mime-html-text.h"

#include <stdlib.h>
#include <string.h>

#include "mime-html-elements.h"
#include "mime-html-tokens.h"

#define MAX_OPEN 128             /* elements with an effect; deeper ones have none */
#define MAX_QUOTES 20
#define MAX_INDENT 8
#define MAX_OUTPUT (64 << 20)
#define MAX_URL 2000
#define MAX_EMPTY 1000           /* empty lines in a row */

typedef struct
{
  MimeHtmlTag tag;
  int number;          /* the next of an <ol> */
  char *url;           /* of an <a>; NULL when there is nothing to show */
  gsize start;         /* where its text began */
} Open;

typedef struct
{
  MimeHtmlTokens tokens;
  GString *out;
  gboolean is_written;  /* by a person: blanks and empty lines are meant */

  Open open[MAX_OPEN];
  guint n_open;
  guint n_quotes;
  guint n_lists;
  guint n_pre;

  guint breaks;        /* line ends owed before the next character */
  guint quotes_before; /* how deep the line before was quoted */
  gboolean has_space;  /* one blank owed */
  gboolean has_cell;   /* a tab owed */
  gboolean is_line_empty;
  char *bullet;        /* of the item that begins */

  char hidden[MIME_HTML_MAX_NAME]; /* the element that is not shown; "" when none */
  guint n_hidden;      /* how many of that name are open */
} Writer;

static void
owe_breaks (Writer *self, guint n)
{
  self->breaks = MAX (self->breaks, n);
  self->has_space = FALSE;
}

static void
trim_line (Writer *self)
{
  while (self->out->len > 0 && (self->out->str[self->out->len - 1] == ' ' || self->out->str[self->out->len - 1] == '\t'))
    g_string_truncate (self->out, self->out->len - 1);
}

static void
write_prefix (Writer *self, guint n_quotes)
{
  for (guint i = 0; i < MIN (n_quotes, MAX_QUOTES); i++)
    g_string_append (self->out, "> ");
}

/* Ends the line before and begins the one that the next character stands in. */
static void
begin_line (Writer *self)
{
  guint indent = MIN (self->n_lists, MAX_INDENT) * 2;

  if (self->out->len > 0)
    {
      if (self->n_pre == 0 && !self->is_written)
        trim_line (self);
      g_string_append_c (self->out, '\n');
      for (guint i = 1; i < self->breaks; i++)
        {
          write_prefix (self, MIN (self->quotes_before, self->n_quotes));
          trim_line (self);
          g_string_append_c (self->out, '\n');
        }
    }
  write_prefix (self, self->n_quotes);
  if (self->n_lists > 0 && self->bullet)
    indent -= 2;
  for (guint i = 0; i < indent; i++)
    g_string_append_c (self->out, ' ');
  if (self->bullet)
    g_string_append (self->out, self->bullet);
  g_clear_pointer (&self->bullet, g_free);
  self->breaks = 0;
  self->quotes_before = self->n_quotes;
  self->is_line_empty = TRUE;
  self->has_space = self->has_cell = FALSE;
}

static void
write_character (Writer *self, gunichar c)
{
  if (self->breaks > 0 || self->out->len == 0)
    begin_line (self);
  if (self->has_cell && !self->is_line_empty)
    g_string_append_c (self->out, '\t');
  else if (self->has_space && !self->is_line_empty)
    g_string_append_c (self->out, ' ');
  self->has_space = self->has_cell = FALSE;
  g_string_append_unichar (self->out, c);
  self->is_line_empty = FALSE;
}

static void
write_space (Writer *self, gunichar c)
{
  if (self->n_pre == 0)
    self->has_space = TRUE;
  else if (c == '\n')
    self->breaks = MIN (self->breaks + 1, MAX_EMPTY);
  else if (c != '\r')
    write_character (self, c == '\t' ? '\t' : ' ');
}

static void
write_one (Writer *self, gunichar c)
{
  if (c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f')
    write_space (self, c);
  else if (c == 0xa0 || (c >= 0x2000 && c <= 0x200a) || c == 0x202f)
    {
      /* Hard blanks count, but not those that only push a line about. */
      if (self->is_written || (self->breaks == 0 && !self->is_line_empty))
        write_character (self, ' ');
    }
  else if (c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0xad || c == 0x34f || c == 0x200b || c == 0x2060 || c == 0xfeff)
    ; /* controls; soft hyphens and other things of no width, with which newsletters fill their previews */
  else if ((c == 0x200c || c == 0x200d) && (self->has_space || self->is_line_empty || self->breaks > 0))
    ;
  else
    write_character (self, c);
}

static void
write_text (Writer *self, const char *p, gsize length)
{
  const char *end = p + length;

  while (p < end && self->out->len < MAX_OUTPUT)
    {
      gunichar c;
      const char *next = *p == '&' ? mime_html_read_entity (p, end, &c) : NULL;

      if (!next)
        {
          c = g_utf8_get_char (p);
          next = g_utf8_next_char (p);
        }
      write_one (self, c);
      p = next;
    }
}

static void
write_plain (Writer *self, const char *text)
{
  for (const char *p = text; *p; p = g_utf8_next_char (p))
    write_one (self, g_utf8_get_char (p));
}

/* The address of a link as it would be shown, or NULL when it leads nowhere that can be shown. */
static char *
read_url (Writer *self)
{
  static const char *const schemes[] = { "http://", "https://", "mailto:", "ftp://", "tel:", "sip:", "news:", "magnet:" };
  g_autofree char *href = mime_html_dup_attribute (&self->tokens, "href");
  GString *url;

  if (!href || strlen (href) > MAX_URL)
    return NULL;
  url = g_string_new (NULL);
  for (const char *p = href; *p; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c > ' ' && c != 0x7f && !(c >= 0x80 && c < 0xa0) && g_unichar_isprint (c) && c != '<' && c != '>')
        g_string_append_unichar (url, c);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (schemes); i++)
    if (g_ascii_strncasecmp (url->str, schemes[i], strlen (schemes[i])) == 0)
      return g_string_free (url, FALSE);
  g_string_free (url, TRUE);
  return NULL;
}

/* Whether the text of a link already is its address: "example.org" for http://example.org/ */
static gboolean
shows_url (const char *text, const char *url)
{
  const char *bare = url;
  gsize n;

  if (g_ascii_strncasecmp (bare, "mailto:", 7) == 0)
    bare += 7;
  else if (g_ascii_strncasecmp (bare, "tel:", 4) == 0)
    bare += 4;
  else if (strstr (bare, "://"))
    bare = strstr (bare, "://") + 3;
  if (strstr (text, "://"))
    text = strstr (text, "://") + 3;
  n = strcspn (bare, g_str_has_prefix (url, "mailto:") ? "?" : "");
  while (n > 0 && bare[n - 1] == '/')
    n--;
  return g_ascii_strncasecmp (text, bare, n) == 0 && (text[n] == '\0' || (text[n] == '/' && text[n + 1] == '\0'));
}

static void
close_link (Writer *self, Open *open)
{
  if (open->url && self->out->len > open->start)
    {
      g_autofree char *text = g_strstrip (g_strdup (self->out->str + open->start));

      if (*text && !shows_url (text, open->url))
        {
          write_one (self, ' ');
          write_one (self, '<');
          write_plain (self, open->url);
          write_one (self, '>');
        }
    }
  g_clear_pointer (&open->url, g_free);
}

static void
close_one (Writer *self)
{
  Open *open = &self->open[--self->n_open];

  switch (open->tag)
    {
    case MIME_HTML_TAG_A:
      close_link (self, open);
      break;
    case MIME_HTML_TAG_BLOCKQUOTE:
      self->n_quotes--;
      break;
    case MIME_HTML_TAG_OL:
    case MIME_HTML_TAG_UL:
      self->n_lists--;
      g_clear_pointer (&self->bullet, g_free);
      break;
    case MIME_HTML_TAG_PRE:
      self->n_pre--;
      break;
    default:
      break;
    }
}

/* Closes the innermost element of @tag with all in it; nothing when none is open, or none inside the innermost of @limits. */
static void
close_tag (Writer *self, MimeHtmlTag tag, gboolean within_list)
{
  for (guint i = self->n_open; i-- > 0;)
    {
      if (self->open[i].tag == tag)
        {
          while (self->n_open > i)
            close_one (self);
          return;
        }
      if (within_list && (self->open[i].tag == MIME_HTML_TAG_OL || self->open[i].tag == MIME_HTML_TAG_UL || self->open[i].tag == MIME_HTML_TAG_BLOCKQUOTE))
        return;
    }
}

static void
begin_item (Writer *self)
{
  g_autofree char *value = NULL;
  Open *list = NULL;

  for (guint i = self->n_open; i-- > 0 && !list;)
    if (self->open[i].tag == MIME_HTML_TAG_OL || self->open[i].tag == MIME_HTML_TAG_UL)
      list = &self->open[i];
  g_free (self->bullet);
  if (!list || list->tag == MIME_HTML_TAG_UL)
    {
      self->bullet = g_strdup ("• ");
      return;
    }
  value = mime_html_dup_attribute (&self->tokens, "value");
  if (value && *value)
    list->number = CLAMP (atoi (value), -99999, 99999);
  self->bullet = g_strdup_printf ("%d. ", list->number);
  list->number = MIN (list->number + 1, 99999);
}

static void
open_element (Writer *self, MimeHtmlTag tag)
{
  Open *open;

  if (self->n_open == MAX_OPEN)
    return;
  open = &self->open[self->n_open++];
  *open = (Open){ .tag = tag, .number = 1 };
  switch (tag)
    {
    case MIME_HTML_TAG_A:
      open->url = read_url (self);
      open->start = self->out->len;
      break;
    case MIME_HTML_TAG_BLOCKQUOTE:
      self->n_quotes++;
      break;
    case MIME_HTML_TAG_OL:
      {
        g_autofree char *start = mime_html_dup_attribute (&self->tokens, "start");

        if (start && *start)
          open->number = CLAMP (atoi (start), -99999, 99999);
      }
      self->n_lists++;
      break;
    case MIME_HTML_TAG_UL:
      self->n_lists++;
      break;
    case MIME_HTML_TAG_PRE:
      self->n_pre++;
      if (self->tokens.p < self->tokens.end && *self->tokens.p == '\n') /* the first line end of <pre> is not text */
        self->tokens.p++;
      break;
    default:
      break;
    }
}

static void
write_picture (Writer *self)
{
  g_autofree char *alt = mime_html_dup_attribute (&self->tokens, "alt");

  if (!alt || !*g_strstrip (alt) || strlen (alt) > MAX_URL)
    return;
  write_one (self, '[');
  write_plain (self, alt);
  write_one (self, ']');
}

static gboolean
contains_folded (const char *text, const char *compact)
{
  g_autoptr (GString) folded = g_string_new (NULL);

  for (const char *p = text; *p; p++)
    if (!g_ascii_isspace (*p))
      g_string_append_c (folded, g_ascii_tolower (*p));
  return strstr (folded->str, compact) != NULL;
}

/* Whether the page itself does not show the element. */
static gboolean
is_hidden (const MimeHtmlTokens *tokens)
{
  g_autofree char *style = NULL;
  g_autofree char *hidden = NULL;

  if (tokens->length < 6)
    return FALSE;
  style = mime_html_dup_attribute (tokens, "style");
  if (style && (contains_folded (style, "display:none") || contains_folded (style, "visibility:hidden")))
    return TRUE;
  hidden = mime_html_dup_attribute (tokens, "hidden");
  return hidden != NULL;
}

/* Inside what is hidden only its own end counts. A paragraph also ends where the next block begins. */
static gboolean
stays_hidden (Writer *self, MimeHtmlKind kind, const MimeHtmlElement *element)
{
  gboolean is_same = kind != MIME_HTML_TEXT && g_str_equal (self->tokens.name, self->hidden);

  if (kind == MIME_HTML_TEXT)
    return TRUE;
  if (g_str_equal (self->hidden, "p") && element && (element->flags & (MIME_HTML_BREAK_LINE | MIME_HTML_BREAK_PARAGRAPH))
      && (kind == MIME_HTML_START || !is_same))
    {
      *self->hidden = '\0';
      return FALSE;
    }
  if (kind == MIME_HTML_START)
    self->n_hidden += is_same;
  else if (is_same && --self->n_hidden == 0)
    *self->hidden = '\0';
  return TRUE;
}

static void
on_start (Writer *self, const MimeHtmlElement *element)
{
  if (element && (element->flags & MIME_HTML_BREAK_PARAGRAPH))
    owe_breaks (self, element->tag != MIME_HTML_TAG_OTHER && self->n_lists > 0 && element->tag != MIME_HTML_TAG_BLOCKQUOTE ? 1 : 2);
  else if (element && (element->flags & MIME_HTML_BREAK_LINE))
    owe_breaks (self, 1);
  if (!(element && (element->flags & MIME_HTML_IS_VOID)) && is_hidden (&self->tokens))
    {
      g_strlcpy (self->hidden, self->tokens.name, sizeof self->hidden);
      self->n_hidden = 1;
      return;
    }
  if (!element)
    return;
  switch (element->tag)
    {
    case MIME_HTML_TAG_BR:
      self->breaks = MIN (self->breaks + 1, self->is_written ? MAX_EMPTY : 3);
      self->has_space = FALSE;
      break;
    case MIME_HTML_TAG_HR:
      write_plain (self, "----------------------------------------");
      owe_breaks (self, 1);
      break;
    case MIME_HTML_TAG_IMG:
      write_picture (self);
      break;
    case MIME_HTML_TAG_CELL:
      self->has_cell = TRUE;
      break;
    case MIME_HTML_TAG_Q:
      write_one (self, 0x201c);
      break;
    case MIME_HTML_TAG_A:
      close_tag (self, MIME_HTML_TAG_A, TRUE);
      break;
    case MIME_HTML_TAG_LI:
      close_tag (self, MIME_HTML_TAG_LI, TRUE);
      begin_item (self);
      break;
    default:
      break;
    }
  if (element->flags & MIME_HTML_OPENS)
    open_element (self, element->tag);
}

static void
on_end (Writer *self, const MimeHtmlElement *element)
{
  if (!element || element->flags & MIME_HTML_IS_VOID)
    return;
  if (element->tag == MIME_HTML_TAG_Q)
    write_one (self, 0x201d);
  if (element->flags & MIME_HTML_OPENS)
    close_tag (self, element->tag, element->tag == MIME_HTML_TAG_LI);
  if (element->flags & MIME_HTML_BREAK_PARAGRAPH)
    owe_breaks (self, element->tag != MIME_HTML_TAG_OTHER && self->n_lists > 0 && element->tag != MIME_HTML_TAG_BLOCKQUOTE ? 1 : 2);
  else if (element->flags & MIME_HTML_BREAK_LINE)
    owe_breaks (self, 1);
}

static char *
make_text (const char *html, gboolean is_written)
{
  Writer self = { .tokens = { .p = html, .end = html + strlen (html) }, .out = g_string_new (NULL), .is_line_empty = TRUE, .is_written = is_written };
  MimeHtmlKind kind;

  while (self.out->len < MAX_OUTPUT && (kind = mime_html_next (&self.tokens)) != MIME_HTML_DONE)
    {
      const MimeHtmlElement *element = kind == MIME_HTML_TEXT
        ? NULL : mime_html_find_element (self.tokens.name);

      if (*self.hidden && stays_hidden (&self, kind, element))
        continue;
      if (kind == MIME_HTML_TEXT)
        write_text (&self, self.tokens.text, self.tokens.length);
      else if (kind == MIME_HTML_START)
        on_start (&self, element);
      else
        on_end (&self, element);
    }
  while (self.n_open > 0)
    close_one (&self);
  g_free (self.bullet);
  trim_line (&self);
  if (self.out->len > 0)
    g_string_append_c (self.out, '\n');
  return g_string_free (self.out, FALSE);
}

char *
mime_html_to_text (const char *html)
{
  return make_text (html, FALSE);
}

char *
mime_html_to_written_text (const char *html)
{
  return make_text (html, TRUE);
}
