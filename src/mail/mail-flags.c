/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Flags and their words. */
#include "mail-flags.h"

static const struct
{
  MailFlags flag;
  const char *word;
} words[] = {
  { MAIL_FLAG_SEEN, "seen" },
  { MAIL_FLAG_ANSWERED, "answered" },
  { MAIL_FLAG_FLAGGED, "flagged" },
  { MAIL_FLAG_DELETED, "deleted" },
  { MAIL_FLAG_DRAFT, "draft" },
  { MAIL_FLAG_FORWARDED, "forwarded" },
  { MAIL_FLAG_JUNK, "junk" },
  { MAIL_FLAG_NOT_JUNK, "not-junk" },
  { MAIL_FLAG_RECEIPT, "receipt" },
};

char *
mail_flags_to_string (MailFlags flags)
{
  GString *out = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (flags & words[i].flag)
      g_string_append_printf (out, "%s%s", out->len ? " " : "", words[i].word);
  return g_string_free (out, FALSE);
}

MailFlags
mail_flags_from_word (const char *word)
{
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_ascii_strcasecmp (word, words[i].word) == 0)
      return words[i].flag;
  return 0;
}
