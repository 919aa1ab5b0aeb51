/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From bytes in a claimed charset to UTF-8, whether the claim is true or not. */
#include "mime-charset.h"

#include <errno.h>
#include <string.h>

#define MAX_NAME 40
#define REPLACEMENT "\357\277\275"

/* windows-1252 0x80 to 0x9f; 0 where the code page has a hole */
static const gunichar windows_1252[32] = {
  0x20ac, 0, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017d, 0,
  0, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0, 0x017e, 0x0178,
};

/* What a claimed name means in practice, by iconv's names. */
static const struct
{
  const char *claimed;
  const char *meant;
} supersets[] = {
  { "iso-8859-1", "windows-1252" },  { "iso8859-1", "windows-1252" },   { "iso_8859-1", "windows-1252" },
  { "latin1", "windows-1252" },      { "latin-1", "windows-1252" },     { "l1", "windows-1252" },
  { "cp1252", "windows-1252" },      { "ibm819", "windows-1252" },      { "x-ansi", "windows-1252" },
  { "iso-8859-9", "windows-1254" },  { "latin5", "windows-1254" },      { "iso-8859-11", "windows-874" },
  { "tis-620", "windows-874" },      { "gb2312", "gb18030" },           { "gb_2312-80", "gb18030" },
  { "gbk", "gb18030" },              { "cp936", "gb18030" },            { "x-gbk", "gb18030" },
  { "euc-cn", "gb18030" },           { "hz-gb-2312", "hz" },            { "big5", "big5-hkscs" },
  { "x-x-big5", "big5-hkscs" },      { "cp950", "big5-hkscs" },         { "ks_c_5601-1987", "cp949" },
  { "ks_c_5601", "cp949" },          { "ksc5601", "cp949" },            { "ks_c_5601-1989", "cp949" },
  { "euc-kr", "cp949" },             { "x-windows-949", "cp949" },      { "korean", "cp949" },
  { "shift_jis", "cp932" },          { "shift-jis", "cp932" },          { "sjis", "cp932" },
  { "x-sjis", "cp932" },             { "ms_kanji", "cp932" },           { "windows-31j", "cp932" },
  { "euc-jp", "eucjp-ms" },          { "x-euc-jp", "eucjp-ms" },        { "iso-2022-jp", "iso-2022-jp-3" },
  { "utf8", "utf-8" },               { "utf_8", "utf-8" },              { "unicode-1-1-utf-8", "utf-8" },
  { "utf-8-sig", "utf-8" },          { "unicode-1-1-utf-7", "utf-7" },  { "x-unicode-2-0-utf-7", "utf-7" },
  { "x-mac-roman", "macintosh" },    { "x-mac-cyrillic", "mac-cyrillic" }, { "iso-8859-8-i", "iso-8859-8" },
  { "iso-8859-6-i", "iso-8859-6" },  { "us-ascii", "us-ascii" },        { "ascii", "us-ascii" },
  { "ansi_x3.4-1968", "us-ascii" },  { "iso646-us", "us-ascii" },       { "646", "us-ascii" },
};

static gboolean
is_ascii (const char *data, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if ((guchar) data[i] >= 0x80)
      return FALSE;
  return TRUE;
}

static char *
from_windows_1252 (const char *data, gsize length)
{
  GString *out = g_string_sized_new (length + length / 8 + 1);

  for (gsize i = 0; i < length; i++)
    {
      guchar c = data[i];

      if (c == 0)
        continue;
      if (c < 0x80)
        g_string_append_c (out, c);
      else if (c >= 0xa0)
        g_string_append_unichar (out, c);
      else
        g_string_append_unichar (out, windows_1252[c - 0x80] ? windows_1252[c - 0x80] : 0xfffd);
    }
  return g_string_free (out, FALSE);
}

/* Copies what is valid, counts what is not: @n_good whole multi-byte characters, @n_bad bytes. */
static char *
from_utf8 (const char *data, gsize length, gsize *n_good, gsize *n_bad)
{
  GString *out = g_string_sized_new (length + 1);
  const char *p = data, *end = data + length;

  *n_good = *n_bad = 0;
  if (length >= 3 && memcmp (p, "\357\273\277", 3) == 0)
    p += 3;
  while (p < end)
    {
      const char *stop;

      g_utf8_validate_len (p, end - p, &stop);
      for (const char *c = p; c < stop; c++)
        *n_good += ((guchar) *c & 0xc0) == 0xc0;
      g_string_append_len (out, p, stop - p);
      p = stop;
      if (p == end)
        break;
      if (*p != '\0') /* g_utf8_validate_len () stops at a NUL too */
        {
          (*n_bad)++;
          g_string_append (out, REPLACEMENT);
        }
      p++;
    }
  return g_string_free (out, FALSE);
}

static void
append_without_nul (GString *out, const char *data, gsize length)
{
  const char *end = data + length;

  while (data < end)
    {
      const char *nul = memchr (data, '\0', end - data);

      g_string_append_len (out, data, (nul ? nul : end) - data);
      data = nul ? nul + 1 : end;
    }
}

