/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The elements and attributes of HTML that may stay in a mail. What is not here goes. */
#include "html-elements.h"

#include <stdlib.h>
#include <string.h>

typedef struct
{
  const char *name;
  HtmlElementKind kind;
} Element;

#define K HTML_ELEMENT_KEPT
#define V HTML_ELEMENT_VOID
#define S HTML_ELEMENT_SKIPPED

/* Sorted by strcmp () for bsearch () */
static const Element elements[] = {
  { "a", K }, { "abbr", K }, { "acronym", K }, { "address", K }, { "area", V }, { "article", K }, { "aside", K }, { "b", K }, { "bdi", K },
  { "bdo", K }, { "big", K }, { "blockquote", K }, { "body", HTML_ELEMENT_BODY }, { "br", V }, { "caption", K }, { "center", K },
  { "cite", K }, { "code", K }, { "col", V }, { "colgroup", K }, { "datalist", S }, { "dd", K }, { "del", K }, { "dfn", K }, { "dir", K },
  { "div", K }, { "dl", K }, { "dt", K }, { "em", K }, { "figcaption", K }, { "figure", K }, { "font", K }, { "footer", K }, { "h1", K },
  { "h2", K }, { "h3", K }, { "h4", K }, { "h5", K }, { "h6", K }, { "header", K }, { "hr", V }, { "i", K }, { "iframe", S }, { "img", V },
  { "ins", K }, { "kbd", K }, { "li", K }, { "main", K }, { "map", K }, { "mark", K }, { "math", S }, { "menu", K }, { "nav", K },
  { "noembed", S }, { "ol", K }, { "p", K }, { "pre", K }, { "q", K }, { "rp", K }, { "rt", K }, { "ruby", K }, { "s", K }, { "samp", K },
  { "script", S }, { "section", K }, { "select", S }, { "small", K }, { "span", K }, { "strike", K }, { "strong", K },
  { "style", HTML_ELEMENT_STYLE }, { "sub", K }, { "sup", K }, { "svg", S }, { "table", K }, { "tbody", K }, { "td", K }, { "template", S },
  { "tfoot", K }, { "th", K }, { "thead", K }, { "time", K }, { "title", S }, { "tr", K }, { "tt", K }, { "u", K }, { "ul", K }, { "var", K },
  { "wbr", V }, { "xml", S },
};

#undef K
#undef V
#undef S

typedef struct
{
  const char *name;
  HtmlAttributeKind kind;
  const char *on;        /* the elements that may have it, blanks around each; NULL: all */
} Attribute;

