/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Modified UTF-7: printable ASCII stands for itself, "&" is "&-", the rest is UTF-16 in base64 with "," for "/". */
#include "imap-mailbox-name.h"

#include <string.h>

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+,";

static gboolean
is_direct (gunichar c)
{
  return c >= 0x20 && c <= 0x7e;
}

/* Writes one run of characters that are not direct, shift and unshift included. */
static const char *
encode_run (GString *out, const char *p)
{
  guint32 bits = 0;
  int n_bits = 0;

  g_string_append_c (out, '&');
  for (; *p && !is_direct (g_utf8_get_char (p)); p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      guint16 units[2];
      int n_units = 1;

      if (c >= 0x10000)
        {
          units[0] = 0xd800 + ((c - 0x10000) >> 10);
          units[1] = 0xdc00 + ((c - 0x10000) & 0x3ff);
          n_units = 2;
        }
      else
        units[0] = c;
      for (int i = 0; i < n_units; i++)
        {
          bits = (bits << 16) | units[i];
          n_bits += 16;
          for (; n_bits >= 6; n_bits -= 6)
            g_string_append_c (out, alphabet[(bits >> (n_bits - 6)) & 0x3f]);
        }
    }
  if (n_bits > 0)
    g_string_append_c (out, alphabet[(bits << (6 - n_bits)) & 0x3f]);
  g_string_append_c (out, '-');
  return p;
}

char *
imap_mailbox_name_encode (const char *name)
{
  GString *out = g_string_new (NULL);

  for (const char *p = name; *p;)
    {
      if (*p == '&')
        {
          g_string_append (out, "&-");
          p++;
        }
      else if (is_direct (g_utf8_get_char (p)))
        g_string_append_c (out, *p++);
      else
        p = encode_run (out, p);
    }
  return g_string_free (out, FALSE);
}

static gboolean
append_unit (GString *out, guint16 unit, guint16 *high)
{
  gboolean is_high = unit >= 0xd800 && unit < 0xdc00;
  gboolean is_low = unit >= 0xdc00 && unit < 0xe000;

  if (is_low != (*high != 0) || unit == 0)
    return FALSE;
  if (is_low)
    {
      g_string_append_unichar (out, 0x10000 + ((*high - 0xd800) << 10) + (unit - 0xdc00));
      *high = 0;
    }
  else if (is_high)
    *high = unit;
  else
    g_string_append_unichar (out, unit);
  return TRUE;
}

/* @p is behind the "&"; returns behind the "-", or NULL for nonsense */
static const char *
decode_run (GString *out, const char *p)
{
  guint32 bits = 0;
  int n_bits = 0;
  guint16 high = 0;

  for (; *p != '-'; p++)
    {
      const char *found = *p ? strchr (alphabet, *p) : NULL;

      if (!found)
        return NULL;
      bits = (bits << 6) | (guint32) (found - alphabet);
      n_bits += 6;
      if (n_bits >= 16)
        {
          n_bits -= 16;
          if (!append_unit (out, (bits >> n_bits) & 0xffff, &high))
            return NULL;
        }
    }
  if (high || n_bits >= 6 || (bits & ((1u << n_bits) - 1)) != 0)
    return NULL;
  return p + 1;
}

char *
imap_mailbox_name_decode (const char *wire)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (const char *p = wire; *p;)
    {
      if (*p != '&')
        g_string_append_c (out, *p++);
      else if (p[1] == '-')
        {
          g_string_append_c (out, '&');
          p += 2;
        }
      else if (!(p = decode_run (out, p + 1)))
        return g_utf8_make_valid (wire, -1);
    }
  return g_utf8_make_valid (out->str, out->len);
}
