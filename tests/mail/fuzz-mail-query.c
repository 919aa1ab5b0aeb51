/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any text as a query: bounded, its words are such as the index has, and typing it says no more than having typed it. */
#include "mail-query.h"
#include "mail-words.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
check_words (const char *words)
{
  for (const char *p = words; *p; p++)
    g_assert_true ((guchar) *p >= 0x80 || *p == ' ' || g_ascii_isdigit (*p) || g_ascii_islower (*p));
  g_assert_true (g_utf8_validate (words, -1, NULL));
  g_assert_false (*words == ' ' || *words == '\0');
}

static void
check (const char *text, gboolean is_typing, GTimeZone *zone)
{
  g_autoptr (MailQuery) query = mail_query_parse (text, is_typing, 1795348800, zone);
  const GPtrArray *clauses = mail_query_get_clauses (query);
  guint n = 0;

  for (guint i = 0; i < clauses->len; i++)
    {
      const GPtrArray *clause = g_ptr_array_index (clauses, i);

      g_assert_cmpuint (clause->len, >, 0);
      n += clause->len;
      for (guint j = 0; j < clause->len; j++)
        {
          const MailTerm *term = g_ptr_array_index (clause, j);

          if (term->words)
            check_words (term->words);
        }
    }
  g_assert_cmpuint (n, <=, MAIL_QUERY_MAX_TERMS);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  MailWords words;

  check (text, FALSE, zone);
  check (text, TRUE, zone);
  for (mail_words_init (&words, (const char *) data, size); mail_words_next (&words);)
    {
      g_assert_cmpuint (words.length, <=, MAIL_WORDS_MAX_BYTES);
      g_assert_cmpuint (words.length, ==, strlen (words.word));
      g_assert_true (words.start < words.end && words.end <= (const char *) data + size);
    }
  return 0;
}
