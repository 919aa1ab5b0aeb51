/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finds a signature by its own words, so that nothing a person wrote is ever taken for one. */
#include "mime-signature.h"

#include <string.h>

#define MARK "-- \n"

/* The place of the block in @text: at the beginning of a line, and followed by the end of one. */
static const char *
find_block (const char *text, const char *block)
{
  gsize length = strlen (block);

  for (const char *p = strstr (text, block); p; p = strstr (p + 1, block))
    if ((p == text || p[-1] == '\n') && (p[length] == '\n' || p[length] == '\0'))
      return p;
  return NULL;
}

static char *
replace (const char *text, const char *place, gsize length, const char *with)
{
  return g_strdup_printf ("%.*s%s%s", (int) (place - text), text, with, place + length);
}

/* Without the blank line that was put before it; both line ends of it go where what follows brings its own. */
static char *
take_out (const char *text, const char *place, gsize length)
{
  gsize n = g_str_has_prefix (place + length, "\n\n") ? 2 : 1;

  if (place - text >= 2 && place[-1] == '\n' && place[-2] == '\n')
    {
      place -= n;
      length += n;
    }
  return replace (text, place, length, "");
}

static char *
put_in (const char *text, const char *block, const char *quote)
{
  const char *place = quote && *quote ? strstr (text, quote) : NULL;
  g_autofree char *with = NULL;
  gsize n_before;

  if (!place)
    place = text + strlen (text);
  /* A line to write in stays free above it. */
  for (n_before = 0; n_before < 2 && place - text > (gssize) n_before && place[-1 - (gssize) n_before] == '\n'; n_before++)
    ;
  with = g_strconcat (&"\n\n"[n_before], block, *place == '\0' ? "\n" : *place == '\n' ? "" : "\n\n", NULL);
  return replace (text, place, 0, with);
}

char *
mime_signature_swap (const char *text, const char *old, const char *signature, const char *quote)
{
  g_autofree char *block = g_strconcat (MARK, signature, NULL);
  g_autofree char *old_block = g_strconcat (MARK, old, NULL);
  const char *place = *old ? find_block (text, old_block) : NULL;

  if (g_str_equal (old, signature) || (*old && !place))
    return g_strdup (text);
  if (place && *signature)
    return replace (text, place, strlen (old_block), block);
  if (place)
    return take_out (text, place, strlen (old_block));
  return put_in (text, block, quote);
}
