/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Subjects of answers: the prefixes of many languages and programs, made one. */
#include "mime-subject.h"

#include <string.h>

/* What programs put before the subject of an answer or a forwarded message, case folded. */
static const char *const prefixes[] = {
  "re", "aw", "antw", "antwort", "sv", "vs", "vá", "rif", "r", "odp", "ynt", "res", "rép", "bls", "atb", "απ", "σχετ", "отв",
  "ответ", "回复", "回覆", "答复", "返信", "답장", "회신", "תגובה", "رد",
  "fw", "fwd", "wg", "tr", "rv", "i", "enc", "vb", "vl", "vds", "pd", "továbbítás", "ilt", "trs", "továbbítva", "πρθ", "пересл",
  "转发", "轉寄", "転送", "전달", "הועבר",
};

/* What "Re[2]: " leaves; NULL when @subject begins with no prefix. */
static const char *
skip_prefix (const char *subject, const char *folded_start)
{
  const char *end = folded_start;

  if (*end == '[' || *end == '(' || *end == '^') /* Re[2]:, Re(3):, Re^2: */
    {
      char close = *end == '[' ? ']' : *end == '(' ? ')' : '\0';
      gsize n = strspn (end + 1, "0123456789");

      if (n == 0 || n > 4)
        return NULL;
      end += 1 + n;
      if (close && *end++ != close)
        return NULL;
    }
  while (*end == ' ')
    end++;
  if (*end == ':')
    end++;
  else if (g_str_has_prefix (end, "：")) /* full width */
    end += strlen ("：");
  else
    return NULL;
  while (*end == ' ')
    end++;
  return end;
}

const char *
mime_subject_strip (const char *subject)
{
  for (gboolean is_changed = TRUE; is_changed;)
    {
      const char *end = subject;
      g_autofree char *word = NULL;
      g_autofree char *folded = NULL;

      is_changed = FALSE;
      while (*subject == ' ')
        subject++;
      for (end = subject; *end && end - subject < 40 && !strchr (" :[(^", *end) && !g_str_has_prefix (end, "："); end = g_utf8_next_char (end))
        ;
      word = g_strndup (subject, end - subject);
      folded = g_utf8_casefold (word, -1);
      for (gsize i = 0; i < G_N_ELEMENTS (prefixes) && !is_changed; i++)
        {
          const char *after = g_str_equal (folded, prefixes[i]) ? skip_prefix (subject, end) : NULL;

          if (after)
            {
              subject = after;
              is_changed = TRUE;
            }
        }
    }
  return subject;
}
