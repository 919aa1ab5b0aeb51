/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What ordering by a text column compares: folded and decomposed, so that bytes compare as people expect, in every locale alike. */
#include "store-private.h"

#include "mail-address.h"

#include <string.h>

#define MAX_SUBJECT_KEY 64
#define MAX_PERSON_KEY 40

/* "Combining Diacritical Marks": without them Äpfel stands beside apples, not behind azaleas */
#define FIRST_ACCENT 0x300
#define LAST_ACCENT 0x36f

/* "Re" and "Fwd" in the words of the programs that people meet */
static const char *const prefixes[] = {
  "re", "fw", "fwd", "aw", "wg", "antw", "antwort", "sv", "vs", "vb", "vl", "tr", "rv", "res", "rif", "ref", "enc", "odp", "pd",
  "ynt", "ilt", "doorst", "fs", "továbbítás", "vá", "bls", "回复", "答复", "转发", "回覆", "轉寄", "回信", "отв", "на", "пер", "απ", "σχετ",
};

#define MAX_PREFIX 40

/* The length of one "Re:", "RE[2]:", "Fwd :" and the spaces after it, 0 when @text starts with none. Both colons: CJK programs use the wide one. */
static gsize
measure_prefix (const char *text)
{
  const char *end = text, *word_end;
  g_autofree char *folded = NULL;

  while (*end && end - text < MAX_PREFIX && !strchr (": [(", *end) && !g_str_has_prefix (end, "："))
    end = g_utf8_next_char (end);
  word_end = end;
  if (*end == '[' || *end == '(')
    {
      end++;
      while (g_ascii_isdigit (*end))
        end++;
      if (*end != ']' && *end != ')')
        return 0;
      end++;
    }
  while (*end == ' ')
    end++;
  if (*end == ':')
    end++;
  else if (g_str_has_prefix (end, "："))
    end += strlen ("：");
  else
    return 0;

  folded = g_utf8_strdown (text, word_end - text);
  for (gsize i = 0; i < G_N_ELEMENTS (prefixes); i++)
    if (g_str_equal (folded, prefixes[i]))
      {
        while (*end == ' ')
          end++;
        return end - text;
      }
  return 0;
}

static char *
fold (const char *text, gsize max)
{
  g_autofree char *head = NULL;
  g_autofree char *folded = NULL;
  g_autofree char *decomposed = NULL;
  GString *key = g_string_new (NULL);
  const char *end;

  /* One character folds to at most a few; what lies far behind the cut need not be folded. */
  g_utf8_validate_len (text, strnlen (text, max * 2), &end);
  head = g_strndup (text, end - text);
  folded = g_utf8_casefold (head, -1);
  decomposed = g_utf8_normalize (folded, -1, G_NORMALIZE_ALL);
  for (const char *p = decomposed ? decomposed : ""; *p; p = end)
    {
      gunichar c = g_utf8_get_char (p);

      end = g_utf8_next_char (p);
      if (c >= FIRST_ACCENT && c <= LAST_ACCENT)
        continue;
      if (key->len + (end - p) > max)
        break;
      g_string_append_len (key, p, end - p);
    }
  return g_string_free (key, FALSE);
}

char *
store_sort_key_subject (const char *subject)
{
  gsize length;

  while (*subject == ' ')
    subject++;
  while ((length = measure_prefix (subject)) > 0)
    subject += length;
  return fold (subject, MAX_SUBJECT_KEY);
}

char *
store_sort_key_people (const GPtrArray *people)
{
  const char *label = people->len > 0 ? mail_address_get_label (g_ptr_array_index (people, 0)) : "";

  while (*label && (g_ascii_ispunct (*label) || *label == ' '))
    label++;
  return fold (label, MAX_PERSON_KEY);
}

char *
store_sort_key_text (const char *text)
{
  return fold (text, MAX_PERSON_KEY);
}