/* Sorted by strcmp () for bsearch (). No title: a tooltip can say that a link leads elsewhere. */
static const Attribute attributes[] = {
  { "align", HTML_ATTRIBUTE_WORD, NULL },
  { "alink", HTML_ATTRIBUTE_COLOR, " body " },
  { "alt", HTML_ATTRIBUTE_TEXT, " img area " },
  { "background", HTML_ATTRIBUTE_IMAGE, " body table td th tr " },
  { "bgcolor", HTML_ATTRIBUTE_GROUND, NULL },
  { "border", HTML_ATTRIBUTE_NUMBER, " table img " },
  { "bordercolor", HTML_ATTRIBUTE_GROUND, " table " },
  { "cellpadding", HTML_ATTRIBUTE_NUMBER, " table " },
  { "cellspacing", HTML_ATTRIBUTE_NUMBER, " table " },
  { "class", HTML_ATTRIBUTE_TEXT, NULL },
  { "clear", HTML_ATTRIBUTE_WORD, " br " },
  { "color", HTML_ATTRIBUTE_COLOR, " font hr " },
  { "colspan", HTML_ATTRIBUTE_NUMBER, " td th " },
  { "compact", HTML_ATTRIBUTE_FLAG, " ol ul dl menu dir " },
  { "coords", HTML_ATTRIBUTE_NUMBER, " area " },
  { "dir", HTML_ATTRIBUTE_WORD, NULL },
  { "face", HTML_ATTRIBUTE_TEXT, " font " },
  { "frame", HTML_ATTRIBUTE_WORD, " table " },
  { "height", HTML_ATTRIBUTE_NUMBER, " img table td th tr " },
  { "hidden", HTML_ATTRIBUTE_FLAG, NULL },
  { "href", HTML_ATTRIBUTE_LINK, " a area " },
  { "hspace", HTML_ATTRIBUTE_NUMBER, " img " },
  { "id", HTML_ATTRIBUTE_TEXT, NULL },
  { "lang", HTML_ATTRIBUTE_WORD, NULL },
  { "leftmargin", HTML_ATTRIBUTE_NUMBER, " body " },
  { "link", HTML_ATTRIBUTE_COLOR, " body " },
  { "marginheight", HTML_ATTRIBUTE_NUMBER, " body " },
  { "marginwidth", HTML_ATTRIBUTE_NUMBER, " body " },
  { "name", HTML_ATTRIBUTE_TEXT, " a map " },
  { "noshade", HTML_ATTRIBUTE_FLAG, " hr " },
  { "nowrap", HTML_ATTRIBUTE_FLAG, " td th " },
  { "reversed", HTML_ATTRIBUTE_FLAG, " ol " },
  { "rowspan", HTML_ATTRIBUTE_NUMBER, " td th " },
  { "rules", HTML_ATTRIBUTE_WORD, " table " },
  { "scope", HTML_ATTRIBUTE_WORD, " th " },
  { "shape", HTML_ATTRIBUTE_WORD, " area " },
  { "size", HTML_ATTRIBUTE_NUMBER, " font hr " },
  { "span", HTML_ATTRIBUTE_NUMBER, " col colgroup " },
  { "src", HTML_ATTRIBUTE_IMAGE, " img " },
  { "start", HTML_ATTRIBUTE_NUMBER, " ol " },
  { "style", HTML_ATTRIBUTE_STYLE, NULL },
  { "text", HTML_ATTRIBUTE_COLOR, " body " },
  { "topmargin", HTML_ATTRIBUTE_NUMBER, " body " },
  { "type", HTML_ATTRIBUTE_WORD, " blockquote ol ul li " },
  { "usemap", HTML_ATTRIBUTE_MAP, " img " },
  { "valign", HTML_ATTRIBUTE_WORD, NULL },
  { "value", HTML_ATTRIBUTE_NUMBER, " li " },
  { "vlink", HTML_ATTRIBUTE_COLOR, " body " },
  { "vspace", HTML_ATTRIBUTE_NUMBER, " img " },
  { "width", HTML_ATTRIBUTE_NUMBER, " img table td th col colgroup hr pre " },
};

static int
compare_elements (const void *key, const void *element)
{
  return strcmp (key, ((const Element *) element)->name);
}

static int
compare_attributes (const void *key, const void *element)
{
  return strcmp (key, ((const Attribute *) element)->name);
}

HtmlElementKind
html_elements_find (const char *name)
{
  const Element *element = bsearch (name, elements, G_N_ELEMENTS (elements), sizeof *elements, compare_elements);

  return element ? element->kind : HTML_ELEMENT_UNKNOWN;
}

HtmlAttributeKind
html_attributes_find (const char *element, const char *name)
{
  const Attribute *attribute = bsearch (name, attributes, G_N_ELEMENTS (attributes), sizeof *attributes, compare_attributes);
  const char *found;
  gsize n = strlen (element);

  if (!attribute)
    return HTML_ATTRIBUTE_NONE;
  if (!attribute->on)
    return attribute->kind;
  for (found = strstr (attribute->on, element); found; found = strstr (found + 1, element))
    if (found[-1] == ' ' && found[n] == ' ')
      return attribute->kind;
  return HTML_ATTRIBUTE_NONE;
}
