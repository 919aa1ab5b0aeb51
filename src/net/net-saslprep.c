/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SASLprep on GLib's normalisation. */
#include "net-saslprep.h"

#include "base-error.h"

#include <string.h>

/* RFC 3454, table B.1 */
static gboolean
shows_nothing (gunichar c)
{
  return c == 0xad || c == 0x34f || c == 0x1806 || (c >= 0x180b && c <= 0x180d) || (c >= 0x200b && c <= 0x200d)
         || c == 0x2060 || (c >= 0xfe00 && c <= 0xfe0f) || c == 0xfeff;
}

/* RFC 3454, tables C.1.2, and C.2 to C.9 */
static gboolean
is_prohibited (gunichar c)
{
  switch (g_unichar_type (c))
    {
    case G_UNICODE_CONTROL:
    case G_UNICODE_PRIVATE_USE:
    case G_UNICODE_SURROGATE:
    case G_UNICODE_LINE_SEPARATOR:
    case G_UNICODE_PARAGRAPH_SEPARATOR:
      return TRUE;
    default:
      return (c & 0xfffe) == 0xfffe || (c >= 0xfdd0 && c <= 0xfdef)    /* no characters at all */
             || c == 0x6dd || c == 0x70f || c == 0x180e || (c >= 0x2061 && c <= 0x2063) || (c >= 0x206a && c <= 0x206f)
             || (c >= 0xfff9 && c <= 0xfffd) || (c >= 0x1d173 && c <= 0x1d17a)
             || (c >= 0x2ff0 && c <= 0x2ffb)
             || c == 0x340 || c == 0x341 || c == 0x200e || c == 0x200f || (c >= 0x202a && c <= 0x202e)
             || c == 0xe0001 || (c >= 0xe0020 && c <= 0xe007f);
    }
}

static void
wipe (char *text)
{
  if (text)
    explicit_bzero (text, strlen (text));
  g_free (text);
}

char *
net_saslprep (const char *text, GError **error)
{
  char *mapped, *out, *normal = NULL;
  gboolean is_fine = g_utf8_validate (text, -1, NULL);

  mapped = out = g_malloc (strlen (text) + 1); /* mapping never makes it longer */
  for (const char *p = text; is_fine && *p; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c >= 0x80 && g_unichar_type (c) == G_UNICODE_SPACE_SEPARATOR)
        *out++ = ' ';
      else if (!shows_nothing (c))
        out += g_unichar_to_utf8 (c, out);
    }
  *out = '\0';
  if (is_fine)
    normal = g_utf8_normalize (mapped, -1, G_NORMALIZE_ALL_COMPOSE);
  wipe (mapped);

  is_fine = normal && *normal;
  for (const char *p = normal; is_fine && *p; p = g_utf8_next_char (p))
    is_fine = !is_prohibited (g_utf8_get_char (p));
  if (is_fine)
    return normal;
  wipe (normal);
  g_set_error_literal (error, BASE_ERROR, BASE_ERROR_INVALID,
                       "The user name or password has characters that no user name or password can have.");
  return NULL;
}
