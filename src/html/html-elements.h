/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The elements and attributes of HTML that may stay in a mail. What is not here goes. For html-clean.c. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  HTML_ELEMENT_UNKNOWN,  /* the tags go, what is between them stays */
  HTML_ELEMENT_KEPT,
  HTML_ELEMENT_VOID,     /* kept, and has no content */
  HTML_ELEMENT_SKIPPED,  /* goes with all in it */
  HTML_ELEMENT_STYLE,    /* its text is a style sheet */
  HTML_ELEMENT_BODY,     /* its attributes are the page's */
} HtmlElementKind;

HtmlElementKind html_elements_find (const char *name);

typedef enum
{
  HTML_ATTRIBUTE_NONE,
  HTML_ATTRIBUTE_TEXT,
  HTML_ATTRIBUTE_WORD,   /* letters and hyphens */
  HTML_ATTRIBUTE_NUMBER, /* "10", "50%", "+1", "2*", "0,0,5,5" */
  HTML_ATTRIBUTE_FLAG,   /* its value says nothing */
  HTML_ATTRIBUTE_COLOR,
  HTML_ATTRIBUTE_GROUND, /* a colour under text */
  HTML_ATTRIBUTE_IMAGE,  /* the address of a picture */
  HTML_ATTRIBUTE_LINK,
  HTML_ATTRIBUTE_MAP,    /* "#name" of a <map> */
  HTML_ATTRIBUTE_STYLE,
} HtmlAttributeKind;

/* html_attributes_find: of @name on @element */
HtmlAttributeKind html_attributes_find (const char *element, const char *name);

G_END_DECLS
