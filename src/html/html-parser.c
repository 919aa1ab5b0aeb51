/* SPDX-License-Identifier: GPL-3.0-or-later */
/* libxml2's HTML parser behind a guard: elements, attributes and text as they come, in bounded time whatever the input. */
#include "html-parser.h"

#include <libxml/HTMLparser.h>
#include <string.h>

/* Blanks and quotes that may come without an event: the parser is inside one tag then, and compares each of its attributes with every
 * other, or in a comment. An attribute needs a blank or two quotes. */
#define MAX_WORDS (2 * HTML_MAX_ATTRIBUTES)

/* One unit is what a comparison of two names costs, 5 to 10 ns. */
#define MAX_WORK 80000000
#define WORK_OF_EVENT 40
#define WORK_OF_ERROR 400        /* libxml2 words every error */

typedef struct
{
  const HtmlHandler *handler;
  gpointer data;
  htmlParserCtxtPtr parser;
  guint64 depth;
  guint64 work;
  gboolean is_stopped;

  const char *at;                /* what is read next */
  const char *end;
  const char *prelude;
  gsize words;                   /* since the last event; a blank counts twice */
} Guard;

static void
add_work (Guard *self, guint64 work)
{
  self->work += work;
  if (self->work > MAX_WORK && !self->is_stopped)
    {
      self->is_stopped = TRUE;
      xmlStopParser (self->parser);
    }
}

static void
on_start (void *data, const xmlChar *name, const xmlChar **attributes)
{
  Guard *self = data;
  guint64 n = 0;

  for (; attributes && attributes[2 * n]; n++)
    ;
  self->depth++;
  self->words = 0;
  add_work (self, WORK_OF_EVENT + n * n / 2);
  if (!self->is_stopped)
    self->handler->start ((const char *) name, (const char *const *) attributes, self->data);
}

static void
on_end (void *data, const xmlChar *name)
{
  Guard *self = data;

  if (self->depth)
    self->depth--;
  self->words = 0;
  add_work (self, WORK_OF_EVENT);
  if (!self->is_stopped)
    self->handler->end ((const char *) name, self->data);
}

static void
on_text (void *data, const xmlChar *text, int length)
{
  Guard *self = data;

  self->words = 0;
  add_work (self, WORK_OF_EVENT);
  if (!self->is_stopped && length > 0)
    self->handler->text ((const char *) text, (gsize) length, self->data);
}

static void
on_comment (void *data, const xmlChar *text)
{
  Guard *self = data;

  self->words = 0;
  add_work (self, WORK_OF_EVENT);
}

/* An end tag that fits nothing was looked for in all that is open: libxml2 tells of each. No event: it may come from inside a tag. */
static void
on_error (void *data, const char *format, ...)
{
  Guard *self = data;

  add_work (self, WORK_OF_ERROR + self->depth);
}

/* The parser asks for bytes as it goes on: the one place to stop it inside a tag. */
static int
on_read (void *data, char *buffer, int length)
{
  Guard *self = data;
  int n = 0;

  if (self->words > MAX_WORDS)
    self->is_stopped = TRUE;
  if (self->is_stopped)
    return 0;
  for (; n < length && *self->prelude; n++)
    buffer[n] = *self->prelude++;
  for (; n < length && self->at < self->end; n++)
    {
      char c = *self->at++;

      self->words += c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f' ? 2 : c == '"' || c == '\'';
      buffer[n] = c;
    }
  return n;
}

gboolean
html_parse (const char *html, const HtmlHandler *handler, gpointer data)
{
  gsize length = strlen (html);
  Guard self = { .handler = handler, .data = data, .at = html, .end = html + length };
  htmlDocPtr document;

  if (length > HTML_MAX_SIZE)
    return FALSE;
  /* or text that stands alone would be put into a paragraph */
  self.prelude = strcasestr (html, "<body") ? "" : "<body>";
  xmlInitParser ();
  self.parser = htmlNewParserCtxt ();
  g_assert (self.parser); /* NULL only without memory */
  *self.parser->sax = (xmlSAXHandler){
    .startElement = on_start,
    .endElement = on_end,
    .characters = on_text,
    .cdataBlock = on_text,
    .ignorableWhitespace = on_text,
    .comment = on_comment,
    .warning = on_error,
    .error = on_error,
    .initialized = 1,
  };
  self.parser->userData = &self;
  document = htmlCtxtReadIO (self.parser, on_read, NULL, &self, NULL, "UTF-8",
                             HTML_PARSE_RECOVER | HTML_PARSE_NONET | HTML_PARSE_IGNORE_ENC | HTML_PARSE_NODEFDTD);
  if (document) /* none is made, as nothing of ours makes one */
    xmlFreeDoc (document);
  htmlFreeParserCtxt (self.parser);
  return !self.is_stopped;
}
