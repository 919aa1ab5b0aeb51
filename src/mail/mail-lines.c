/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ends of lines. */
#include "mail-lines.h"

#include <string.h>

#define PARAGRAPH_SEPARATOR "\xe2\x80\xa9"

char *
mail_lines_unify (const char *text)
{
  char *unified = g_malloc (strlen (text) + 1);
  char *end = unified;

  while (*text)
    if (*text == '\r')
      {
        text += text[1] == '\n' ? 2 : 1;
        *end++ = '\n';
      }
    else if (strncmp (text, PARAGRAPH_SEPARATOR, 3) == 0)
      {
        text += 3;
        *end++ = '\n';
      }
    else
      *end++ = *text++;
  *end = '\0';
  return unified;
}