/* NULL when iconv knows no such charset */
static char *
from_iconv (const char *data, gsize length, const char *charset, gsize *n_bad)
{
  GIConv converter = g_iconv_open ("UTF-8", charset);
  GString *out;
  char *in = (char *) data;
  gsize left = length;
  char buffer[4096];

  *n_bad = 0;
  if (converter == (GIConv) -1)
    return NULL;
  out = g_string_sized_new (length + 1);
  for (;;)
    {
      char *to = buffer;
      gsize room = sizeof buffer, before = left;
      gsize result = g_iconv (converter, left ? &in : NULL, &left, &to, &room);
      int reason = errno;

      append_without_nul (out, buffer, sizeof buffer - room);
      if (result != (gsize) -1)
        {
          if (before == 0) /* the flush after the last byte is done */
            break;
          continue;
        }
      if (reason == E2BIG && (room < sizeof buffer || left < before))
        continue;
      if (left == 0)
        break;
      (*n_bad)++;
      g_string_append (out, REPLACEMENT);
      in++;
      left--;
      if (reason == EINVAL && left > 0) /* a cut character at the end: what is left of it means nothing either */
        left = 0;
      if (left == 0)
        break;
    }
  g_iconv_close (converter);
  if (!g_utf8_validate_len (out->str, out->len, NULL))
    {
      char *valid = g_utf8_make_valid (out->str, out->len);

      g_string_free (out, TRUE);
      return valid;
    }
  return g_string_free (out, FALSE);
}

const char *
mime_charset_get_superset (const char *charset)
{
  for (gsize i = 0; i < G_N_ELEMENTS (supersets); i++)
    if (g_ascii_strcasecmp (charset, supersets[i].claimed) == 0)
      return supersets[i].meant;
  return charset;
}

/* Lower case, no blanks or quotes around, no RFC 2231 language; FALSE when it cannot be a name */
static gboolean
normalise_name (const char *charset, char name[MAX_NAME])
{
  gsize n = 0;

  for (; *charset && *charset != '*'; charset++)
    {
      if (*charset == ' ' || *charset == '\t' || *charset == '"' || *charset == '\'')
        continue;
      if (n == MAX_NAME - 1 || !(g_ascii_isalnum (*charset) || strchr ("-_.:+()", *charset)))
        return FALSE;
      name[n++] = g_ascii_tolower (*charset);
    }
  name[n] = '\0';
  g_strlcpy (name, mime_charset_get_superset (name), MAX_NAME);
  return n > 0;
}

/* A few signs stand in the bytes themselves. */
static const char *
sniff (const char *data, gsize length)
{
  if (length >= 2 && memcmp (data, "\377\376", 2) == 0)
    return "utf-16";
  if (length >= 2 && memcmp (data, "\376\377", 2) == 0)
    return "utf-16";
  if (memchr (data, '\033', length) && is_ascii (data, length)
      && (g_strstr_len (data, length, "\033$B") || g_strstr_len (data, length, "\033$@") || g_strstr_len (data, length, "\033(J")))
    return "iso-2022-jp-3";
  return NULL;
}

/* UTF-8 if that is what it can be, windows-1252 if not. */
static char *
guess (const char *data, gsize length, gboolean is_utf8_claimed, gboolean *is_wrong)
{
  gsize n_good, n_bad;
  char *text = from_utf8 (data, length, &n_good, &n_bad);

  *is_wrong = n_bad > 0;
  /* A character cut somewhere in good UTF-8 is not a reason to make the rest unreadable. */
  if (n_bad == 0 || (n_good >= n_bad && n_good > 0) || (is_utf8_claimed && n_good > n_bad))
    return text;
  g_free (text);
  return from_windows_1252 (data, length);
}

/* Nobody writes "Ã¼" by hand: what is whole UTF-8 with letters outside ASCII was meant so. */
static gboolean
is_utf8_in_disguise (const char *data, gsize length, const char *charset)
{
  return (g_str_equal (charset, "windows-1252") || g_str_equal (charset, "iso-8859-15"))
         && !is_ascii (data, length) && g_utf8_validate_len (data, length, NULL);
}

char *
mime_charset_to_utf8 (const char *data, gsize length, const char *charset, gboolean *has_lied)
{
  char name[MAX_NAME];
  gboolean is_known = charset && normalise_name (charset, name), is_wrong = FALSE;
  const char *sniffed = NULL;
  char *text = NULL;
  gsize n_bad = 0;

  if (length == 0) /* @data may be NULL */
    data = "";
  if (!is_known || g_str_equal (name, "us-ascii") || g_str_equal (name, "utf-8"))
    sniffed = sniff (data, length);
  if (sniffed && (text = from_iconv (data, length, sniffed, &n_bad)))
    is_wrong = TRUE;
  else if (!is_known)
    {
      text = guess (data, length, FALSE, &is_wrong);
      is_wrong = is_wrong || (charset && *charset);
    }
  else if (g_str_equal (name, "us-ascii"))
    {
      is_wrong = !is_ascii (data, length);
      text = guess (data, length, FALSE, &(gboolean){ FALSE });
    }
  else if (g_str_equal (name, "utf-8"))
    text = guess (data, length, TRUE, &is_wrong);
  else if (is_utf8_in_disguise (data, length, name))
    {
      is_wrong = TRUE;
      text = guess (data, length, TRUE, &(gboolean){ FALSE });
    }
  else if (g_str_equal (name, "windows-1252"))
    text = from_windows_1252 (data, length);
  else if ((text = from_iconv (data, length, name, &n_bad)))
    is_wrong = n_bad > 0;
  else
    {
      is_wrong = TRUE;
      text = guess (data, length, FALSE, &(gboolean){ FALSE });
    }
  if (has_lied)
    *has_lied = is_wrong;
  return text;
}
